import type { Catalogue } from "../text";

/** What is in messages, how far they got, and why one did not. */
export const inboxMessages = {
  "inbox.edited": { es: "editado", pt: "editada", en: "edited" },
  "inbox.deleted": {
    es: "Mensaje eliminado",
    pt: "Mensagem apagada",
    en: "Message deleted",
  },
  "inbox.forwarded": { es: "Reenviado", pt: "Encaminhada", en: "Forwarded" },
  "inbox.fromAd": {
    es: "Vino de un anuncio",
    pt: "Veio de um anúncio",
    en: "Came from an ad",
  },
  "inbox.quoteMissing": {
    es: "Mensaje anterior",
    pt: "Mensagem anterior",
    en: "Earlier message",
  },
  "inbox.quote": { es: "Citar", pt: "Citar", en: "Quote" },
  "inbox.copy": { es: "Copiar", pt: "Copiar", en: "Copy" },
  "inbox.actions": {
    es: "Acciones del mensaje",
    pt: "Ações da mensagem",
    en: "Message actions",
  },
  "inbox.mediaMissing": {
    es: "El archivo aún no está aquí",
    pt: "O arquivo ainda não está aqui",
    en: "The file is not here yet",
  },
  "inbox.download": { es: "Descargar", pt: "Baixar", en: "Download" },
  "inbox.openImage": {
    es: "Abrir la imagen",
    pt: "Abrir a imagem",
    en: "Open the picture",
  },
  "inbox.map": { es: "Abrir en el mapa", pt: "Abrir no mapa", en: "Open on the map" },
  "inbox.ownCard": {
    es: "Compartió su propio número",
    pt: "Compartilhou o próprio número",
    en: "Shared their own number",
  },
  "inbox.seconds": { es: "{count} s", pt: "{count} s", en: "{count} s" },
  "inbox.unsupported": {
    es: "La plataforma no pudo entregar este mensaje. Pídele que lo envíe de otra forma.",
    pt: "A plataforma não pôde entregar esta mensagem. Peça que envie de outro jeito.",
    en: "The platform could not pass this message on. Ask them to send it another way.",
  },
  "inbox.unknownKind": {
    es: "Pista aún no conoce este tipo de mensaje.",
    pt: "O Pista ainda não conhece este tipo de mensagem.",
    en: "Pista does not know this kind of message yet.",
  },
  "inbox.raw": {
    es: "Ver tal como llegó",
    pt: "Ver como chegou",
    en: "See it as it came",
  },
  "inbox.pressed": { es: "Pulsó", pt: "Tocou em", en: "Pressed" },
  "inbox.kind.image": { es: "Imagen", pt: "Imagem", en: "Picture" },
  "inbox.kind.video": { es: "Vídeo", pt: "Vídeo", en: "Video" },
  "inbox.kind.audio": { es: "Audio", pt: "Áudio", en: "Audio" },
  "inbox.kind.voice": {
    es: "Mensaje de voz",
    pt: "Mensagem de voz",
    en: "Voice message",
  },
  "inbox.kind.document": { es: "Documento", pt: "Documento", en: "Document" },
  "inbox.kind.sticker": { es: "Sticker", pt: "Figurinha", en: "Sticker" },
  "inbox.kind.location": { es: "Ubicación", pt: "Localização", en: "Location" },
  "inbox.kind.contacts": {
    es: "Contacto compartido",
    pt: "Contato compartilhado",
    en: "Shared contact",
  },
  "inbox.kind.interactive": {
    es: "Respuesta elegida",
    pt: "Resposta escolhida",
    en: "Chosen reply",
  },
  "inbox.kind.button": { es: "Botón pulsado", pt: "Botão tocado", en: "Pressed button" },
  "inbox.kind.order": { es: "Pedido", pt: "Pedido", en: "Order" },
  "inbox.kind.template": { es: "Plantilla", pt: "Modelo", en: "Template" },
  "inbox.kind.system": {
    es: "Aviso de la plataforma",
    pt: "Aviso da plataforma",
    en: "Notice of the platform",
  },
  "inbox.kind.unsupported": {
    es: "Mensaje no compatible",
    pt: "Mensagem não suportada",
    en: "Unsupported message",
  },
  "inbox.kind.unknown": {
    es: "Mensaje desconocido",
    pt: "Mensagem desconhecida",
    en: "Unknown message",
  },
  "inbox.status.queued": { es: "En cola", pt: "Na fila", en: "Queued" },
  "inbox.status.unknown": {
    es: "Sin confirmar",
    pt: "Sem confirmação",
    en: "Not confirmed",
  },
  "inbox.status.accepted": { es: "Aceptado", pt: "Aceita", en: "Accepted" },
  "inbox.status.sent": { es: "Enviado", pt: "Enviada", en: "Sent" },
  "inbox.status.delivered": { es: "Entregado", pt: "Entregue", en: "Delivered" },
  "inbox.status.read": { es: "Leído", pt: "Lida", en: "Read" },
  "inbox.status.played": { es: "Escuchado", pt: "Ouvida", en: "Played" },
  "inbox.status.failed": { es: "No entregado", pt: "Não entregue", en: "Not delivered" },
  "inbox.advice.wait": {
    es: "La plataforma está ocupada. Se puede reintentar.",
    pt: "A plataforma está ocupada. Dá para tentar de novo.",
    en: "The platform is busy. It can be tried again.",
  },
  "inbox.advice.wait_for_person": {
    es: "Demasiados mensajes seguidos a esta persona.",
    pt: "Mensagens demais seguidas para esta pessoa.",
    en: "Too many messages in a row to this person.",
  },
  "inbox.advice.check_token": {
    es: "El token del número ya no vale. Renuévalo en los ajustes.",
    pt: "O token do número não vale mais. Renove nas configurações.",
    en: "The number's token is no longer valid. Renew it in the settings.",
  },
  "inbox.advice.check_permissions": {
    es: "Falta un permiso en la aplicación de la plataforma.",
    pt: "Falta uma permissão no aplicativo da plataforma.",
    en: "The platform's app lacks a permission.",
  },
  "inbox.advice.check_account": {
    es: "La cuenta está restringida. Revísala en la plataforma.",
    pt: "A conta está restrita. Veja na plataforma.",
    en: "The account is restricted. Look at it on the platform.",
  },
  "inbox.advice.check_billing": {
    es: "Revisa el método de pago en la plataforma.",
    pt: "Verifique o pagamento na plataforma.",
    en: "Check the payment method on the platform.",
  },
  "inbox.advice.check_quality": {
    es: "La calidad del número es baja: envía menos por ahora.",
    pt: "A qualidade do número está baixa: envie menos por enquanto.",
    en: "The number's quality is low: send less for now.",
  },
  "inbox.advice.check_registration": {
    es: "El número no está registrado en la plataforma.",
    pt: "O número não está registrado na plataforma.",
    en: "The number is not registered on the platform.",
  },
  "inbox.advice.use_template": {
    es: "Pasaron 24 horas: solo se puede una plantilla.",
    pt: "Passaram 24 horas: só um modelo é aceito.",
    en: "24 hours have passed: only a template is taken.",
  },
  "inbox.advice.check_template": {
    es: "La plantilla no existe o le falta algo.",
    pt: "O modelo não existe ou falta algo nele.",
    en: "The template does not exist, or something in it is missing.",
  },
  "inbox.advice.check_number": {
    es: "El número no puede recibir mensajes.",
    pt: "O número não pode receber mensagens.",
    en: "The number cannot receive messages.",
  },
  "inbox.advice.check_media": {
    es: "El archivo no sirve: revisa su tipo y su tamaño.",
    pt: "O arquivo não serve: veja o tipo e o tamanho.",
    en: "The file will not do: check its type and size.",
  },
  "inbox.advice.check_message": {
    es: "La plataforma no acepta este mensaje.",
    pt: "A plataforma não aceita esta mensagem.",
    en: "The platform does not take this message.",
  },
  "inbox.advice.opted_out": {
    es: "Pidió no recibir estos mensajes.",
    pt: "Pediu para não receber estas mensagens.",
    en: "They asked not to get such messages.",
  },
  "inbox.advice.not_today": {
    es: "WhatsApp no lo entrega hoy a esta persona.",
    pt: "O WhatsApp não entrega hoje a esta pessoa.",
    en: "WhatsApp does not deliver it to this person today.",
  },
  "inbox.advice.not_reachable": {
    es: "No se le puede entregar.",
    pt: "Não é possível entregar.",
    en: "It cannot be delivered to them.",
  },
  "inbox.advice.person_blocked": {
    es: "La persona bloqueó el bot.",
    pt: "A pessoa bloqueou o bot.",
    en: "The person blocked the bot.",
  },
  "inbox.advice.ask_to_start": {
    es: "Primero tiene que escribir al bot.",
    pt: "Primeiro a pessoa precisa escrever ao bot.",
    en: "They have to write to the bot first.",
  },
  "inbox.advice.chat_moved": {
    es: "El chat cambió de sitio. Inténtalo de nuevo.",
    pt: "O chat mudou de lugar. Tente de novo.",
    en: "The chat has moved. Try again.",
  },
  "inbox.advice.ask_support": {
    es: "La plataforma no dice cómo arreglarlo.",
    pt: "A plataforma não diz como resolver.",
    en: "The platform does not say how to mend it.",
  },
  "inbox.items": {
    es: { one: "{count} producto", other: "{count} productos" },
    pt: { one: "{count} produto", other: "{count} produtos" },
    en: { one: "{count} item", other: "{count} items" },
  },
} as const satisfies Catalogue;
