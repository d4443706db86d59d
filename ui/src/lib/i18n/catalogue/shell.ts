import type { Catalogue } from "../text";

export const shell = {
  "nav.label": { es: "Principal", pt: "Principal", en: "Main" },
  "nav.open": { es: "Abrir el menú", pt: "Abrir o menu", en: "Open the menu" },
  "nav.close": { es: "Cerrar el menú", pt: "Fechar o menu", en: "Close the menu" },
  "nav.skip": { es: "Ir al contenido", pt: "Ir para o conteúdo", en: "Skip to content" },
  "nav.floating": {
    es: "Menús y avisos",
    pt: "Menus e avisos",
    en: "Menus and messages",
  },
  "nav.measure": { es: "Medición", pt: "Medição", en: "Measure" },
  "nav.settings": { es: "Configuración", pt: "Configurações", en: "Settings" },
  "nav.overview": { es: "Resumen", pt: "Visão geral", en: "Overview" },
  "nav.sites": { es: "Sitios", pt: "Sites", en: "Sites" },
  "nav.events": { es: "Eventos", pt: "Eventos", en: "Events" },
  "nav.funnels": { es: "Embudos", pt: "Funis", en: "Funnels" },
  "nav.retention": { es: "Retención", pt: "Retenção", en: "Retention" },
  "nav.bots": { es: "Bots", pt: "Robôs", en: "Bots" },
  "nav.alerts": { es: "Alertas", pt: "Alertas", en: "Alerts" },
  "nav.sampling": { es: "Muestreo", pt: "Amostragem", en: "Sampling" },
  "nav.exports": { es: "Exportaciones", pt: "Exportações", en: "Exports" },
  "nav.data": { es: "Datos guardados", pt: "Dados guardados", en: "Stored data" },
  "nav.general": { es: "General", pt: "Geral", en: "General" },

  "live.live": { es: "En vivo", pt: "Ao vivo", en: "Live" },
  "live.connecting": { es: "Conectando…", pt: "Conectando…", en: "Connecting…" },
  "live.reconnecting": { es: "Reconectando…", pt: "Reconectando…", en: "Reconnecting…" },
  "live.stopped": {
    es: "Sin conexión en vivo",
    pt: "Sem conexão ao vivo",
    en: "Not live",
  },
  "live.hint.live": {
    es: "La pantalla se actualiza sola.",
    pt: "A tela se atualiza sozinha.",
    en: "The screen updates by itself.",
  },
  "live.hint.waiting": {
    es: "Mientras tanto se pregunta al servidor cada 15 segundos.",
    pt: "Enquanto isso, o servidor é consultado a cada 15 segundos.",
    en: "Meanwhile the server is asked every 15 seconds.",
  },

  "user.menu": {
    es: "Cuenta y preferencias",
    pt: "Conta e preferências",
    en: "Account and preferences",
  },
  "user.language": { es: "Idioma", pt: "Idioma", en: "Language" },
  "user.theme": { es: "Apariencia", pt: "Aparência", en: "Appearance" },
  "user.theme.light": { es: "Clara", pt: "Clara", en: "Light" },
  "user.theme.dark": { es: "Oscura", pt: "Escura", en: "Dark" },
  "user.theme.auto": { es: "Automática", pt: "Automática", en: "Automatic" },
  "user.shortcuts": {
    es: "Atajos de teclado",
    pt: "Atalhos de teclado",
    en: "Keyboard shortcuts",
  },
  "user.signOut": { es: "Cerrar sesión", pt: "Sair", en: "Sign out" },
  "user.role.admin": { es: "Administración", pt: "Administração", en: "Administrator" },
  "user.role.gtr": {
    es: "Supervisión (GTR)",
    pt: "Supervisão (GTR)",
    en: "Supervisor (GTR)",
  },
  "user.role.asesor": { es: "Asesoría", pt: "Assessoria", en: "Advisor" },

  "shortcuts.title": {
    es: "Atajos de teclado",
    pt: "Atalhos de teclado",
    en: "Keyboard shortcuts",
  },
  "shortcuts.help": {
    es: "Mostrar esta ayuda",
    pt: "Mostrar esta ajuda",
    en: "Show this help",
  },
  "shortcuts.overview": {
    es: "Ir al resumen",
    pt: "Ir para a visão geral",
    en: "Go to overview",
  },
  "shortcuts.report": {
    es: "Ir al reporte",
    pt: "Ir para o relatório",
    en: "Go to the report",
  },
  "shortcuts.links": {
    es: "Ir a los enlaces",
    pt: "Ir para os links",
    en: "Go to links",
  },
  "shortcuts.sales": {
    es: "Ir a las ventas y cobros",
    pt: "Ir para as vendas e cobranças",
    en: "Go to sales and payments",
  },
  "shortcuts.conversions": {
    es: "Ir a las conversiones",
    pt: "Ir para as conversões",
    en: "Go to conversions",
  },
  "shortcuts.sites": { es: "Ir a los sitios", pt: "Ir para os sites", en: "Go to sites" },
  "shortcuts.events": {
    es: "Ir a los eventos",
    pt: "Ir para os eventos",
    en: "Go to events",
  },
  "shortcuts.funnels": {
    es: "Ir a los embudos",
    pt: "Ir para os funis",
    en: "Go to funnels",
  },
  "shortcuts.alerts": {
    es: "Ir a las alertas",
    pt: "Ir para os alertas",
    en: "Go to alerts",
  },
  "shortcuts.sampling": {
    es: "Ir al muestreo de eventos",
    pt: "Ir para a amostragem de eventos",
    en: "Go to event sampling",
  },
  "shortcuts.then": { es: "y luego", pt: "e depois", en: "then" },

  "missing.title": {
    es: "Aquí no hay ninguna pista",
    pt: "Não há nenhuma pista aqui",
    en: "The trail ends here",
  },
  "missing.text": {
    es: "Esta página no existe o cambió de lugar.",
    pt: "Esta página não existe ou mudou de lugar.",
    en: "This page does not exist, or it has moved.",
  },
  "missing.back": {
    es: "Volver al inicio",
    pt: "Voltar ao início",
    en: "Back to the start",
  },

  "notForYou.title": {
    es: "Esta pantalla no es para tu rol",
    pt: "Esta tela não é para o seu papel",
    en: "This screen is not for your role",
  },
  "notForYou.text": {
    es: "Tu rol es {role}. Si la necesitas, pide a quien administra tu empresa que te dé otro.",
    pt: "O seu papel é {role}. Se precisar dela, peça outro a quem administra a sua empresa.",
    en: "Your role is {role}. If you need it, ask an administrator of your company for another.",
  },
  "notForYou.back": {
    es: "Ir a mi inicio",
    pt: "Ir para o meu início",
    en: "Go to my start",
  },

  "crash.title": { es: "Algo falló", pt: "Algo deu errado", en: "Something went wrong" },
  "crash.text": {
    es: "Esta pantalla no se pudo mostrar. Lo demás sigue funcionando.",
    pt: "Não foi possível mostrar esta tela. O resto continua funcionando.",
    en: "This screen could not be shown. Everything else still works.",
  },
} as const satisfies Catalogue;
