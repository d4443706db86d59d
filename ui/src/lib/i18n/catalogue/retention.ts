import type { Catalogue } from "../text";

export const retention = {
  "retention.title": {
    es: "Retención de visitantes",
    pt: "Retenção de visitantes",
    en: "Visitor retention",
  },
  "retention.intro": {
    es: "De quienes vinieron por primera vez en una semana, qué parte volvió en cada una de las siguientes. Sin bots.",
    pt: "De quem veio pela primeira vez em uma semana, que parte voltou em cada uma das seguintes. Sem bots.",
    en: "Of those who first came in a week, how many came back in each of the weeks after. Bots are left out.",
  },
  "retention.span": {
    es: "Primeras visitas de",
    pt: "Primeiras visitas de",
    en: "First visits of",
  },
  "retention.weeks": {
    es: { one: "{count} semana", other: "{count} semanas" },
    pt: { one: "{count} semana", other: "{count} semanas" },
    en: { one: "{count} week", other: "{count} weeks" },
  },
  "retention.first": {
    es: "Empiezan con",
    pt: "Começam com",
    en: "They begin with",
  },
  "retention.returns": {
    es: "Cuenta como volver",
    pt: "Conta como voltar",
    en: "Coming back is",
  },
  "retention.anyEvent": {
    es: "Cualquier evento",
    pt: "Qualquer evento",
    en: "Any event",
  },
  "retention.noType": {
    es: "Ningún tipo se llama así",
    pt: "Nenhum tipo tem esse nome",
    en: "No type is called that",
  },
  "retention.curve": {
    es: "En promedio",
    pt: "Em média",
    en: "On average",
  },
  "retention.nextWeek": {
    es: "El {share} vuelve la semana siguiente.",
    pt: "{share} voltam na semana seguinte.",
    en: "{share} come back in the week after.",
  },
  "retention.tooEarly": {
    es: "Todavía no ha pasado una semana entera después de la primera.",
    pt: "Ainda não passou uma semana inteira depois da primeira.",
    en: "No whole week has passed since the first.",
  },
  "retention.curveHint": {
    es: "Semanas después de la primera; sin las que están en curso.",
    pt: "Semanas depois da primeira; sem as que estão em curso.",
    en: "Weeks after the first; those under way are left out.",
  },
  "retention.curveLabel": {
    es: "Parte de los visitantes que vuelve, por semanas después de la primera",
    pt: "Parte dos visitantes que volta, por semanas depois da primeira",
    en: "Share of the visitors who come back, by weeks after the first",
  },
  "retention.share": { es: "Vuelven", pt: "Voltam", en: "Come back" },
  "retention.weeksAfter": {
    es: "Semanas después",
    pt: "Semanas depois",
    en: "Weeks after",
  },
  "retention.week": { es: "Semana {week}", pt: "Semana {week}", en: "Week {week}" },
  "retention.cohorts": {
    es: "Por semana de la primera visita",
    pt: "Por semana da primeira visita",
    en: "By week of the first visit",
  },
  "retention.cohortsHint": {
    es: "Cada fila son quienes vinieron por primera vez esa semana; cada columna, cuántas semanas después.",
    pt: "Cada linha é quem veio pela primeira vez naquela semana; cada coluna, quantas semanas depois.",
    en: "Each row is those who first came in that week; each column is how many weeks later.",
  },
  "retention.table": {
    es: "Tabla de semanas",
    pt: "Tabela de semanas",
    en: "Table of weeks",
  },
  "retention.firstWeek": {
    es: "Semana del",
    pt: "Semana de",
    en: "Week of",
  },
  "retention.size": {
    es: { one: "{count} visitante", other: "{count} visitantes" },
    pt: { one: "{count} visitante", other: "{count} visitantes" },
    en: { one: "{count} visitor", other: "{count} visitors" },
  },
  "retention.numbers": { es: "Números", pt: "Números", en: "Numbers" },
  "retention.percent": { es: "Porcentaje", pt: "Porcentagem", en: "Percent" },
  "retention.visitors": { es: "Visitantes", pt: "Visitantes", en: "Visitors" },
  "retention.cell": {
    es: "{visitors} de {size} ({share})",
    pt: "{visitors} de {size} ({share})",
    en: "{visitors} of {size} ({share})",
  },
  "retention.underWay": {
    es: "semana en curso",
    pt: "semana em curso",
    en: "week under way",
  },
  "retention.underWayHint": {
    es: "Semana en curso: todavía puede crecer",
    pt: "Semana em curso: ainda pode crescer",
    en: "Week under way: it may still grow",
  },
  "retention.average": { es: "Promedio", pt: "Média", en: "Average" },
  "retention.empty": {
    es: "Nadie vino por primera vez en estas semanas",
    pt: "Ninguém veio pela primeira vez nestas semanas",
    en: "Nobody came for the first time in these weeks",
  },
  "retention.emptyHint": {
    es: "Prueba con más semanas, otro sitio u otro evento.",
    pt: "Tente com mais semanas, outro site ou outro evento.",
    en: "Try more weeks, another site or another event.",
  },
  "retention.untouched": {
    es: "Todavía no hay visitantes",
    pt: "Ainda não há visitantes",
    en: "There are no visitors yet",
  },
  "retention.untouchedHint": {
    es: "Instala el código en un sitio. Con la primera semana empieza la retención.",
    pt: "Instale o código em um site. A retenção começa com a primeira semana.",
    en: "Put the snippet on a site. Retention begins with the first week.",
  },
} as const satisfies Catalogue;
