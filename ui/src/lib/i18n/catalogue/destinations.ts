import type { Catalogue } from "../text";

/** Who is told of sales, and how to connect them. */
export const destinations = {
  "nav.destinations": {
    es: "Meta y destinos",
    pt: "Meta e destinos",
    en: "Meta and destinations",
  },
  "dest.intro": {
    es: "Las plataformas a las que Pista avisa de cada venta, para que sus anuncios aprendan de quien compra.",
    pt: "As plataformas que o Pista avisa de cada venda, para que seus anúncios aprendam com quem compra.",
    en: "The platforms that Pista tells of each sale, so that their ads learn from who buys.",
  },
  "dest.connect": {
    es: "Conectar un destino",
    pt: "Conectar um destino",
    en: "Connect a destination",
  },
  "dest.list": { es: "Destinos", pt: "Destinos", en: "Destinations" },
  "dest.log": { es: "Ver los envíos", pt: "Ver os envios", en: "See the deliveries" },
  "dest.empty": {
    es: "Todavía no hay ningún destino",
    pt: "Ainda não há nenhum destino",
    en: "There is no destination yet",
  },
  "dest.emptyHint": {
    es: "Conecta la API de conversiones de Meta y cada venta pagada, también en un chat, contará para el anuncio que la trajo.",
    pt: "Conecte a API de conversões da Meta e cada venda paga, também num chat, contará para o anúncio que a trouxe.",
    en: "Connect Meta's Conversions API, and each paid sale, also in a chat, counts for the ad that brought it.",
  },
  "dest.kind": { es: "Plataforma", pt: "Plataforma", en: "Platform" },
  "dest.kind.meta": { es: "Meta", pt: "Meta", en: "Meta" },
  "dest.kind.google": { es: "Google Ads", pt: "Google Ads", en: "Google Ads" },
  "dest.kind.tiktok": { es: "TikTok", pt: "TikTok", en: "TikTok" },
  "dest.kind.ga4": {
    es: "Google Analytics 4",
    pt: "Google Analytics 4",
    en: "Google Analytics 4",
  },
  "dest.kind.utmify": { es: "UTMify", pt: "UTMify", en: "UTMify" },
  "dest.kind.webhook": { es: "Webhook propio", pt: "Webhook próprio", en: "Own webhook" },
  "dest.how.meta": {
    es: "En el Administrador de eventos de Meta abre el conjunto de datos (píxel) de tus anuncios: su número está arriba. En Configuración → API de conversiones genera un token de acceso.",
    pt: "No Gerenciador de Eventos da Meta abra o conjunto de dados (pixel) dos seus anúncios: o número está no alto. Em Configurações → API de Conversões gere um token de acesso.",
    en: "In Meta's Events Manager open the data set (pixel) of your ads: its number is at the top. Under Settings → Conversions API make an access token.",
  },
  "dest.how.google": {
    es: "El número del cliente y el de la acción de conversión (importada, de clics) están en Google Ads; los secretos vienen de tu proyecto de Google Cloud con acceso a la interfaz elegida.",
    pt: "O número do cliente e o da ação de conversão (importada, de cliques) estão no Google Ads; os segredos vêm do seu projeto do Google Cloud com acesso à interface escolhida.",
    en: "The customer's number and that of the conversion action (imported, from clicks) are in Google Ads; the secrets come from your project of Google Cloud with access to the chosen interface.",
  },
  "dest.how.tiktok": {
    es: "En TikTok Events Manager abre tu píxel: el código está arriba, y en Configuración generas el token de acceso.",
    pt: "No TikTok Events Manager abra o seu pixel: o código está no alto, e em Configurações você gera o token de acesso.",
    en: "In TikTok's Events Manager open your pixel: its code is at the top, and under Settings you make the access token.",
  },
  "dest.how.ga4": {
    es: "En Administrar → Flujos de datos abre el flujo web: ahí están el ID de medición y los secretos del Measurement Protocol.",
    pt: "Em Administrar → Fluxos de dados abra o fluxo da web: ali estão o ID da métrica e os segredos do Measurement Protocol.",
    en: "Under Admin → Data streams open the web stream: there are the measurement id and the secrets of the Measurement Protocol.",
  },
  "dest.how.utmify": {
    es: "En UTMify, en Integraciones → Webhooks → Credenciales de API, crea una credencial y copia su token.",
    pt: "Na UTMify, em Integrações → Webhooks → Credenciais de API, crie uma credencial e copie o token.",
    en: "In UTMify, under Integrations → Webhooks → API credentials, make a credential and copy its token.",
  },
  "dest.how.webhook": {
    es: "Pista envía cada conversión a tu dirección, firmada con tu secreto (Pista-Signature).",
    pt: "O Pista envia cada conversão ao seu endereço, assinada com o seu segredo (Pista-Signature).",
    en: "Pista posts each conversion to your address, signed with your secret (Pista-Signature).",
  },
  "dest.field.pixelId": {
    es: "Número del píxel",
    pt: "Número do pixel",
    en: "Pixel number",
  },
  "dest.field.token": {
    es: "Token de acceso",
    pt: "Token de acesso",
    en: "Access token",
  },
  "dest.field.whatsappAccountId": {
    es: "Número de la cuenta de WhatsApp Business (para anuncios a WhatsApp)",
    pt: "Número da conta do WhatsApp Business (para anúncios ao WhatsApp)",
    en: "WhatsApp Business account number (for ads to WhatsApp)",
  },
  "dest.field.pageUrl": {
    es: "Página de las ventas en la web (si la tienda no la dice)",
    pt: "Página das vendas no site (se a loja não a informar)",
    en: "Page of sales on the web (where the shop does not tell it)",
  },
  "dest.actionSource": {
    es: "Dónde se vende",
    pt: "Onde se vende",
    en: "Where sales happen",
  },
  "dest.actionSourceHint": {
    es: "Meta lo muestra con cada venta. «Donde fue» distingue el chat y la página.",
    pt: "A Meta mostra isso em cada venda. «Onde foi» distingue o chat e a página.",
    en: "Meta shows it with each sale. “Where it was” tells the chat from the page.",
  },
  "dest.source.auto": {
    es: "Donde fue",
    pt: "Onde foi",
    en: "Where it was",
  },
  "dest.source.website": {
    es: "Sitio web",
    pt: "Site",
    en: "Website",
  },
  "dest.source.chat": {
    es: "Chat",
    pt: "Chat",
    en: "Chat",
  },
  "dest.source.app": {
    es: "Aplicación",
    pt: "Aplicativo",
    en: "App",
  },
  "dest.source.phone_call": {
    es: "Llamada",
    pt: "Ligação",
    en: "Phone call",
  },
  "dest.source.email": {
    es: "Correo",
    pt: "E-mail",
    en: "E-mail",
  },
  "dest.source.physical_store": {
    es: "Tienda física",
    pt: "Loja física",
    en: "Physical store",
  },
  "dest.source.system_generated": {
    es: "Sistema",
    pt: "Sistema",
    en: "System",
  },
  "dest.source.other": {
    es: "Otro",
    pt: "Outro",
    en: "Other",
  },
  "dest.limitedDataUse": {
    es: "Uso limitado de datos (LDU)",
    pt: "Uso limitado de dados (LDU)",
    en: "Limited data use (LDU)",
  },
  "dest.limitedDataUseHint": {
    es: "Para todas las ventas; una venta sola puede pedirlo con su consentimiento.",
    pt: "Para todas as vendas; uma venda só pode pedi-lo com seu consentimento.",
    en: "For all sales; a single sale can ask for it with its consent.",
  },
  "dest.field.customerId": {
    es: "Número del cliente, sin guiones",
    pt: "Número do cliente, sem hifens",
    en: "Customer number, without dashes",
  },
  "dest.field.conversionActionId": {
    es: "Número de la acción de conversión",
    pt: "Número da ação de conversão",
    en: "Conversion action number",
  },
  "dest.field.via": {
    es: "Interfaz de Google",
    pt: "Interface do Google",
    en: "Google's interface",
  },
  "dest.via.data_manager": {
    es: "Data Manager (cuentas nuevas)",
    pt: "Data Manager (contas novas)",
    en: "Data Manager (new accounts)",
  },
  "dest.via.ads": {
    es: "Google Ads API (quien ya enviaba antes de junio de 2026)",
    pt: "Google Ads API (quem já enviava antes de junho de 2026)",
    en: "Google Ads API (who sent before June 2026)",
  },
  "dest.field.managerId": {
    es: "Número de la cuenta administradora",
    pt: "Número da conta administradora",
    en: "Manager account number",
  },
  "dest.field.developerToken": {
    es: "Token de desarrollador",
    pt: "Token de desenvolvedor",
    en: "Developer token",
  },
  "dest.field.clientId": {
    es: "ID de cliente OAuth",
    pt: "ID de cliente OAuth",
    en: "OAuth client id",
  },
  "dest.field.clientSecret": {
    es: "Secreto de cliente OAuth",
    pt: "Segredo de cliente OAuth",
    en: "OAuth client secret",
  },
  "dest.field.refreshToken": {
    es: "Token de actualización",
    pt: "Token de atualização",
    en: "Refresh token",
  },
  "dest.field.pixelCode": {
    es: "Código del píxel",
    pt: "Código do pixel",
    en: "Pixel code",
  },
  "dest.field.measurementId": {
    es: "ID de medición (G-…)",
    pt: "ID da métrica (G-…)",
    en: "Measurement id (G-…)",
  },
  "dest.field.apiSecret": {
    es: "Secreto de la API",
    pt: "Segredo da API",
    en: "API secret",
  },
  "dest.field.url": { es: "Dirección", pt: "Endereço", en: "Address" },
  "dest.field.secret": { es: "Secreto", pt: "Segredo", en: "Secret" },
  "dest.missing": { es: "Hace falta.", pt: "É necessário.", en: "This is needed." },
  "dest.kept": {
    es: "Guardado; escribe otro para cambiarlo",
    pt: "Guardado; digite outro para mudá-lo",
    en: "Kept; enter another to change it",
  },
  "dest.optional": { es: "Opcional", pt: "Opcional", en: "Optional" },
  "dest.show": { es: "Mostrar u ocultar", pt: "Mostrar ou ocultar", en: "Show or hide" },
  "dest.step1": { es: "La cuenta", pt: "A conta", en: "The account" },
  "dest.step2": { es: "Qué se envía", pt: "O que se envia", en: "What is sent" },
  "dest.step2Hint": {
    es: "Las compras pagadas bastan para empezar.",
    pt: "As compras pagas bastam para começar.",
    en: "Paid purchases are enough to begin with.",
  },
  "dest.step2Orders": {
    es: "UTMify sigue cada pedido: conviene enviarle todo lo que pasa con él.",
    pt: "A UTMify acompanha cada pedido: convém enviar-lhe tudo o que acontece com ele.",
    en: "UTMify follows each order: it is best told all that becomes of it.",
  },
  "dest.step3": { es: "Un nombre", pt: "Um nome", en: "A name" },
  "dest.step3Hint": {
    es: "Para reconocerlo en los envíos. Después, pruébalo con el botón de la lista.",
    pt: "Para reconhecê-lo nos envios. Depois, teste-o com o botão da lista.",
    en: "To know it by in the deliveries. Then try it with the button in the list.",
  },
  "dest.name": { es: "Nombre", pt: "Nome", en: "Name" },
  "dest.noEvents": {
    es: "Elige al menos uno.",
    pt: "Escolha ao menos um.",
    en: "Choose at least one.",
  },
  "dest.grace": {
    es: "Minutos de espera",
    pt: "Minutos de espera",
    en: "Minutes to wait",
  },
  "dest.graceHint": {
    es: "Cuánto espera una venta de la que aún no se conoce el clic.",
    pt: "Quanto espera uma venda cujo clique ainda não se conhece.",
    en: "How long a sale waits of which no click is known yet.",
  },
  "dest.on": { es: "Encendido", pt: "Ligado", en: "On" },
  "dest.state.off": { es: "Apagado", pt: "Desligado", en: "Off" },
  "dest.state.paused": { es: "En pausa", pt: "Em pausa", en: "Paused" },
  "dest.testing": {
    es: "Eventos de prueba: {code}",
    pt: "Eventos de teste: {code}",
    en: "Test events: {code}",
  },
  "dest.never": {
    es: "Todavía no se ha enviado nada",
    pt: "Ainda não se enviou nada",
    en: "Nothing sent yet",
  },
  "dest.last": {
    es: "Último envío: {time}",
    pt: "Último envio: {time}",
    en: "Last sent: {time}",
  },
  "dest.waiting": {
    es: { one: "{count} en espera", other: "{count} en espera" },
    pt: { one: "{count} em espera", other: "{count} em espera" },
    en: { one: "{count} waiting", other: "{count} waiting" },
  },
  "dest.try": { es: "Probar", pt: "Testar", en: "Try it" },
  "dest.tried": {
    es: "Funciona: contestó en {milliseconds} ms.",
    pt: "Funciona: respondeu em {milliseconds} ms.",
    en: "It works: answered in {milliseconds} ms.",
  },
  "dest.refused": {
    es: "No funciona: {error}",
    pt: "Não funciona: {error}",
    en: "It does not work: {error}",
  },
  "dest.change": { es: "Cambiar", pt: "Mudar", en: "Change" },
  "dest.testEvents": {
    es: "Eventos de prueba",
    pt: "Eventos de teste",
    en: "Test events",
  },
  "dest.testHint": {
    es: "Copia el código de la pestaña «Probar eventos» de la plataforma. Durante cuatro horas el botón «Probar» y las ventas de prueba se verán ahí; las ventas de verdad siguen contando.",
    pt: "Copie o código da aba «Testar eventos» da plataforma. Durante quatro horas o botão «Testar» e as vendas de teste aparecerão ali; as vendas de verdade continuam contando.",
    en: "Copy the code from the platform's “Test events” tab. For four hours the “Try it” button and test sales show there; real sales count as ever.",
  },
  "dest.testCode": { es: "Código de prueba", pt: "Código de teste", en: "Test code" },
  "dest.testBegin": { es: "Empezar", pt: "Começar", en: "Begin" },
  "dest.testEnd": { es: "Terminar ya", pt: "Terminar já", en: "End it now" },
  "dest.backfill": {
    es: "Enviar los últimos 7 días",
    pt: "Enviar os últimos 7 dias",
    en: "Send the past 7 days",
  },
  "dest.backfilled": {
    es: {
      one: "{count} conversión por enviar.",
      other: "{count} conversiones por enviar.",
    },
    pt: { one: "{count} conversão a enviar.", other: "{count} conversões a enviar." },
    en: {
      one: "{count} conversion to be sent.",
      other: "{count} conversions to be sent.",
    },
  },
  "dest.delete": { es: "Eliminar", pt: "Excluir", en: "Delete" },
  "dest.deleteOf": { es: "Eliminar {name}", pt: "Excluir {name}", en: "Delete {name}" },
  "dest.deleteSure": {
    es: {
      one: "Lo enviado se puede seguir leyendo. {count} conversión que espera no se enviará.",
      other:
        "Lo enviado se puede seguir leyendo. {count} conversiones que esperan no se enviarán.",
    },
    pt: {
      one: "O que foi enviado pode continuar sendo lido. {count} conversão que espera não será enviada.",
      other:
        "O que foi enviado pode continuar sendo lido. {count} conversões que esperam não serão enviadas.",
    },
    en: {
      one: "What was sent can still be read. {count} conversion that waits is not sent.",
      other:
        "What was sent can still be read. {count} conversions that wait are not sent.",
    },
  },
  "error.too_many_destinations": {
    es: "Hay demasiados destinos: elimina uno que ya no haga falta.",
    pt: "Há destinos demais: exclua um que já não seja necessário.",
    en: "There are too many destinations: delete one that is not needed any more.",
  },
  "error.conversion_not_resendable": {
    es: "No se puede enviar otra vez: ya llegó, es demasiado antigua o su destino está apagado.",
    pt: "Não pode ser enviada de novo: já chegou, é antiga demais ou seu destino está desligado.",
    en: "It cannot be sent again: it has arrived, is too old, or its destination is off.",
  },
} as const satisfies Catalogue;
