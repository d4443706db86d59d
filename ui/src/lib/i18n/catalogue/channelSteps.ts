import type { Catalogue } from "../text";

/** What is to be done for a number or bot, and what the check says. */
export const channelSteps = {
  "channels.check": { es: "Conexión", pt: "Conexão", en: "Connection" },
  "channels.quality": {
    es: "Calidad: {quality}",
    pt: "Qualidade: {quality}",
    en: "Quality: {quality}",
  },
  "channels.expected": {
    es: "Debería ser: {what}",
    pt: "Deveria ser: {what}",
    en: "It should be: {what}",
  },
  "channels.says": {
    es: "{platform} dice: {text}",
    pt: "{platform} diz: {text}",
    en: "{platform} says: {text}",
  },
  "channels.state.ok": { es: "Conectado", pt: "Conectado", en: "Connected" },
  "channels.state.wrong": {
    es: "Falta algo",
    pt: "Falta algo",
    en: "Something is missing",
  },
  "channels.state.off": { es: "Apagado", pt: "Desligado", en: "Off" },
  "channels.step.token": { es: "Token", pt: "Token", en: "Token" },
  "channels.step.secret": { es: "Clave secreta", pt: "Chave secreta", en: "Secret" },
  "channels.step.address": { es: "Dirección", pt: "Endereço", en: "Address" },
  "channels.step.subscribed": { es: "Suscripción", pt: "Inscrição", en: "Subscription" },
  "channels.step.updates": { es: "Avisos", pt: "Avisos", en: "Updates" },
  "channels.step.trouble": {
    es: "Último envío",
    pt: "Último envio",
    en: "Last delivery",
  },
  "channels.step.received": {
    es: "Último mensaje",
    pt: "Última mensagem",
    en: "Last message",
  },
  "channels.finding.ok": { es: "bien", pt: "certo", en: "fine" },
  "channels.finding.wrong": {
    es: "hay que hacer algo",
    pt: "é preciso fazer algo",
    en: "something is to be done",
  },
  "channels.finding.unknown": {
    es: "todavía no se sabe",
    pt: "ainda não se sabe",
    en: "not known yet",
  },
  "channels.todo.whatsapp.add_token": {
    es: "Escribe el token con «Cambiar el token».",
    pt: "Digite o token em «Trocar o token».",
    en: "Enter the token under “Change the token”.",
  },
  "channels.todo.telegram.add_token": {
    es: "Escribe el token con «Cambiar el token».",
    pt: "Digite o token em «Trocar o token».",
    en: "Enter the token under “Change the token”.",
  },
  "channels.todo.whatsapp.check_token": {
    es: "Meta no acepta este token: haz otro de un usuario del sistema y escríbelo con «Cambiar el token».",
    pt: "A Meta não aceita este token: faça outro de um usuário do sistema e digite-o em «Trocar o token».",
    en: "Meta does not take this token: make another one of a system user, and enter it under “Change the token”.",
  },
  "channels.todo.telegram.check_token": {
    es: "Telegram no acepta este token: pide el actual a @BotFather con /token y escríbelo con «Cambiar el token».",
    pt: "O Telegram não aceita este token: peça o atual ao @BotFather com /token e digite-o em «Trocar o token».",
    en: "Telegram does not take this token: ask @BotFather for the current one with /token, and enter it under “Change the token”.",
  },
  "channels.todo.whatsapp.check_permissions": {
    es: "El token necesita los permisos whatsapp_business_messaging y whatsapp_business_management.",
    pt: "O token precisa das permissões whatsapp_business_messaging e whatsapp_business_management.",
    en: "The token needs the permissions whatsapp_business_messaging and whatsapp_business_management.",
  },
  "channels.todo.telegram.check_permissions": {
    es: "El bot no tiene permiso para esto.",
    pt: "O bot não tem permissão para isto.",
    en: "The bot may not do this.",
  },
  "channels.todo.whatsapp.add_secret": {
    es: "Escribe la clave secreta de la app: sin ella no se cree ningún mensaje.",
    pt: "Digite a chave secreta do app: sem ela nenhuma mensagem é aceita.",
    en: "Enter the app secret: without it no message is believed.",
  },
  "channels.todo.telegram.add_secret": {
    es: "Pulsa «Conectar» y Pista hace una.",
    pt: "Clique em «Conectar» e o Pista faz uma.",
    en: "Press “Connect”, and Pista makes one.",
  },
  "channels.todo.whatsapp.set_address": {
    es: "Meta envía a otra dirección o a ninguna: haz el paso de la dirección, aquí abajo.",
    pt: "A Meta envia a outro endereço ou a nenhum: faça o passo do endereço, logo abaixo.",
    en: "Meta sends elsewhere, or nowhere: do the step with the address, below.",
  },
  "channels.todo.telegram.set_address": {
    es: "Pulsa «Conectar».",
    pt: "Clique em «Conectar».",
    en: "Press “Connect”.",
  },
  "channels.todo.whatsapp.connect_again": {
    es: "Pulsa «Conectar».",
    pt: "Clique em «Conectar».",
    en: "Press “Connect”.",
  },
  "channels.todo.telegram.connect_again": {
    es: "Otro programa recibe ahora los mensajes de este bot, o no todos llegan aquí: pulsa «Conectar».",
    pt: "Outro programa recebe agora as mensagens deste bot, ou nem todas chegam aqui: clique em «Conectar».",
    en: "Another program gets this bot’s messages now, or not all of them come here: press “Connect”.",
  },
  "channels.todo.whatsapp.use_https": {
    es: "Meta solo envía a direcciones https públicas: indica la tuya en PISTA_PUBLIC_URL.",
    pt: "A Meta só envia a endereços https públicos: informe o seu em PISTA_PUBLIC_URL.",
    en: "Meta sends to public https addresses only: say yours in PISTA_PUBLIC_URL.",
  },
  "channels.todo.telegram.use_https": {
    es: "Telegram solo envía a direcciones https públicas: indica la tuya en PISTA_PUBLIC_URL y pulsa «Conectar».",
    pt: "O Telegram só envia a endereços https públicos: informe o seu em PISTA_PUBLIC_URL e clique em «Conectar».",
    en: "Telegram sends to public https addresses only: say yours in PISTA_PUBLIC_URL, then press “Connect”.",
  },
  "channels.todo.whatsapp.add_account": {
    es: "Con el id de la cuenta, en «Cambiar el token», Pista puede mirar y suscribirse por ti.",
    pt: "Com o id da conta, em «Trocar o token», o Pista pode olhar e se inscrever por você.",
    en: "With the account ID, under “Change the token”, Pista can look, and subscribe for you.",
  },
  "channels.todo.telegram.add_account": {
    es: "No hace falta.",
    pt: "Não é preciso.",
    en: "Nothing is to be done.",
  },
  "channels.todo.whatsapp.subscribe": {
    es: "Ninguna app recibe los mensajes de la cuenta: pulsa «Conectar».",
    pt: "Nenhum app recebe as mensagens da conta: clique em «Conectar».",
    en: "No app hears of the account’s messages: press “Connect”.",
  },
  "channels.todo.telegram.subscribe": {
    es: "Pulsa «Conectar».",
    pt: "Clique em «Conectar».",
    en: "Press “Connect”.",
  },
  "channels.todo.whatsapp.write_to_it": {
    es: "Escribe a este número desde otro teléfono.",
    pt: "Escreva para este número de outro telefone.",
    en: "Write to this number from another phone.",
  },
  "channels.todo.telegram.write_to_it": {
    es: "Escribe al bot en Telegram.",
    pt: "Escreva para o bot no Telegram.",
    en: "Write to the bot in Telegram.",
  },
  "channels.todo.whatsapp.wait": {
    es: "Espera un momento y comprueba otra vez.",
    pt: "Espere um momento e verifique de novo.",
    en: "Wait a moment, and check again.",
  },
  "channels.todo.telegram.wait": {
    es: "Espera un momento y comprueba otra vez.",
    pt: "Espere um momento e verifique de novo.",
    en: "Wait a moment, and check again.",
  },
  "channels.todo.whatsapp.other": {
    es: "Mira en Meta qué le pasa a la cuenta.",
    pt: "Veja na Meta o que há com a conta.",
    en: "See at Meta what is the matter with the account.",
  },
  "channels.todo.telegram.other": {
    es: "Mira en @BotFather qué le pasa al bot.",
    pt: "Veja no @BotFather o que há com o bot.",
    en: "See at @BotFather what is the matter with the bot.",
  },
  "channels.steps": { es: "Paso a paso", pt: "Passo a passo", en: "Step by step" },
  "channels.stepsHint.whatsapp": {
    es: "Lo que se hace en Meta, con todo para copiar.",
    pt: "O que se faz na Meta, com tudo para copiar.",
    en: "What is done at Meta, with everything to copy.",
  },
  "channels.stepsHint.telegram": {
    es: "Lo que Pista ya hizo, y cómo sigue.",
    pt: "O que o Pista já fez, e como continua.",
    en: "What Pista has done already, and how to go on.",
  },
  "channels.how.open": {
    es: "Abre tu app en Meta",
    pt: "Abra seu app na Meta",
    en: "Open your app at Meta",
  },
  "channels.how.openText": {
    es: "La app de tipo Negocios con el producto WhatsApp, cuya clave secreta escribiste.",
    pt: "O app do tipo Empresa com o produto WhatsApp, cuja chave secreta você digitou.",
    en: "The app of type Business with the product WhatsApp whose secret you entered.",
  },
  "channels.how.openLink": {
    es: "Ir a mis apps en Meta",
    pt: "Ir aos meus apps na Meta",
    en: "Go to my apps at Meta",
  },
  "channels.how.address": {
    es: "Pon la dirección",
    pt: "Informe o endereço",
    en: "Enter the address",
  },
  "channels.how.addressText": {
    es: "WhatsApp → Configuración → Webhook → Editar. Meta pregunta a Pista en el momento si es correcta.",
    pt: "WhatsApp → Configuração → Webhook → Editar. A Meta pergunta ao Pista na hora se está certo.",
    en: "WhatsApp → Configuration → Webhook → Edit. Meta asks Pista at once whether it is right.",
  },
  "channels.how.fields": {
    es: "Elige los campos del webhook",
    pt: "Escolha os campos do webhook",
    en: "Choose the webhook fields",
  },
  "channels.how.fieldsText": {
    es: "En la misma página, pulsa «Suscribirse» en este campo.",
    pt: "Na mesma página, clique em «Inscrever-se» neste campo.",
    en: "On the same page, press “Subscribe” at this field.",
  },
  "channels.how.write": {
    es: "Escribe al número",
    pt: "Escreva para o número",
    en: "Write to the number",
  },
  "channels.how.writeText": {
    es: "Desde otro teléfono. Después comprueba la conexión: arriba verás cuándo llegó.",
    pt: "De outro telefone. Depois verifique a conexão: acima você verá quando chegou.",
    en: "From another phone. Then check the connection: above you see when it came.",
  },
  "channels.how.told": {
    es: "Telegram ya sabe adónde enviar",
    pt: "O Telegram já sabe para onde enviar",
    en: "Telegram knows where to send",
  },
  "channels.how.toldText": {
    es: "Pista se lo dijo al añadir el bot, con una clave que solo ellos dos conocen.",
    pt: "O Pista disse isso ao adicionar o bot, com uma chave que só os dois conhecem.",
    en: "Pista told it when the bot was added, with a secret that only the two know.",
  },
  "channels.how.start": {
    es: "Comparte el enlace",
    pt: "Compartilhe o link",
    en: "Share the link",
  },
  "channels.how.startText": {
    es: "Lo que pongas detrás de «start=» vuelve con el primer mensaje y dice de dónde vino la persona: hasta 64 letras, cifras, _ y -.",
    pt: "O que você puser depois de «start=» volta com a primeira mensagem e diz de onde a pessoa veio: até 64 letras, algarismos, _ e -.",
    en: "What you put behind “start=” comes back with the first message, and tells where the person came from: up to 64 letters, digits, _ and -.",
  },
  "channels.how.groups": {
    es: "Grupos y canales",
    pt: "Grupos e canais",
    en: "Groups and channels",
  },
  "channels.how.groupsText": {
    es: "Añade el bot a un grupo, o como administrador a un canal: así Telegram dice quién entró y por qué enlace de invitación.",
    pt: "Adicione o bot a um grupo, ou como administrador a um canal: assim o Telegram diz quem entrou e por qual link de convite.",
    en: "Add the bot to a group, or as an administrator to a channel: then Telegram tells who joined, and by which invite link.",
  },
} as const satisfies Catalogue;
