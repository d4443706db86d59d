import type { Catalogue } from "../text";

export const breakdown = {
  "breakdown.title": { es: "Eventos", pt: "Eventos", en: "Events" },
  "breakdown.intro": {
    es: "De dónde vienen las visitas, qué miran y con qué.",
    pt: "De onde vêm as visitas, o que olham e com quê.",
    en: "Where visits come from, what they look at and with what.",
  },
  "breakdown.by": { es: "Desglosar por", pt: "Detalhar por", en: "Break down by" },
  "breakdown.pages": { es: "Páginas", pt: "Páginas", en: "Pages" },
  "breakdown.sources": { es: "Origen", pt: "Origem", en: "Source" },
  "breakdown.visitors": { es: "Visitantes", pt: "Visitantes", en: "Visitors" },
  "breakdown.events": { es: "Eventos", pt: "Eventos", en: "Events" },
  "breakdown.own": { es: "Propia", pt: "Própria", en: "Your own" },
  "breakdown.metadata": {
    es: "Clave de metadatos",
    pt: "Chave de metadados",
    en: "Metadata key",
  },
  "breakdown.metadataOther": {
    es: "Clave de metadatos…",
    pt: "Chave de metadados…",
    en: "Metadata key…",
  },
  "breakdown.metadataExample": { es: "plan", pt: "plano", en: "plan" },
  "breakdown.metadataWrong": {
    es: "Hasta 64 caracteres, sin saltos de línea.",
    pt: "Até 64 caracteres, sem quebras de linha.",
    en: "Up to 64 characters, without line breaks.",
  },
  "breakdown.metadataShow": { es: "Ver", pt: "Ver", en: "Show" },

  "property.page": { es: "Página", pt: "Página", en: "Page" },
  "property.entry_page": {
    es: "Página de entrada",
    pt: "Página de entrada",
    en: "Entry page",
  },
  "property.referrer": {
    es: "Sitio de referencia",
    pt: "Site de origem",
    en: "Referrer",
  },
  "property.channel": { es: "Canal", pt: "Canal", en: "Channel" },
  "property.utm_source": { es: "Fuente UTM", pt: "Fonte UTM", en: "UTM source" },
  "property.utm_medium": { es: "Medio UTM", pt: "Mídia UTM", en: "UTM medium" },
  "property.utm_campaign": {
    es: "Campaña UTM",
    pt: "Campanha UTM",
    en: "UTM campaign",
  },
  "property.country": { es: "País", pt: "País", en: "Country" },
  "property.device": { es: "Dispositivo", pt: "Dispositivo", en: "Device" },
  "property.browser": { es: "Navegador", pt: "Navegador", en: "Browser" },
  "property.os": { es: "Sistema", pt: "Sistema", en: "System" },
  "property.eventType": {
    es: "Tipo de evento",
    pt: "Tipo de evento",
    en: "Event type",
  },

  "channel.affiliate": { es: "Afiliados", pt: "Afiliados", en: "Affiliates" },
  "channel.ai_assistant": {
    es: "Asistentes de IA",
    pt: "Assistentes de IA",
    en: "AI assistants",
  },
  "channel.audio": { es: "Audio", pt: "Áudio", en: "Audio" },
  "channel.direct": { es: "Directo", pt: "Direto", en: "Direct" },
  "channel.display": { es: "Display", pt: "Display", en: "Display" },
  "channel.email": { es: "Correo electrónico", pt: "E-mail", en: "E-mail" },
  "channel.messaging": { es: "Mensajería", pt: "Mensageria", en: "Messaging" },
  "channel.organic_search": {
    es: "Búsqueda orgánica",
    pt: "Busca orgânica",
    en: "Organic search",
  },
  "channel.organic_social": {
    es: "Redes sociales orgánicas",
    pt: "Redes sociais orgânicas",
    en: "Organic social",
  },
  "channel.organic_video": {
    es: "Video orgánico",
    pt: "Vídeo orgânico",
    en: "Organic video",
  },
  "channel.paid_other": { es: "Otros pagados", pt: "Outros pagos", en: "Other paid" },
  "channel.paid_search": { es: "Búsqueda pagada", pt: "Busca paga", en: "Paid search" },
  "channel.paid_social": {
    es: "Redes sociales pagadas",
    pt: "Redes sociais pagas",
    en: "Paid social",
  },
  "channel.paid_video": { es: "Video pagado", pt: "Vídeo pago", en: "Paid video" },
  "channel.push": {
    es: "Notificaciones push",
    pt: "Notificações push",
    en: "Push notifications",
  },
  "channel.referral": { es: "Referencias", pt: "Referências", en: "Referral" },
  "channel.sms": { es: "SMS", pt: "SMS", en: "SMS" },
  "device.desktop": { es: "Computadora", pt: "Computador", en: "Desktop" },
  "device.mobile": { es: "Teléfono", pt: "Celular", en: "Phone" },
  "device.server": { es: "Servidor", pt: "Servidor", en: "Server" },
  "device.tablet": { es: "Tableta", pt: "Tablet", en: "Tablet" },

  "breakdown.none": { es: "(ninguno)", pt: "(nenhum)", en: "(none)" },
  "breakdown.is": {
    es: "{property}: {value}",
    pt: "{property}: {value}",
    en: "{property}: {value}",
  },
  "breakdown.isNot": {
    es: "{property}: no {value}",
    pt: "{property}: não {value}",
    en: "{property}: not {value}",
  },
  "breakdown.only": {
    es: "Mostrar solo {value}",
    pt: "Mostrar só {value}",
    en: "Show only {value}",
  },
  "breakdown.without": {
    es: "Excluir {value}",
    pt: "Excluir {value}",
    en: "Leave out {value}",
  },
  "breakdown.filters": { es: "Filtros", pt: "Filtros", en: "Filters" },
  "breakdown.noFilters": {
    es: "Haz clic en una fila para filtrar",
    pt: "Clique em uma linha para filtrar",
    en: "Click a row to filter",
  },
  "breakdown.remove": {
    es: "Quitar el filtro {filter}",
    pt: "Remover o filtro {filter}",
    en: "Remove the filter {filter}",
  },
  "breakdown.clear": { es: "Quitar todos", pt: "Remover todos", en: "Clear all" },
  "breakdown.mostFilters": {
    es: "Hasta {most} filtros a la vez. Quita uno para añadir otro.",
    pt: "Até {most} filtros de cada vez. Remova um para adicionar outro.",
    en: "Up to {most} filters at once. Remove one to add another.",
  },

  "breakdown.sort": { es: "Ordenar por", pt: "Ordenar por", en: "Sort by" },
  "breakdown.sort.visitors": { es: "Visitantes", pt: "Visitantes", en: "Visitors" },
  "breakdown.sort.sessions": { es: "Sesiones", pt: "Sessões", en: "Sessions" },
  "breakdown.sort.events": { es: "Eventos", pt: "Eventos", en: "Events" },
  "breakdown.sort.pageViews": {
    es: "Páginas vistas",
    pt: "Páginas vistas",
    en: "Page views",
  },
  "breakdown.actions": { es: "Acciones", pt: "Ações", en: "Actions" },
  "breakdown.values": {
    es: { one: "{count} valor", other: "{count} valores" },
    pt: { one: "{count} valor", other: "{count} valores" },
    en: { one: "{count} value", other: "{count} values" },
  },

  "breakdown.compare": {
    es: "Comparar con el período anterior",
    pt: "Comparar com o período anterior",
    en: "Compare with the period before",
  },
  "breakdown.comparedTo": {
    es: "frente a {range}",
    pt: "em relação a {range}",
    en: "against {range}",
  },
  "breakdown.more": {
    es: "{share} más que antes ({before})",
    pt: "{share} a mais que antes ({before})",
    en: "{share} more than before ({before})",
  },
  "breakdown.less": {
    es: "{share} menos que antes ({before})",
    pt: "{share} a menos que antes ({before})",
    en: "{share} less than before ({before})",
  },
  "breakdown.same": {
    es: "igual que antes ({before})",
    pt: "igual a antes ({before})",
    en: "the same as before ({before})",
  },
  "breakdown.fresh": {
    es: "antes no había ninguno",
    pt: "antes não havia nenhum",
    en: "there was none before",
  },
  "breakdown.new": { es: "nuevo", pt: "novo", en: "new" },

  "breakdown.paging": {
    es: "Páginas de la tabla",
    pt: "Páginas da tabela",
    en: "Table pages",
  },
  "breakdown.shown": {
    es: "{first}–{last} de {total}",
    pt: "{first}–{last} de {total}",
    en: "{first}–{last} of {total}",
  },
  "breakdown.previous": { es: "Anteriores", pt: "Anteriores", en: "Previous" },
  "breakdown.next": { es: "Siguientes", pt: "Próximos", en: "Next" },

  "breakdown.empty": {
    es: "No hay eventos en este período",
    pt: "Não há eventos neste período",
    en: "No events in this period",
  },
  "breakdown.emptyHint": {
    es: "Prueba con un período más largo o con otro sitio.",
    pt: "Tente um período mais longo ou outro site.",
    en: "Try a longer period or another site.",
  },
  "breakdown.emptyFilters": {
    es: "Nada coincide con estos filtros",
    pt: "Nada corresponde a estes filtros",
    en: "Nothing matches these filters",
  },
  "breakdown.emptyFiltersHint": {
    es: "Quita alguno o elige un período más largo.",
    pt: "Remova algum ou escolha um período mais longo.",
    en: "Remove one of them or choose a longer period.",
  },
  "breakdown.pastEnd": {
    es: "Esta página ya no tiene filas",
    pt: "Esta página já não tem linhas",
    en: "This page has no rows any more",
  },
  "breakdown.toStart": {
    es: "Ir a la primera página",
    pt: "Ir para a primeira página",
    en: "Go to the first page",
  },
  "breakdown.untouched": {
    es: "Todavía no llegó ningún evento",
    pt: "Ainda não chegou nenhum evento",
    en: "No event has arrived yet",
  },
  "breakdown.untouchedHint": {
    es: "Cuando tu sitio envíe el primero, aquí verás de dónde vienen las visitas y qué hacen.",
    pt: "Quando o seu site enviar o primeiro, aqui você verá de onde vêm as visitas e o que fazem.",
    en: "When your site sends the first one, you will see here where visits come from and what they do.",
  },
  "breakdown.toSites": {
    es: "Ir a los sitios",
    pt: "Ir para os sites",
    en: "Go to sites",
  },
  "breakdown.noCountries": {
    es: "No se conoce el país de ninguna visita",
    pt: "Não se conhece o país de nenhuma visita",
    en: "The country of no visit is known",
  },
  "breakdown.noCountriesFile": {
    es: "A este servidor le falta una base de datos de países. Quien lo administra la indica en PISTA_GEOIP_DB; vale para los eventos que lleguen desde entonces.",
    pt: "Falta a este servidor um banco de dados de países. Quem o administra o indica em PISTA_GEOIP_DB; vale para os eventos que chegarem a partir de então.",
    en: "This server has no country database. Whoever runs it names one in PISTA_GEOIP_DB; it holds for the events that arrive from then on.",
  },
  "breakdown.noCountriesProxy": {
    es: "El servidor tiene una base de datos de países, pero no encuentra en ella estas direcciones. Si está detrás de un proxy, este debe figurar en PISTA_TRUSTED_PROXIES.",
    pt: "O servidor tem um banco de dados de países, mas não encontra nele estes endereços. Se está atrás de um proxy, ele deve constar em PISTA_TRUSTED_PROXIES.",
    en: "The server has a country database and does not find these addresses in it. If it is behind a proxy, that has to be named in PISTA_TRUSTED_PROXIES.",
  },
  "breakdown.note": {
    es: "Sin bots. De los tipos con muestreo se cuentan los eventos guardados.",
    pt: "Sem robôs. Dos tipos com amostragem, contam-se os eventos guardados.",
    en: "Without bots. Of sampled types, the events that were kept are counted.",
  },
} as const satisfies Catalogue;
