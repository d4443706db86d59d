import type { Catalogue } from "../text";

/** The queues of work: how they are, and letting them stand still. */
export const operations = {
  "nav.operations": { es: "Operaciones", pt: "Operações", en: "Operations" },
  "operations.intro": {
    es: "El trabajo que espera, el que está en curso y el que falló, de tu empresa. Una cola detenida sigue recibiendo.",
    pt: "O trabalho que espera, o que está em andamento e o que falhou, da sua empresa. Uma fila pausada continua recebendo.",
    en: "The work that waits, is under way and has failed, of your company. A paused queue still takes work in.",
  },
  "operations.queue.webhook": { es: "Webhooks", pt: "Webhooks", en: "Webhooks" },
  "operations.queue.message": { es: "Mensajes", pt: "Mensagens", en: "Messages" },
  "operations.queue.other": {
    es: "Otros trabajos",
    pt: "Outros trabalhos",
    en: "Other work",
  },
  "operations.hint.webhook": {
    es: "Lo que envían WhatsApp, Telegram y los CRM",
    pt: "O que o WhatsApp, o Telegram e os CRMs enviam",
    en: "What WhatsApp, Telegram and CRMs send",
  },
  "operations.hint.message": {
    es: "Lo que se envía a las personas",
    pt: "O que é enviado às pessoas",
    en: "What is sent to people",
  },
  "operations.hint.other": {
    es: "Importaciones, archivos y lo demás",
    pt: "Importações, arquivos e o resto",
    en: "Imports, files and the rest",
  },
  "operations.known": {
    es: "Ids de mensajes conocidos: {messages}. Lo que llega de nuevo se guarda una vez.",
    pt: "Ids de mensagens conhecidos: {messages}. O que chega de novo é guardado uma vez.",
    en: "Message ids known: {messages}. What comes again is kept once.",
  },
  "operations.waiting": { es: "En espera", pt: "Em espera", en: "Waiting" },
  "operations.active": { es: "En curso", pt: "Em andamento", en: "Under way" },
  "operations.delayed": { es: "Para más tarde", pt: "Para mais tarde", en: "For later" },
  "operations.oldest": { es: "El más antiguo", pt: "O mais antigo", en: "The oldest" },
  "operations.completed": { es: "Hechos", pt: "Feitos", en: "Done" },
  "operations.failed": { es: "Abandonados", pt: "Abandonados", en: "Given up" },
  "operations.dead": { es: "Sin resolver", pt: "Sem resolver", en: "To be looked at" },
  "operations.deadLink": {
    es: { one: "Ver {count} trabajo fallido", other: "Ver {count} trabajos fallidos" },
    pt: {
      one: "Ver {count} trabalho com falha",
      other: "Ver {count} trabalhos com falha",
    },
    en: { one: "See {count} failed job", other: "See {count} failed jobs" },
  },
  "operations.pause": { es: "Detener", pt: "Pausar", en: "Pause" },
  "operations.pauseOf": {
    es: "Detener: {name}",
    pt: "Pausar: {name}",
    en: "Pause: {name}",
  },
  "operations.resume": { es: "Reanudar", pt: "Retomar", en: "Resume" },
  "operations.resumeOf": {
    es: "Reanudar: {name}",
    pt: "Retomar: {name}",
    en: "Resume: {name}",
  },
  "operations.stopped": {
    es: "Detenida desde {since} por {by}.",
    pt: "Pausada desde {since} por {by}.",
    en: "Paused since {since} by {by}.",
  },
  "operations.stoppedEverywhere": {
    es: "Quien administra la instalación la detuvo para todas las empresas, desde {since}.",
    pt: "Quem administra a instalação a pausou para todas as empresas, desde {since}.",
    en: "Whoever runs the installation has stopped it for every company, since {since}.",
  },
  "operations.api": {
    es: "la API o la terminal",
    pt: "a API ou o terminal",
    en: "the API or the terminal",
  },
  "operations.clear": { es: "Vaciar", pt: "Esvaziar", en: "Empty" },
  "operations.clearOf": {
    es: "Vaciar: {name}",
    pt: "Esvaziar: {name}",
    en: "Empty: {name}",
  },
  "operations.clearSure": {
    es: "Todo lo que espera en esta cola se olvida y no se hará nunca. Lo que está en curso y lo fallido no se tocan.",
    pt: "Tudo o que espera nesta fila é esquecido e nunca será feito. O que está em andamento e o que falhou não são tocados.",
    en: "All that waits in this queue is forgotten and never done. What is under way and what has failed are left alone.",
  },
  "operations.clearType": {
    es: "Escribe {queue} para confirmar",
    pt: "Escreva {queue} para confirmar",
    en: "Type {queue} to confirm",
  },
  "operations.cleared": {
    es: { one: "Se quitó {count} trabajo.", other: "Se quitaron {count} trabajos." },
    pt: { one: "{count} trabalho removido.", other: "{count} trabalhos removidos." },
    en: { one: "{count} job removed.", other: "{count} jobs removed." },
  },
  "operations.minute": { es: "Minuto", pt: "Minuto", en: "Minute" },
  "operations.plot.done": { es: "Hechos/min", pt: "Feitos/min", en: "Done/min" },
  "operations.plot.failed": { es: "Fallos/min", pt: "Falhas/min", en: "Failed/min" },
  "operations.plot.waiting": { es: "En espera", pt: "Em espera", en: "Waiting" },
  "operations.plot.choose": {
    es: "Qué mostrar de {name}",
    pt: "O que mostrar de {name}",
    en: "What to show of {name}",
  },
  "operations.plot.label": {
    es: "{name}, última hora: {what}, {most} como máximo",
    pt: "{name}, última hora: {what}, {most} no máximo",
    en: "{name}, the last hour: {what}, {most} at most",
  },
  "operations.log": {
    es: "Registro de webhooks",
    pt: "Registro de webhooks",
    en: "Webhook log",
  },
  "operations.logHint": {
    es: "Lo que enviaron WhatsApp y Telegram en los últimos 90 días. Lo rechazado en la puerta, por su firma, no se guarda: la métrica pista_webhooks_total lo cuenta.",
    pt: "O que o WhatsApp e o Telegram enviaram nos últimos 90 dias. O que foi recusado na porta, pela assinatura, não é guardado: a métrica pista_webhooks_total o conta.",
    en: "What WhatsApp and Telegram sent in the last 90 days. What was refused at the door, for its signature, is not kept: the metric pista_webhooks_total counts it.",
  },
  "operations.logState": { es: "Estado", pt: "Estado", en: "State" },
  "operations.logAll": {
    es: "Todos los estados",
    pt: "Todos os estados",
    en: "All states",
  },
  "operations.logState.waiting": { es: "En espera", pt: "Em espera", en: "Waiting" },
  "operations.logState.done": { es: "Hecho", pt: "Feito", en: "Done" },
  "operations.logState.ignored": { es: "Ajeno", pt: "Alheio", en: "Not about you" },
  "operations.logState.malformed": { es: "Ilegible", pt: "Ilegível", en: "Unreadable" },
  "operations.logState.failed": { es: "Falló", pt: "Falhou", en: "Failed" },
  "operations.logNone": {
    es: "Aún no llegó ningún webhook",
    pt: "Ainda não chegou nenhum webhook",
    en: "No webhook has come yet",
  },
  "operations.logNoneHint": {
    es: "Conecta un número o un bot en Configuración, y escríbele.",
    pt: "Conecte um número ou bot nos Ajustes e escreva para ele.",
    en: "Connect a number or bot in Settings, and write to it.",
  },
  "operations.logNoneOf": {
    es: "Ninguno en este estado",
    pt: "Nenhum neste estado",
    en: "None in this state",
  },
  "operations.logItems": {
    es: { one: "{count} suceso", other: "{count} sucesos" },
    pt: { one: "{count} fato", other: "{count} fatos" },
    en: { one: "{count} item", other: "{count} items" },
  },
  "operations.logKept": {
    es: { one: "{count} guardado", other: "{count} guardados" },
    pt: { one: "{count} guardado", other: "{count} guardados" },
    en: { one: "{count} kept", other: "{count} kept" },
  },
  "operations.logShow": { es: "Ver", pt: "Ver", en: "Show" },
  "operations.logShowOf": {
    es: "Ver el webhook de {time}",
    pt: "Ver o webhook de {time}",
    en: "Show the webhook of {time}",
  },
  "operations.logMore": { es: "Mostrar más", pt: "Mostrar mais", en: "Show more" },
  "operations.logOne": {
    es: "Webhook tal como llegó",
    pt: "Webhook como chegou",
    en: "Webhook as it came",
  },
  "operations.logFinished": {
    es: "listo {time}",
    pt: "pronto {time}",
    en: "worked off {time}",
  },
  "operations.logRequest": { es: "Petición {id}", pt: "Pedido {id}", en: "Request {id}" },
  "operations.logGone": {
    es: "Su contenido ya no se guarda: se conserva 30 días.",
    pt: "O conteúdo não está mais guardado: fica 30 dias.",
    en: "Its payload is not kept any more: it is for 30 days.",
  },
  "operations.logAgain": {
    es: "Procesar de nuevo",
    pt: "Processar de novo",
    en: "Work it off again",
  },
  "operations.logAgainDone": {
    es: "Se procesa de nuevo. Lo que ya se conoce no cambia nada.",
    pt: "É processado de novo. O que já se conhece não muda nada.",
    en: "It is worked off again. What is known already changes nothing.",
  },
  "error.webhook_not_again": {
    es: "Ya espera su turno, o su contenido no se guarda más.",
    pt: "Já espera a vez, ou o conteúdo não está mais guardado.",
    en: "It waits for its turn already, or its payload is not kept any more.",
  },
} as const satisfies Catalogue;
