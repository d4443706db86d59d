import type { Catalogue } from "../text";

/** The lead desk, as supervisors see it. */
export const desk = {
  "nav.desk": { es: "Mesa de leads", pt: "Mesa de leads", en: "Lead desk" },
  "nav.sales": { es: "Ventas", pt: "Vendas", en: "Sales" },
  "shortcuts.desk": {
    es: "Ir a los leads",
    pt: "Ir para os leads",
    en: "Go to the leads",
  },
  "shortcuts.deskTitle": {
    es: "En la mesa de leads",
    pt: "Na mesa de leads",
    en: "At the lead desk",
  },
  "shortcuts.deskMove": {
    es: "Cliente siguiente y anterior",
    pt: "Cliente seguinte e anterior",
    en: "Next and previous lead",
  },
  "shortcuts.deskOpen": {
    es: "Ver el cliente y su historial",
    pt: "Ver o cliente e seu histórico",
    en: "See the lead and its history",
  },
  "shortcuts.deskSelect": { es: "Seleccionar", pt: "Selecionar", en: "Select" },
  "shortcuts.deskAssign": {
    es: "Asignar: escribe el nombre",
    pt: "Atribuir: digite o nome",
    en: "Assign: type the name",
  },
  "shortcuts.deskUndo": {
    es: "Deshacer la última asignación",
    pt: "Desfazer a última atribuição",
    en: "Undo the last assignment",
  },
  "shortcuts.deskNothing": {
    es: "Quitar la selección",
    pt: "Limpar a seleção",
    en: "Select nothing",
  },
  "shortcuts.mineOpen": {
    es: "Abrir y trabajar en él",
    pt: "Abrir e trabalhar nele",
    en: "Open it and work on it",
  },
  "shortcuts.mineClose": { es: "Cerrarlo", pt: "Fechá-lo", en: "Close it" },
  "shortcuts.deskNew": { es: "Nuevo cliente", pt: "Novo cliente", en: "New lead" },
  "shortcuts.deskView": {
    es: "Tabla o tablero",
    pt: "Tabela ou quadro",
    en: "Table or board",
  },
  "shortcuts.deskSearch": { es: "Buscar", pt: "Buscar", en: "Search" },
  "desk.title": { es: "Mesa de leads", pt: "Mesa de leads", en: "Lead desk" },
  "desk.intro": {
    es: "Cada cliente, quién lo lleva y cuánto tiempo le queda. Cambia solo mientras miras.",
    pt: "Cada cliente, quem cuida dele e quanto tempo resta. Muda sozinho enquanto você olha.",
    en: "Every lead, who has it and how much time is left. It changes by itself while you look.",
  },
  "desk.cliente": { es: "Cliente {id}", pt: "Cliente {id}", en: "Lead {id}" },

  "desk.status.nuevo": { es: "Nuevo", pt: "Novo", en: "New" },
  "desk.status.derivado": { es: "Derivado", pt: "Derivado", en: "Assigned" },
  "desk.status.en_gestion": { es: "En gestión", pt: "Em atendimento", en: "In progress" },
  "desk.status.terminado": { es: "Terminado", pt: "Concluído", en: "Done" },
  "desk.status.no_gestionado": {
    es: "Sin gestionar",
    pt: "Não atendido",
    en: "Not handled",
  },
  "desk.byStatus": { es: "Por estado", pt: "Por estado", en: "By state" },

  "desk.timeLeft": { es: "Vuelve en", pt: "Volta em", en: "Goes back in" },
  "desk.timeOver": { es: "Se acabó", pt: "Acabou", en: "Time is up" },
  "desk.timeSince": { es: "Así desde hace", pt: "Assim há", en: "Like this for" },

  "desk.offline": {
    es: "Sin conexión en vivo",
    pt: "Sem conexão ao vivo",
    en: "No live connection",
  },
  "desk.offlineSince": {
    es: "Lo que ves puede ser de antes de las {time}. Mientras tanto se pregunta al servidor cada 15 segundos.",
    pt: "O que você vê pode ser de antes das {time}. Enquanto isso, o servidor é consultado a cada 15 segundos.",
    en: "What you see may be from before {time}. Meanwhile the server is asked every 15 seconds.",
  },
  "desk.away": {
    es: "Sin conexión desde las {time}",
    pt: "Sem conexão desde as {time}",
    en: "No connection since {time}",
  },
  "desk.awayHint": {
    es: "Lo que ves es de entonces. Lo intentamos de nuevo; hasta que vuelva no se puede asignar, abrir ni terminar nada.",
    pt: "O que você vê é desse momento. Estamos tentando de novo; até voltar, não dá para atribuir, abrir nem concluir nada.",
    en: "What you see is from then. We are trying again; until it is back nothing can be assigned, opened or completed.",
  },
  "desk.tryNow": { es: "Probar ahora", pt: "Tentar agora", en: "Try now" },
  "desk.awayNothing": {
    es: "Sin conexión: no se hizo nada.",
    pt: "Sem conexão: nada foi feito.",
    en: "No connection: nothing was done.",
  },
  "desk.lookNow": { es: "Actualizar ahora", pt: "Atualizar agora", en: "Look now" },

  "desk.bells": { es: "Avisos", pt: "Avisos", en: "Alerts" },
  "desk.bells.on": { es: "Avisos: encendidos", pt: "Avisos: ativados", en: "Alerts: on" },
  "desk.bells.off": {
    es: "Avisos: apagados",
    pt: "Avisos: desligados",
    en: "Alerts: off",
  },
  "desk.bells.sound": { es: "Sonido", pt: "Som", en: "Sound" },
  "desk.bells.notes": {
    es: "Notificaciones del navegador",
    pt: "Notificações do navegador",
    en: "Browser notifications",
  },
  "desk.bells.denied": {
    es: "El navegador no permite notificaciones de este sitio.",
    pt: "O navegador não permite notificações deste site.",
    en: "The browser does not allow notifications from this site.",
  },
  "desk.ring.created": {
    es: "Llegó un cliente nuevo",
    pt: "Chegou um cliente novo",
    en: "A new lead has come in",
  },
  "desk.ring.returned": {
    es: "Un cliente volvió sin terminar",
    pt: "Um cliente voltou sem conclusão",
    en: "A lead has come back unfinished",
  },

  "desk.view": { es: "Vista", pt: "Visão", en: "View" },
  "desk.view.table": { es: "Tabla", pt: "Tabela", en: "Table" },
  "desk.view.board": { es: "Tablero", pt: "Quadro", en: "Board" },
  "desk.views": { es: "Vistas", pt: "Visões", en: "Views" },
  "desk.views.all": { es: "Todos", pt: "Todos", en: "All" },
  "desk.views.waiting": { es: "Por asignar", pt: "Por atribuir", en: "To assign" },
  "desk.views.running": { es: "En curso", pt: "Em andamento", en: "Running" },

  "desk.asesor": { es: "Asesor", pt: "Assessor", en: "Advisor" },
  "desk.asesores": { es: "Asesores", pt: "Assessores", en: "Advisors" },
  "desk.anybody": { es: "Cualquiera", pt: "Qualquer um", en: "Anybody" },
  "desk.nobody": { es: "Sin asignar", pt: "Sem atribuir", en: "Nobody" },
  "desk.anyCampaign": { es: "Cualquiera", pt: "Qualquer uma", en: "Any" },
  "desk.search": { es: "Buscar", pt: "Buscar", en: "Search" },
  "desk.searchExample": {
    es: "Nombre, teléfono, correo…",
    pt: "Nome, telefone, e-mail…",
    en: "Name, phone, e-mail…",
  },
  "desk.from": { es: "Desde", pt: "De", en: "From" },
  "desk.to": { es: "Hasta", pt: "Até", en: "To" },
  "desk.more": { es: "Ver más", pt: "Ver mais", en: "Show more" },
  "desk.clear": { es: "Quitar filtros", pt: "Limpar filtros", en: "Clear filters" },
  "desk.noMatch": {
    es: "Ningún cliente coincide",
    pt: "Nenhum cliente corresponde",
    en: "No lead matches",
  },
  "desk.noMatchHint": {
    es: "Prueba con otro estado, otro asesor u otras fechas.",
    pt: "Tente outro estado, outro assessor ou outras datas.",
    en: "Try another state, another advisor or other dates.",
  },
  "desk.empty": {
    es: "Todavía no hay clientes",
    pt: "Ainda não há clientes",
    en: "No leads yet",
  },
  "desk.emptyHint": {
    es: "Llegan de formularios, conversaciones y tu CRM, o los añades a mano.",
    pt: "Chegam de formulários, conversas e do seu CRM, ou você os adiciona à mão.",
    en: "They come from forms, conversations and your CRM, or you add them by hand.",
  },
  "desk.columnEmpty": { es: "Nadie aquí", pt: "Ninguém aqui", en: "Nobody here" },

  "desk.column.cliente": { es: "Cliente", pt: "Cliente", en: "Lead" },
  "desk.column.status": { es: "Estado", pt: "Estado", en: "State" },
  "desk.column.timer": { es: "Tiempo", pt: "Tempo", en: "Time" },
  "desk.column.campaign": { es: "Campaña", pt: "Campanha", en: "Campaign" },
  "desk.column.returns": { es: "Devoluciones", pt: "Devoluções", en: "Returns" },
  "desk.column.created": { es: "Llegó", pt: "Chegou", en: "Came in" },
  "desk.field.nombre": { es: "Nombre", pt: "Nome", en: "Name" },
  "desk.field.telefono": { es: "Teléfono", pt: "Telefone", en: "Phone" },
  "desk.field.email": { es: "Correo", pt: "E-mail", en: "E-mail" },
  "desk.field.notas": { es: "Notas", pt: "Notas", en: "Notes" },
  "desk.outcome": { es: "Resultado", pt: "Resultado", en: "Outcome" },
  "desk.nextAction": { es: "Próximo paso", pt: "Próximo passo", en: "Next action" },
  "desk.openContact": {
    es: "Ver el contacto y su historia",
    pt: "Ver o contato e sua história",
    en: "See the contact and its story",
  },

  "desk.new": { es: "Nuevo cliente", pt: "Novo cliente", en: "New lead" },
  "desk.add": { es: "Añadir", pt: "Adicionar", en: "Add" },
  "desk.added": { es: "Cliente añadido", pt: "Cliente adicionado", en: "Lead added" },
  "desk.known": {
    es: "Ya está en la mesa de leads",
    pt: "Já está na mesa de leads",
    en: "Already on the desk",
  },
  "desk.knownHint": {
    es: "Abre el que hay para asignarlo o reabrirlo, o añade otro si es un caso distinto.",
    pt: "Abra o que existe para atribuí-lo ou reabri-lo, ou adicione outro se for um caso diferente.",
    en: "Open it to assign or reopen it, or add another if this is a different case.",
  },
  "desk.nameless": {
    es: "Escribe un nombre.",
    pt: "Escreva um nome.",
    en: "Write a name.",
  },

  "desk.selectAll": { es: "Seleccionar todos", pt: "Selecionar todos", en: "Select all" },
  "desk.selectOne": {
    es: "Seleccionar a {name}",
    pt: "Selecionar {name}",
    en: "Select {name}",
  },
  "desk.deselect": {
    es: "Quitar la selección",
    pt: "Limpar a seleção",
    en: "Clear the selection",
  },
  "desk.selected": {
    es: { one: "{count} seleccionado", other: "{count} seleccionados" },
    pt: { one: "{count} selecionado", other: "{count} selecionados" },
    en: { one: "{count} selected", other: "{count} selected" },
  },
  "desk.bulk": { es: "Asignar en grupo", pt: "Atribuir em grupo", en: "Assign many" },
  "desk.assigning": {
    es: "Asignando {done} de {total}…",
    pt: "Atribuindo {done} de {total}…",
    en: "Assigning {done} of {total}…",
  },
  "desk.assign": { es: "Asignar", pt: "Atribuir", en: "Assign" },
  "desk.reassign": { es: "Pasar a otro", pt: "Passar a outro", en: "Give to another" },
  "desk.assignOne": {
    es: "Asignar a {cliente}",
    pt: "Atribuir {cliente}",
    en: "Assign {cliente}",
  },
  "desk.assignedTo": {
    es: "{cliente} es de {name}. Cambiar",
    pt: "{cliente} é de {name}. Mudar",
    en: "{cliente} is with {name}. Change",
  },
  "desk.assignTitle": {
    es: { one: "Asignar {count} cliente", other: "Asignar {count} clientes" },
    pt: { one: "Atribuir {count} cliente", other: "Atribuir {count} clientes" },
    en: { one: "Assign {count} lead", other: "Assign {count} leads" },
  },
  "desk.typeName": {
    es: "Escribe un nombre y pulsa Enter",
    pt: "Escreva um nome e tecle Enter",
    en: "Type a name and press Enter",
  },
  "desk.nobodyFound": {
    es: "Nadie se llama así.",
    pt: "Ninguém se chama assim.",
    en: "Nobody is called that.",
  },
  "desk.noAsesores": {
    es: "Todavía no hay asesores. Se invitan en Personas.",
    pt: "Ainda não há assessores. São convidados em Pessoas.",
    en: "There are no advisors yet. They are invited under People.",
  },
  "desk.dropHint": {
    es: "Suelta clientes sobre un nombre.",
    pt: "Solte clientes sobre um nome.",
    en: "Drop leads on a name.",
  },
  "desk.load": {
    es: "{waiting} por abrir · {open} en gestión",
    pt: "{waiting} por abrir · {open} em atendimento",
    en: "{waiting} to open · {open} in progress",
  },
  "desk.assigned": {
    es: {
      one: "{count} cliente asignado a {name}",
      other: "{count} clientes asignados a {name}",
    },
    pt: {
      one: "{count} cliente atribuído a {name}",
      other: "{count} clientes atribuídos a {name}",
    },
    en: { one: "{count} lead given to {name}", other: "{count} leads given to {name}" },
  },
  "desk.notAssigned": {
    es: {
      one: "{count} no se pudo asignar: cambió mientras tanto.",
      other: "{count} no se pudieron asignar: cambiaron mientras tanto.",
    },
    pt: {
      one: "{count} não pôde ser atribuído: mudou enquanto isso.",
      other: "{count} não puderam ser atribuídos: mudaram enquanto isso.",
    },
    en: {
      one: "{count} could not be assigned: it changed meanwhile.",
      other: "{count} could not be assigned: they changed meanwhile.",
    },
  },
  "desk.undone": {
    es: { one: "Deshecho para {count} cliente", other: "Deshecho para {count} clientes" },
    pt: { one: "Desfeito para {count} cliente", other: "Desfeito para {count} clientes" },
    en: { one: "Undone for {count} lead", other: "Undone for {count} leads" },
  },
  "desk.undonePartly": {
    es: {
      one: "{count} ya había cambiado y se queda como está.",
      other: "{count} ya habían cambiado y se quedan como están.",
    },
    pt: {
      one: "{count} já havia mudado e fica como está.",
      other: "{count} já haviam mudado e ficam como estão.",
    },
    en: {
      one: "{count} had changed already and stays as it is.",
      other: "{count} had changed already and stay as they are.",
    },
  },
  "desk.withdraw": { es: "Retirar", pt: "Retirar", en: "Take back" },
  "desk.reopen": { es: "Reabrir", pt: "Reabrir", en: "Reopen" },
  "desk.lockedBy": {
    es: "Lo tiene abierto {name}",
    pt: "{name} está com ele aberto",
    en: "{name} has it open",
  },
  "desk.breakLock": {
    es: "Soltar a la fuerza",
    pt: "Soltar à força",
    en: "Break the lock",
  },
  "desk.lockBroken": {
    es: "Ya nadie lo tiene abierto",
    pt: "Ninguém mais está com ele aberto",
    en: "Nobody has it open any more",
  },
  "desk.movedMeanwhile": {
    es: "Cambió mientras tanto: ahora está {status}.",
    pt: "Mudou enquanto isso: agora está {status}.",
    en: "It changed meanwhile: it is {status} now.",
  },
  "desk.movedMeanwhileTo": {
    es: "Cambió mientras tanto: ahora está {status}, con {name}.",
    pt: "Mudou enquanto isso: agora está {status}, com {name}.",
    en: "It changed meanwhile: it is {status} now, with {name}.",
  },

  "desk.presence.available": { es: "Disponible", pt: "Disponível", en: "Available" },
  "desk.presence.paused": { es: "En pausa", pt: "Em pausa", en: "Paused" },
  "desk.presence.away": { es: "Ausente", pt: "Ausente", en: "Away" },

  "desk.history": { es: "Historial", pt: "Histórico", en: "History" },
  "desk.stayed": {
    es: "{time} en {status}",
    pt: "{time} em {status}",
    en: "{time} in {status}",
  },
  "desk.actor.user": { es: "Una persona", pt: "Uma pessoa", en: "A person" },
  "desk.actor.key": { es: "Un programa", pt: "Um programa", en: "A program" },
  "desk.actor.system": { es: "Pista", pt: "Pista", en: "Pista" },
  "desk.move.create": { es: "Llegó", pt: "Chegou", en: "Came in" },
  "desk.move.derive": { es: "Asignado", pt: "Atribuído", en: "Assigned" },
  "desk.move.deriveTo": {
    es: "Asignado a {name}",
    pt: "Atribuído a {name}",
    en: "Assigned to {name}",
  },
  "desk.move.reassign": {
    es: "Pasado a otro",
    pt: "Passado a outro",
    en: "Given to another",
  },
  "desk.move.reassignTo": {
    es: "Pasado a {name}",
    pt: "Passado a {name}",
    en: "Given to {name}",
  },
  "desk.move.transfer": { es: "Transferido", pt: "Transferido", en: "Transferred" },
  "desk.move.transferTo": {
    es: "Transferido a {name}",
    pt: "Transferido a {name}",
    en: "Transferred to {name}",
  },
  "desk.move.withdraw": { es: "Retirado", pt: "Retirado", en: "Taken back" },
  "desk.move.open": { es: "Abierto", pt: "Aberto", en: "Opened" },
  "desk.move.complete": { es: "Terminado", pt: "Concluído", en: "Done" },
  "desk.move.give_back": { es: "Devuelto", pt: "Devolvido", en: "Given back" },
  "desk.move.time_out": {
    es: "Volvió por falta de actividad",
    pt: "Voltou por falta de atividade",
    en: "Came back for lack of activity",
  },
  "desk.move.reopen": { es: "Reabierto", pt: "Reaberto", en: "Reopened" },
  "desk.move.take_back": {
    es: "Cerrado de nuevo: se deshizo la importación",
    pt: "Fechado de novo: a importação foi desfeita",
    en: "Closed again: the import was undone",
  },
  "desk.reason.timeout_no_gestionado": {
    es: "Se acabó el tiempo sin actividad",
    pt: "O tempo acabou sem atividade",
    en: "Time ran out without activity",
  },
  "desk.reason.given_back": {
    es: "Lo devolvió su asesor",
    pt: "Foi devolvido pelo assessor",
    en: "Its advisor gave it back",
  },
  "desk.reason.withdrawn": {
    es: "Lo retiró supervisión",
    pt: "Foi retirado pela supervisão",
    en: "A supervisor took it back",
  },
  "desk.lost.lock": {
    es: "Ya no lo tienes abierto.",
    pt: "Você não está mais com ele aberto.",
    en: "You do not have it open any more.",
  },
} as const satisfies Catalogue;
