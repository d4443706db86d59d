import type { Catalogue } from "../text";

/** Answering, and leaving notes. */
export const inboxCompose = {
  "inbox.answering": {
    es: "{name} está respondiendo.",
    pt: "{name} está respondendo.",
    en: "{name} is answering.",
  },
  "inbox.answerAnyway": {
    es: "Responder de todos modos",
    pt: "Responder mesmo assim",
    en: "Answer anyway",
  },
  "inbox.reply": { es: "Respuesta", pt: "Resposta", en: "Reply" },
  "inbox.note": { es: "Nota", pt: "Nota", en: "Note" },
  "inbox.noteFor": { es: "Nota interna", pt: "Nota interna", en: "Internal note" },
  "inbox.noteDelete": {
    es: "Eliminar la nota",
    pt: "Excluir a nota",
    en: "Delete the note",
  },
  "inbox.write": {
    es: "Escribe una respuesta",
    pt: "Escreva uma resposta",
    en: "Write a reply",
  },
  "inbox.writeHint": {
    es: "/ para respuestas rápidas",
    pt: "/ para respostas rápidas",
    en: "/ for quick replies",
  },
  "inbox.writeNote": {
    es: "Solo la ven tus compañeros",
    pt: "Só seus colegas veem",
    en: "Only your colleagues see it",
  },
  "inbox.send": { es: "Enviar", pt: "Enviar", en: "Send" },
  "inbox.keepNote": { es: "Guardar nota", pt: "Salvar nota", en: "Save note" },
  "inbox.sendKeys": {
    es: "Enter envía, Mayús + Enter salta de línea",
    pt: "Enter envia, Shift + Enter quebra a linha",
    en: "Enter sends, Shift + Enter starts a line",
  },
  "inbox.replyingTo": { es: "Respondes a", pt: "Respondendo a", en: "Replying to" },
  "inbox.cancelReply": { es: "No citar", pt: "Não citar", en: "Do not quote" },
  "inbox.quick": {
    es: "Respuestas rápidas",
    pt: "Respostas rápidas",
    en: "Quick replies",
  },
  "inbox.noQuick": {
    es: "Ninguna respuesta rápida empieza así",
    pt: "Nenhuma resposta rápida começa assim",
    en: "No quick reply begins like this",
  },
  "inbox.quickMissing": {
    es: "Aún no hay respuestas rápidas",
    pt: "Ainda não há respostas rápidas",
    en: "There are no quick replies yet",
  },
  "inbox.windowClosed": {
    es: "Pasaron más de 24 horas desde su último mensaje: WhatsApp solo acepta una plantilla.",
    pt: "Passaram mais de 24 horas desde a última mensagem: o WhatsApp só aceita um modelo.",
    en: "More than 24 hours have passed since their last message: WhatsApp only takes a template.",
  },
  "inbox.isBlocked": {
    es: "Esta persona detuvo el bot: nada le llega hasta que lo inicie de nuevo.",
    pt: "Esta pessoa parou o bot: nada chega até que o inicie de novo.",
    en: "This person stopped the bot: nothing reaches them until they start it again.",
  },
  "inbox.cannotSend": {
    es: "Este Pista todavía no puede enviar mensajes. Puedes dejar notas.",
    pt: "Este Pista ainda não pode enviar mensagens. Você pode deixar notas.",
    en: "This Pista cannot send messages yet. You can leave notes.",
  },
  "inbox.held": {
    es: "Este número está retenido hasta que alguien revise por qué lo rechaza la plataforma.",
    pt: "Este número está retido até que alguém veja por que a plataforma o recusa.",
    en: "This number is on hold until somebody has looked at why the platform refuses it.",
  },
  "inbox.notSent": { es: "No se envió", pt: "Não foi enviada", en: "Not sent" },
  "inbox.sending": { es: "Enviando…", pt: "Enviando…", en: "Sending…" },
  "inbox.again": { es: "Reintentar", pt: "Tentar de novo", en: "Try again" },
  "inbox.discard": { es: "Descartar", pt: "Descartar", en: "Discard" },
} as const satisfies Catalogue;
