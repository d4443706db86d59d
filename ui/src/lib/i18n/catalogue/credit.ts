import type { Catalogue } from "../text";

/** Which click earned a result, and why that one. */
export const credit = {
  "credit.title": {
    es: "A qué clic se atribuye",
    pt: "A qual clique é atribuída",
    en: "Which click it is credited to",
  },
  "credit.none": {
    es: "Sin clic conocido",
    pt: "Sem clique conhecido",
    en: "No click known",
  },
  "credit.unknown": {
    es: "Todavía no se ha buscado su clic.",
    pt: "O clique ainda não foi procurado.",
    en: "Its click has not been looked for yet.",
  },
  "credit.method.start": {
    es: "/start del bot",
    pt: "/start do bot",
    en: "/start of the bot",
  },
  "credit.method.code": {
    es: "Código de WhatsApp",
    pt: "Código do WhatsApp",
    en: "WhatsApp code",
  },
  "credit.method.ctwa": {
    es: "Anuncio a WhatsApp",
    pt: "Anúncio para WhatsApp",
    en: "Ad to WhatsApp",
  },
  "credit.method.token": {
    es: "Token del clic",
    pt: "Token do clique",
    en: "Click token",
  },
  "credit.method.visitor": { es: "Navegador", pt: "Navegador", en: "Browser" },
  "credit.method.contact": { es: "Contacto", pt: "Contato", en: "Contact" },
  "credit.place.chat": { es: "El chat:", pt: "O chat:", en: "The chat:" },
  "credit.place.token": {
    es: "El clic que se nombró:",
    pt: "O clique que foi nomeado:",
    en: "The click that was named:",
  },
  "credit.place.visitor": {
    es: "El navegador:",
    pt: "O navegador:",
    en: "The browser:",
  },
  "credit.place.contact": {
    es: "Todo lo demás del contacto:",
    pt: "Todo o resto do contato:",
    en: "All else of the contact:",
  },
  "credit.finding.taken": {
    es: {
      one: "aquí estaba el clic que cuenta.",
      other: "aquí estaba el clic que cuenta, entre {count}.",
    },
    pt: {
      one: "aqui estava o clique que conta.",
      other: "aqui estava o clique que conta, entre {count}.",
    },
    en: {
      one: "the click that counts was here.",
      other: "the click that counts was here, among {count}.",
    },
  },
  "credit.finding.nothing": {
    es: { one: "ningún clic.", other: "ningún clic." },
    pt: { one: "nenhum clique.", other: "nenhum clique." },
    en: { one: "no click.", other: "no click." },
  },
  "credit.finding.not_people": {
    es: { one: "{count} clic de un bot.", other: "{count} clics de bots." },
    pt: { one: "{count} clique de um robô.", other: "{count} cliques de robôs." },
    en: { one: "{count} click of a bot.", other: "{count} clicks of bots." },
  },
  "credit.finding.too_early": {
    es: {
      one: "{count} clic, demasiado antiguo.",
      other: "{count} clics, demasiado antiguos.",
    },
    pt: {
      one: "{count} clique, antigo demais.",
      other: "{count} cliques, antigos demais.",
    },
    en: { one: "{count} click, too long ago.", other: "{count} clicks, too long ago." },
  },
  "credit.finding.too_late": {
    es: {
      one: "{count} clic, pero posterior.",
      other: "{count} clics, pero posteriores.",
    },
    pt: {
      one: "{count} clique, mas posterior.",
      other: "{count} cliques, mas posteriores.",
    },
    en: {
      one: "{count} click, but it came later.",
      other: "{count} clicks, but they came later.",
    },
  },
  "credit.finding.unpaid": {
    es: {
      one: "{count} clic, que no es de un anuncio.",
      other: "{count} clics, que no son de anuncios.",
    },
    pt: {
      one: "{count} clique, que não é de um anúncio.",
      other: "{count} cliques, que não são de anúncios.",
    },
    en: { one: "{count} click, of no ad.", other: "{count} clicks, of no ad." },
  },
  "credit.finding.decided_before": {
    es: {
      one: "{count} clic; ya estaba decidido.",
      other: "{count} clics; ya estaba decidido.",
    },
    pt: {
      one: "{count} clique; já estava decidido.",
      other: "{count} cliques; já estava decidido.",
    },
    en: {
      one: "{count} click; it was decided already.",
      other: "{count} clicks; it was decided already.",
    },
  },
} as const satisfies Catalogue;
