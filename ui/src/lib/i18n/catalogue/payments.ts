import type { Catalogue } from "../text";

/** Where payments are taken. */
export const payments = {
  "error.no_payment_account": {
    es: "Ninguna cuenta puede cobrar: añade una en Configuración → Pix, o enciende una.",
    pt: "Nenhuma conta pode cobrar: adicione uma em Configurações → Pix, ou ligue uma.",
    en: "No account can take a payment: add one under Settings → Pix, or switch one on.",
  },
  "error.bad_payment_account": {
    es: "La cuenta no está completa, o la clave Pix no es válida.",
    pt: "A conta não está completa, ou a chave Pix não é válida.",
    en: "The account is not complete, or the Pix key is none.",
  },
  "error.not_payable": {
    es: "Esta venta ya no se puede pagar.",
    pt: "Esta venda já não pode ser paga.",
    en: "This sale cannot be paid any more.",
  },
  "error.sale_move_not_possible": {
    es: "La venta ya cambió. Mira cómo está ahora.",
    pt: "A venda já mudou. Veja como está agora.",
    en: "The sale has changed meanwhile. See how it is now.",
  },
  "error.too_much_refunded": {
    es: "Es más de lo que queda por devolver.",
    pt: "É mais do que resta para devolver.",
    en: "That is more than is left to give back.",
  },
  "nav.pix": { es: "Pix", pt: "Pix", en: "Pix" },
  "payments.intro": {
    es: "Con qué se cobra: una clave propia, o una pasarela que avisa cuando se pagó. Ningún aviso se cree antes de preguntar.",
    pt: "Com que se cobra: uma chave própria, ou um gateway que avisa quando foi pago. Nenhum aviso é aceito antes de perguntar.",
    en: "What payments are taken by: a key of your own, or a gateway that tells when it was paid. No notification is believed before the gateway is asked.",
  },
  "payments.add": {
    es: "Añadir una cuenta",
    pt: "Adicionar uma conta",
    en: "Add an account",
  },
  "payments.empty": {
    es: "Todavía no se puede cobrar",
    pt: "Ainda não é possível cobrar",
    en: "No payment can be taken yet",
  },
  "payments.emptyHint": {
    es: "Añade una clave Pix o una pasarela. Lo que es secreto se guarda sellado y no se vuelve a mostrar.",
    pt: "Adicione uma chave Pix ou um gateway. O que é segredo fica selado e não é mostrado de novo.",
    en: "Add a Pix key or a gateway. What is secret is sealed, and never shown again.",
  },
  "payments.preferred": { es: "Preferida", pt: "Preferida", en: "Preferred" },
  "payments.prefer": { es: "Preferir", pt: "Preferir", en: "Prefer" },
  "payments.on": { es: "Encendida", pt: "Ligada", en: "On" },
  "payments.off": { es: "Apagada", pt: "Desligada", en: "Off" },
  "payments.switchOn": { es: "Encender", pt: "Ligar", en: "Switch on" },
  "payments.switchOff": { es: "Apagar", pt: "Desligar", en: "Switch off" },
  "payments.delete": { es: "Eliminar", pt: "Excluir", en: "Delete" },
  "payments.deleteSure": {
    es: "{name} deja de cobrar. Lo que ya se pidió todavía se puede pagar.",
    pt: "{name} deixa de cobrar. O que já foi pedido ainda pode ser pago.",
    en: "{name} takes no more payments. What was asked for can still be paid.",
  },
  "payments.refused": {
    es: "La pasarela no nos reconoce",
    pt: "O gateway não nos reconhece",
    en: "The gateway does not know us",
  },
  "payments.key": { es: "Clave: {key}", pt: "Chave: {key}", en: "Key: {key}" },
  "payments.address": {
    es: "Dirección de los avisos",
    pt: "Endereço dos avisos",
    en: "Address for notifications",
  },
  "payments.newAddress": {
    es: "Nueva dirección",
    pt: "Novo endereço",
    en: "New address",
  },
  "payments.newAddressSure": {
    es: "La de ahora deja de servir en el acto: pon la nueva en la pasarela.",
    pt: "O de agora deixa de servir na hora: ponha o novo no gateway.",
    en: "The one of now leads nowhere at once: enter the new one at the gateway.",
  },
  "payments.check": {
    es: "Probar la conexión",
    pt: "Testar a conexão",
    en: "Test the connection",
  },
  "payments.works": {
    es: "Funciona ({ms} ms).",
    pt: "Funciona ({ms} ms).",
    en: "It works ({ms} ms).",
  },
  "payments.worksNot": {
    es: "No funciona: {why}",
    pt: "Não funciona: {why}",
    en: "It does not work: {why}",
  },
  "payments.notices": {
    es: "Últimos avisos",
    pt: "Últimos avisos",
    en: "Latest notifications",
  },
  "payments.noNotices": {
    es: "Todavía no llegó ningún aviso.",
    pt: "Ainda não chegou nenhum aviso.",
    en: "No notification has come yet.",
  },
  "payments.gateway": {
    es: "Tipo de cuenta",
    pt: "Tipo de conta",
    en: "Kind of account",
  },
  "payments.name": { es: "Nombre", pt: "Nome", en: "Name" },
  "payments.missing": { es: "Hace falta.", pt: "É necessário.", en: "This is needed." },
  "payments.show": { es: "Mostrar", pt: "Mostrar", en: "Show" },
  "payments.save": { es: "Guardar", pt: "Salvar", en: "Save" },
  "payments.gateway.static": {
    es: "Clave Pix propia, sin avisos",
    pt: "Chave Pix própria, sem avisos",
    en: "Your own Pix key, no notifications",
  },
  "payments.gateway.webhook": {
    es: "Clave Pix propia y tu webhook",
    pt: "Chave Pix própria e seu webhook",
    en: "Your own Pix key and your webhook",
  },
  "payments.gateway.mercadopago": {
    es: "Mercado Pago",
    pt: "Mercado Pago",
    en: "Mercado Pago",
  },
  "payments.gateway.asaas": { es: "Asaas", pt: "Asaas", en: "Asaas" },
  "payments.gateway.pushinpay": { es: "PushinPay", pt: "PushinPay", en: "PushinPay" },
  "payments.about.static": {
    es: "El código se crea aquí. Alguien del equipo marca cada venta como pagada.",
    pt: "O código é criado aqui. Alguém da equipe marca cada venda como paga.",
    en: "The code is made here. Somebody of the team marks each sale as paid.",
  },
  "payments.about.webhook": {
    es: "El código se crea aquí, y tu sistema avisa cuando el dinero llegó.",
    pt: "O código é criado aqui, e seu sistema avisa quando o dinheiro chega.",
    en: "The code is made here, and your system tells when the money is there.",
  },
  "payments.about.mercadopago": {
    es: "Crea en Mercado Pago una aplicación; copia su Access Token de producción y la clave secreta de sus webhooks.",
    pt: "Crie no Mercado Pago um aplicativo; copie o Access Token de produção e a assinatura secreta dos webhooks.",
    en: "Make an application at Mercado Pago; copy its production access token and its webhooks' secret signature.",
  },
  "payments.about.asaas": {
    es: "En Asaas, en Integraciones, crea una clave de API; los cobros se hacen a un cliente tuyo.",
    pt: "No Asaas, em Integrações, crie uma chave de API; as cobranças são feitas a um cliente seu.",
    en: "At Asaas, under Integrations, make an API key; charges are made to a customer of yours.",
  },
  "payments.about.pushinpay": {
    es: "En PushinPay, en Ajustes, crea un token.",
    pt: "No PushinPay, em Configurações, crie um token.",
    en: "At PushinPay, under Settings, make a token.",
  },
  "payments.steps.webhook": {
    es: "Envía a esta dirección qué cobro se pagó, y cuánto.",
    pt: "Envie a este endereço qual cobrança foi paga, e quanto.",
    en: "Send to this address which charge was paid, and how much.",
  },
  "payments.steps.mercadopago": {
    es: "Pega esta dirección en Webhooks de tu aplicación, con el evento Pagos. Cada cobro la lleva además consigo.",
    pt: "Cole este endereço em Webhooks do seu aplicativo, com o evento Pagamentos. Cada cobrança também o leva.",
    en: "Paste this address under your application's Webhooks, with the event Payments. Each charge carries it, too.",
  },
  "payments.steps.asaas": {
    es: "Pega esta dirección en Integraciones, Webhooks, con los eventos de cobros y el mismo token.",
    pt: "Cole este endereço em Integrações, Webhooks, com os eventos de cobranças e o mesmo token.",
    en: "Paste this address under Integrations, Webhooks, with the events of charges and the same token.",
  },
  "payments.steps.pushinpay": {
    es: "Cada cobro lleva esta dirección consigo: no hay nada que pegar.",
    pt: "Cada cobrança leva este endereço: não há nada a colar.",
    en: "Each charge carries this address: there is nothing to paste.",
  },
  "payments.field.pixKey": { es: "Clave Pix", pt: "Chave Pix", en: "Pix key" },
  "payments.field.merchantName": {
    es: "Nombre que ve quien paga",
    pt: "Nome que vê quem paga",
    en: "Name that whoever pays sees",
  },
  "payments.field.city": { es: "Ciudad", pt: "Cidade", en: "City" },
  "payments.field.accessToken": {
    es: "Token de la API",
    pt: "Token da API",
    en: "Token for the API",
  },
  "payments.field.webhookSecret": {
    es: "Secreto de los avisos",
    pt: "Segredo dos avisos",
    en: "Secret of the notifications",
  },
  "payments.field.customerId": {
    es: "Cliente de Asaas",
    pt: "Cliente do Asaas",
    en: "Customer at Asaas",
  },
  "payments.field.payerEmail": {
    es: "Correo para quien no dio uno",
    pt: "E-mail para quem não deu um",
    en: "E-mail for buyers who gave none",
  },
  "payments.hint.pixKey": {
    es: "CPF, CNPJ, teléfono con +55, correo o clave aleatoria.",
    pt: "CPF, CNPJ, telefone com +55, e-mail ou chave aleatória.",
    en: "CPF, CNPJ, phone with +55, e-mail or random key.",
  },
  "payments.hint.merchantName": {
    es: "Sin acentos y con 25 letras como mucho, como lo muestran los bancos.",
    pt: "Sem acentos e com no máximo 25 letras, como os bancos mostram.",
    en: "Without accents and 25 letters at most, as banks show it.",
  },
  "payments.hint.city": {
    es: "Como la muestran los bancos.",
    pt: "Como os bancos mostram.",
    en: "As banks show it.",
  },
  "payments.hint.accessToken": {
    es: "Se guarda sellado.",
    pt: "Fica selado.",
    en: "It is sealed.",
  },
  "payments.hint.webhookSecret": {
    es: "Con él se comprueba de quién viene cada aviso.",
    pt: "Com ele se verifica de quem vem cada aviso.",
    en: "With it each notification proves whose it is.",
  },
  "payments.hint.customerId": {
    es: "Empieza por cus_.",
    pt: "Começa com cus_.",
    en: "Begins with cus_.",
  },
  "payments.hint.payerEmail": {
    es: "Mercado Pago pide uno por cobro.",
    pt: "O Mercado Pago pede um por cobrança.",
    en: "Mercado Pago wants one for each payment.",
  },
  "payments.outcome.waiting": { es: "Por ver", pt: "A ver", en: "Waiting" },
  "payments.outcome.done": {
    es: "Cambió el cobro",
    pt: "Mudou a cobrança",
    en: "It changed the charge",
  },
  "payments.outcome.nothing_new": {
    es: "Nada nuevo",
    pt: "Nada novo",
    en: "Nothing new",
  },
  "payments.outcome.not_ours": { es: "No es de aquí", pt: "Não é daqui", en: "Not ours" },
  "payments.outcome.refused": {
    es: "No se creyó",
    pt: "Não foi aceito",
    en: "Not believed",
  },
  "payments.outcome.unreadable": {
    es: "No se pudo leer",
    pt: "Não foi possível ler",
    en: "Cannot be read",
  },
} as const satisfies Catalogue;
