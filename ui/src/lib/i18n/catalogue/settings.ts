import type { Catalogue } from "../text";

export const settings = {
  "events.title": {
    es: "Muestreo de eventos",
    pt: "Amostragem de eventos",
    en: "Event sampling",
  },
  "events.intro": {
    es: "Qué parte de cada tipo de evento se guarda. Lo que se guarda lleva su tasa, así que los totales se siguen estimando bien.",
    pt: "Que parte de cada tipo de evento é guardada. O que é guardado leva sua taxa, então os totais continuam bem estimados.",
    en: "How much of each event type is kept. What is kept carries its rate, so totals can still be estimated well.",
  },
  "events.off": {
    es: "El muestreo está desactivado en el servidor (TRACKING_ENABLE_THROTTLING): se guarda todo.",
    pt: "A amostragem está desativada no servidor (TRACKING_ENABLE_THROTTLING): tudo é guardado.",
    en: "Sampling is switched off on the server (TRACKING_ENABLE_THROTTLING): everything is kept.",
  },
  "events.type": { es: "Tipo de evento", pt: "Tipo de evento", en: "Event type" },
  "events.rate": { es: "Se guarda", pt: "É guardado", en: "Kept" },
  "events.rateOf": {
    es: "Porcentaje que se guarda de {type}",
    pt: "Porcentagem guardada de {type}",
    en: "Percentage kept of {type}",
  },
  "events.always": { es: "Guardar siempre", pt: "Guardar sempre", en: "Always keep" },
  "events.alwaysOf": {
    es: "Guardar siempre {type}",
    pt: "Guardar sempre {type}",
    en: "Always keep {type}",
  },
  "events.changed": { es: "Cambiado", pt: "Alterado", en: "Changed" },
  "events.reset": {
    es: "Restablecer {type}",
    pt: "Restaurar {type}",
    en: "Reset {type}",
  },
  "events.resetShort": { es: "Restablecer", pt: "Restaurar", en: "Reset" },
  "events.none": {
    es: "No hay reglas de muestreo",
    pt: "Não há regras de amostragem",
    en: "No sampling rules",
  },
  "events.noneText": {
    es: "Todos los eventos se guardan completos.",
    pt: "Todos os eventos são guardados por completo.",
    en: "Every event is kept in full.",
  },
  "events.add": { es: "Añadir un tipo", pt: "Adicionar um tipo", en: "Add a type" },
  "events.addWrong": {
    es: "Usa mayúsculas, números y _, empezando por una letra: ADD_TO_CART",
    pt: "Use maiúsculas, números e _, começando por uma letra: ADD_TO_CART",
    en: "Use capitals, digits and _, beginning with a letter: ADD_TO_CART",
  },
  "events.addTwice": {
    es: "Este tipo ya está en la lista.",
    pt: "Este tipo já está na lista.",
    en: "This type is already in the list.",
  },
  "events.addSend": { es: "Añadir", pt: "Adicionar", en: "Add" },

  "general.title": { es: "General", pt: "Geral", en: "General" },
  "general.intro": {
    es: "Los datos de la empresa y tus preferencias.",
    pt: "Os dados da empresa e suas preferências.",
    en: "The company's details and your own preferences.",
  },
  "general.tenant": { es: "Empresa", pt: "Empresa", en: "Company" },
  "general.tenantHint": {
    es: "Valen para todas las personas de la empresa.",
    pt: "Valem para todas as pessoas da empresa.",
    en: "These hold for everybody in the company.",
  },
  "general.name": { es: "Nombre", pt: "Nome", en: "Name" },
  "general.nameMissing": {
    es: "La empresa necesita un nombre.",
    pt: "A empresa precisa de um nome.",
    en: "The company needs a name.",
  },
  "zone.title": {
    es: "¿La empresa está en {city}?",
    pt: "A empresa fica em {city}?",
    en: "Is the company in {city}?",
  },
  "zone.text": {
    es: "Sus días todavía empiezan a medianoche de UTC. Con la hora de este navegador (ahora {time}), los días y las horas de las estadísticas serán los tuyos.",
    pt: "Seus dias ainda começam à meia-noite de UTC. Com o horário deste navegador (agora {time}), os dias e as horas das estatísticas serão os seus.",
    en: "Its days still begin at midnight UTC. With this browser's time (now {time}), the days and hours of the statistics will be yours.",
  },
  "zone.take": {
    es: "Usar la hora de {city}",
    pt: "Usar o horário de {city}",
    en: "Use {city} time",
  },
  "zone.keep": { es: "Seguir con UTC", pt: "Continuar com UTC", en: "Stay with UTC" },

  "general.zone": { es: "Zona horaria", pt: "Fuso horário", en: "Time zone" },
  "general.zoneHint": {
    es: "Decide cuándo empieza y termina un día en todas las cifras.",
    pt: "Decide quando um dia começa e termina em todos os números.",
    en: "Decides when a day begins and ends in every figure.",
  },
  "general.zoneNow": {
    es: "Allí son las {time}",
    pt: "Lá são {time}",
    en: "The time there is {time}",
  },
  "general.zoneNone": {
    es: "Ninguna zona coincide",
    pt: "Nenhum fuso encontrado",
    en: "No zone matches",
  },
  "general.addresses": {
    es: "Direcciones IP",
    pt: "Endereços IP",
    en: "IP addresses",
  },
  "general.addressesHint": {
    es: "De cada conexión se mira la dirección, por ejemplo para saber el país; guardarla es otra cosa.",
    pt: "De cada conexão olha-se o endereço, por exemplo para saber o país; guardá-lo é outra coisa.",
    en: "The address of a connection is looked at, for its country for instance; storing it is another matter.",
  },
  "general.storeIp": {
    es: "Guardar la dirección IP con cada evento",
    pt: "Guardar o endereço IP com cada evento",
    en: "Store the IP address with each event",
  },
  "general.storeIpHint": {
    es: "Solo si la necesitas, por ejemplo contra el fraude. En muchos países es un dato personal: dilo en tu aviso de privacidad.",
    pt: "Só se você precisar dele, por exemplo contra fraudes. Em muitos países é um dado pessoal: informe-o no seu aviso de privacidade.",
    en: "Only if you need it, against fraud for instance. In many countries it is personal data: say so in your privacy notice.",
  },
  "general.storeIpOff": {
    es: "Ahora ningún evento nuevo guarda la dirección.",
    pt: "Agora nenhum evento novo guarda o endereço.",
    en: "At present no new event stores the address.",
  },
  "general.storeIpOn": {
    es: "Los eventos nuevos guardan la dirección. Si lo apagas, las ya guardadas se quedan tanto tiempo como sus eventos.",
    pt: "Os eventos novos guardam o endereço. Se você desativar, os já guardados ficam tanto tempo quanto seus eventos.",
    en: "New events store the address. If you turn this off, those already stored stay for as long as their events.",
  },
  "general.preferences": {
    es: "Tus preferencias",
    pt: "Suas preferências",
    en: "Your preferences",
  },
  "general.preferencesHint": {
    es: "Se guardan en este navegador.",
    pt: "Ficam guardadas neste navegador.",
    en: "Kept in this browser.",
  },
} as const satisfies Catalogue;
