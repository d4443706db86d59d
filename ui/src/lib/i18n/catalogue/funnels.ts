import type { Catalogue } from "../text";

export const funnels = {
  "funnel.title": { es: "Embudos", pt: "Funis", en: "Funnels" },
  "funnel.intro": {
    es: "Cuántos visitantes siguen de un paso al siguiente y dónde se pierden los demás.",
    pt: "Quantos visitantes seguem de uma etapa à outra e onde os demais se perdem.",
    en: "How many visitors go on from one step to the next, and where the others are lost.",
  },
  "funnel.untouchedHint": {
    es: "Cuando tu sitio envíe eventos, aquí verás cuántos visitantes llegan hasta el final.",
    pt: "Quando o seu site enviar eventos, aqui você verá quantos visitantes chegam até o fim.",
    en: "When your site sends events, you will see here how many visitors get to the end.",
  },
  "funnel.steps": { es: "Pasos", pt: "Etapas", en: "Steps" },
  "funnel.undo": { es: "Deshacer", pt: "Desfazer", en: "Undo" },
  "funnel.stepOf": {
    es: "Paso {place}: {type}",
    pt: "Etapa {place}: {type}",
    en: "Step {place}: {type}",
  },
  "funnel.type": {
    es: "Tipo de evento del paso {place}",
    pt: "Tipo de evento da etapa {place}",
    en: "Event type of step {place}",
  },
  "funnel.addStep": {
    es: "Añadir un paso",
    pt: "Adicionar uma etapa",
    en: "Add a step",
  },
  "funnel.most": {
    es: "Hasta {most} pasos.",
    pt: "Até {most} etapas.",
    en: "Up to {most} steps.",
  },
  "funnel.up": {
    es: "Subir el paso {place}",
    pt: "Subir a etapa {place}",
    en: "Move step {place} up",
  },
  "funnel.down": {
    es: "Bajar el paso {place}",
    pt: "Descer a etapa {place}",
    en: "Move step {place} down",
  },
  "funnel.remove": {
    es: "Quitar el paso {place}",
    pt: "Remover a etapa {place}",
    en: "Remove step {place}",
  },
  "funnel.added": {
    es: "Se añadió {type}.",
    pt: "{type} foi adicionada.",
    en: "{type} was added.",
  },
  "funnel.changed": {
    es: "El paso cambió.",
    pt: "A etapa mudou.",
    en: "The step has changed.",
  },
  "funnel.moved": {
    es: "El paso {place} ahora es el {to}.",
    pt: "A etapa {place} agora é a {to}.",
    en: "Step {place} is now step {to}.",
  },
  "funnel.removed": {
    es: "Se quitó el paso {place}.",
    pt: "A etapa {place} foi removida.",
    en: "Step {place} was removed.",
  },
  "funnel.undone": {
    es: "Se deshizo el último cambio.",
    pt: "A última mudança foi desfeita.",
    en: "The last change was undone.",
  },

  "funnel.addCondition": { es: "Condición", pt: "Condição", en: "Condition" },
  "funnel.addConditionTo": {
    es: "Añadir una condición al paso {place}",
    pt: "Adicionar uma condição à etapa {place}",
    en: "Add a condition to step {place}",
  },
  "funnel.newCondition": {
    es: "Nueva condición",
    pt: "Nova condição",
    en: "New condition",
  },
  "funnel.property": { es: "Propiedad", pt: "Propriedade", en: "Property" },
  "funnel.how": { es: "Comparación", pt: "Comparação", en: "Comparison" },
  "funnel.how.is": { es: "es", pt: "é", en: "is" },
  "funnel.how.isNot": { es: "no es", pt: "não é", en: "is not" },
  "funnel.how.none": { es: "está vacía", pt: "está vazia", en: "is empty" },
  "funnel.how.some": { es: "no está vacía", pt: "não está vazia", en: "is not empty" },
  "funnel.value": { es: "Valor", pt: "Valor", en: "Value" },
  "funnel.noValue": {
    es: "Ningún valor coincide",
    pt: "Nenhum valor encontrado",
    en: "No value matches",
  },
  "funnel.add": { es: "Añadir", pt: "Adicionar", en: "Add" },

  "funnel.window": {
    es: "Plazo para terminar",
    pt: "Prazo para terminar",
    en: "Time to finish",
  },
  "funnel.windowHint": {
    es: "Del primer paso al último, como máximo.",
    pt: "Da primeira etapa à última, no máximo.",
    en: "From the first step to the last, at most.",
  },

  "funnel.noSteps": {
    es: "Elige el primer paso",
    pt: "Escolha a primeira etapa",
    en: "Choose the first step",
  },
  "funnel.oneStep": {
    es: "Falta el segundo paso",
    pt: "Falta a segunda etapa",
    en: "One more step is needed",
  },
  "funnel.tooFewHint": {
    es: "Un embudo tiene al menos dos pasos: algo que la gente hace y algo que debería hacer después.",
    pt: "Um funil tem pelo menos duas etapas: algo que as pessoas fazem e algo que deveriam fazer depois.",
    en: "A funnel has at least two steps: something people do, and something they should do after it.",
  },
  "funnel.useExample": {
    es: "Empezar con un ejemplo",
    pt: "Começar com um exemplo",
    en: "Begin with an example",
  },
  "funnel.example": {
    es: "Un ejemplo con lo que más hacen tus visitantes. Cambia los pasos: la dirección de esta página los recuerda, así que puedes guardarla o compartirla.",
    pt: "Um exemplo com o que seus visitantes mais fazem. Mude as etapas: o endereço desta página as lembra, então você pode guardá-lo ou compartilhá-lo.",
    en: "An example of what your visitors do most. Change the steps: this page's address remembers them, so you can keep it or pass it on.",
  },
  "funnel.nobody": {
    es: "Nadie empezó este embudo",
    pt: "Ninguém começou este funil",
    en: "Nobody began this funnel",
  },
  "funnel.nobodyHint": {
    es: "En este período no hay {type} que cumpla las condiciones. Prueba con un período más largo o con otro primer paso.",
    pt: "Neste período não há {type} que cumpra as condições. Tente um período mais longo ou outra primeira etapa.",
    en: "There is no {type} that holds to the conditions in this period. Try a longer period or another first step.",
  },
  "funnel.few": {
    es: {
      one: "Solo {count} visitante empezó: con tan pocos, los porcentajes dicen poco.",
      other:
        "Solo {count} visitantes empezaron: con tan pocos, los porcentajes dicen poco.",
    },
    pt: {
      one: "Só {count} visitante começou: com tão poucos, as porcentagens dizem pouco.",
      other:
        "Só {count} visitantes começaram: com tão poucos, as porcentagens dizem pouco.",
    },
    en: {
      one: "Only {count} visitor began: of so few, percentages say little.",
      other: "Only {count} visitors began: of so few, percentages say little.",
    },
  },
  "funnel.note": {
    es: "Cada visitante cuenta una vez, por el paso más lejano al que llegó. Entre un paso y otro puede haber otros eventos. Sin bots.",
    pt: "Cada visitante conta uma vez, pela etapa mais distante a que chegou. Entre uma etapa e outra pode haver outros eventos. Sem robôs.",
    en: "Each visitor counts once, by the furthest step reached. Other events may lie between the steps. Without bots.",
  },

  "funnel.overall": {
    es: {
      one: "{done} de {count} visitante llegó al final",
      other: "{done} de {count} visitantes llegaron al final",
    },
    pt: {
      one: "{done} de {count} visitante chegou ao fim",
      other: "{done} de {count} visitantes chegaram ao fim",
    },
    en: {
      one: "{done} of {count} visitor got to the end",
      other: "{done} of {count} visitors got to the end",
    },
  },
  "funnel.worst": {
    es: "Donde más se pierden: entre {from} y {to} ({share}).",
    pt: "Onde mais se perdem: entre {from} e {to} ({share}).",
    en: "Most are lost between {from} and {to} ({share}).",
  },
  "funnel.plot": {
    es: "Embudo {steps}: llega al final el {share}. Los números están en la tabla.",
    pt: "Funil {steps}: {share} chegam ao fim. Os números estão na tabela.",
    en: "Funnel {steps}: {share} get to the end. The numbers are in the table.",
  },
  "funnel.visitors": {
    es: { one: "{count} visitante", other: "{count} visitantes" },
    pt: { one: "{count} visitante", other: "{count} visitantes" },
    en: { one: "{count} visitor", other: "{count} visitors" },
  },
  "funnel.after": {
    es: "en {time}",
    pt: "em {time}",
    en: "in {time}",
  },
  "funnel.table": { es: "Paso a paso", pt: "Etapa por etapa", en: "Step by step" },
  "funnel.step": { es: "Paso", pt: "Etapa", en: "Step" },
  "funnel.ofFirst": { es: "Del primero", pt: "Da primeira", en: "Of the first" },
  "funnel.ofPrevious": { es: "Del anterior", pt: "Da anterior", en: "Of the one before" },
  "funnel.previousShort": {
    es: "{share} del anterior",
    pt: "{share} da anterior",
    en: "{share} of previous",
  },
  "funnel.lost": { es: "Se pierden", pt: "Perdem-se", en: "Lost" },
  "funnel.median": { es: "Tiempo mediano", pt: "Tempo mediano", en: "Median time" },
  "funnel.toEvents": {
    es: "Ver en qué páginas ocurre {type}",
    pt: "Ver em que páginas ocorre {type}",
    en: "See on which pages {type} happens",
  },

  "duration.unit": {
    es: "{label}: unidad",
    pt: "{label}: unidade",
    en: "{label}: unit",
  },
  "duration.minutes": { es: "minutos", pt: "minutos", en: "minutes" },
  "duration.hours": { es: "horas", pt: "horas", en: "hours" },
  "duration.days": { es: "días", pt: "dias", en: "days" },
} as const satisfies Catalogue;
