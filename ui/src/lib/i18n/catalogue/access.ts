import type { Catalogue } from "../text";

/** Sessions and API keys. */
export const access = {
  "nav.keys": { es: "Claves de API", pt: "Chaves de API", en: "API keys" },
  "nav.audit": { es: "Auditoría", pt: "Auditoria", en: "Audit log" },

  "sessions.title": { es: "Tus sesiones", pt: "Suas sessões", en: "Your sessions" },
  "sessions.hint": {
    es: "Dónde entraste a Pista. Si no reconoces una, ciérrala y cambia tu contraseña.",
    pt: "Onde você entrou no Pista. Se não reconhecer uma, encerre-a e troque sua senha.",
    en: "Where you are signed in to Pista. If you do not know one, end it and change your password.",
  },
  "sessions.this": { es: "Esta", pt: "Esta", en: "This one" },
  "sessions.unknown": {
    es: "Dispositivo desconocido",
    pt: "Dispositivo desconhecido",
    en: "Unknown device",
  },
  "sessions.seen": {
    es: "Activa por última vez: {time}",
    pt: "Ativa pela última vez: {time}",
    en: "Last active: {time}",
  },
  "sessions.end": { es: "Cerrar", pt: "Encerrar", en: "End" },
  "sessions.endOf": {
    es: "Cerrar la sesión: {device}",
    pt: "Encerrar a sessão: {device}",
    en: "End the session: {device}",
  },
  "sessions.endOthers": {
    es: "Cerrar todas las demás",
    pt: "Encerrar todas as outras",
    en: "End all others",
  },
  "sessions.ended": {
    es: "Las demás sesiones terminaron.",
    pt: "As outras sessões terminaram.",
    en: "The other sessions have ended.",
  },

  "keys.title": { es: "Claves de API", pt: "Chaves de API", en: "API keys" },
  "keys.intro": {
    es: "Con una clave, un programa llama a la API de Pista en nombre de tu empresa.",
    pt: "Com uma chave, um programa chama a API do Pista em nome da sua empresa.",
    en: "With a key, a program calls Pista's API for your company.",
  },
  "keys.new": { es: "Crear una clave", pt: "Criar uma chave", en: "Make a key" },
  "keys.list": { es: "Claves", pt: "Chaves", en: "Keys" },
  "keys.empty": {
    es: "Todavía no hay claves",
    pt: "Ainda não há chaves",
    en: "There are no keys yet",
  },
  "keys.emptyHint": {
    es: "Crea una para leer las estadísticas desde una hoja de cálculo o tu propio programa.",
    pt: "Crie uma para ler as estatísticas de uma planilha ou do seu próprio programa.",
    en: "Make one to read the statistics from a spreadsheet or a program of your own.",
  },
  "keys.name": { es: "Nombre", pt: "Nome", en: "Name" },
  "keys.nameHint": {
    es: "Para qué es, para que sepas cuál retirar.",
    pt: "Para que serve, para você saber qual revogar.",
    en: "What it is for, so that you know which one to revoke.",
  },
  "keys.nameMissing": {
    es: "Escribe un nombre.",
    pt: "Escreva um nome.",
    en: "Enter a name.",
  },
  "keys.scopes": { es: "Qué puede hacer", pt: "O que pode fazer", en: "What it may do" },
  "keys.scope.stats:read": {
    es: "Leer las estadísticas",
    pt: "Ler as estatísticas",
    en: "Read the statistics",
  },
  "keys.scope.sales:write": {
    es: "Informar ventas y pedir cobros",
    pt: "Informar vendas e pedir cobranças",
    en: "Report sales and ask for payments",
  },
  "keys.scope.admin": {
    es: "Todo lo que puede la administración",
    pt: "Tudo o que a administração pode",
    en: "All that an administrator may",
  },
  "keys.scopeMissing": {
    es: "Elige al menos una cosa.",
    pt: "Escolha pelo menos uma coisa.",
    en: "Choose at least one thing.",
  },
  "keys.used": {
    es: "Se usó por última vez: {time}",
    pt: "Usada pela última vez: {time}",
    en: "Last used: {time}",
  },
  "keys.unused": { es: "Nunca se usó", pt: "Nunca foi usada", en: "Never used" },
  "keys.revoked": {
    es: "Retirada el {time}",
    pt: "Revogada em {time}",
    en: "Revoked {time}",
  },
  "keys.revoke": { es: "Retirar", pt: "Revogar", en: "Revoke" },
  "keys.revokeOf": {
    es: "Retirar la clave {name}",
    pt: "Revogar a chave {name}",
    en: "Revoke the key {name}",
  },
  "keys.revokeSure": {
    es: "Los programas que la usan dejan de entrar en este momento. No se puede deshacer.",
    pt: "Os programas que a usam deixam de entrar neste momento. Não pode ser desfeito.",
    en: "The programs that use it are shut out at this moment. This cannot be undone.",
  },
  "keys.key": {
    es: "Clave (se muestra solo ahora)",
    pt: "Chave (mostrada só agora)",
    en: "Key (shown only now)",
  },
  "keys.copy": { es: "Copiar la clave", pt: "Copiar a chave", en: "Copy the key" },
  "keys.made": {
    es: "Guárdala ahora: no se puede volver a ver. Se envía como «Authorization: Bearer …».",
    pt: "Guarde-a agora: não pode ser vista de novo. É enviada como “Authorization: Bearer …”.",
    en: "Keep it now: it cannot be seen again. It is sent as “Authorization: Bearer …”.",
  },
} as const satisfies Catalogue;
