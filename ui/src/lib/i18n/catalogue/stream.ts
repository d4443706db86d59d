import type { Catalogue } from "../text";

export const stream = {
  "stream.view": { es: "Vista", pt: "Visão", en: "View" },
  "stream.counted": { es: "Desglose", pt: "Detalhe", en: "Breakdown" },
  "stream.live": { es: "En vivo", pt: "Ao vivo", en: "Live" },
  "stream.title": {
    es: "Eventos en vivo",
    pt: "Eventos ao vivo",
    en: "Live events",
  },
  "stream.list": {
    es: "Eventos; la barra espaciadora pausa o reanuda",
    pt: "Eventos; a barra de espaço pausa ou retoma",
    en: "Events; the space bar pauses or resumes",
  },
  "stream.status.connecting": { es: "Conectando", pt: "Conectando", en: "Connecting" },
  "stream.status.live": { es: "Conectado", pt: "Conectado", en: "Connected" },
  "stream.status.reconnecting": {
    es: "Sin conexión; reintentando",
    pt: "Sem conexão; tentando de novo",
    en: "Disconnected; trying again",
  },
  "stream.status.stopped": { es: "Detenido", pt: "Parado", en: "Stopped" },
  "stream.heard": {
    es: { one: "{count} evento recibido", other: "{count} eventos recibidos" },
    pt: { one: "{count} evento recebido", other: "{count} eventos recebidos" },
    en: { one: "{count} event received", other: "{count} events received" },
  },
  "stream.pause": { es: "Pausar", pt: "Pausar", en: "Pause" },
  "stream.resume": {
    es: { one: "Reanudar ({count} en espera)", other: "Reanudar ({count} en espera)" },
    pt: { one: "Retomar ({count} em espera)", other: "Retomar ({count} em espera)" },
    en: { one: "Resume ({count} waiting)", other: "Resume ({count} waiting)" },
  },
  "stream.lost": {
    es: {
      one: "{count} evento ya no cabe en la espera; las estadísticas lo cuentan.",
      other: "{count} eventos ya no caben en la espera; las estadísticas los cuentan.",
    },
    pt: {
      one: "{count} evento já não cabe na espera; as estatísticas o contam.",
      other: "{count} eventos já não cabem na espera; as estatísticas os contam.",
    },
    en: {
      one: "{count} event no longer fits among those waiting; the statistics count it.",
      other:
        "{count} events no longer fit among those waiting; the statistics count them.",
    },
  },
  "stream.type": { es: "Tipo de evento", pt: "Tipo de evento", en: "Event type" },
  "stream.allTypes": { es: "Todos", pt: "Todos", en: "All" },
  "stream.text": { es: "Texto", pt: "Texto", en: "Text" },
  "stream.textExample": {
    es: "Página, visitante, metadato…",
    pt: "Página, visitante, metadado…",
    en: "Page, visitor, metadata…",
  },
  "stream.waiting": {
    es: "Esperando el primer evento",
    pt: "Esperando o primeiro evento",
    en: "Waiting for the first event",
  },
  "stream.waitingHint": {
    es: "Abre una página de tu sitio: aparecerá aquí en menos de un segundo.",
    pt: "Abra uma página do seu site: ela aparece aqui em menos de um segundo.",
    en: "Open a page of your site: it appears here within a second.",
  },
  "stream.noMatch": {
    es: "Ningún evento coincide con el texto",
    pt: "Nenhum evento corresponde ao texto",
    en: "No event matches the text",
  },
  "stream.note": {
    es: "Los {most} más recientes. En pausa esperan hasta {most}; los más antiguos se sueltan.",
    pt: "Os {most} mais recentes. Em pausa esperam até {most}; os mais antigos são soltos.",
    en: "The latest {most}. While paused up to {most} wait; the oldest are let go.",
  },
  "stream.gap": {
    es: "Aquí puede faltar algún evento.",
    pt: "Aqui pode faltar algum evento.",
    en: "Some events may be missing here.",
  },
  "stream.dropped": {
    es: {
      one: "Aquí falta {count} evento: llegaron demasiado rápido.",
      other: "Aquí faltan {count} eventos: llegaron demasiado rápido.",
    },
    pt: {
      one: "Aqui falta {count} evento: chegaram rápido demais.",
      other: "Aqui faltam {count} eventos: chegaram rápido demais.",
    },
    en: {
      one: "{count} event is missing here: they came too fast.",
      other: "{count} events are missing here: they came too fast.",
    },
  },
  "stream.skipped": {
    es: {
      one: "{count} evento más, contado en las estadísticas.",
      other: "{count} eventos más, contados en las estadísticas.",
    },
    pt: {
      one: "Mais {count} evento, contado nas estatísticas.",
      other: "Mais {count} eventos, contados nas estatísticas.",
    },
    en: {
      one: "{count} more event, counted in the statistics.",
      other: "{count} more events, counted in the statistics.",
    },
  },
  "stream.occurred": { es: "Ocurrió", pt: "Ocorreu", en: "Happened" },
  "stream.pageTitle": { es: "Título", pt: "Título", en: "Title" },
  "stream.site": { es: "Sitio", pt: "Site", en: "Site" },
  "stream.visitor": { es: "Visitante", pt: "Visitante", en: "Visitor" },
  "stream.session": { es: "Sesión", pt: "Sessão", en: "Session" },
  "stream.with": { es: "Con", pt: "Com", en: "With" },
  "stream.bot": { es: "Bot", pt: "Bot", en: "Bot" },
  "stream.id": { es: "Id del evento", pt: "Id do evento", en: "Event id" },
  "stream.metadata": { es: "Metadatos", pt: "Metadados", en: "Metadata" },
} as const satisfies Catalogue;
