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
} as const satisfies Catalogue;
