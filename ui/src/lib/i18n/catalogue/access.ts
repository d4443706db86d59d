import type { Catalogue } from "../text";

/** Sessions, API keys and the audit log. */
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

  "audit.title": { es: "Auditoría", pt: "Auditoria", en: "Audit log" },
  "audit.intro": {
    es: "Qué cambió en las cuentas, quién lo hizo y cuándo. Nadie puede borrar ni cambiar una línea.",
    pt: "O que mudou nas contas, quem fez e quando. Ninguém pode apagar nem mudar uma linha.",
    en: "What was changed in the accounts, by whom and when. Nobody can remove or change a line.",
  },
  "audit.what": { es: "Qué pasó", pt: "O que aconteceu", en: "What happened" },
  "audit.all": { es: "Todo", pt: "Tudo", en: "Everything" },
  "audit.who": { es: "Quién lo hizo", pt: "Quem fez", en: "Who did it" },
  "audit.anybody": { es: "Cualquiera", pt: "Qualquer pessoa", en: "Anybody" },
  "audit.from": { es: "Desde", pt: "De", en: "From" },
  "audit.to": { es: "Hasta", pt: "Até", en: "To" },
  "audit.empty": {
    es: "No hay nada que coincida",
    pt: "Nada corresponde",
    en: "Nothing matches",
  },
  "audit.emptyHint": {
    es: "Cambia los filtros para ver más.",
    pt: "Mude os filtros para ver mais.",
    en: "Change the filters to see more.",
  },
  "audit.older": { es: "Más antiguas", pt: "Mais antigas", en: "Older" },
  "audit.by.user": { es: "{name}", pt: "{name}", en: "{name}" },
  "audit.by.key": { es: "Clave {name}", pt: "Chave {name}", en: "Key {name}" },
  "audit.by.link": { es: "Con un enlace", pt: "Com um link", en: "With a link" },
  "audit.by.terminal": {
    es: "Desde la terminal",
    pt: "Pelo terminal",
    en: "At the terminal",
  },
  "audit.change": { es: "{from} → {to}", pt: "{from} → {to}", en: "{from} → {to}" },
  "audit.yes": { es: "sí", pt: "sim", en: "yes" },
  "audit.no": { es: "no", pt: "não", en: "no" },
  "audit.detail.role": { es: "Rol", pt: "Papel", en: "Role" },
  "audit.detail.device": { es: "Dispositivo", pt: "Dispositivo", en: "Device" },
  "audit.detail.count": { es: "Sesiones", pt: "Sessões", en: "Sessions" },
  "audit.detail.domains": { es: "Dominios", pt: "Domínios", en: "Domains" },
  "audit.detail.scopes": { es: "Puede", pt: "Pode", en: "May" },
  "audit.detail.name": { es: "Nombre", pt: "Nome", en: "Name" },
  "audit.detail.time_zone": { es: "Zona horaria", pt: "Fuso horário", en: "Time zone" },
  "audit.detail.store_ip": {
    es: "Guardar direcciones IP",
    pt: "Guardar endereços IP",
    en: "Keep IP addresses",
  },
  "audit.detail.require_second_factor": {
    es: "Segundo factor obligatorio",
    pt: "Segundo fator obrigatório",
    en: "Second factor required",
  },
  "audit.detail.form_contacts": {
    es: "Los formularios crean contactos",
    pt: "Os formulários criam contatos",
    en: "Forms make contacts",
  },
  "audit.request": {
    es: "Petición {id}",
    pt: "Requisição {id}",
    en: "Request {id}",
  },
  "audit.action.user_invited": {
    es: "Invitación",
    pt: "Convite",
    en: "Invited",
  },
  "audit.action.invite_withdrawn": {
    es: "Invitación retirada",
    pt: "Convite retirado",
    en: "Invitation withdrawn",
  },
  "audit.action.user_joined": { es: "Se unió", pt: "Entrou", en: "Joined" },
  "audit.action.user_created": {
    es: "Cuenta creada",
    pt: "Conta criada",
    en: "User created",
  },
  "audit.action.user_renamed": {
    es: "Nombre cambiado",
    pt: "Nome alterado",
    en: "Renamed",
  },
  "audit.action.role_changed": {
    es: "Rol cambiado",
    pt: "Papel alterado",
    en: "Role changed",
  },
  "audit.action.user_deactivated": {
    es: "Cuenta desactivada",
    pt: "Conta desativada",
    en: "Deactivated",
  },
  "audit.action.user_reactivated": {
    es: "Cuenta reactivada",
    pt: "Conta reativada",
    en: "Reactivated",
  },
  "audit.action.reset_link_made": {
    es: "Enlace para contraseña nueva",
    pt: "Link para nova senha",
    en: "Link for a new password",
  },
  "audit.action.password_changed": {
    es: "Contraseña cambiada",
    pt: "Senha alterada",
    en: "Password changed",
  },
  "audit.action.session_ended": {
    es: "Sesión cerrada",
    pt: "Sessão encerrada",
    en: "Session ended",
  },
  "audit.action.sessions_ended": {
    es: "Demás sesiones cerradas",
    pt: "Outras sessões encerradas",
    en: "Other sessions ended",
  },
  "audit.action.site_created": {
    es: "Sitio creado",
    pt: "Site criado",
    en: "Site created",
  },
  "audit.action.site_changed": {
    es: "Sitio cambiado",
    pt: "Site alterado",
    en: "Site changed",
  },
  "audit.action.company_changed": {
    es: "Empresa cambiada",
    pt: "Empresa alterada",
    en: "Company changed",
  },
  "audit.action.key_created": {
    es: "Clave creada",
    pt: "Chave criada",
    en: "Key made",
  },
  "audit.action.key_revoked": {
    es: "Clave retirada",
    pt: "Chave revogada",
    en: "Key revoked",
  },
} as const satisfies Catalogue;
