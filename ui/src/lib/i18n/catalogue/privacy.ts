import type { Catalogue } from "../text";

export const privacy = {
  "privacy.title": {
    es: "Datos personales",
    pt: "Dados pessoais",
    en: "Personal data",
  },
  "privacy.hint": {
    es: "Todo lo que Pista guarda de esta persona: contacto, enlaces, chats, webhooks, visitas y eventos.",
    pt: "Tudo o que o Pista guarda desta pessoa: contato, vínculos, chats, webhooks, visitas e eventos.",
    en: "Everything that Pista holds of this person: contact, links, chats, webhooks, visits and events.",
  },
  "privacy.export": {
    es: "Descargar todo",
    pt: "Baixar tudo",
    en: "Download everything",
  },
  "privacy.erase": {
    es: "Borrar para siempre",
    pt: "Apagar para sempre",
    en: "Erase for good",
  },
  "privacy.underWay": {
    es: "Se está borrando. El contacto desaparece en unos segundos; sus eventos, poco después.",
    pt: "Está sendo apagado. O contato some em alguns segundos; seus eventos, pouco depois.",
    en: "It is being erased. The contact is gone within seconds, its events a little later.",
  },
  "privacy.failed": {
    es: "El borrado encuentra un obstáculo y se intenta de nuevo cada segundo.",
    pt: "O apagamento encontra um obstáculo e é tentado de novo a cada segundo.",
    en: "Something stands in the way of erasing it; it is tried again every second.",
  },
  "privacy.confirmTitle": {
    es: "¿Borrar a esta persona?",
    pt: "Apagar esta pessoa?",
    en: "Erase this person?",
  },
  "privacy.confirmText": {
    es: "Se borran el contacto, los que se unieron a él, sus chats, sus visitas con todos sus eventos y lo que otros sistemas contaron de él. No se puede deshacer. Bórralo antes en tu CRM: lo que este cuente después crea un contacto nuevo.",
    pt: "São apagados o contato, os que foram unidos a ele, seus chats, suas visitas com todos os eventos e o que outros sistemas contaram dele. Não pode ser desfeito. Apague-o antes no seu CRM: o que ele contar depois cria um contato novo.",
    en: "The contact goes, with those merged into it, its chats, its visits with all their events, and what other systems told of it. It cannot be undone. Erase it in your CRM first: what that tells later makes a new contact.",
  },
  "privacy.word": { es: "BORRAR", pt: "APAGAR", en: "ERASE" },
  "privacy.type": {
    es: "Escribe {word} para confirmar",
    pt: "Digite {word} para confirmar",
    en: "Type {word} to confirm",
  },
  "privacy.eraseNow": { es: "Borrar", pt: "Apagar", en: "Erase" },
} as const satisfies Catalogue;
