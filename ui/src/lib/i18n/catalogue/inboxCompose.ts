import type { Catalogue } from "../text";

/** Answering, and leaving notes. */
export const inboxCompose = {
  "inbox.answering": {
    es: "{name} está respondiendo.",
    pt: "{name} está respondendo.",
    en: "{name} is answering.",
  },
  "inbox.answerAnyway": {
    es: "Responder de todos modos",
    pt: "Responder mesmo assim",
    en: "Answer anyway",
  },
  "inbox.reply": { es: "Respuesta", pt: "Resposta", en: "Reply" },
  "inbox.note": { es: "Nota", pt: "Nota", en: "Note" },
  "inbox.noteFor": { es: "Nota interna", pt: "Nota interna", en: "Internal note" },
  "inbox.noteDelete": {
    es: "Eliminar la nota",
    pt: "Excluir a nota",
    en: "Delete the note",
  },
  "inbox.write": {
    es: "Escribe una respuesta",
    pt: "Escreva uma resposta",
    en: "Write a reply",
  },
  "inbox.writeHint": {
    es: "/ para respuestas rápidas",
    pt: "/ para respostas rápidas",
    en: "/ for quick replies",
  },
  "inbox.writeNote": {
    es: "Solo la ven tus compañeros",
    pt: "Só seus colegas veem",
    en: "Only your colleagues see it",
  },
  "inbox.send": { es: "Enviar", pt: "Enviar", en: "Send" },
  "inbox.keepNote": { es: "Guardar nota", pt: "Salvar nota", en: "Save note" },
  "inbox.sendKeys": {
    es: "Enter envía, Mayús + Enter salta de línea",
    pt: "Enter envia, Shift + Enter quebra a linha",
    en: "Enter sends, Shift + Enter starts a line",
  },
  "inbox.replyingTo": { es: "Respondes a", pt: "Respondendo a", en: "Replying to" },
  "inbox.cancelReply": { es: "No citar", pt: "Não citar", en: "Do not quote" },
  "inbox.quick": {
    es: "Respuestas rápidas",
    pt: "Respostas rápidas",
    en: "Quick replies",
  },
  "inbox.noQuick": {
    es: "Ninguna respuesta rápida empieza así",
    pt: "Nenhuma resposta rápida começa assim",
    en: "No quick reply begins like this",
  },
  "inbox.quickMissing": {
    es: "Aún no hay respuestas rápidas",
    pt: "Ainda não há respostas rápidas",
    en: "There are no quick replies yet",
  },
  "inbox.windowClosed": {
    es: "Pasaron más de 24 horas desde su último mensaje: WhatsApp solo acepta una plantilla.",
    pt: "Passaram mais de 24 horas desde a última mensagem: o WhatsApp só aceita um modelo.",
    en: "More than 24 hours have passed since their last message: WhatsApp only takes a template.",
  },
  "inbox.isBlocked": {
    es: "Esta persona detuvo el bot: nada le llega hasta que lo inicie de nuevo.",
    pt: "Esta pessoa parou o bot: nada chega até que o inicie de novo.",
    en: "This person stopped the bot: nothing reaches them until they start it again.",
  },
  "inbox.cannotSend": {
    es: "Este Pista todavía no puede enviar mensajes. Puedes dejar notas.",
    pt: "Este Pista ainda não pode enviar mensagens. Você pode deixar notas.",
    en: "This Pista cannot send messages yet. You can leave notes.",
  },
  "inbox.held": {
    es: "Este número está retenido hasta que alguien revise por qué lo rechaza la plataforma.",
    pt: "Este número está retido até que alguém veja por que a plataforma o recusa.",
    en: "This number is on hold until somebody has looked at why the platform refuses it.",
  },
  "inbox.notSent": { es: "No se envió", pt: "Não foi enviada", en: "Not sent" },
  "inbox.sending": { es: "Enviando…", pt: "Enviando…", en: "Sending…" },
  "inbox.again": { es: "Reintentar", pt: "Tentar de novo", en: "Try again" },
  "inbox.discard": { es: "Descartar", pt: "Descartar", en: "Discard" },
  "inbox.chooseTemplate": {
    es: "Elegir una plantilla",
    pt: "Escolher um modelo",
    en: "Choose a template",
  },
  "inbox.attach": { es: "Adjuntar archivos", pt: "Anexar arquivos", en: "Attach files" },
  "inbox.attached": {
    es: "Archivos adjuntos",
    pt: "Arquivos anexados",
    en: "Attached files",
  },
  "inbox.detach": { es: "Quitar {name}", pt: "Remover {name}", en: "Remove {name}" },
  "inbox.uploading": {
    es: "Subiendo {name}",
    pt: "Enviando {name}",
    en: "Uploading {name}",
  },
  "inbox.dropHere": {
    es: "Suelta aquí los archivos",
    pt: "Solte os arquivos aqui",
    en: "Drop the files here",
  },
  "inbox.file.empty": {
    es: "El archivo está vacío.",
    pt: "O arquivo está vazio.",
    en: "The file is empty.",
  },
  "inbox.file.type": {
    es: "WhatsApp no acepta este tipo de archivo. Acepta imágenes JPEG y PNG, video MP4, audio (MP3, M4A, OGG, AAC, AMR), PDF, texto y documentos de Office (docx, xlsx, pptx).",
    pt: "O WhatsApp não aceita este tipo de arquivo. Aceita imagens JPEG e PNG, vídeo MP4, áudio (MP3, M4A, OGG, AAC, AMR), PDF, texto e documentos do Office (docx, xlsx, pptx).",
    en: "WhatsApp does not take this kind of file. It takes JPEG and PNG pictures, MP4 video, audio (MP3, M4A, OGG, AAC, AMR), PDF, text, and Office documents (docx, xlsx, pptx).",
  },
  "inbox.file.tooLarge": {
    es: "Pesa {size}, y {platform} acepta hasta {most} en un archivo así.",
    pt: "Tem {size}, e o {platform} aceita até {most} em um arquivo assim.",
    en: "It has {size}, and {platform} takes up to {most} of such a file.",
  },
  "inbox.file.tooLargeHere": {
    es: "Pesa {size}, y este Pista acepta hasta {most}.",
    pt: "Tem {size}, e este Pista aceita até {most}.",
    en: "It has {size}, and this Pista takes up to {most}.",
  },
  "inbox.add": { es: "Añadir", pt: "Adicionar", en: "Add" },
  "inbox.addTemplate": { es: "Plantilla", pt: "Modelo", en: "Template" },
  "inbox.addLocation": { es: "Ubicación", pt: "Localização", en: "Location" },
  "inbox.addChoices": {
    es: "Botones o lista",
    pt: "Botões ou lista",
    en: "Buttons or list",
  },
  "inbox.addQuick": {
    es: "Editar respuestas rápidas",
    pt: "Editar respostas rápidas",
    en: "Edit quick replies",
  },
  "inbox.answered": {
    es: "{name} respondió mientras tanto: «{text}»",
    pt: "{name} respondeu enquanto isso: «{text}»",
    en: "{name} answered meanwhile: “{text}”",
  },
  "inbox.answeredBySomebody": {
    es: "Alguien respondió mientras tanto: «{text}»",
    pt: "Alguém respondeu enquanto isso: «{text}»",
    en: "Somebody answered meanwhile: “{text}”",
  },
  "inbox.sendAnyway": {
    es: "Enviar de todos modos",
    pt: "Enviar mesmo assim",
    en: "Send all the same",
  },
  "inbox.sendLocation": {
    es: "Enviar una ubicación",
    pt: "Enviar uma localização",
    en: "Send a location",
  },
  "inbox.sendChoices": {
    es: "Enviar una pregunta con opciones",
    pt: "Enviar uma pergunta com opções",
    en: "Send a question with choices",
  },
  "inbox.place.map": {
    es: "Coordenadas o enlace de un mapa",
    pt: "Coordenadas ou link de um mapa",
    en: "Coordinates, or the link of a map",
  },
  "inbox.place.mapHint": {
    es: "Por ejemplo: -12.1219, -77.0305",
    pt: "Por exemplo: -12.1219, -77.0305",
    en: "For example: -12.1219, -77.0305",
  },
  "inbox.place.noSpot": {
    es: "Aquí no hay coordenadas. Escríbelas abajo.",
    pt: "Aqui não há coordenadas. Escreva-as abaixo.",
    en: "There are no coordinates in it. Write them below.",
  },
  "inbox.place.latitude": { es: "Latitud", pt: "Latitude", en: "Latitude" },
  "inbox.place.longitude": { es: "Longitud", pt: "Longitude", en: "Longitude" },
  "inbox.place.name": {
    es: "Nombre del lugar",
    pt: "Nome do lugar",
    en: "Name of the place",
  },
  "inbox.place.address": { es: "Dirección", pt: "Endereço", en: "Address" },
  "inbox.choices.kind": {
    es: "Cómo se responde",
    pt: "Como se responde",
    en: "How it is answered",
  },
  "inbox.choices.buttons": { es: "Botones", pt: "Botões", en: "Buttons" },
  "inbox.choices.list": { es: "Lista", pt: "Lista", en: "List" },
  "inbox.choices.phone": {
    es: "Pedir teléfono",
    pt: "Pedir telefone",
    en: "Ask for phone",
  },
  "inbox.choices.text": { es: "Pregunta", pt: "Pergunta", en: "Question" },
  "inbox.choices.opener": {
    es: "Botón que abre la lista",
    pt: "Botão que abre a lista",
    en: "Button that opens the list",
  },
  "inbox.choices.title": {
    es: { one: "Opción {count}", other: "Opción {count}" },
    pt: { one: "Opção {count}", other: "Opção {count}" },
    en: { one: "Choice {count}", other: "Choice {count}" },
  },
  "inbox.choices.description": {
    es: { one: "Descripción {count}", other: "Descripción {count}" },
    pt: { one: "Descrição {count}", other: "Descrição {count}" },
    en: { one: "Description {count}", other: "Description {count}" },
  },
  "inbox.choices.remove": {
    es: { one: "Quitar la opción {count}", other: "Quitar la opción {count}" },
    pt: { one: "Remover a opção {count}", other: "Remover a opção {count}" },
    en: { one: "Remove choice {count}", other: "Remove choice {count}" },
  },
  "inbox.choices.add": { es: "Otra opción", pt: "Outra opção", en: "Another choice" },
  "inbox.template.search": {
    es: "Buscar plantillas",
    pt: "Buscar modelos",
    en: "Search templates",
  },
  "inbox.template.list": { es: "Plantillas", pt: "Modelos", en: "Templates" },
  "inbox.template.refresh": {
    es: "Preguntar a WhatsApp de nuevo",
    pt: "Perguntar ao WhatsApp de novo",
    en: "Ask WhatsApp again",
  },
  "inbox.template.none": {
    es: "Este número no tiene plantillas aprobadas",
    pt: "Este número não tem modelos aprovados",
    en: "This number has no approved templates",
  },
  "inbox.template.noneHint": {
    es: "Se crean en el administrador de WhatsApp, en business.facebook.com; Meta las aprueba en minutos.",
    pt: "São criados no gerenciador do WhatsApp, em business.facebook.com; a Meta os aprova em minutos.",
    en: "They are made in the WhatsApp manager, at business.facebook.com; Meta approves them within minutes.",
  },
  "inbox.template.noMatch": {
    es: "Ninguna plantilla coincide",
    pt: "Nenhum modelo corresponde",
    en: "No template matches",
  },
  "inbox.template.unapproved": {
    es: {
      one: "{count} plantilla más no está aprobada por WhatsApp.",
      other: "{count} plantillas más no están aprobadas por WhatsApp.",
    },
    pt: {
      one: "Mais {count} modelo não está aprovado pelo WhatsApp.",
      other: "Mais {count} modelos não estão aprovados pelo WhatsApp.",
    },
    en: {
      one: "{count} more template is not approved by WhatsApp.",
      other: "{count} more templates are not approved by WhatsApp.",
    },
  },
  "inbox.template.others": {
    es: "Otras plantillas",
    pt: "Outros modelos",
    en: "Other templates",
  },
  "inbox.template.language": { es: "Idioma", pt: "Idioma", en: "Language" },
  "inbox.template.gap": {
    es: "Variable {name}",
    pt: "Variável {name}",
    en: "Variable {name}",
  },
  "inbox.template.header": {
    es: "Variable del título",
    pt: "Variável do título",
    en: "Variable of the heading",
  },
  "inbox.template.file.image": {
    es: "Dirección de la imagen",
    pt: "Endereço da imagem",
    en: "Address of the picture",
  },
  "inbox.template.file.video": {
    es: "Dirección del video",
    pt: "Endereço do vídeo",
    en: "Address of the video",
  },
  "inbox.template.file.document": {
    es: "Dirección del documento",
    pt: "Endereço do documento",
    en: "Address of the document",
  },
  "inbox.template.noAddress": {
    es: "Una dirección que empieza por https://",
    pt: "Um endereço que começa com https://",
    en: "An address that begins with https://",
  },
  "inbox.template.button": {
    es: { one: "Final del enlace {count}", other: "Final del enlace {count}" },
    pt: { one: "Fim do link {count}", other: "Fim do link {count}" },
    en: { one: "End of link {count}", other: "End of link {count}" },
  },
  "inbox.template.preview": {
    es: "Así se leerá",
    pt: "Assim será lido",
    en: "How it will read",
  },
  "inbox.template.send": {
    es: "Enviar plantilla",
    pt: "Enviar modelo",
    en: "Send template",
  },
  "inbox.quick.manage": {
    es: "Editar respuestas rápidas",
    pt: "Editar respostas rápidas",
    en: "Edit quick replies",
  },
  "inbox.quick.hint": {
    es: "{name} es el nombre de la persona, y {agent} el tuyo.",
    pt: "{name} é o nome da pessoa, e {agent} o seu.",
    en: "{name} is the person’s name, and {agent} yours.",
  },
  "inbox.quick.new": { es: "Nueva respuesta", pt: "Nova resposta", en: "New reply" },
  "inbox.quick.edit": {
    es: "Editar /{shortcut}",
    pt: "Editar /{shortcut}",
    en: "Edit /{shortcut}",
  },
  "inbox.quick.delete": {
    es: "Eliminar /{shortcut}",
    pt: "Excluir /{shortcut}",
    en: "Delete /{shortcut}",
  },
  "inbox.quick.deleted": {
    es: "/{shortcut} eliminada",
    pt: "/{shortcut} excluída",
    en: "/{shortcut} deleted",
  },
  "inbox.quick.undo": { es: "Deshacer", pt: "Desfazer", en: "Undo" },
  "inbox.quick.shortcut": { es: "Atajo", pt: "Atalho", en: "Shortcut" },
  "inbox.quick.shortcutHint": {
    es: "Lo que escribes después de «/»",
    pt: "O que você escreve depois de «/»",
    en: "What you type after “/”",
  },
  "inbox.quick.shortcutOdd": {
    es: "Solo letras minúsculas sin acento, números, _ y -",
    pt: "Só letras minúsculas sem acento, números, _ e -",
    en: "Only small letters without accents, digits, _ and -",
  },
  "inbox.quick.text": { es: "Texto", pt: "Texto", en: "Text" },
  "inbox.sending.held": {
    es: "Nada sale por este número o bot hasta que alguien lo revise.",
    pt: "Nada sai por este número ou bot até que alguém o revise.",
    en: "Nothing goes out by this number or bot until somebody has looked.",
  },
  "inbox.sending.heldFor": {
    es: "Nada sale por este número o bot. La plataforma dice: «{reason}».",
    pt: "Nada sai por este número ou bot. A plataforma diz: «{reason}».",
    en: "Nothing goes out by this number or bot. The platform says: “{reason}”.",
  },
  "inbox.sending.paused": {
    es: "En pausa: la plataforma tiene problemas. Pista lo intenta de nuevo por sí mismo.",
    pt: "Em pausa: a plataforma está com problemas. O Pista tenta de novo sozinho.",
    en: "Paused: the platform is in trouble. Pista tries again by itself.",
  },
  "inbox.sending.pausedUntil": {
    es: "En pausa hasta las {time}: la plataforma tiene problemas. Pista lo intenta de nuevo por sí mismo.",
    pt: "Em pausa até {time}: a plataforma está com problemas. O Pista tenta de novo sozinho.",
    en: "Paused until {time}: the platform is in trouble. Pista tries again by itself.",
  },
  "inbox.sending.off": {
    es: "Este número o bot está apagado: nada sale por él.",
    pt: "Este número ou bot está desligado: nada sai por ele.",
    en: "This number or bot is switched off: nothing goes out by it.",
  },
  "inbox.sending.waiting": {
    es: { one: "Espera {count} mensaje.", other: "Esperan {count} mensajes." },
    pt: { one: "{count} mensagem espera.", other: "{count} mensagens esperam." },
    en: { one: "{count} message waits.", other: "{count} messages wait." },
  },
  "inbox.sending.resume": { es: "Reanudar", pt: "Retomar", en: "Resume" },
  "inbox.sending.resumed": {
    es: "Los mensajes salen de nuevo.",
    pt: "As mensagens saem de novo.",
    en: "Messages go out again.",
  },
  "error.window_closed": {
    es: "Pasaron 24 horas: WhatsApp solo acepta una plantilla.",
    pt: "Passaram 24 horas: o WhatsApp só aceita um modelo.",
    en: "24 hours have passed: WhatsApp only takes a template.",
  },
  "error.person_blocked": {
    es: "Esta persona detuvo el bot.",
    pt: "Esta pessoa parou o bot.",
    en: "This person stopped the bot.",
  },
  "error.channel_held": {
    es: "El número está retenido hasta que alguien lo revise.",
    pt: "O número está retido até que alguém o revise.",
    en: "The number is on hold until somebody has looked.",
  },
  "error.channel_off": {
    es: "El número o bot está apagado, o le falta el token o la cuenta. Se arregla en Configuración → WhatsApp y Telegram.",
    pt: "O número ou bot está desligado, ou falta o token ou a conta. Resolve-se nos Ajustes.",
    en: "The number or bot is off, or lacks its token or account. See Settings.",
  },
  "error.not_on_platform": {
    es: "Esta plataforma no tiene eso.",
    pt: "Esta plataforma não tem isso.",
    en: "This platform has no such thing.",
  },
  "error.bad_message": {
    es: "Al mensaje le falta algo.",
    pt: "Falta algo na mensagem.",
    en: "Something is missing in the message.",
  },
  "error.bad_template": {
    es: "WhatsApp ya no tiene esta plantilla así. Elígela de nuevo.",
    pt: "O WhatsApp não tem mais este modelo assim. Escolha-o de novo.",
    en: "WhatsApp no longer has this template like that. Choose it again.",
  },
  "error.media_too_large": {
    es: "El archivo es más grande de lo que este Pista acepta.",
    pt: "O arquivo é maior do que este Pista aceita.",
    en: "The file is larger than this Pista takes.",
  },
  "error.media_not_found": {
    es: "El archivo ya no está. Adjúntalo de nuevo.",
    pt: "O arquivo não está mais aqui. Anexe-o de novo.",
    en: "The file is no longer here. Attach it again.",
  },
  "error.media_not_here": {
    es: "El archivo aún no está aquí.",
    pt: "O arquivo ainda não está aqui.",
    en: "The file is not here yet.",
  },
  "error.not_resendable": {
    es: "Ya está en camino o ya se envió.",
    pt: "Já está a caminho ou já foi enviada.",
    en: "It is on its way already, or was sent.",
  },
  "error.too_early_to_resend": {
    es: "Espera un minuto: tal vez todavía se sepa si llegó.",
    pt: "Espere um minuto: talvez ainda se saiba se chegou.",
    en: "Wait a minute: whether it arrived may still become known.",
  },
  "error.shortcut_taken": {
    es: "Ya hay una respuesta con este atajo.",
    pt: "Já há uma resposta com este atalho.",
    en: "There is a reply with this shortcut already.",
  },
  "error.too_many_quick_replies": {
    es: "Ya hay demasiadas respuestas rápidas: elimina una primero.",
    pt: "Já há respostas rápidas demais: exclua uma primeiro.",
    en: "There are too many quick replies already: delete one first.",
  },
} as const satisfies Catalogue;
