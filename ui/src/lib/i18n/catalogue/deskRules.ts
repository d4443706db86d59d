import type { Catalogue } from "../text";

/** How leads come to the desk, who is given them, and by when. */
export const deskRules = {
  "deskRules.sources": {
    es: "Leads que llegan solos",
    pt: "Leads que chegam sozinhos",
    en: "Leads that come by themselves",
  },
  "deskRules.sourcesHint": {
    es: "Quien llega por aquí se convierte en cliente; si ya tiene un caso abierto, ese sigue.",
    pt: "Quem chega por aqui vira cliente; se já tem um caso aberto, ele continua.",
    en: "Whoever comes this way becomes a lead; a case that is open already goes on.",
  },
  "deskRules.reopen": {
    es: "Reabrir los terminados",
    pt: "Reabrir os concluídos",
    en: "Begin again with those that are done",
  },
  "deskRules.reopenHint": {
    es: "Cuando la persona vuelve a escribir. Los que están sin gestionar se reabren siempre.",
    pt: "Quando a pessoa volta a escrever. Os sem atendimento são sempre reabertos.",
    en: "When the person is heard of again. Those not handled always begin again.",
  },
  "deskRules.reopenDays": {
    es: "Pasados tantos días",
    pt: "Depois de tantos dias",
    en: "After so many days",
  },
  "deskRules.sharing": {
    es: "Asignación automática",
    pt: "Atribuição automática",
    en: "Assignment by itself",
  },
  "deskRules.sharingHint": {
    es: "Solo a quien está disponible y por debajo de su límite. Si nadie puede, el cliente espera como nuevo.",
    pt: "Só a quem está disponível e abaixo do limite. Se ninguém pode, o cliente espera como novo.",
    en: "Only to those who are available and below their limit. If nobody is, the lead waits as new.",
  },
  "deskRules.on": {
    es: "Asignar sin esperar a supervisión",
    pt: "Atribuir sem esperar a supervisão",
    en: "Assign without waiting for a supervisor",
  },
  "deskRules.summary": { es: "En resumen", pt: "Em resumo", en: "In short" },
  "deskRules.rest": {
    es: "Lo que no entra en ninguna regla",
    pt: "O que não entra em nenhuma regra",
    en: "What fits no rule",
  },
  "deskRules.method": { es: "Cómo", pt: "Como", en: "How" },
  "deskRules.method.round_robin": { es: "Por turno", pt: "Por turno", en: "In turn" },
  "deskRules.method.least_loaded": {
    es: "A quien tiene menos",
    pt: "A quem tem menos",
    en: "To who has least",
  },
  "deskRules.method.nobody": {
    es: "Espera a supervisión",
    pt: "Espera a supervisão",
    en: "Waits for a supervisor",
  },
  "deskRules.limit": {
    es: "Clientes a la vez por asesor",
    pt: "Clientes por vez por assessor",
    en: "Leads at a time for each advisor",
  },
  "deskRules.limitHint": {
    es: "Cada asesor puede tener su propio límite, en la mesa.",
    pt: "Cada assessor pode ter o próprio limite, na mesa.",
    en: "Each advisor may have a limit of their own, at the desk.",
  },
  "deskRules.order": {
    es: "Quién va primero",
    pt: "Quem vai primeiro",
    en: "Who goes first",
  },
  "deskRules.oldest": {
    es: "Quien más ha esperado",
    pt: "Quem mais esperou",
    en: "Who has waited longest",
  },
  "deskRules.newest": {
    es: "El más reciente",
    pt: "O mais recente",
    en: "The newest",
  },
  "deskRules.returned": {
    es: "Los devueltos, durante",
    pt: "Os devolvidos, durante",
    en: "Returned ones, for",
  },
  "deskRules.returnedHint": {
    es: "Con 0 esperan a supervisión.",
    pt: "Com 0 esperam a supervisão.",
    en: "With 0 they wait for a supervisor.",
  },
  "deskRules.rule": { es: "Regla {number}", pt: "Regra {number}", en: "Rule {number}" },
  "deskRules.ruleExample": { es: "Fibra", pt: "Fibra", en: "Fibre" },
  "deskRules.addRule": {
    es: "Añadir una regla",
    pt: "Adicionar uma regra",
    en: "Add a rule",
  },
  "deskRules.rulesWrong": {
    es: "Cada regla de asignación necesita un nombre, y el límite es al menos 1.",
    pt: "Cada regra de atribuição precisa de um nome, e o limite é pelo menos 1.",
    en: "Each rule of assignment needs a name, and the limit is at least 1.",
  },
  "deskRules.campaigns": { es: "Campañas", pt: "Campanhas", en: "Campaigns" },
  "deskRules.campaignsAny": {
    es: "Cualquiera, o ninguna",
    pt: "Qualquer uma, ou nenhuma",
    en: "Any, or none",
  },
  "deskRules.sources.of": { es: "Origen", pt: "Origem", en: "Source" },
  "deskRules.sourcesAny": { es: "Cualquiera", pt: "Qualquer uma", en: "Any" },
  "deskRules.skills": { es: "Habilidades", pt: "Habilidades", en: "Skills" },
  "deskRules.skillsAny": {
    es: "Cualquier asesor",
    pt: "Qualquer assessor",
    en: "Any advisor",
  },
  "deskRules.said.off": {
    es: "Nadie recibe clientes hasta que supervisión los asigna.",
    pt: "Ninguém recebe clientes até a supervisão atribuir.",
    en: "Nobody is given leads until a supervisor gives them.",
  },
  "deskRules.said.any": { es: "todo", pt: "tudo", en: "everything" },
  "deskRules.said.anybody": { es: "cualquiera", pt: "qualquer um", en: "anybody" },
  "deskRules.said.rule.round_robin": {
    es: "{name}: {which} → {who}, por turno.",
    pt: "{name}: {which} → {who}, por turno.",
    en: "{name}: {which} → {who}, in turn.",
  },
  "deskRules.said.rule.least_loaded": {
    es: "{name}: {which} → {who}, a quien tiene menos.",
    pt: "{name}: {which} → {who}, a quem tem menos.",
    en: "{name}: {which} → {who}, to who has least.",
  },
  "deskRules.said.others.round_robin": {
    es: "Lo demás, por turno a quien esté disponible.",
    pt: "O resto, por turno a quem estiver disponível.",
    en: "The rest, in turn to whoever is available.",
  },
  "deskRules.said.others.least_loaded": {
    es: "Lo demás, a quien tiene menos de los disponibles.",
    pt: "O resto, a quem tem menos entre os disponíveis.",
    en: "The rest, to who has least of those available.",
  },
  "deskRules.said.others.nobody": {
    es: "Lo demás espera a supervisión.",
    pt: "O resto espera a supervisão.",
    en: "The rest waits for a supervisor.",
  },
  "deskRules.said.all.round_robin": {
    es: "Todo, por turno a quien esté disponible.",
    pt: "Tudo, por turno a quem estiver disponível.",
    en: "Everything, in turn to whoever is available.",
  },
  "deskRules.said.all.least_loaded": {
    es: "Todo, a quien tiene menos de los disponibles.",
    pt: "Tudo, a quem tem menos entre os disponíveis.",
    en: "Everything, to who has least of those available.",
  },
  "deskRules.said.all.nobody": {
    es: "Sin reglas, todo espera a supervisión.",
    pt: "Sem regras, tudo espera a supervisão.",
    en: "Without rules everything waits for a supervisor.",
  },
  "deskRules.said.limit": {
    es: {
      one: "Nadie tiene más de {count} cliente a la vez, salvo que tenga un límite propio.",
      other:
        "Nadie tiene más de {count} clientes a la vez, salvo que tenga un límite propio.",
    },
    pt: {
      one: "Ninguém tem mais de {count} cliente por vez, salvo se tiver um limite próprio.",
      other:
        "Ninguém tem mais de {count} clientes por vez, salvo se tiver um limite próprio.",
    },
    en: {
      one: "Nobody has more than {count} lead at a time, unless they have a limit of their own.",
      other:
        "Nobody has more than {count} leads at a time, unless they have a limit of their own.",
    },
  },
  "deskRules.said.returned": {
    es: {
      one: "Lo que vuelve se asigna otra vez durante {count} hora, a otra persona si la hay.",
      other:
        "Lo que vuelve se asigna otra vez durante {count} horas, a otra persona si la hay.",
    },
    pt: {
      one: "O que volta é atribuído de novo durante {count} hora, a outra pessoa se houver.",
      other:
        "O que volta é atribuído de novo durante {count} horas, a outra pessoa se houver.",
    },
    en: {
      one: "What comes back is given out again for {count} hour, to somebody else if there is one.",
      other:
        "What comes back is given out again for {count} hours, to somebody else if there is one.",
    },
  },
  "deskRules.preview": {
    es: "¿Quién recibiría el próximo?",
    pt: "Quem receberia o próximo?",
    en: "Who would be given the next one?",
  },
  "deskRules.previewCampaign": { es: "De campaña", pt: "Da campanha", en: "Of campaign" },
  "deskRules.previewSource": { es: "Llegado por", pt: "Vindo por", en: "Come by" },
  "deskRules.previewAsk": { es: "Probar", pt: "Testar", en: "Try" },
  "deskRules.previewRule": {
    es: "Regla «{rule}».",
    pt: "Regra «{rule}».",
    en: "Rule “{rule}”.",
  },
  "deskRules.previewNoRule": {
    es: "Ninguna regla encaja.",
    pt: "Nenhuma regra se aplica.",
    en: "No rule fits.",
  },
  "deskRules.previewNotShared": {
    es: "Espera a supervisión.",
    pt: "Espera a supervisão.",
    en: "It waits for a supervisor.",
  },
  "deskRules.previewNobody": {
    es: "Ahora nadie puede recibirlo: espera como nuevo.",
    pt: "Agora ninguém pode recebê-lo: espera como novo.",
    en: "Nobody may have it now: it waits as new.",
  },
  "deskRules.previewWho.round_robin": {
    es: "Lo recibe {name}: hace más que no recibe uno.",
    pt: "Quem recebe é {name}: faz mais tempo que não recebe um.",
    en: "{name} is given it, who has been given none for longest.",
  },
  "deskRules.previewWho.least_loaded": {
    es: "Lo recibe {name}: es quien menos tiene.",
    pt: "Quem recebe é {name}: é quem menos tem.",
    en: "{name} is given it, who has least.",
  },
  "deskRules.previewWaiting": {
    es: { one: "{count} espera ahora.", other: "{count} esperan ahora." },
    pt: { one: "{count} espera agora.", other: "{count} esperam agora." },
    en: { one: "{count} waits now.", other: "{count} wait now." },
  },
  "deskRules.previewPlace": {
    es: "turno {place}",
    pt: "turno {place}",
    en: "turn {place}",
  },
  "deskRules.loaded": {
    es: "{load} de {limit}",
    pt: "{load} de {limit}",
    en: "{load} of {limit}",
  },
  "deskRules.refusal.away": { es: "ausente", pt: "ausente", en: "away" },
  "deskRules.refusal.paused": { es: "en pausa", pt: "em pausa", en: "in a pause" },
  "deskRules.refusal.skills": {
    es: "no tiene la habilidad",
    pt: "não tem a habilidade",
    en: "lacks the skill",
  },
  "deskRules.refusal.full": {
    es: "tiene su límite",
    pt: "está no limite",
    en: "has all they may",
  },
  "deskRules.refusal.let_it_go": {
    es: "acaba de soltarlo",
    pt: "acabou de soltá-lo",
    en: "has just let it go",
  },
  "deskRules.goals": { es: "Metas de atención", pt: "Metas de atendimento", en: "Goals" },
  "deskRules.goalsHint": {
    es: "Cuentan en el horario, desde que llega el cliente. Se avisa antes, y se marca lo que llega tarde.",
    pt: "Contam no horário, desde que o cliente chega. Avisa-se antes, e marca-se o que atrasa.",
    en: "They run in business hours, from when a lead comes. There is a warning before, and a mark on what is late.",
  },
  "deskRules.noGoal": { es: "Sin meta", pt: "Sem meta", en: "No goal" },
  "deskRules.assignSeconds": {
    es: "Hasta asignarlo",
    pt: "Até atribuí-lo",
    en: "Until it is assigned",
  },
  "deskRules.touchSeconds": {
    es: "Hasta abrirlo",
    pt: "Até abri-lo",
    en: "Until it is opened",
  },
  "deskRules.warningSeconds": {
    es: "Avisar antes",
    pt: "Avisar antes",
    en: "Warn before",
  },
  "deskRules.escalation": { es: "Escalamiento", pt: "Escalonamento", en: "Escalation" },
  "deskRules.escalationHint": {
    es: "Lo que vuelve demasiadas veces se marca y ya no se asigna solo.",
    pt: "O que volta vezes demais é marcado e já não é atribuído sozinho.",
    en: "What comes back too often is marked, and not given out by itself any more.",
  },
  "deskRules.afterReturns": {
    es: "Tras tantas devoluciones",
    pt: "Após tantas devoluções",
    en: "After so many returns",
  },
  "deskRules.never": { es: "Nunca", pt: "Nunca", en: "Never" },
  "deskRules.escalateTo": { es: "Asignarlo a", pt: "Atribuí-lo a", en: "Give it to" },
  "deskRules.escalateNobody": {
    es: "Espera a supervisión",
    pt: "Espera a supervisão",
    en: "It waits for a supervisor",
  },
  "deskRules.pauses": { es: "Pausas", pt: "Pausas", en: "Pauses" },
  "deskRules.pausesHint": {
    es: "Los motivos que un asesor elige. El tiempo de sus clientes sigue corriendo, salvo que aquí se detenga: quien espera respuesta no está en pausa.",
    pt: "Os motivos que um assessor escolhe. O tempo dos seus clientes continua correndo, a menos que aqui pare: quem espera resposta não está em pausa.",
    en: "What advisors choose from. The time of their leads runs on, unless it stands still here: whoever waits for an answer has no pause.",
  },
  "deskRules.pauseName": { es: "Motivo", pt: "Motivo", en: "Reason" },
  "deskRules.stopsClock": {
    es: "Detiene el tiempo",
    pt: "Para o tempo",
    en: "Time stands still",
  },
  "deskRules.pauseMinutes": { es: "Como mucho", pt: "No máximo", en: "At the most" },
  "deskRules.addPause": {
    es: "Añadir un motivo",
    pt: "Adicionar um motivo",
    en: "Add a reason",
  },
  "deskRules.pausesWrong": {
    es: "Cada pausa necesita un motivo distinto.",
    pt: "Cada pausa precisa de um motivo diferente.",
    en: "Each pause needs a reason of its own.",
  },
  "deskRules.limits": {
    es: "Límite y habilidades: {name}",
    pt: "Limite e habilidades: {name}",
    en: "Limit and skills: {name}",
  },
  "deskRules.ownLimit": {
    es: "Límite propio",
    pt: "Limite próprio",
    en: "Limit of their own",
  },
  "deskRules.ownLimitHint": {
    es: "Vacío: {limit}, el de todos. 0: nada automático.",
    pt: "Vazio: {limit}, o de todos. 0: nada automático.",
    en: "Empty: {limit}, as for all. 0: nothing by itself.",
  },
  "desk.mark.escalated": { es: "Escalado", pt: "Escalado", en: "Escalated" },
  "desk.mark.late": { es: "Tarde", pt: "Atrasado", en: "Late" },
  "desk.ring.escalated": {
    es: "Un cliente volvió demasiadas veces",
    pt: "Um cliente voltou vezes demais",
    en: "A lead came back too often",
  },
  "desk.ring.soonLate": {
    es: "Un cliente está por llegar tarde",
    pt: "Um cliente está para atrasar",
    en: "A lead is about to be late",
  },
  "desk.ring.late": {
    es: "Un cliente va tarde",
    pt: "Um cliente está atrasado",
    en: "A lead is late",
  },
  "desk.marks": { es: "Por marca", pt: "Por marca", en: "By mark" },
  "desk.goal.assign": {
    es: "Asignar en",
    pt: "Atribuir em",
    en: "To be assigned in",
  },
  "desk.goal.touch": { es: "Abrir en", pt: "Abrir em", en: "To be opened in" },
  "desk.goal.over": { es: "hace {time}", pt: "há {time}", en: "{time} late" },
  "desk.reason.round_robin": {
    es: "Asignación automática, por turno",
    pt: "Atribuição automática, por turno",
    en: "Assigned by itself, in turn",
  },
  "desk.reason.least_loaded": {
    es: "Asignación automática, a quien menos tenía",
    pt: "Atribuição automática, a quem menos tinha",
    en: "Assigned by itself, to who had least",
  },
  "desk.reason.escalated": {
    es: "Escalado: volvió demasiadas veces",
    pt: "Escalado: voltou vezes demais",
    en: "Escalated: it came back too often",
  },
} as const satisfies Catalogue;
