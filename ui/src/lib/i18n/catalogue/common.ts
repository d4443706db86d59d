import type { Catalogue } from "../text";

export const common = {
  "action.retry": { es: "Reintentar", pt: "Tentar de novo", en: "Try again" },
  "action.save": { es: "Guardar", pt: "Salvar", en: "Save" },
  "action.cancel": { es: "Cancelar", pt: "Cancelar", en: "Cancel" },
  "action.edit": { es: "Editar", pt: "Editar", en: "Edit" },
  "action.close": { es: "Cerrar", pt: "Fechar", en: "Close" },
  "action.copy": { es: "Copiar", pt: "Copiar", en: "Copy" },
  "action.copyOf": { es: "Copiar: {what}", pt: "Copiar: {what}", en: "Copy: {what}" },
  "action.copied": { es: "Copiado", pt: "Copiado", en: "Copied" },
  "state.loading": { es: "Cargando…", pt: "Carregando…", en: "Loading…" },
  "state.saved": { es: "Guardado", pt: "Salvo", en: "Saved" },
  "state.stale": {
    es: "No se pudo actualizar. Estos son los últimos datos recibidos.",
    pt: "Não foi possível atualizar. Estes são os últimos dados recebidos.",
    en: "Could not refresh. These are the last data received.",
  },
  "state.failed": {
    es: "No se pudo cargar",
    pt: "Não foi possível carregar",
    en: "Could not load",
  },
  "plot.table": { es: "Ver como tabla", pt: "Ver como tabela", en: "Show as table" },
  "plot.plot": { es: "Ver como gráfico", pt: "Ver como gráfico", en: "Show as chart" },
  "role.readOnly": {
    es: "Solo quien administra puede cambiar esto.",
    pt: "Só quem administra pode mudar isto.",
    en: "Only an administrator can change this.",
  },

  "error.invalid_credentials": {
    es: "El correo o la contraseña no son correctos.",
    pt: "O e-mail ou a senha não estão corretos.",
    en: "The e-mail or the password is not right.",
  },
  "error.not_signed_in": {
    es: "Tu sesión terminó. Inicia sesión de nuevo.",
    pt: "Sua sessão terminou. Entre de novo.",
    en: "Your session is over. Sign in again.",
  },
  "error.forbidden": {
    es: "Tu cuenta no tiene permiso para esto.",
    pt: "Sua conta não tem permissão para isto.",
    en: "Your account may not do this.",
  },
  "error.not_found": {
    es: "No se encontró lo que buscabas.",
    pt: "Não encontramos o que você procura.",
    en: "What you asked for was not found.",
  },
  "error.invalid": {
    es: "El servidor no aceptó estos datos.",
    pt: "O servidor não aceitou estes dados.",
    en: "The server did not accept these data.",
  },
  "error.too_many": {
    es: "Demasiados intentos seguidos. Espera un momento y vuelve a probar.",
    pt: "Tentativas demais seguidas. Espere um pouco e tente de novo.",
    en: "Too many attempts in a row. Wait a moment and try again.",
  },
  "error.unreachable": {
    es: "El servidor no responde. Revisa tu conexión.",
    pt: "O servidor não responde. Verifique sua conexão.",
    en: "The server does not answer. Check your connection.",
  },
  "error.unavailable": {
    es: "El servicio no está disponible en este momento. Vuelve a probar en unos segundos.",
    pt: "O serviço não está disponível agora. Tente de novo em alguns segundos.",
    en: "The service is not available right now. Try again in a few seconds.",
  },
  "error.unknown": {
    es: "Ocurrió un error que no esperábamos.",
    pt: "Ocorreu um erro que não esperávamos.",
    en: "Something happened that we did not expect.",
  },
} as const satisfies Catalogue;
