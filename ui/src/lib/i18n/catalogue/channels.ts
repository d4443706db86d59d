import type { Catalogue } from "../text";

/** Numbers and bots: how they are set up, and whether they are connected. */
export const channels = {
  "nav.channels": {
    es: "WhatsApp y Telegram",
    pt: "WhatsApp e Telegram",
    en: "WhatsApp and Telegram",
  },
  "channels.intro": {
    es: "Los números y bots a los que te escriben. Pista guarda cada mensaje una sola vez y dice qué contacto lo escribió.",
    pt: "Os números e bots para os quais escrevem a você. O Pista guarda cada mensagem uma só vez e diz qual contato a escreveu.",
    en: "The numbers and bots that people write to. Pista keeps every message once, and tells which contact wrote it.",
  },
  "channels.add.whatsapp": {
    es: "Añadir un número de WhatsApp",
    pt: "Adicionar um número do WhatsApp",
    en: "Add a WhatsApp number",
  },
  "channels.add.telegram": {
    es: "Añadir un bot de Telegram",
    pt: "Adicionar um bot do Telegram",
    en: "Add a Telegram bot",
  },
  "channels.newBot": {
    es: "¿Aún no tienes un bot? Escribe /newbot a @BotFather y responde a sus dos preguntas: el nombre que todos ven, y uno corto que termina en «bot». Copia el token que te da.",
    pt: "Ainda não tem um bot? Escreva /newbot para @BotFather e responda às duas perguntas: o nome que todos veem, e um curto que termina em «bot». Copie o token que ele dá.",
    en: "No bot yet? Write /newbot to @BotFather and answer its two questions: the name that everybody sees, and a short one that ends in “bot”. Copy the token that it gives.",
  },
  "channels.newBotLink": {
    es: "Abrir @BotFather en Telegram",
    pt: "Abrir @BotFather no Telegram",
    en: "Open @BotFather in Telegram",
  },
  "channels.addNow": { es: "Añadir", pt: "Adicionar", en: "Add" },
  "channels.list": { es: "Números y bots", pt: "Números e bots", en: "Numbers and bots" },
  "channels.empty": {
    es: "Todavía no hay números ni bots",
    pt: "Ainda não há números nem bots",
    en: "No numbers or bots yet",
  },
  "channels.emptyHint": {
    es: "Añade uno y te guiamos paso a paso hasta que llegue el primer mensaje.",
    pt: "Adicione um e guiamos você passo a passo até chegar a primeira mensagem.",
    en: "Add one, and we take you step by step to the first message.",
  },
  "channels.platform.whatsapp": { es: "WhatsApp", pt: "WhatsApp", en: "WhatsApp" },
  "channels.platform.telegram": { es: "Telegram", pt: "Telegram", en: "Telegram" },
  "channels.off": { es: "Apagado", pt: "Desligado", en: "Off" },
  "channels.incomplete": { es: "Incompleto", pt: "Incompleto", en: "Incomplete" },
  "channels.held": {
    es: "Envíos detenidos",
    pt: "Envios parados",
    en: "Sending is held",
  },
  "channels.heldHint": {
    es: "Los mensajes esperan y ninguno se pierde. Corrige lo que dice, con un token nuevo si es el token, y reanuda.",
    pt: "As mensagens esperam e nenhuma se perde. Corrija o que diz, com um token novo se for o token, e retome.",
    en: "Messages wait, and none is lost. Put right what it says, with a new token if it is the token, and resume.",
  },
  "channels.resume": {
    es: "Reanudar los envíos",
    pt: "Retomar os envios",
    en: "Resume sending",
  },
  "channels.resumed": {
    es: "Los envíos siguen.",
    pt: "Os envios continuam.",
    en: "Sending goes on.",
  },
  "channels.never": {
    es: "Todavía no ha llegado nada",
    pt: "Ainda não chegou nada",
    en: "Nothing has come yet",
  },
  "channels.last": {
    es: "Último mensaje: {time}",
    pt: "Última mensagem: {time}",
    en: "Last message: {time}",
  },
  "channels.gone": {
    es: "Este número o bot ya no está",
    pt: "Este número ou bot não está mais aqui",
    en: "This number or bot is not here any more",
  },
  "channels.back": {
    es: "Todos los números y bots",
    pt: "Todos os números e bots",
    en: "All numbers and bots",
  },
  "channels.on": { es: "Encendido", pt: "Ligado", en: "On" },
  "channels.save": { es: "Guardar", pt: "Salvar", en: "Save" },
  "channels.field.number": {
    es: "Id del número de teléfono",
    pt: "Id do número de telefone",
    en: "Phone number ID",
  },
  "channels.field.numberHint": {
    es: "En Meta: WhatsApp → Configuración de la API. No es el número mismo.",
    pt: "Na Meta: WhatsApp → Configuração da API. Não é o próprio número.",
    en: "At Meta: WhatsApp → API setup. It is not the number itself.",
  },
  "channels.field.account": {
    es: "Id de la cuenta de WhatsApp Business",
    pt: "Id da conta do WhatsApp Business",
    en: "WhatsApp Business Account ID",
  },
  "channels.field.accountHint": {
    es: "En la misma página. Con él, Pista se suscribe por ti a los mensajes.",
    pt: "Na mesma página. Com ele, o Pista se inscreve por você nas mensagens.",
    en: "On the same page. With it, Pista subscribes to messages for you.",
  },
  "channels.field.token": {
    es: "Token de acceso",
    pt: "Token de acesso",
    en: "Access token",
  },
  "channels.field.tokenHint": {
    es: "De un usuario del sistema, sin caducidad. El de la página de pruebas dura un día.",
    pt: "De um usuário do sistema, sem validade. O da página de testes dura um dia.",
    en: "Of a system user, without expiry. The one on the test page ends after a day.",
  },
  "channels.field.secret": {
    es: "Clave secreta de la app",
    pt: "Chave secreta do app",
    en: "App secret",
  },
  "channels.field.secretHint": {
    es: "En Meta: Configuración de la app → Básica. Con ella Pista reconoce lo que envía Meta.",
    pt: "Na Meta: Configurações do app → Básico. Com ela o Pista reconhece o que a Meta envia.",
    en: "At Meta: App settings → Basic. By it Pista knows what comes from Meta.",
  },
  "channels.field.botToken": { es: "Token del bot", pt: "Token do bot", en: "Bot token" },
  "channels.field.botTokenHint": {
    es: "Te lo da @BotFather, por ejemplo 7000000001:AAF…",
    pt: "O @BotFather o dá a você, por exemplo 7000000001:AAF…",
    en: "@BotFather gives it, for example 7000000001:AAF…",
  },
  "channels.field.botTokenWrong": {
    es: "Así no es un token de @BotFather.",
    pt: "Assim não é um token do @BotFather.",
    en: "That is no token of @BotFather.",
  },
  "channels.field.digits": {
    es: "Solo cifras.",
    pt: "Só algarismos.",
    en: "Digits only.",
  },
  "channels.field.missing": {
    es: "Pégalo entero, sin espacios.",
    pt: "Cole-o inteiro, sem espaços.",
    en: "Paste all of it, without spaces.",
  },
  "channels.field.show": {
    es: "Mostrar: {what}",
    pt: "Mostrar: {what}",
    en: "Show: {what}",
  },
  "channels.ask.token": {
    es: "Cambiar el token",
    pt: "Trocar o token",
    en: "Change the token",
  },
  "channels.ask.secret": {
    es: "Cambiar la clave secreta",
    pt: "Trocar a chave secreta",
    en: "Change the secret",
  },
  "channels.ask.delete": { es: "Eliminar", pt: "Excluir", en: "Delete" },
  "channels.tokenHint": {
    es: "Lo que dejes vacío se queda como está.",
    pt: "O que você deixar vazio fica como está.",
    en: "What you leave empty stays as it is.",
  },
  "channels.secretOne.whatsapp": {
    es: "Añade aquí la clave nueva antes de cambiarla en Meta: mientras tanto valen las dos y no se pierde nada.",
    pt: "Adicione aqui a chave nova antes de trocá-la na Meta: enquanto isso valem as duas e nada se perde.",
    en: "Add the new secret here before you change it at Meta: until you remove the old one both are valid, and nothing is lost.",
  },
  "channels.secretOne.telegram": {
    es: "Pista hace una clave nueva y se la da a Telegram. La anterior vale hasta que la retires.",
    pt: "O Pista faz uma chave nova e a dá ao Telegram. A anterior vale até você retirá-la.",
    en: "Pista makes a new secret and tells it to Telegram. The old one is valid until you remove it.",
  },
  "channels.secretTwo": {
    es: "Valen dos claves. Cuando los mensajes lleguen con la nueva, retira la anterior.",
    pt: "Valem duas chaves. Quando as mensagens chegarem com a nova, retire a anterior.",
    en: "Two secrets are valid. Once messages come with the new one, remove the old one.",
  },
  "channels.secretAdd": {
    es: "Añadir la clave nueva",
    pt: "Adicionar a chave nova",
    en: "Add the new secret",
  },
  "channels.secretRemove": {
    es: "Retirar la anterior",
    pt: "Retirar a anterior",
    en: "Remove the old one",
  },
  "channels.deleteSure": {
    es: "Nada llegará ni saldrá por «{name}», y se borran su token y sus claves. Las conversaciones quedan para leer.",
    pt: "Nada chegará nem sairá por «{name}», e o token e as chaves são apagados. As conversas ficam para ler.",
    en: "Nothing will come or go through “{name}”, and its token and secrets are erased. Its conversations stay to be read.",
  },
  "channels.checkHint": {
    es: "Lo que dice la plataforma misma, ahora.",
    pt: "O que diz a própria plataforma, agora.",
    en: "What the platform itself says, now.",
  },
  "channels.checkNow": { es: "Comprobar", pt: "Verificar", en: "Check the connection" },
  "channels.checkedAt": {
    es: "Comprobado: {time}",
    pt: "Verificado: {time}",
    en: "Checked: {time}",
  },
  "channels.connect": { es: "Conectar", pt: "Conectar", en: "Connect" },
  "channels.address": {
    es: "Dirección (URL de devolución de llamada)",
    pt: "Endereço (URL de retorno de chamada)",
    en: "Address (callback URL)",
  },
  "channels.fields": { es: "Campo", pt: "Campo", en: "Field" },
  "channels.link": { es: "Enlace", pt: "Link", en: "Link" },
  "channels.verify": {
    es: "Token de verificación",
    pt: "Token de verificação",
    en: "Verify token",
  },
  "channels.verifyHidden": {
    es: "El token de verificación se muestra una sola vez. Si lo necesitas de nuevo, haz otro.",
    pt: "O token de verificação é mostrado uma só vez. Se precisar dele de novo, faça outro.",
    en: "The verify token is shown once. If you need it again, make another.",
  },
  "channels.verifyNew": {
    es: "Nuevo token de verificación",
    pt: "Novo token de verificação",
    en: "New verify token",
  },
  "error.channel_taken": {
    es: "Este número o bot ya está configurado, aquí o en otra empresa. Elimínalo allí primero.",
    pt: "Este número ou bot já está configurado, aqui ou em outra empresa. Exclua-o lá primeiro.",
    en: "This number or bot is set up already, here or by another company. Delete it there first.",
  },
  "error.channel_refused": {
    es: "La plataforma no acepta lo que escribiste.",
    pt: "A plataforma não aceita o que você digitou.",
    en: "The platform does not take what you entered.",
  },
  "error.bad_channel": {
    es: "Lo que escribiste no encaja.",
    pt: "O que você digitou não combina.",
    en: "What you entered does not go together.",
  },
  "error.too_many_channels": {
    es: "Ya hay cien números y bots: elimina uno primero.",
    pt: "Já há cem números e bots: exclua um primeiro.",
    en: "There are a hundred numbers and bots already: delete one first.",
  },
  "error.too_many_secrets": {
    es: "Ya valen dos claves: retira primero la anterior.",
    pt: "Já valem duas chaves: retire primeiro a anterior.",
    en: "Two secrets are valid already: remove the old one first.",
  },
  "error.platform_away": {
    es: "La plataforma no responde. Prueba de nuevo en un momento.",
    pt: "A plataforma não responde. Tente de novo em um momento.",
    en: "The platform does not answer. Try again in a moment.",
  },
} as const satisfies Catalogue;
