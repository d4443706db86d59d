import type { Catalogue } from "../text";

/** What ads cost, from the platforms' own files. */
export const costs = {
  "costs.title": {
    es: "Costo de los anuncios",
    pt: "Custo dos anúncios",
    en: "What ads cost",
  },
  "costs.intro": {
    es: "Exporta el reporte de Meta, Google, TikTok o Kwai como CSV, con una fila por día, y tráelo aquí.",
    pt: "Exporte o relatório do Meta, Google, TikTok ou Kwai como CSV, com uma linha por dia, e traga aqui.",
    en: "Export the report of Meta, Google, TikTok or Kwai as CSV, with one row a day, and bring it here.",
  },
  "costs.back": {
    es: "Volver al reporte",
    pt: "Voltar ao relatório",
    en: "Back to the report",
  },
  "costs.nothingYet": {
    es: "Todavía no se guarda nada: primero verás qué contiene.",
    pt: "Ainda nada é guardado: primeiro você verá o que contém.",
    en: "Nothing is kept yet: first you will see what is in it.",
  },
  "costs.known": {
    es: "Lo que se sabe del último mes ({currency})",
    pt: "O que se sabe do último mês ({currency})",
    en: "What is known of the last month ({currency})",
  },
  "costs.gone": {
    es: "Esta importación ya no está",
    pt: "Esta importação não está mais",
    en: "This import is not there any more",
  },
  "costs.state.uploaded": {
    es: "sin empezar",
    pt: "não começada",
    en: "not started",
  },
  "costs.state.done": { es: "importado", pt: "importado", en: "imported" },
  "costs.state.undone": { es: "deshecho", pt: "desfeito", en: "undone" },
  "costs.state.cancelled": { es: "cancelado", pt: "cancelado", en: "cancelled" },
  "costs.lines": {
    es: "Días y anuncios guardados",
    pt: "Dias e anúncios guardados",
    en: "Days and ads kept",
  },
  "costs.refused": {
    es: "Filas que no se entienden",
    pt: "Linhas que não se entendem",
    en: "Rows that cannot be read",
  },
  "costs.takenBack": { es: "Deshechos", pt: "Desfeitos", en: "Taken back" },
  "costs.platform": { es: "Plataforma", pt: "Plataforma", en: "Platform" },
  "costs.platform.meta": { es: "Meta", pt: "Meta", en: "Meta" },
  "costs.platform.google": { es: "Google Ads", pt: "Google Ads", en: "Google Ads" },
  "costs.platform.tiktok": { es: "TikTok", pt: "TikTok", en: "TikTok" },
  "costs.platform.kwai": { es: "Kwai", pt: "Kwai", en: "Kwai" },
  "costs.platform.other": { es: "Otra", pt: "Outra", en: "Another" },
  "costs.days": {
    es: "Cómo se escriben los días",
    pt: "Como se escrevem os dias",
    en: "How days are written",
  },
  "costs.dayFirst": { es: "día/mes/año", pt: "dia/mês/ano", en: "day/month/year" },
  "costs.monthFirst": { es: "mes/día/año", pt: "mês/dia/ano", en: "month/day/year" },
  "costs.decimals": {
    es: "Cómo se escribe el dinero",
    pt: "Como se escreve o dinheiro",
    en: "How money is written",
  },
  "costs.needs": {
    es: "Di qué columna es el día y cuál el costo, y en qué moneda.",
    pt: "Diga qual coluna é o dia e qual o custo, e em que moeda.",
    en: "Say which column is the day, which the cost, and in which money.",
  },
  "costs.role.day": { es: "Día", pt: "Dia", en: "Day" },
  "costs.role.lastDay": { es: "Último día", pt: "Último dia", en: "Last day" },
  "costs.role.cost": { es: "Costo", pt: "Custo", en: "Cost" },
  "costs.role.currency": { es: "Moneda", pt: "Moeda", en: "Currency" },
  "costs.role.campaignId": {
    es: "Id de la campaña",
    pt: "Id da campanha",
    en: "Campaign id",
  },
  "costs.role.campaign": { es: "Campaña", pt: "Campanha", en: "Campaign" },
  "costs.role.adsetId": {
    es: "Id del conjunto",
    pt: "Id do conjunto",
    en: "Ad set id",
  },
  "costs.role.adset": { es: "Conjunto", pt: "Conjunto", en: "Ad set" },
  "costs.role.adId": { es: "Id del anuncio", pt: "Id do anúncio", en: "Ad id" },
  "costs.role.ad": { es: "Anuncio", pt: "Anúncio", en: "Ad" },
  "costs.role.impressions": { es: "Impresiones", pt: "Impressões", en: "Impressions" },
  "costs.role.clicks": {
    es: "Clics de la plataforma",
    pt: "Cliques da plataforma",
    en: "The platform's clicks",
  },
  "costs.role.skip": { es: "No usar", pt: "Não usar", en: "Do not use" },
  "costs.start": { es: "Importar", pt: "Importar", en: "Import" },
  "costs.preview": {
    es: "Qué se guardaría",
    pt: "O que seria guardado",
    en: "What would be kept",
  },
  "costs.sum": {
    es: "{sums} del {days}, en {count} líneas. Las más caras:",
    pt: "{sums} de {days}, em {count} linhas. As mais caras:",
    en: "{sums} of {days}, in {count} lines. The dearest:",
  },
  "costs.replaces": {
    es: "{count} de ellas reemplazan lo que ya se sabía.",
    pt: "{count} delas substituem o que já se sabia.",
    en: "{count} of them take the place of what was known.",
  },
  "costs.overlaps": {
    es: "De {count} ya hay costos de la misma campaña y día con otro detalle: se sumarían los dos.",
    pt: "De {count} já há custos da mesma campanha e dia com outro detalhe: os dois seriam somados.",
    en: "Of {count} the same campaign and day has costs in another detail: both would be added.",
  },
  "costs.refuses": {
    es: "{count} filas no se entienden (filas {rows}).",
    pt: "{count} linhas não se entendem (linhas {rows}).",
    en: "{count} rows cannot be read (rows {rows}).",
  },
} as const satisfies Catalogue;
