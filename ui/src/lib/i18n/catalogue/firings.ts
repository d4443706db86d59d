import type { Catalogue } from "../text";

/** When alerts fired, and what became of their messages. */
export const firings = {
  "alert.firings": { es: "Historial", pt: "Histórico", en: "History" },
  "alert.rule": { es: "Alerta", pt: "Alerta", en: "Alert" },
  "alert.allRules": {
    es: "Todas las alertas",
    pt: "Todos os alertas",
    en: "All alerts",
  },
  "alert.which": { es: "Cuáles", pt: "Quais", en: "Which" },
  "alert.which.all": { es: "Todas", pt: "Todos", en: "All" },
  "alert.which.firing": { es: "Activas", pt: "Ativos", en: "Firing" },
  "alert.which.recovered": {
    es: "Terminadas",
    pt: "Terminados",
    en: "Over",
  },
  "alert.noFirings": {
    es: "Nada se ha salido de lo normal",
    pt: "Nada saiu do normal",
    en: "Nothing has been out of the ordinary",
  },
  "alert.noFiringsHint": {
    es: "Cuando una alerta se active, quedará aquí con su valor y su duración.",
    pt: "Quando um alerta disparar, ficará aqui com seu valor e sua duração.",
    en: "When an alert fires, it will be kept here, with its value and how long it took.",
  },
  "alert.noSuchFirings": {
    es: "Nada coincide con estos filtros",
    pt: "Nada corresponde a estes filtros",
    en: "Nothing matches these filters",
  },
  "alert.showAll": { es: "Ver todas", pt: "Ver todos", en: "Show all" },
  "alert.earlier": { es: "Ver anteriores", pt: "Ver anteriores", en: "Show earlier" },
  "alert.ending.firing": {
    es: "Activa desde hace {time}",
    pt: "Ativo há {time}",
    en: "Firing for {time}",
  },
  "alert.ending.recovered": {
    es: "Se recuperó en {time}",
    pt: "Recuperou-se em {time}",
    en: "Recovered after {time}",
  },
  "alert.ending.paused": {
    es: "Pausada a los {time}",
    pt: "Pausado após {time}",
    en: "Paused after {time}",
  },
  "alert.ending.deleted": {
    es: "Eliminada a los {time}",
    pt: "Excluído após {time}",
    en: "Deleted after {time}",
  },
  "alert.onScreenOnly": {
    es: "Solo en pantalla",
    pt: "Só na tela",
    en: "On the screen only",
  },
  "alert.about.fired": { es: "Aviso", pt: "Aviso", en: "Alert" },
  "alert.about.recovered": { es: "Recuperación", pt: "Recuperação", en: "Recovery" },
  "alert.delivery.delivered": { es: "entregado", pt: "entregue", en: "delivered" },
  "alert.delivery.waiting": { es: "en camino", pt: "a caminho", en: "on its way" },
  "alert.delivery.dead": { es: "no llegó", pt: "não chegou", en: "not delivered" },
  "alert.error.answered": {
    es: "El destino respondió {status}.",
    pt: "O destino respondeu {status}.",
    en: "It answered {status}.",
  },
  "alert.error.redirected": {
    es: "El destino respondió {status}: no se siguen redirecciones.",
    pt: "O destino respondeu {status}: redirecionamentos não são seguidos.",
    en: "It answered {status}: redirects are not followed.",
  },
  "alert.error.silent": {
    es: "No respondió en {seconds} segundos.",
    pt: "Não respondeu em {seconds} segundos.",
    en: "It did not answer within {seconds} seconds.",
  },
  "alert.error.name": {
    es: "Ese nombre de host no existe.",
    pt: "Esse nome de host não existe.",
    en: "That host name does not exist.",
  },
  "alert.error.internal": {
    es: "El nombre lleva a una red interna.",
    pt: "O nome leva a uma rede interna.",
    en: "The name leads into an internal network.",
  },
  "alert.error.certificate": {
    es: "Su certificado no es válido para ese nombre.",
    pt: "O certificado não é válido para esse nome.",
    en: "Its certificate is not valid for its name.",
  },
  "alert.error.connection": {
    es: "No se pudo conectar.",
    pt: "Não foi possível conectar.",
    en: "It cannot be connected to.",
  },
  "alert.error.hungUp": {
    es: "Cortó sin responder bien.",
    pt: "Desligou sem responder direito.",
    en: "It hung up without a proper answer.",
  },
  "alert.attempts": {
    es: { one: "{count} intento", other: "{count} intentos" },
    pt: { one: "{count} tentativa", other: "{count} tentativas" },
    en: { one: "{count} attempt", other: "{count} attempts" },
  },
  "alert.nextAt": {
    es: "el próximo a las {time}",
    pt: "a próxima às {time}",
    en: "next at {time}",
  },
  "alert.retry": { es: "Reenviar", pt: "Reenviar", en: "Resend" },
  "alert.retryHint": {
    es: "Intentarlo otra vez, ahora",
    pt: "Tentar de novo, agora",
    en: "Try again, now",
  },
  "alert.retried": {
    es: "Se está enviando otra vez.",
    pt: "Está sendo enviado de novo.",
    en: "It is being sent again.",
  },
} as const satisfies Catalogue;
