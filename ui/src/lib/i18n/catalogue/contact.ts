import type { Catalogue } from "../text";

/** One contact: what is known, and merging. */
export const contact = {
  "contact.all": {
    es: "Todos los contactos",
    pt: "Todos os contatos",
    en: "All contacts",
  },
  "contact.gone": {
    es: "Este contacto no existe",
    pt: "Este contato não existe",
    en: "There is no such contact",
  },
  "contact.goneHint": {
    es: "Puede que se haya borrado, o que sea de otra empresa.",
    pt: "Talvez tenha sido apagado, ou seja de outra empresa.",
    en: "It may have been erased, or belong to another company.",
  },
  "contact.since": {
    es: "Se conoce desde el {time} · {source}",
    pt: "Conhecido desde {time} · {source}",
    en: "Known since {time} · {source}",
  },
  "contact.holds": {
    es: { one: "{count} contacto", other: "{count} contactos unidos" },
    pt: { one: "{count} contato", other: "{count} contatos unidos" },
    en: { one: "{count} contact", other: "{count} merged contacts" },
  },
  "contact.known": { es: "Datos", pt: "Dados", en: "Details" },
  "contact.notKnown": { es: "No se conoce", pt: "Não se conhece", en: "Not known" },
  "contact.edit": { es: "Cambiar: {field}", pt: "Mudar: {field}", en: "Change: {field}" },
  "contact.addTag": {
    es: "Añadir una etiqueta",
    pt: "Adicionar uma etiqueta",
    en: "Add a tag",
  },
  "contact.noTags": { es: "Sin etiquetas", pt: "Sem etiquetas", en: "No tags" },
  "contact.identities": {
    es: "Cómo se le reconoce",
    pt: "Como é reconhecido",
    en: "Known by",
  },
  "contact.identitiesHint": {
    es: "Quien llega con uno de estos datos es esta persona.",
    pt: "Quem chega com um destes dados é esta pessoa.",
    en: "Whoever comes with one of these is this person.",
  },
  "contact.saidBy": {
    es: "{kind} · {source}",
    pt: "{kind} · {source}",
    en: "{kind} · {source}",
  },
  "contact.provisional": { es: "Sin confirmar", pt: "Não confirmado", en: "Unconfirmed" },
  "contact.provisionalHint": {
    es: "Alguien lo escribió en una página; nadie más lo ha confirmado.",
    pt: "Alguém o escreveu em uma página; ninguém mais confirmou.",
    en: "Somebody typed it on a page; nobody else has confirmed it.",
  },
  "contact.attributes": { es: "Más datos", pt: "Mais dados", en: "More details" },
  "contact.noAttributes": {
    es: "Lo que tu CRM o tú añadan aparece aquí.",
    pt: "O que seu CRM ou você acrescentarem aparece aqui.",
    en: "What your CRM or you add stands here.",
  },
  "contact.addAttribute": { es: "Añadir", pt: "Adicionar", en: "Add" },
  "contact.attributeName": { es: "Nombre del dato", pt: "Nome do dado", en: "Name" },
  "contact.attributeValue": { es: "Valor", pt: "Valor", en: "Value" },
  "contact.removeAttribute": {
    es: "Quitar: {name}",
    pt: "Tirar: {name}",
    en: "Remove: {name}",
  },
  "contact.true": { es: "Sí", pt: "Sim", en: "Yes" },
  "contact.false": { es: "No", pt: "Não", en: "No" },
  "contact.questionsLabel": { es: "Preguntas", pt: "Perguntas", en: "Questions" },
  "contact.questions": {
    es: {
      one: "Hay {count} pregunta sobre este contacto",
      other: "Hay {count} preguntas sobre este contacto",
    },
    pt: {
      one: "Há {count} pergunta sobre este contato",
      other: "Há {count} perguntas sobre este contato",
    },
    en: {
      one: "There is {count} question about this contact",
      other: "There are {count} questions about this contact",
    },
  },
  "contact.decide": { es: "Decidir", pt: "Decidir", en: "Decide" },

  "merge.open": { es: "Unir con otro", pt: "Unir com outro", en: "Merge with another" },
  "merge.title": {
    es: "Unir dos contactos",
    pt: "Unir dois contatos",
    en: "Merge two contacts",
  },
  "merge.find": {
    es: "¿Qué otro contacto es también {name}?",
    pt: "Que outro contato também é {name}?",
    en: "Which other contact is {name}, too?",
  },
  "merge.found": { es: "Contactos", pt: "Contatos", en: "Contacts" },
  "merge.hint": {
    es: "Se verán como un solo contacto, con los datos y la historia de los dos. Nada se pierde: se puede deshacer cuando quieras.",
    pt: "Serão vistos como um só contato, com os dados e a história dos dois. Nada se perde: pode ser desfeito quando você quiser.",
    en: "They will be shown as one contact, with the details and the history of both. Nothing is lost: it can be undone at any time.",
  },
  "merge.stays": { es: "Queda", pt: "Fica", en: "Stays" },
  "merge.joins": {
    es: "Pasa a ser parte",
    pt: "Passa a fazer parte",
    en: "Becomes part of it",
  },
  "merge.swap": { es: "Cambiar de lugar", pt: "Trocar de lugar", en: "Swap" },
  "merge.back": { es: "Elegir otro", pt: "Escolher outro", en: "Choose another" },
  "merge.make": { es: "Unir los dos", pt: "Unir os dois", en: "Merge the two" },
  "merge.done": {
    es: "Los dos son ahora un contacto.",
    pt: "Os dois agora são um contato.",
    en: "The two are one contact now.",
  },
  "merge.undone": {
    es: "Son otra vez dos contactos.",
    pt: "São dois contatos de novo.",
    en: "They are two contacts again.",
  },
  "merge.history": {
    es: "Contactos unidos",
    pt: "Contatos unidos",
    en: "Merged contacts",
  },
  "merge.another": { es: "Otro contacto", pt: "Outro contato", en: "Another contact" },
  "merge.by": {
    es: "Unido por {name}, {time}",
    pt: "Unido por {name}, {time}",
    en: "Merged by {name}, {time}",
  },
  "merge.undoneBy": {
    es: "Separado por {name}, {time}",
    pt: "Separado por {name}, {time}",
    en: "Taken back by {name}, {time}",
  },
} as const satisfies Catalogue;
