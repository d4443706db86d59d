import type { Catalogue } from "../text";

export const deskViews = {
  "desk.views.save": { es: "Guardar vista", pt: "Salvar visão", en: "Save view" },
  "desk.views.update": {
    es: "Guardar cambios",
    pt: "Salvar mudanças",
    en: "Save changes",
  },
  "desk.views.changed": {
    es: "Con cambios sin guardar",
    pt: "Com mudanças não salvas",
    en: "With changes that are not saved",
  },
  "desk.views.shared": { es: "compartida", pt: "compartilhada", en: "shared" },
  "desk.views.default": { es: "al entrar", pt: "ao entrar", en: "at the start" },
  "desk.views.more": {
    es: "Más sobre la vista {name}",
    pt: "Mais sobre a visão {name}",
    en: "More about the view {name}",
  },
  "desk.views.makeDefault": {
    es: "Empezar con esta vista",
    pt: "Começar com esta visão",
    en: "Begin with this view",
  },
  "desk.views.noDefault": {
    es: "No empezar con esta vista",
    pt: "Não começar com esta visão",
    en: "Do not begin with this view",
  },
  "desk.views.rename": {
    es: "Renombrar o compartir",
    pt: "Renomear ou compartilhar",
    en: "Rename or share",
  },
  "desk.views.delete": { es: "Eliminar", pt: "Apagar", en: "Delete" },
  "desk.views.deleted": {
    es: "Vista eliminada: {name}",
    pt: "Visão apagada: {name}",
    en: "View deleted: {name}",
  },
  "desk.views.of": {
    es: "De {name}; guarda una propia para cambiarla",
    pt: "De {name}; salve uma própria para mudá-la",
    en: "By {name}; save one of your own to change it",
  },
  "desk.views.name": { es: "Nombre", pt: "Nome", en: "Name" },
  "desk.views.share": {
    es: "Compartir con supervisores y administradores",
    pt: "Compartilhar com supervisores e administradores",
    en: "Share with supervisors and admins",
  },
  "desk.views.shareHint": {
    es: "La cambias tú, o un administrador. Lo que buscas no se guarda.",
    pt: "Só você a muda, ou um administrador. O que você busca não é salvo.",
    en: "You change it, or an admin. What you search for is not kept.",
  },
  "desk.columns": { es: "Columnas", pt: "Colunas", en: "Columns" },
  "desk.column.source": { es: "Origen", pt: "Origem", en: "Source" },
  "desk.column.outcome": { es: "Resultado", pt: "Resultado", en: "Outcome" },
  "desk.column.nextAction": {
    es: "Próximo paso",
    pt: "Próxima ação",
    en: "Next action",
  },
  "shortcuts.deskViews": {
    es: "Mostrar la vista de ese lugar",
    pt: "Mostrar a visão desse lugar",
    en: "Show the view in that place",
  },
  "error.view_name_taken": {
    es: "Ya tienes una vista con ese nombre.",
    pt: "Você já tem uma visão com esse nome.",
    en: "You have a view of this name already.",
  },
  "error.too_many_views": {
    es: "Tienes 50 vistas: elimina una que no necesites.",
    pt: "Você tem 50 visões: apague uma de que não precise.",
    en: "You have 50 views: delete one that you do not need.",
  },
  "error.view_not_found": {
    es: "Esta vista ya no existe.",
    pt: "Esta visão não existe mais.",
    en: "This view is gone.",
  },
} as const satisfies Catalogue;
