import type { Catalogue } from "../text";

/** The lead desk, as advisors see it. */
export const deskMine = {
  "nav.mine": { es: "Mis clientes", pt: "Meus clientes", en: "My leads" },
  "shortcuts.mine": {
    es: "Ir a mis clientes",
    pt: "Ir para meus clientes",
    en: "Go to my leads",
  },
  "desk.mine": { es: "Mis clientes", pt: "Meus clientes", en: "My leads" },
  "desk.mineIntro": {
    es: "Lo más urgente primero. Enter abre un cliente; desde entonces es tuyo mientras trabajes en él.",
    pt: "O mais urgente primeiro. Enter abre um cliente; a partir daí ele é seu enquanto você trabalhar nele.",
    en: "The most urgent first. Enter opens a lead; from then on it is yours while you work on it.",
  },
  "desk.nothingToDo": { es: "Nada pendiente", pt: "Nada pendente", en: "Nothing to do" },
  "desk.nothingToDoHint": {
    es: "Cuando te asignen un cliente, aparecerá aquí sin recargar.",
    pt: "Quando um cliente for atribuído a você, aparecerá aqui sem recarregar.",
    en: "When a lead is given to you, it appears here without a reload.",
  },
  "desk.returned": {
    es: { one: "volvió {count} vez", other: "volvió {count} veces" },
    pt: { one: "voltou {count} vez", other: "voltou {count} vezes" },
    en: { one: "came back {count} time", other: "came back {count} times" },
  },
  "desk.ring.given": {
    es: "Te asignaron un cliente",
    pt: "Um cliente foi atribuído a você",
    en: "A lead was given to you",
  },
  "desk.ring.warning": {
    es: "Se acaba el tiempo de {name}",
    pt: "O tempo de {name} está acabando",
    en: "Time is almost up for {name}",
  },

  "desk.pause.lunch": { es: "Almuerzo", pt: "Almoço", en: "Lunch" },
  "desk.pause.break": { es: "Descanso", pt: "Descanso", en: "Break" },
  "desk.pause.meeting": { es: "Reunión", pt: "Reunião", en: "Meeting" },
  "desk.pause.other": { es: "Otro motivo…", pt: "Outro motivo…", en: "Another reason…" },

  "desk.closing": { es: "Cierre", pt: "Encerramento", en: "Closing" },
  "desk.nextAt": { es: "Cuándo", pt: "Quando", en: "When" },
  "desk.fieldMissing": {
    es: "Falta esta respuesta.",
    pt: "Falta esta resposta.",
    en: "This answer is missing.",
  },
  "desk.fieldClear": {
    es: "Quitar la respuesta: {label}",
    pt: "Limpar a resposta: {label}",
    en: "Clear the answer: {label}",
  },
  "desk.back": { es: "Atrás", pt: "Voltar", en: "Back" },
  "desk.next": { es: "Siguiente", pt: "Avançar", en: "Next" },
  "desk.complete": { es: "Terminar", pt: "Concluir", en: "Complete" },
  "desk.completed": {
    es: "{name}: terminado",
    pt: "{name}: concluído",
    en: "{name}: done",
  },
  "desk.draft.kept": { es: "Guardado", pt: "Salvo", en: "Saved" },
  "desk.draft.keeping": { es: "Guardando…", pt: "Salvando…", en: "Saving…" },
  "desk.draft.waiting": {
    es: "Sin conexión: queda en esta ventana y se guarda al volver",
    pt: "Sem conexão: fica nesta janela e é salvo quando ela voltar",
    en: "No connection: it stays in this window and is saved when it is back",
  },
  "desk.draft.unkept": {
    es: "Sin guardar todavía",
    pt: "Ainda não salvo",
    en: "Not saved yet",
  },

  "desk.handOver": { es: "Entregar", pt: "Entregar", en: "Hand over" },
  "desk.giveBack": {
    es: "Devolver a supervisión",
    pt: "Devolver à supervisão",
    en: "Give back to supervisors",
  },
  "desk.givenBack": {
    es: "Cliente devuelto",
    pt: "Cliente devolvido",
    en: "Lead given back",
  },
  "desk.transfer": { es: "Transferir", pt: "Transferir", en: "Transfer" },
  "desk.transferTo": { es: "A quién", pt: "Para quem", en: "To whom" },
  "desk.transferred": {
    es: "Cliente transferido",
    pt: "Cliente transferido",
    en: "Lead transferred",
  },
  "desk.note": {
    es: "Nota para quien sigue",
    pt: "Nota para quem continua",
    en: "Note for whoever is next",
  },
  "desk.why": { es: "Motivo", pt: "Motivo", en: "Reason" },
  "desk.why.noAnswer": { es: "No contesta", pt: "Não atende", en: "Does not answer" },
  "desk.why.wrongNumber": {
    es: "Número equivocado",
    pt: "Número errado",
    en: "Wrong number",
  },
  "desk.why.busy": {
    es: "No puedo atenderlo ahora",
    pt: "Não posso atender agora",
    en: "I cannot attend now",
  },
  "desk.why.notMine": { es: "No es para mí", pt: "Não é para mim", en: "Not for me" },

  "desk.notOpened": {
    es: "No se pudo abrir",
    pt: "Não foi possível abrir",
    en: "Could not be opened",
  },
  "desk.notYours": {
    es: "Ya no es tuyo: volvió a supervisión o pasó a otro asesor.",
    pt: "Não é mais seu: voltou à supervisão ou passou a outro assessor.",
    en: "It is not yours any more: it went back to the supervisors or to another advisor.",
  },
  "desk.backToMine": {
    es: "Volver a mis clientes",
    pt: "Voltar aos meus clientes",
    en: "Back to my leads",
  },
  "desk.timeOverAsking": {
    es: "No hubo actividad a tiempo. Preguntando al servidor si sigue siendo tuyo…",
    pt: "Não houve atividade a tempo. Perguntando ao servidor se ainda é seu…",
    en: "There was no activity in time. Asking the server whether it is still yours…",
  },
  "desk.timeOverAway": {
    es: "No hubo actividad a tiempo y no hay conexión: es probable que haya vuelto a supervisión. Lo que escribes queda en esta ventana.",
    pt: "Não houve atividade a tempo e não há conexão: provavelmente voltou à supervisão. O que você escreve fica nesta janela.",
    en: "There was no activity in time and there is no connection: it has probably gone back. What you write stays in this window.",
  },
  "desk.lost.title": {
    es: "Se cerró {name}",
    pt: "{name} foi fechado",
    en: "{name} was closed",
  },
  "desk.lost.time": {
    es: "Pasó el tiempo sin actividad y volvió a supervisión.",
    pt: "O tempo passou sem atividade e ele voltou à supervisão.",
    en: "Time passed without activity, and it went back to the supervisors.",
  },
  "desk.lost.withdrawn": {
    es: "Supervisión lo retiró.",
    pt: "A supervisão o retirou.",
    en: "A supervisor took it back.",
  },
  "desk.lost.given": {
    es: "Supervisión lo pasó a otro asesor.",
    pt: "A supervisão o passou a outro assessor.",
    en: "A supervisor gave it to another advisor.",
  },
  "desk.lost.givenTo": {
    es: "Supervisión lo pasó a {name}.",
    pt: "A supervisão o passou a {name}.",
    en: "A supervisor gave it to {name}.",
  },
  "desk.lost.broken": {
    es: "{name} lo soltó. Sigue siendo tuyo: puedes abrirlo de nuevo.",
    pt: "{name} o liberou. Ele continua seu: você pode abri-lo de novo.",
    en: "{name} took it out of your hand. It is still yours: you can open it again.",
  },
  "desk.elsewhere.title": {
    es: "Lo tienes abierto en otra ventana",
    pt: "Você o tem aberto em outra janela",
    en: "You have it open in another window",
  },
  "desk.elsewhere.text": {
    es: "Se trabaja en una sola. Si sigues aquí, la otra se cierra; lo que escribiste está guardado.",
    pt: "Trabalha-se em uma só. Se continuar aqui, a outra se fecha; o que você escreveu está salvo.",
    en: "It is worked on in one of them. If you go on here, the other one closes; what you wrote is saved.",
  },
  "desk.elsewhere.here": {
    es: "Seguir aquí",
    pt: "Continuar aqui",
    en: "Go on here",
  },
  "desk.differing.title": {
    es: "Hay dos versiones de lo escrito",
    pt: "Há duas versões do que foi escrito",
    en: "There are two versions of what was written",
  },
  "desk.differing.text": {
    es: "Ves lo que escribiste en esta ventana y no llegó a guardarse; en otra se guardó algo después. ¿Cuál vale?",
    pt: "Você vê o que escreveu nesta janela e não chegou a ser salvo; em outra algo foi salvo depois. Qual vale?",
    en: "You see what you wrote in this window, which did not get saved; in another one something was saved after it. Which one counts?",
  },
  "desk.presence.unseen": {
    es: "Sin conexión",
    pt: "Sem conexão",
    en: "No connection",
  },
  "desk.differing.saved": {
    es: "Lo guardado: {text}",
    pt: "O que está salvo: {text}",
    en: "What was saved: {text}",
  },
  "desk.differing.mine": {
    es: "Lo de esta ventana",
    pt: "O desta janela",
    en: "What is here",
  },
  "desk.differing.theirs": {
    es: "Lo guardado",
    pt: "O que está salvo",
    en: "What was saved",
  },
  "desk.lost.elsewhere": {
    es: "Lo abriste en otra ventana, y allí sigue.",
    pt: "Você o abriu em outra janela, e lá ele continua.",
    en: "You opened it in another window, and there it goes on.",
  },
  "desk.lost.locked": {
    es: "Ahora lo tiene abierto {name}.",
    pt: "Agora {name} está com ele aberto.",
    en: "{name} has it open now.",
  },
  "desk.lost.kept": {
    es: "Lo que escribiste está guardado y aparece al abrirlo de nuevo.",
    pt: "O que você escreveu está salvo e aparece ao abri-lo de novo.",
    en: "What you wrote is saved, and is there when it is opened again.",
  },
  "desk.lost.unkept": {
    es: "Lo último que escribiste no llegó al servidor. Queda en esta ventana y aparece al abrirlo de nuevo aquí.",
    pt: "O último que você escreveu não chegou ao servidor. Fica nesta janela e aparece ao abri-lo de novo aqui.",
    en: "The last of what you wrote did not reach the server. It stays in this window, and is there when you open it here again.",
  },

  "desk.leave.title": {
    es: "{name} sigue abierto",
    pt: "{name} continua aberto",
    en: "{name} is still open",
  },
  "desk.leave.text": {
    es: "Si te vas, lo escrito queda guardado, pero el cliente sigue siendo tuyo y su tiempo corre.",
    pt: "Se você sair, o que escreveu fica salvo, mas o cliente continua seu e o tempo corre.",
    en: "If you leave, what you wrote is kept, but the lead is still yours and its time runs on.",
  },
  "desk.leave.go": { es: "Irme", pt: "Sair", en: "Leave" },
  "desk.leave.stay": { es: "Quedarme", pt: "Ficar", en: "Stay" },

  "desk.beside": { es: "Lo que se sabe", pt: "O que se sabe", en: "What is known" },
  "desk.beside.timeline": { es: "Historia", pt: "História", en: "Timeline" },
  "desk.beside.chat": { es: "Chat", pt: "Chat", en: "Chat" },
  "desk.beside.history": { es: "Movimientos", pt: "Movimentos", en: "Moves" },
  "desk.beside.nobody": {
    es: "Este cliente no tiene contacto: no hay historia ni chat.",
    pt: "Este cliente não tem contato: não há história nem chat.",
    en: "This lead has no contact: there is no timeline and no chat.",
  },
} as const satisfies Catalogue;
