import type { Catalogue } from "../text";

/** The list of contacts, and what only a person can decide. */
export const contacts = {
  "nav.audience": { es: "Audiencia", pt: "Audiência", en: "Audience" },
  "nav.contacts": { es: "Contactos", pt: "Contatos", en: "Contacts" },
  "shortcuts.contacts": {
    es: "Ir a los contactos",
    pt: "Ir para os contatos",
    en: "Go to contacts",
  },
  "action.undo": { es: "Deshacer", pt: "Desfazer", en: "Undo" },

  "contacts.title": { es: "Contactos", pt: "Contatos", en: "Contacts" },
  "contacts.intro": {
    es: "Las personas que se conocen: de un CRM, de un formulario o añadidas a mano.",
    pt: "As pessoas conhecidas: de um CRM, de um formulário ou adicionadas à mão.",
    en: "The people who are known: from a CRM, from a form or added by hand.",
  },
  "contacts.reviewIntro": {
    es: "Lo que solo una persona puede decidir: si dos contactos son la misma persona.",
    pt: "O que só uma pessoa pode decidir: se dois contatos são a mesma pessoa.",
    en: "What only a person can decide: whether two contacts are the same person.",
  },
  "contacts.reviewElsewhere": {
    es: "De quién es cada navegador se decide junto con todo lo demás en",
    pt: "De quem é cada navegador se decide, com todo o resto, em",
    en: "Whose each browser is, is decided with everything else under",
  },
  "contacts.view": { es: "Vista", pt: "Visão", en: "View" },
  "contacts.view.people": { es: "Contactos", pt: "Contatos", en: "Contacts" },
  "contacts.view.review": { es: "Por revisar", pt: "Para revisar", en: "To review" },
  "contacts.unnamed": { es: "Sin nombre", pt: "Sem nome", en: "Without a name" },

  "contacts.search": { es: "Buscar", pt: "Buscar", en: "Search" },
  "contacts.searchExample": {
    es: "Nombre, correo, teléfono…",
    pt: "Nome, e-mail, telefone…",
    en: "Name, e-mail, phone…",
  },
  "contacts.has": { es: "Se conoce su", pt: "Tem", en: "Known by" },
  "contacts.anything": { es: "Cualquier cosa", pt: "Qualquer coisa", en: "Anything" },
  "contacts.has.email": { es: "Correo", pt: "E-mail", en: "E-mail" },
  "contacts.has.phone": { es: "Teléfono", pt: "Telefone", en: "Phone" },
  "contacts.has.whatsapp": { es: "WhatsApp", pt: "WhatsApp", en: "WhatsApp" },
  "contacts.has.telegram": { es: "Telegram", pt: "Telegram", en: "Telegram" },
  "contacts.has.crm": { es: "Id del CRM", pt: "Id do CRM", en: "CRM id" },
  "contacts.has.user_id": {
    es: "Id de tu sistema",
    pt: "Id do seu sistema",
    en: "Id in your system",
  },
  "contacts.tag": { es: "Etiqueta", pt: "Etiqueta", en: "Tag" },
  "contacts.anyTag": { es: "Cualquiera", pt: "Qualquer uma", en: "Any" },
  "contacts.source": { es: "Origen", pt: "Origem", en: "Source" },
  "contacts.anySource": { es: "Cualquiera", pt: "Qualquer uma", en: "Any" },
  "contacts.source.api": { es: "API", pt: "API", en: "API" },
  "contacts.source.crm": { es: "CRM", pt: "CRM", en: "CRM" },
  "contacts.source.desk": {
    es: "Mesa de leads",
    pt: "Mesa de leads",
    en: "Lead desk",
  },
  "contacts.source.manual": { es: "A mano", pt: "À mão", en: "By hand" },
  "contacts.source.form": { es: "Formulario", pt: "Formulário", en: "Form" },
  "contacts.source.ghl": { es: "GoHighLevel", pt: "GoHighLevel", en: "GoHighLevel" },
  "contacts.source.identify": { es: "Tu sitio", pt: "Seu site", en: "Your site" },
  "contacts.source.import": { es: "Importación", pt: "Importação", en: "Import" },
  "contacts.source.person": { es: "A mano", pt: "À mão", en: "By hand" },
  "contacts.source.sale": { es: "Venta", pt: "Venda", en: "Sale" },
  "contacts.source.segment": { es: "Segment", pt: "Segment", en: "Segment" },
  "contacts.source.telegram": { es: "Telegram", pt: "Telegram", en: "Telegram" },
  "contacts.source.ud": {
    es: "Formulario (sin confirmar)",
    pt: "Formulário (sem confirmação)",
    en: "Form (unconfirmed)",
  },
  "contacts.source.webhook": {
    es: "Otro sistema",
    pt: "Outro sistema",
    en: "Another system",
  },
  "contacts.source.whatsapp": { es: "WhatsApp", pt: "WhatsApp", en: "WhatsApp" },

  "contacts.columns": { es: "Columnas", pt: "Colunas", en: "Columns" },
  "contacts.column.name": { es: "Nombre", pt: "Nome", en: "Name" },
  "contacts.column.email": { es: "Correo", pt: "E-mail", en: "E-mail" },
  "contacts.column.phone": { es: "Teléfono", pt: "Telefone", en: "Phone" },
  "contacts.column.tags": { es: "Etiquetas", pt: "Etiquetas", en: "Tags" },
  "contacts.column.source": { es: "Origen", pt: "Origem", en: "Source" },
  "contacts.column.crmId": { es: "Id del CRM", pt: "Id do CRM", en: "CRM id" },
  "contacts.column.createdAt": { es: "Desde", pt: "Desde", en: "Since" },
  "contacts.column.updatedAt": {
    es: "Último cambio",
    pt: "Última mudança",
    en: "Last change",
  },

  "contacts.noMatch": {
    es: "Ningún contacto coincide",
    pt: "Nenhum contato corresponde",
    en: "No contact matches",
  },
  "contacts.noMatchHint": {
    es: "Se busca por el comienzo de las palabras del nombre, el correo, el teléfono y los id.",
    pt: "A busca é pelo começo das palavras do nome, do e-mail, do telefone e dos ids.",
    en: "The search is for what words of the name, e-mail, phone and ids begin with.",
  },
  "contacts.clear": {
    es: "Quitar los filtros",
    pt: "Tirar os filtros",
    en: "Clear filters",
  },
  "contacts.empty": {
    es: "Todavía no se conoce a nadie",
    pt: "Ainda não há ninguém conhecido",
    en: "Nobody is known yet",
  },
  "contacts.emptyHint": {
    es: "Los contactos llegan de tu CRM o de los formularios de tu sitio. También puedes añadir uno a mano.",
    pt: "Os contatos chegam do seu CRM ou dos formulários do seu site. Você também pode adicionar um à mão.",
    en: "Contacts come from your CRM or from the forms of your site. You can also add one by hand.",
  },
  "contacts.more": { es: "Mostrar más", pt: "Mostrar mais", en: "Show more" },

  "contacts.add": { es: "Añadir contacto", pt: "Adicionar contato", en: "Add contact" },
  "contacts.addTitle": {
    es: "Añadir un contacto",
    pt: "Adicionar um contato",
    en: "Add a contact",
  },
  "contacts.knownBy": {
    es: "Escribe un correo, un teléfono o un id del CRM: por uno de ellos se reconoce a la persona.",
    pt: "Escreva um e-mail, um telefone ou um id do CRM: por um deles se reconhece a pessoa.",
    en: "Enter an e-mail, a phone or a CRM id: by one of them the person is known.",
  },
  "contacts.phoneHint": {
    es: "Con el código del país si no es el de tu empresa.",
    pt: "Com o código do país se não for o da sua empresa.",
    en: "With the country’s code if it is not your company’s.",
  },
  "contacts.tagsHint": {
    es: "Escribe una y pulsa Enter.",
    pt: "Escreva uma e pressione Enter.",
    en: "Type one and press Enter.",
  },
  "contacts.added": {
    es: "Contacto añadido",
    pt: "Contato adicionado",
    en: "Contact added",
  },
  "contacts.knownAlready": {
    es: "Ya se conocía a esta persona: {name}. Se le añadió lo nuevo.",
    pt: "Esta pessoa já era conhecida: {name}. O que é novo foi acrescentado.",
    en: "This person was known already: {name}. What is new was added.",
  },
  "contacts.openOne": {
    es: "Ver el contacto",
    pt: "Ver o contato",
    en: "See the contact",
  },
  "contacts.ignored.blocked": {
    es: "Es un valor de relleno que no es de nadie; no se guardó.",
    pt: "É um valor de preenchimento que não é de ninguém; não foi guardado.",
    en: "This is a placeholder and nobody’s own; it was not kept.",
  },
  "contacts.ignored.invalid": {
    es: "No es válido o le falta el código del país; no se guardó.",
    pt: "Não é válido ou falta o código do país; não foi guardado.",
    en: "It is not valid, or lacks the country’s code; it was not kept.",
  },
  "contacts.ignored.taken": {
    es: "Es de otro contacto. Mira en «Por revisar» si son la misma persona.",
    pt: "É de outro contato. Veja em “Para revisar” se são a mesma pessoa.",
    en: "It is another contact’s. See under “To review” whether they are the same person.",
  },
  "contacts.ignored.too_many": {
    es: "El contacto ya tiene tantos como puede tener; mira en «Por revisar».",
    pt: "O contato já tem tantos quanto pode ter; veja em “Para revisar”.",
    en: "The contact has as many as it may have; see under “To review”.",
  },
  "error.identity_taken": {
    es: "Otro contacto ya tiene esto. Une los dos, o cambia antes el otro.",
    pt: "Outro contato já tem isto. Una os dois, ou mude antes o outro.",
    en: "Another contact has this already. Merge the two, or change the other first.",
  },
  "error.bad_contact": {
    es: "Esto no identifica a nadie: es un valor de relleno, o le falta el código del país.",
    pt: "Isto não identifica ninguém: é um valor de preenchimento, ou falta o código do país.",
    en: "Nobody is known by this: it is a placeholder, or lacks the country’s code.",
  },
  "error.already_decided": {
    es: "Alguien ya lo decidió de otra manera.",
    pt: "Alguém já decidiu de outra forma.",
    en: "Somebody has decided otherwise already.",
  },
  "error.one_already": {
    es: "Los dos ya son un solo contacto.",
    pt: "Os dois já são um só contato.",
    en: "The two are one contact already.",
  },

  "review.state": { es: "Preguntas", pt: "Perguntas", en: "Questions" },
  "review.open": { es: "Abiertas", pt: "Abertas", en: "Open" },
  "review.decided": { es: "Decididas", pt: "Decididas", en: "Decided" },
  "review.noneDecided": {
    es: "Todavía no se decidió nada",
    pt: "Ainda não se decidiu nada",
    en: "Nothing has been decided yet",
  },
  "review.noneHint": {
    es: "Aquí aparece lo que Pista no decide sola, con los dos lados.",
    pt: "Aqui aparece o que o Pista não decide sozinho, com os dois lados.",
    en: "Here stands what Pista does not decide by itself, with both sides.",
  },
  "review.reason.shared_identity": {
    es: "Dos contactos con el mismo dato",
    pt: "Dois contatos com o mesmo dado",
    en: "Two contacts with the same detail",
  },
  "review.hint.shared_identity": {
    es: "Lo tiene uno de los dos. ¿Son la misma persona, o es un correo o un teléfono compartido?",
    pt: "Um dos dois o tem. São a mesma pessoa, ou é um e-mail ou telefone compartilhado?",
    en: "One of the two has it. Are they the same person, or do they share an e-mail or phone?",
  },
  "review.reason.shared_browser": {
    es: "Dos contactos en el mismo navegador",
    pt: "Dois contatos no mesmo navegador",
    en: "Two contacts on the same browser",
  },
  "review.hint.shared_browser": {
    es: "Lo anterior quedó con el primero y lo posterior con el segundo. ¿Son dos personas que comparten el equipo, o una sola?",
    pt: "O que veio antes ficou com o primeiro e o que veio depois, com o segundo. São duas pessoas que dividem o aparelho, ou uma só?",
    en: "What came before stayed with the first, what came after is the second’s. Do two people share the device, or is it one?",
  },
  "review.reason.too_many_identities": {
    es: "Más correos o teléfonos de los que tiene una persona",
    pt: "Mais e-mails ou telefones do que uma pessoa tem",
    en: "More e-mails or phones than a person has",
  },
  "review.hint.too_many_identities": {
    es: "Este último no se añadió. Puede que varias personas estén mezcladas en este contacto.",
    pt: "Este último não foi acrescentado. Talvez várias pessoas estejam misturadas neste contato.",
    en: "This last one was not added. Several people may be mixed up in this contact.",
  },
  "review.reason.too_many_visitors": {
    es: "Más navegadores de los que usa una persona",
    pt: "Mais navegadores do que uma pessoa usa",
    en: "More browsers than a person uses",
  },
  "review.hint.too_many_visitors": {
    es: "Puede ser un equipo de la empresa o una prueba. Revisa si todo esto es de una sola persona.",
    pt: "Pode ser um aparelho da empresa ou um teste. Veja se tudo isto é de uma só pessoa.",
    en: "It may be a device of the company or a test. See whether all of this is one person’s.",
  },
  "review.keep": {
    es: "Qué contacto queda",
    pt: "Qual contato fica",
    en: "Which contact stays",
  },
  "review.keepThis": {
    es: "Si son uno, queda este",
    pt: "Se forem um, fica este",
    en: "If they are one, this stays",
  },
  "review.wasMerged": { es: "Una persona", pt: "Uma pessoa", en: "One person" },
  "review.wasSeparate": {
    es: "Queda como está",
    pt: "Fica como está",
    en: "Left as it is",
  },
  "review.decidedBy": {
    es: "{name}, {time}",
    pt: "{name}, {time}",
    en: "{name}, {time}",
  },
  "review.reopen": { es: "Volver a abrir", pt: "Reabrir", en: "Open again" },
} as const satisfies Catalogue;
