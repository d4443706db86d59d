import type { Catalogue } from "../text";

/** How the lead desk works for a company. */
export const deskSettings = {
  "nav.deskSettings": { es: "Leads", pt: "Leads", en: "Leads" },
  "deskSettings.title": {
    es: "Configuración de la mesa de leads",
    pt: "Ajustes da mesa de leads",
    en: "Lead desk settings",
  },
  "deskSettings.intro": {
    es: "Cuánto tiempo tiene un asesor, cuándo corre ese tiempo y qué pregunta el asistente.",
    pt: "Quanto tempo um assessor tem, quando esse tempo corre e o que o assistente pergunta.",
    en: "How long an advisor has, when that time runs, and what the wizard asks.",
  },
  "deskSettings.time": {
    es: "Tiempo sin actividad",
    pt: "Tempo sem atividade",
    en: "Time without activity",
  },
  "deskSettings.timeHint": {
    es: "Un cliente sin actividad durante este tiempo vuelve a supervisión.",
    pt: "Um cliente sem atividade durante esse tempo volta à supervisão.",
    en: "A lead without activity for this long goes back to the supervisors.",
  },
  "deskSettings.limit": { es: "Límite", pt: "Limite", en: "Limit" },
  "deskSettings.warning": {
    es: "Avisar cuando queden",
    pt: "Avisar quando restarem",
    en: "Warn when there are left",
  },
  "deskSettings.warningTooLong": {
    es: "El aviso tiene que ser más corto que el límite.",
    pt: "O aviso tem de ser mais curto que o limite.",
    en: "The warning has to be shorter than the limit.",
  },
  "deskSettings.seconds": { es: "s", pt: "s", en: "s" },
  "deskSettings.hours": { es: "Horario", pt: "Horário", en: "Business hours" },
  "deskSettings.hoursHint": {
    es: "El tiempo corre solo en estas horas, según el reloj de {city}.",
    pt: "O tempo só corre nessas horas, segundo o relógio de {city}.",
    en: "Time runs in these hours only, by the clock of {city}.",
  },
  "deskSettings.always": {
    es: "A todas horas, todos los días",
    pt: "A toda hora, todos os dias",
    en: "At all hours, every day",
  },
  "deskSettings.closed": { es: "Cerrado", pt: "Fechado", en: "Closed" },
  "deskSettings.opens": { es: "Abre", pt: "Abre", en: "Opens" },
  "deskSettings.closes": { es: "Cierra", pt: "Fecha", en: "Closes" },
  "deskSettings.add": { es: "Añadir", pt: "Adicionar", en: "Add" },
  "deskSettings.addHours": {
    es: "Añadir horas: {day}",
    pt: "Adicionar horas: {day}",
    en: "Add hours: {day}",
  },
  "deskSettings.dropHours": {
    es: "Quitar horas: {day}",
    pt: "Remover horas: {day}",
    en: "Remove hours: {day}",
  },
  "deskSettings.hoursWrong": {
    es: "Cada tramo tiene que abrir antes de cerrar.",
    pt: "Cada intervalo tem de abrir antes de fechar.",
    en: "Each stretch has to open before it closes.",
  },
  "deskSettings.outcomes": { es: "Resultados", pt: "Resultados", en: "Outcomes" },
  "deskSettings.outcomesHint": {
    es: "Uno de estos se elige al terminar. Escribe y pulsa Enter.",
    pt: "Um destes é escolhido ao concluir. Escreva e tecle Enter.",
    en: "One of these is chosen at the end. Type and press Enter.",
  },
  "deskSettings.wizard": { es: "Asistente", pt: "Assistente", en: "Wizard" },
  "deskSettings.wizardHint": {
    es: "Los pasos por los que pasa un asesor. El cierre, con el resultado y el próximo paso, se añade solo.",
    pt: "Os passos que um assessor percorre. O encerramento, com o resultado e o próximo passo, é adicionado sozinho.",
    en: "The steps that an advisor goes through. The closing, with the outcome and the next action, is added by itself.",
  },
  "deskSettings.wizardWrong": {
    es: "Cada paso y cada pregunta necesita un nombre, y cada elección sus opciones.",
    pt: "Cada passo e cada pergunta precisa de um nome, e cada escolha das suas opções.",
    en: "Each step and each question needs a name, and each choice its options.",
  },
  "deskSettings.step": { es: "Paso {number}", pt: "Passo {number}", en: "Step {number}" },
  "deskSettings.addStep": {
    es: "Añadir un paso",
    pt: "Adicionar um passo",
    en: "Add a step",
  },
  "deskSettings.addField": {
    es: "Añadir una pregunta",
    pt: "Adicionar uma pergunta",
    en: "Add a question",
  },
  "deskSettings.question": { es: "Pregunta", pt: "Pergunta", en: "Question" },
  "deskSettings.kind": { es: "Respuesta", pt: "Resposta", en: "Answer" },
  "deskSettings.kind.text": { es: "Texto", pt: "Texto", en: "Text" },
  "deskSettings.kind.long": { es: "Texto largo", pt: "Texto longo", en: "Long text" },
  "deskSettings.kind.number": { es: "Número", pt: "Número", en: "Number" },
  "deskSettings.kind.date": { es: "Fecha", pt: "Data", en: "Date" },
  "deskSettings.kind.choice": { es: "Una opción", pt: "Uma opção", en: "One option" },
  "deskSettings.kind.choices": {
    es: "Varias opciones",
    pt: "Várias opções",
    en: "Several options",
  },
  "deskSettings.kind.yes_no": { es: "Sí o no", pt: "Sim ou não", en: "Yes or no" },
  "deskSettings.kind.phone": { es: "Teléfono", pt: "Telefone", en: "Phone" },
  "deskSettings.kind.email": { es: "Correo", pt: "E-mail", en: "E-mail" },
  "deskSettings.required": { es: "Obligatoria", pt: "Obrigatória", en: "Required" },
  "deskSettings.choices": { es: "Opciones", pt: "Opções", en: "Options" },
  "deskSettings.up": { es: "Subir: {name}", pt: "Subir: {name}", en: "Move up: {name}" },
  "deskSettings.down": {
    es: "Bajar: {name}",
    pt: "Descer: {name}",
    en: "Move down: {name}",
  },
  "deskSettings.drop": {
    es: "Quitar: {name}",
    pt: "Remover: {name}",
    en: "Remove: {name}",
  },
} as const satisfies Catalogue;
