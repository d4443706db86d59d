import type { Catalogue } from "../text";

export const bots = {
  "bots.title": { es: "Bots", pt: "Robôs", en: "Bots" },
  "bots.intro": {
    es: "Lo que quedó fuera de todas las demás cifras, y por qué.",
    pt: "O que ficou fora de todos os outros números, e por quê.",
    en: "What was left out of all other figures, and why.",
  },
  "bots.share": {
    es: "Parte de los bots",
    pt: "Parte dos robôs",
    en: "Share of bots",
  },
  "bots.botEvents": {
    es: "Eventos de bots",
    pt: "Eventos de robôs",
    en: "Events from bots",
  },
  "bots.peopleEvents": {
    es: "Eventos de personas",
    pt: "Eventos de pessoas",
    en: "Events from people",
  },
  "bots.plot": {
    es: "Eventos de personas y de bots a lo largo del tiempo",
    pt: "Eventos de pessoas e de robôs ao longo do tempo",
    en: "Events from people and from bots over time",
  },
  "bots.sampledOut": {
    es: {
      one: "Aparte de los bots, el muestreo dejó fuera cerca de {count} evento de personas.",
      other:
        "Aparte de los bots, el muestreo dejó fuera cerca de {count} eventos de personas.",
    },
    pt: {
      one: "Além dos robôs, a amostragem deixou fora cerca de {count} evento de pessoas.",
      other:
        "Além dos robôs, a amostragem deixou fora cerca de {count} eventos de pessoas.",
    },
    en: {
      one: "Besides bots, sampling left out about {count} event from people.",
      other: "Besides bots, sampling left out about {count} events from people.",
    },
  },
  "bots.toSampling": {
    es: "Ver el muestreo",
    pt: "Ver a amostragem",
    en: "See the sampling",
  },
  "bots.reasons": { es: "Por qué", pt: "Por quê", en: "Why" },
  "bots.reasonsHint": {
    es: "Clases de bots, según la lista que los reconoce.",
    pt: "Tipos de robôs, segundo a lista que os reconhece.",
    en: "Kinds of bots, by the list that knows them.",
  },
  "bots.kind": { es: "Clase", pt: "Tipo", en: "Kind" },
  "bots.events": { es: "Eventos", pt: "Eventos", en: "Events" },
  "bots.part": { es: "De los bots", pt: "Dos robôs", en: "Of bots" },
  "bots.names": { es: "Quiénes", pt: "Quem", en: "Who" },
  "bots.namesHint": {
    es: "Como se presentan. Los 50 más frecuentes.",
    pt: "Como se apresentam. Os 50 mais frequentes.",
    en: "As they introduce themselves. The 50 most frequent.",
  },
  "bots.name": { es: "Nombre", pt: "Nome", en: "Name" },
  "bots.nameless": {
    es: "Sin nombre conocido",
    pt: "Sem nome conhecido",
    en: "No known name",
  },
  "bots.lastSeen": { es: "Última vez", pt: "Última vez", en: "Last seen" },
  "bots.pages": { es: "Dónde", pt: "Onde", en: "Where" },
  "bots.pagesHint": {
    es: "Las 50 páginas que más visitaron.",
    pt: "As 50 páginas que mais visitaram.",
    en: "The 50 pages that they looked at most.",
  },
  "bots.page": { es: "Página", pt: "Página", en: "Page" },
  "bots.pageless": { es: "Sin página", pt: "Sem página", en: "No page" },

  "bots.none": {
    es: "No se vio ningún bot",
    pt: "Nenhum robô foi visto",
    en: "No bots were seen",
  },
  "bots.noneHint": {
    es: {
      one: "El único evento de este período es de una persona. Abajo dice cómo los reconocemos.",
      other:
        "Los {count} eventos de este período son de personas. Abajo dice cómo los reconocemos.",
    },
    pt: {
      one: "O único evento deste período é de uma pessoa. Abaixo está como os reconhecemos.",
      other:
        "Os {count} eventos deste período são de pessoas. Abaixo está como os reconhecemos.",
    },
    en: {
      one: "The only event of this period is a person's. Below is how we recognise them.",
      other:
        "All {count} events of this period are people's. Below is how we recognise them.",
    },
  },
  "bots.nobody": {
    es: "En este período tampoco llegó ningún evento de personas. Abajo dice cómo los reconocemos.",
    pt: "Neste período também não chegou nenhum evento de pessoas. Abaixo está como os reconhecemos.",
    en: "Nor did any event of a person arrive in this period. Below is how we recognise them.",
  },
  "bots.untouched": {
    es: "Todavía no llegó ningún evento",
    pt: "Ainda não chegou nenhum evento",
    en: "No event has arrived yet",
  },
  "bots.untouchedHint": {
    es: "Cuando tu sitio envíe los primeros, aquí verás qué parte es de bots.",
    pt: "Quando o seu site enviar os primeiros, aqui você verá que parte é de robôs.",
    en: "When your site sends the first ones, you will see here which part is bots.",
  },

  "bots.how": {
    es: "Cómo los reconocemos",
    pt: "Como os reconhecemos",
    en: "How we recognise them",
  },
  "bots.how.list": {
    es: "Por su User-Agent: una lista pública y mantenida conoce más de mil bots por su nombre. Quien se hace pasar por un navegador no se reconoce así.",
    pt: "Pelo seu User-Agent: uma lista pública e mantida conhece mais de mil robôs pelo nome. Quem se passa por um navegador não é reconhecido assim.",
    en: "By their User-Agent: a public, maintained list knows more than a thousand bots by name. What pretends to be a browser is not recognised this way.",
  },
  "bots.how.apps": {
    es: "Los navegadores dentro de aplicaciones, como Instagram o WhatsApp, son personas.",
    pt: "Os navegadores dentro de aplicativos, como Instagram ou WhatsApp, são pessoas.",
    en: "Browsers inside apps, such as Instagram or WhatsApp, are people.",
  },
  "bots.how.servers": {
    es: "Tu propio servidor, cuando informa de una venta por ejemplo, no es un bot.",
    pt: "O seu próprio servidor, quando informa uma venda por exemplo, não é um robô.",
    en: "Your own server, when it reports a sale for instance, is no bot.",
  },
  "bots.how.local": {
    es: "Un navegador manejado por un programa cuenta como persona solo en páginas de localhost.",
    pt: "Um navegador conduzido por um programa conta como pessoa só em páginas de localhost.",
    en: "A browser that a program drives counts as a person only on pages of localhost.",
  },
  "bots.how.kept": {
    es: "Sus eventos se guardan aparte, con el motivo, y no entran en ninguna otra cifra.",
    pt: "Seus eventos são guardados à parte, com o motivo, e não entram em nenhum outro número.",
    en: "Their events are stored apart, with the reason, and are in no other figure.",
  },

  "bots.kind.academic": { es: "Investigación", pt: "Pesquisa", en: "Research" },
  "bots.kind.advertising": { es: "Publicidad", pt: "Publicidade", en: "Advertising" },
  "bots.kind.ai-crawler": {
    es: "Inteligencia artificial",
    pt: "Inteligência artificial",
    en: "Artificial intelligence",
  },
  "bots.kind.archiver": { es: "Archivo web", pt: "Arquivo da web", en: "Web archive" },
  "bots.kind.browser-automation": {
    es: "Navegador automatizado",
    pt: "Navegador automatizado",
    en: "Automated browser",
  },
  "bots.kind.crawler": {
    es: "Otro rastreador",
    pt: "Outro rastreador",
    en: "Other crawler",
  },
  "bots.kind.feed-reader": {
    es: "Lector de noticias",
    pt: "Leitor de notícias",
    en: "Feed reader",
  },
  "bots.kind.monitoring": { es: "Monitoreo", pt: "Monitoramento", en: "Monitoring" },
  "bots.kind.scanner": { es: "Escáner", pt: "Varredura", en: "Scanner" },
  "bots.kind.search-engine": { es: "Buscador", pt: "Buscador", en: "Search engine" },
  "bots.kind.seo": {
    es: "SEO y marketing",
    pt: "SEO e marketing",
    en: "SEO and marketing",
  },
  "bots.kind.social-preview": {
    es: "Vista previa de enlaces",
    pt: "Prévia de links",
    en: "Link preview",
  },
  "bots.kind.unknown": {
    es: "Una clase nueva de la lista.",
    pt: "Um tipo novo da lista.",
    en: "A new kind of the list.",
  },
  "bots.what.academic": {
    es: "Reúne datos para estudios o busca plagios.",
    pt: "Reúne dados para estudos ou procura plágios.",
    en: "Gathers data for studies, or looks for plagiarism.",
  },
  "bots.what.advertising": {
    es: "Revisa las páginas a las que llevan los anuncios.",
    pt: "Revisa as páginas a que os anúncios levam.",
    en: "Checks the pages that ads lead to.",
  },
  "bots.what.ai-crawler": {
    es: "Lee páginas para entrenar modelos de lenguaje o para responder con ellos.",
    pt: "Lê páginas para treinar modelos de linguagem ou para responder com eles.",
    en: "Reads pages to train language models, or to answer with them.",
  },
  "bots.what.archiver": {
    es: "Guarda copias de la web.",
    pt: "Guarda cópias da web.",
    en: "Keeps copies of the web.",
  },
  "bots.what.browser-automation": {
    es: "Un navegador real manejado por un programa, como en pruebas o capturas.",
    pt: "Um navegador real conduzido por um programa, como em testes ou capturas.",
    en: "A real browser driven by a program, as for tests or screenshots.",
  },
  "bots.what.crawler": {
    es: "La lista lo conoce y no le pone clase.",
    pt: "A lista o conhece e não lhe dá um tipo.",
    en: "The list knows it and gives it no kind.",
  },
  "bots.what.feed-reader": {
    es: "Busca novedades para quienes están suscritos.",
    pt: "Busca novidades para quem é assinante.",
    en: "Fetches news for subscribers.",
  },
  "bots.what.monitoring": {
    es: "Mira si el sitio responde y qué tan rápido.",
    pt: "Olha se o site responde e com que rapidez.",
    en: "Watches whether the site answers, and how fast.",
  },
  "bots.what.scanner": {
    es: "Busca puntos débiles o recoge datos.",
    pt: "Procura pontos fracos ou coleta dados.",
    en: "Looks for weaknesses, or collects data.",
  },
  "bots.what.search-engine": {
    es: "Lee páginas para el índice de un buscador, como Google o Bing.",
    pt: "Lê páginas para o índice de um buscador, como Google ou Bing.",
    en: "Reads pages for the index of a search engine, such as Google or Bing.",
  },
  "bots.what.seo": {
    es: "Mide enlaces y posiciones para herramientas de marketing.",
    pt: "Mede links e posições para ferramentas de marketing.",
    en: "Measures links and rankings for marketing tools.",
  },
  "bots.what.social-preview": {
    es: "Prepara la tarjeta de un enlace que alguien compartió.",
    pt: "Prepara o cartão de um link que alguém compartilhou.",
    en: "Draws the card of a link that somebody shared.",
  },
} as const satisfies Catalogue;
