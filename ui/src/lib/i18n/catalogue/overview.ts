import type { Catalogue } from "../text";

export const overview = {
  "overview.title": { es: "Resumen", pt: "Visão geral", en: "Overview" },
  "overview.zone": {
    es: "Horas de {city} ({offset})",
    pt: "Horário de {city} ({offset})",
    en: "Times in {city} ({offset})",
  },

  "now.title": { es: "Visitantes ahora", pt: "Visitantes agora", en: "Visitors now" },
  "now.hint": {
    es: "con actividad en los últimos 5 minutos",
    pt: "com atividade nos últimos 5 minutos",
    en: "active in the last 5 minutes",
  },
  "now.perMinute": {
    es: "Eventos por minuto",
    pt: "Eventos por minuto",
    en: "Events per minute",
  },
  "now.lastMinute": {
    es: { one: "{count} en el último minuto", other: "{count} en el último minuto" },
    pt: { one: "{count} no último minuto", other: "{count} no último minuto" },
    en: { one: "{count} in the last minute", other: "{count} in the last minute" },
  },
  "now.plot": {
    es: "Eventos por minuto en los últimos 30 minutos",
    pt: "Eventos por minuto nos últimos 30 minutos",
    en: "Events per minute over the last 30 minutes",
  },
  "now.minute": { es: "Minuto", pt: "Minuto", en: "Minute" },
  "now.quiet": {
    es: "Sin actividad en los últimos 30 minutos",
    pt: "Sem atividade nos últimos 30 minutos",
    en: "No activity in the last 30 minutes",
  },

  "metric.uniqueVisitors": { es: "Visitantes", pt: "Visitantes", en: "Visitors" },
  "metric.uniqueSessions": { es: "Sesiones", pt: "Sessões", en: "Sessions" },
  "metric.pageViews": { es: "Páginas vistas", pt: "Páginas vistas", en: "Page views" },
  "metric.events": { es: "Eventos", pt: "Eventos", en: "Events" },
  "metric.eventsKept": {
    es: "Eventos guardados",
    pt: "Eventos guardados",
    en: "Events kept",
  },
  "metric.kept": {
    es: { one: "{count} guardado", other: "{count} guardados" },
    pt: { one: "{count} guardado", other: "{count} guardados" },
    en: { one: "{count} kept", other: "{count} kept" },
  },
  "metric.perVisitor": {
    es: "{ratio} por visitante",
    pt: "{ratio} por visitante",
    en: "{ratio} per visitor",
  },
  "metric.perSession": {
    es: "{ratio} por sesión",
    pt: "{ratio} por sessão",
    en: "{ratio} per session",
  },
  "metric.choose": { es: "Qué se muestra", pt: "O que mostrar", en: "What to show" },

  "stats.sampled": { es: "Estimado", pt: "Estimado", en: "Estimated" },
  "stats.sampledHint": {
    es: "Algunos tipos de evento se guardan por muestreo. Se guardaron {kept}; el total estimado es {estimated}.",
    pt: "Alguns tipos de evento são guardados por amostragem. Foram guardados {kept}; o total estimado é {estimated}.",
    en: "Some event types are kept as a sample. {kept} were kept; the estimated total is {estimated}.",
  },
  "stats.bots": {
    es: {
      one: "{count} evento de bots quedó fuera de estas cifras.",
      other: "{count} eventos de bots quedaron fuera de estas cifras.",
    },
    pt: {
      one: "{count} evento de robôs ficou fora destes números.",
      other: "{count} eventos de robôs ficaram fora destes números.",
    },
    en: {
      one: "{count} event from bots is not in these figures.",
      other: "{count} events from bots are not in these figures.",
    },
  },
  "stats.whichBots": {
    es: "Ver cuáles y por qué",
    pt: "Ver quais e por quê",
    en: "See which, and why",
  },
  "stats.howBots": {
    es: "Ver cómo se reconocen",
    pt: "Ver como são reconhecidos",
    en: "See how they are recognised",
  },
  "stats.noBots": {
    es: "No se detectó tráfico de bots.",
    pt: "Nenhum tráfego de robôs detectado.",
    en: "No bot traffic was found.",
  },
  "stats.plot": {
    es: "{metric} en el tiempo, {range}",
    pt: "{metric} ao longo do tempo, {range}",
    en: "{metric} over time, {range}",
  },
  "stats.start": { es: "Desde", pt: "Início", en: "From" },
  "stats.none": {
    es: "No hay eventos en este período",
    pt: "Não há eventos neste período",
    en: "No events in this period",
  },
  "stats.noneHint": {
    es: "Prueba con un período más largo o con otro sitio.",
    pt: "Tente um período mais longo ou outro site.",
    en: "Try a longer period or another site.",
  },

  "types.title": { es: "Eventos por tipo", pt: "Eventos por tipo", en: "Events by type" },
  "types.type": { es: "Tipo", pt: "Tipo", en: "Type" },
  "types.count": { es: "Eventos", pt: "Eventos", en: "Events" },
  "types.kept": { es: "Guardados", pt: "Guardados", en: "Kept" },
  "types.share": { es: "Parte", pt: "Parte", en: "Share" },

  "filter.site": { es: "Sitio", pt: "Site", en: "Site" },
  "filter.allSites": { es: "Todos los sitios", pt: "Todos os sites", en: "All sites" },
  "filter.range": { es: "Período", pt: "Período", en: "Period" },
  "filter.granularity": { es: "Agrupar por", pt: "Agrupar por", en: "Group by" },
  "filter.from": { es: "Desde", pt: "De", en: "From" },
  "filter.to": { es: "Hasta", pt: "Até", en: "To" },
  "filter.apply": { es: "Aplicar", pt: "Aplicar", en: "Apply" },
  "filter.wrongRange": {
    es: "La fecha final es anterior a la inicial.",
    pt: "A data final é anterior à inicial.",
    en: "The last day is before the first.",
  },
  "filter.span": { es: "{from} – {to}", pt: "{from} – {to}", en: "{from} – {to}" },
  "range.today": { es: "Hoy", pt: "Hoje", en: "Today" },
  "range.yesterday": { es: "Ayer", pt: "Ontem", en: "Yesterday" },
  "range.7d": { es: "Últimos 7 días", pt: "Últimos 7 dias", en: "Last 7 days" },
  "range.30d": { es: "Últimos 30 días", pt: "Últimos 30 dias", en: "Last 30 days" },
  "range.90d": { es: "Últimos 90 días", pt: "Últimos 90 dias", en: "Last 90 days" },
  "range.custom": { es: "Otras fechas…", pt: "Outras datas…", en: "Other dates…" },
  "granularity.auto": { es: "Automático", pt: "Automático", en: "Automatic" },
  "granularity.hour": { es: "Hora", pt: "Hora", en: "Hour" },
  "granularity.day": { es: "Día", pt: "Dia", en: "Day" },
  "granularity.week": { es: "Semana", pt: "Semana", en: "Week" },
  "granularity.month": { es: "Mes", pt: "Mês", en: "Month" },

  "start.noSite": {
    es: "Empieza por tu primer sitio",
    pt: "Comece pelo seu primeiro site",
    en: "Start with your first site",
  },
  "start.noSiteText": {
    es: "Dile a Pista qué sitio web quieres medir. Te dará una línea de código para pegar en él.",
    pt: "Diga ao Pista qual site você quer medir. Ele dará uma linha de código para colar nele.",
    en: "Tell Pista which web site to measure. It gives you one line of code to paste into it.",
  },
  "start.createSite": { es: "Crear un sitio", pt: "Criar um site", en: "Create a site" },
  "start.noEvent": {
    es: "Falta un paso: pegar el código en tu sitio",
    pt: "Falta um passo: colar o código no seu site",
    en: "One step left: paste the code into your site",
  },
  "start.noEventText": {
    es: "El sitio está listo, pero todavía no llegó ningún evento. Copia el código y comprueba que funciona.",
    pt: "O site está pronto, mas ainda não chegou nenhum evento. Copie o código e verifique se funciona.",
    en: "The site is ready, but no event has arrived yet. Copy the code and check that it works.",
  },
  "start.toSites": {
    es: "Copiar el código",
    pt: "Copiar o código",
    en: "Copy the code",
  },
  "start.step1": { es: "Crear el sitio", pt: "Criar o site", en: "Create the site" },
  "start.step2": { es: "Pegar el código", pt: "Colar o código", en: "Paste the code" },
  "start.step3": {
    es: "Ver llegar las visitas",
    pt: "Ver as visitas chegando",
    en: "Watch visits arrive",
  },
} as const satisfies Catalogue;
