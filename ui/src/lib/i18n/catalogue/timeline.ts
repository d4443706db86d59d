import type { Catalogue } from "../text";

/** What a contact did, and what became known of it. */
export const timeline = {
  "timeline.title": { es: "Historia", pt: "História", en: "Timeline" },
  "timeline.zone": {
    es: "Horas de {city} ({offset})",
    pt: "Horários de {city} ({offset})",
    en: "Times in {city} ({offset})",
  },
  "timeline.today": { es: "Hoy", pt: "Hoje", en: "Today" },
  "timeline.yesterday": { es: "Ayer", pt: "Ontem", en: "Yesterday" },
  "timeline.empty": {
    es: "Todavía no se sabe qué hizo",
    pt: "Ainda não se sabe o que fez",
    en: "Nothing is known of what they did yet",
  },
  "timeline.emptyHint": {
    es: "Cuando un navegador se vincule con este contacto, sus visitas aparecen aquí, también las anteriores.",
    pt: "Quando um navegador for vinculado a este contato, suas visitas aparecem aqui, inclusive as anteriores.",
    en: "Once a browser is linked to this contact, its visits appear here, also those before.",
  },
  "timeline.older": {
    es: "Cargar lo anterior",
    pt: "Carregar o anterior",
    en: "Load older",
  },
  "timeline.olderEvents": {
    es: "Cargar más de esta visita",
    pt: "Carregar mais desta visita",
    en: "Load more of this visit",
  },
  "timeline.beginning": {
    es: "Aquí empieza la historia.",
    pt: "A história começa aqui.",
    en: "This is where it begins.",
  },
  "timeline.visit": { es: "Visita", pt: "Visita", en: "Visit" },
  "timeline.visitFrom": {
    es: "Visita · {channel}",
    pt: "Visita · {channel}",
    en: "Visit · {channel}",
  },
  "timeline.more": {
    es: { one: "Ver {count} cosa más", other: "Ver {count} cosas más" },
    pt: { one: "Ver mais {count} coisa", other: "Ver mais {count} coisas" },
    en: { one: "Show {count} more", other: "Show {count} more" },
  },
  "timeline.less": { es: "Ver menos", pt: "Ver menos", en: "Show less" },
  "timeline.provisional": {
    es: "Sin confirmar",
    pt: "Não confirmado",
    en: "Unconfirmed",
  },

  "click.ad": {
    es: "Clic en un anuncio de {platform}",
    pt: "Clique em um anúncio de {platform}",
    en: "Click on an ad of {platform}",
  },
  "click.link": {
    es: "Clic en {platform}",
    pt: "Clique em {platform}",
    en: "Click on {platform}",
  },

  "did.PAGE_VIEW": { es: "Vio", pt: "Viu", en: "Viewed" },
  "did.CLICK": { es: "Pulsó", pt: "Clicou em", en: "Pressed" },
  "did.PAGE_VIEW.bare": {
    es: "Vio una página",
    pt: "Viu uma página",
    en: "Viewed a page",
  },
  "did.CLICK.bare": { es: "Hizo clic", pt: "Clicou", en: "Clicked" },
  "did.OUTBOUND_CLICK.bare": {
    es: "Salió del sitio",
    pt: "Saiu do site",
    en: "Left the site",
  },
  "did.FILE_DOWNLOAD.bare": {
    es: "Descargó un archivo",
    pt: "Baixou um arquivo",
    en: "Downloaded a file",
  },
  "did.SCROLL": {
    es: "Leyó hasta el {depth} %",
    pt: "Leu até {depth}%",
    en: "Read down to {depth}%",
  },
  "did.FORM_SUBMIT": {
    es: "Envió el formulario",
    pt: "Enviou o formulário",
    en: "Sent the form",
  },
  "did.ADD_TO_CART": {
    es: "Añadió al carrito",
    pt: "Adicionou ao carrinho",
    en: "Added to the cart",
  },
  "did.PURCHASE": { es: "Compró", pt: "Comprou", en: "Bought" },
  "did.OUTBOUND_CLICK": { es: "Salió hacia", pt: "Saiu para", en: "Left for" },
  "did.FILE_DOWNLOAD": { es: "Descargó", pt: "Baixou", en: "Downloaded" },

  "fact.other": {
    es: "Ver el otro contacto",
    pt: "Ver o outro contato",
    en: "See the other contact",
  },
  "fact.by": { es: "Por {name}", pt: "Por {name}", en: "By {name}" },
  "fact.link.linked": {
    es: "Se reconoció su navegador",
    pt: "Seu navegador foi reconhecido",
    en: "Their browser was recognised",
  },
  "fact.link.confirmed": {
    es: "Se confirmó que el navegador es suyo",
    pt: "Confirmou-se que o navegador é seu",
    en: "It was confirmed that the browser is theirs",
  },
  "fact.link.already": {
    es: "Se volvió a decir que el navegador es suyo",
    pt: "Foi dito de novo que o navegador é seu",
    en: "It was said again that the browser is theirs",
  },
  "fact.link.displaced": {
    es: "Su navegador, que parecía de otro contacto, es suyo",
    pt: "Seu navegador, que parecia de outro contato, é seu",
    en: "Their browser, which seemed another contact’s, is theirs",
  },
  "fact.link.lost": {
    es: "El navegador resultó ser de otro contacto",
    pt: "O navegador era de outro contato",
    en: "The browser turned out to be another contact’s",
  },
  "fact.link.forked": {
    es: "Empezó a usar un navegador que era de otra persona",
    pt: "Começou a usar um navegador que era de outra pessoa",
    en: "They began to use a browser that was somebody else’s",
  },
  "fact.link.shared": {
    es: "Otra persona empezó a usar el mismo navegador",
    pt: "Outra pessoa começou a usar o mesmo navegador",
    en: "Somebody else began to use the same browser",
  },
  "fact.link.conflict": {
    es: "Se dijo que un navegador es suyo, pero parece de otro contacto; quedó como estaba",
    pt: "Foi dito que um navegador é seu, mas parece de outro contato; ficou como estava",
    en: "It was said that a browser is theirs, but it seems another contact’s; it stayed so",
  },
  "fact.link.waiting": {
    es: "Se dijo que un navegador es suyo; falta algo que lo confirme",
    pt: "Foi dito que um navegador é seu; falta algo que confirme",
    en: "It was said that a browser is theirs; nothing confirms it yet",
  },
  "fact.link.refused_strong": {
    es: "No se aceptó: el navegador es de otro contacto con seguridad",
    pt: "Não foi aceito: o navegador é com certeza de outro contato",
    en: "Not accepted: the browser is another contact’s for certain",
  },
  "fact.link.refused_undone": {
    es: "No se aceptó: alguien deshizo este vínculo antes",
    pt: "Não foi aceito: alguém desfez este vínculo antes",
    en: "Not accepted: somebody took this link back before",
  },
  "fact.link.refused_repeated": {
    es: "No se aceptó: este envío ya se había usado",
    pt: "Não foi aceito: este envio já tinha sido usado",
    en: "Not accepted: this submission had been used before",
  },
  "fact.link.undone": {
    es: "Se deshizo el vínculo con un navegador",
    pt: "O vínculo com um navegador foi desfeito",
    en: "The link to a browser was taken back",
  },
  "fact.method.webhook": {
    es: "Lo dijo tu CRM, en un mensaje firmado",
    pt: "Seu CRM disse, em uma mensagem assinada",
    en: "Your CRM said so, in a signed message",
  },
  "fact.method.form": {
    es: "Envió un formulario de tu sitio",
    pt: "Enviou um formulário do seu site",
    en: "They sent a form of your site",
  },
  "fact.method.ud": {
    es: "La página encontró el contacto del CRM después de un envío",
    pt: "A página encontrou o contato do CRM depois de um envio",
    en: "The page found the CRM’s contact after a form was sent",
  },
  "fact.method.telegram": {
    es: "Escribió por Telegram",
    pt: "Escreveu pelo Telegram",
    en: "They wrote on Telegram",
  },
  "fact.method.whatsapp": {
    es: "Escribió por WhatsApp",
    pt: "Escreveu pelo WhatsApp",
    en: "They wrote on WhatsApp",
  },
  "fact.method.identify": {
    es: "Lo dijo tu sitio",
    pt: "Seu site disse",
    en: "Your site said so",
  },
  "fact.method.manual": {
    es: "Lo dijo alguien de tu equipo",
    pt: "Alguém da sua equipe disse",
    en: "Somebody of your team said so",
  },
  "fact.contact.created": {
    es: "Se conoció a esta persona",
    pt: "Esta pessoa passou a ser conhecida",
    en: "This person became known",
  },
  "fact.contact.merged": {
    es: "Se unió con otro contacto",
    pt: "Foi unido com outro contato",
    en: "Merged with another contact",
  },
  "fact.contact.unmerged": {
    es: "Se separó de otro contacto",
    pt: "Foi separado de outro contato",
    en: "The merge was taken back",
  },
} as const satisfies Catalogue;
