import type { Catalogue } from "../text";

/** Work that failed for good. */
export const letters = {
  "nav.letters": {
    es: "Trabajos fallidos",
    pt: "Trabalhos com falha",
    en: "Failed work",
  },
  "letters.intro": {
    es: "Lo que Pista intentó una y otra vez y no pudo hacer. Mira por qué, e inténtalo de nuevo o descártalo.",
    pt: "O que o Pista tentou várias vezes e não conseguiu fazer. Veja por quê, e tente de novo ou descarte.",
    en: "What Pista tried again and again and could not do. See why, then try it again or drop it.",
  },
  "letters.list": { es: "Sin hacer", pt: "Não feitos", en: "Not done" },
  "letters.empty": {
    es: "No hay nada fallido",
    pt: "Não há nada com falha",
    en: "Nothing has failed",
  },
  "letters.emptyHint": {
    es: "Todo lo encargado se hizo. Si algo falla para siempre, aparecerá aquí.",
    pt: "Tudo o que foi encarregado foi feito. Se algo falhar de vez, aparecerá aqui.",
    en: "All that was to be done is done. What fails for good will be here.",
  },
  "letters.kind": { es: "Tipo", pt: "Tipo", en: "Kind" },
  "letters.kindAll": { es: "Todos", pt: "Todos", en: "All" },
  "letters.kind.webhook": {
    es: "Webhook de un CRM",
    pt: "Webhook de um CRM",
    en: "Webhook of a CRM",
  },
  "letters.kind.chat": {
    es: "Webhook de WhatsApp o Telegram",
    pt: "Webhook do WhatsApp ou Telegram",
    en: "Webhook of WhatsApp or Telegram",
  },
  "letters.kind.acquaint": {
    es: "Contacto de quien escribe",
    pt: "Contato de quem escreve",
    en: "Contact of who writes",
  },
  "letters.kind.media": {
    es: "Archivo de un mensaje",
    pt: "Arquivo de uma mensagem",
    en: "File of a message",
  },
  "letters.kind.import": {
    es: "Importación de contactos",
    pt: "Importação de contatos",
    en: "Import of contacts",
  },
  "letters.kind.claim": {
    es: "Enlace dicho por una página",
    pt: "Ligação dita por uma página",
    en: "Link told by a page",
  },
  "letters.attempts": {
    es: { one: "{count} intento", other: "{count} intentos" },
    pt: { one: "{count} tentativa", other: "{count} tentativas" },
    en: { one: "{count} attempt", other: "{count} attempts" },
  },
  "letters.died": { es: "Falló: {time}", pt: "Falhou: {time}", en: "Failed: {time}" },
  "letters.selectAll": { es: "Elegir todos", pt: "Escolher todos", en: "Select all" },
  "letters.select": {
    es: "Elegir el trabajo {id}",
    pt: "Escolher o trabalho {id}",
    en: "Select job {id}",
  },
  "letters.selected": {
    es: { one: "{count} elegido", other: "{count} elegidos" },
    pt: { one: "{count} escolhido", other: "{count} escolhidos" },
    en: { one: "{count} selected", other: "{count} selected" },
  },
  "letters.replay": { es: "Intentar de nuevo", pt: "Tentar de novo", en: "Try again" },
  "letters.replayed": {
    es: { one: "{count} se intenta de nuevo.", other: "{count} se intentan de nuevo." },
    pt: { one: "{count} é tentado de novo.", other: "{count} são tentados de novo." },
    en: { one: "{count} is tried again.", other: "{count} are tried again." },
  },
  "letters.drop": { es: "Descartar", pt: "Descartar", en: "Drop" },
  "letters.dropSure": {
    es: {
      one: "{count} trabajo se descarta para siempre: no se hará.",
      other: "{count} trabajos se descartan para siempre: no se harán.",
    },
    pt: {
      one: "{count} trabalho é descartado para sempre: não será feito.",
      other: "{count} trabalhos são descartados para sempre: não serão feitos.",
    },
    en: {
      one: "{count} job is dropped for good: it will not be done.",
      other: "{count} jobs are dropped for good: they will not be done.",
    },
  },
  "letters.dropped": {
    es: { one: "{count} descartado.", other: "{count} descartados." },
    pt: { one: "{count} descartado.", other: "{count} descartados." },
    en: { one: "{count} dropped.", other: "{count} dropped." },
  },
  "letters.show": { es: "Ver", pt: "Ver", en: "Show" },
  "letters.showOf": {
    es: "Ver el trabajo {id}",
    pt: "Ver o trabalho {id}",
    en: "Show job {id}",
  },
  "letters.about": {
    es: "De qué se trataba",
    pt: "Do que se tratava",
    en: "What it was about",
  },
  "letters.webhook": { es: "El webhook", pt: "O webhook", en: "The webhook" },
  "letters.webhookGone": {
    es: "El webhook ya no se guarda.",
    pt: "O webhook não é mais guardado.",
    en: "The webhook is kept no longer.",
  },
  "letters.request": {
    es: "Petición {id}, recibida: {time}.",
    pt: "Solicitação {id}, recebida: {time}.",
    en: "Request {id}, received: {time}.",
  },
  "letters.messages": {
    es: "Mensajes: {ids}",
    pt: "Mensagens: {ids}",
    en: "Messages: {ids}",
  },
  "letters.stack": {
    es: "Dónde falló",
    pt: "Onde falhou",
    en: "Where it failed",
  },
  "letters.more": { es: "Mostrar más", pt: "Mostrar mais", en: "Show more" },
} as const satisfies Catalogue;
