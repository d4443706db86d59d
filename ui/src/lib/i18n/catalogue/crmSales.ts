import type { Catalogue } from "../text";

/** What shops' webhooks tell of sales, and how it is read. */
export const crmSales = {
  "crm.sale.externalId": {
    es: "Número del pedido",
    pt: "Número do pedido",
    en: "Order number",
  },
  "crm.sale.amount": { es: "Importe", pt: "Valor", en: "Amount" },
  "crm.sale.status": { es: "Estado", pt: "Estado", en: "State" },
  "crm.sale.currency": { es: "Moneda", pt: "Moeda", en: "Currency" },
  "crm.sale.email": { es: "Correo", pt: "E-mail", en: "E-mail" },
  "crm.sale.phone": { es: "Teléfono", pt: "Telefone", en: "Phone" },
  "crm.sale.name": { es: "Nombre", pt: "Nome", en: "Name" },
  "crm.sale.refunded": {
    es: "Devuelto hasta ahora",
    pt: "Devolvido até agora",
    en: "Gone back so far",
  },
  "crm.sale.occurredAt": { es: "Cuándo", pt: "Quando", en: "When" },
  "crm.sale.visitorId": {
    es: "Visitante (rstk_vid)",
    pt: "Visitante (rstk_vid)",
    en: "Visitor (rstk_vid)",
  },
  "crm.sale.clickToken": {
    es: "Token del clic",
    pt: "Token do clique",
    en: "Token of the click",
  },
  "crm.sale.description": { es: "Concepto", pt: "Descrição", en: "Description" },
  "crm.sale.city": { es: "Ciudad", pt: "Cidade", en: "City" },
  "crm.sale.state": {
    es: "Departamento o estado",
    pt: "Estado (UF)",
    en: "State or province",
  },
  "crm.sale.zip": { es: "Código postal", pt: "CEP", en: "Postal code" },
  "crm.sale.country": { es: "País", pt: "País", en: "Country" },
  "crm.sale.defaultCurrency": {
    es: "Moneda, si el pedido no la dice",
    pt: "Moeda, se o pedido não a diz",
    en: "Currency, where the order names none",
  },
  "crm.sale.words": {
    es: "Palabras de la tienda para los estados",
    pt: "Palavras da loja para os estados",
    en: "The shop’s own words for states",
  },
  "crm.sale.wordsHint": {
    es: "Muchas ya se conocen: paid, aprobado, pagado, concluído… Añade las que falten, o las que en tu tienda signifiquen otra cosa.",
    pt: "Muitas já são conhecidas: paid, aprovado, pago, concluído… Acrescente as que faltarem, ou as que na sua loja signifiquem outra coisa.",
    en: "Many are known already: paid, approved, pago, concluído… Add those that are missing, or that mean something else in your shop.",
  },
  "crm.sale.word": { es: "Palabra", pt: "Palavra", en: "Word" },
  "crm.sale.means": {
    es: "«{word}» significa",
    pt: "“{word}” significa",
    en: "“{word}” means",
  },
  "crm.sale.meansNew": { es: "Significa", pt: "Significa", en: "It means" },
  "crm.sale.wordAdd": {
    es: "Añadir palabra",
    pt: "Acrescentar palavra",
    en: "Add word",
  },
  "crm.sale.cents": {
    es: "El importe viene en centavos",
    pt: "O valor vem em centavos",
    en: "The amount is in cents",
  },
  "crm.sale.timeZone": {
    es: "Zona horaria de las horas que no la dicen",
    pt: "Fuso das horas que não o dizem",
    en: "Time zone of times that name none",
  },
  "crm.sale.timeZoneOwn": {
    es: "La de la empresa: {city}",
    pt: "O da empresa: {city}",
    en: "The company’s: {city}",
  },
  "crm.sale.shared": {
    es: "Sus números de pedido son los de la empresa",
    pt: "Os números de pedido são os da empresa",
    en: "Its order numbers are the company’s",
  },
  "crm.sale.sharedHint": {
    es: "El mismo número en la API, en un Pix o en otra tienda así marcada es la misma venta. Quítalo si esta tienda numera por su cuenta.",
    pt: "O mesmo número na API, em um Pix ou em outra loja assim marcada é a mesma venda. Desmarque se esta loja numera por conta própria.",
    en: "The same number in the API, in a Pix or in another shop marked so is the same sale. Untick it if this shop counts by itself.",
  },
  "crm.sale.when": {
    es: "«{written}» es el {moment} ({here}).",
    pt: "“{written}” é {moment} ({here}).",
    en: "“{written}” is {moment} ({here}).",
  },
  "crm.sale.whenRead": {
    es: "«{written}», leído en la hora de {there}, es el {moment} ({here}).",
    pt: "“{written}”, lido no horário de {there}, é {moment} ({here}).",
    en: "“{written}”, read in the time of {there}, is {moment} ({here}).",
  },
  "crm.sale.whenUnclear": {
    es: "«{written}» no se entiende como fecha: cuenta cuándo llegó.",
    pt: "“{written}” não se entende como data: conta quando chegou.",
    en: "“{written}” is no time that can be read: when it came counts.",
  },
  "crm.sale.preview": {
    es: "Lo que diría de la venta",
    pt: "O que diria da venda",
    en: "What it would say of the sale",
  },
} as const satisfies Catalogue;
