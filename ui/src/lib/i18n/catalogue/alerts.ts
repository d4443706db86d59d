import type { Catalogue } from "../text";

export const alerts = {
  "alert.title": { es: "Alertas", pt: "Alertas", en: "Alerts" },
  "alert.intro": {
    es: "Reglas que vigilan tus cifras y avisan, aquí y por webhook, cuando algo se sale de lo normal.",
    pt: "Regras que vigiam seus números e avisam, aqui e por webhook, quando algo sai do normal.",
    en: "Rules that watch your figures and tell you, here and by webhook, when something is out of the ordinary.",
  },
  "alert.new": { es: "Nueva alerta", pt: "Novo alerta", en: "New alert" },
  "alert.edit": { es: "Editar la alerta", pt: "Editar o alerta", en: "Edit alert" },
  "alert.back": { es: "Todas las alertas", pt: "Todos os alertas", en: "All alerts" },
  "alert.none": {
    es: "Todavía no hay alertas",
    pt: "Ainda não há alertas",
    en: "No alerts yet",
  },
  "alert.noneHint": {
    es: "¿De qué quieres enterarte antes que nadie?",
    pt: "Do que você quer saber antes de todo mundo?",
    en: "What would you like to hear of before anybody else?",
  },
  "alert.noneHintReader": {
    es: "Quien administra puede crearlas; cuando una se active, la verás aquí.",
    pt: "Quem administra pode criá-los; quando um disparar, você verá aqui.",
    en: "An administrator can make them; when one fires, you will see it here.",
  },
  "alert.begin": { es: "Crear", pt: "Criar", en: "Create" },
  "alert.beginWith": {
    es: "Crear una alerta: {kind}",
    pt: "Criar um alerta: {kind}",
    en: "Create an alert: {kind}",
  },

  "alert.when": { es: "Avisar cuando…", pt: "Avisar quando…", en: "Tell me when…" },
  "alert.kind.silence": {
    es: "No llega nada",
    pt: "Não chega nada",
    en: "Nothing arrives",
  },
  "alert.kind.threshold": {
    es: "Se pasa un límite",
    pt: "Um limite é passado",
    en: "A limit is crossed",
  },
  "alert.kind.anomaly": {
    es: "Algo no es normal",
    pt: "Algo não é normal",
    en: "Something is unusual",
  },
  "alert.kindHint.silence": {
    es: "Ni un evento en un rato: el sitio se cayó o alguien quitó el código.",
    pt: "Nenhum evento por um tempo: o site caiu ou alguém tirou o código.",
    en: "Not one event for a while: the site is down, or somebody removed the code.",
  },
  "alert.kindHint.threshold": {
    es: "Una cifra es mayor o menor que un número tuyo.",
    pt: "Um número é maior ou menor que o seu limite.",
    en: "A figure is above or below a number of yours.",
  },
  "alert.kindHint.anomaly": {
    es: "Una cifra se aleja de lo habitual a esta hora de este día de la semana.",
    pt: "Um número se afasta do habitual nesta hora deste dia da semana.",
    en: "A figure is far from what is usual at this hour of this day of the week.",
  },

  "alert.condition": { es: "Condición", pt: "Condição", en: "Condition" },
  "alert.metric": { es: "Qué se vigila", pt: "O que vigiar", en: "What is watched" },
  "alert.metric.events": { es: "Eventos", pt: "Eventos", en: "Events" },
  "alert.metric.pageViews": {
    es: "Páginas vistas",
    pt: "Páginas vistas",
    en: "Page views",
  },
  "alert.metric.uniqueVisitors": { es: "Visitantes", pt: "Visitantes", en: "Visitors" },
  "alert.metric.uniqueSessions": { es: "Sesiones", pt: "Sessões", en: "Sessions" },
  "alert.metric.botEvents": {
    es: "Eventos de bots",
    pt: "Eventos de robôs",
    en: "Bot events",
  },
  "alert.type": { es: "Tipo de evento", pt: "Tipo de evento", en: "Event type" },
  "alert.everyType": { es: "Todos los tipos", pt: "Todos os tipos", en: "Every type" },
  "alert.silentFor": {
    es: "Sin eventos durante",
    pt: "Sem eventos por",
    en: "No events for",
  },
  "alert.firesWhen": { es: "Avisar si es", pt: "Avisar se for", en: "Tell me if it is" },
  "alert.comparison.above": { es: "Mayor", pt: "Maior", en: "Above" },
  "alert.comparison.below": { es: "Menor", pt: "Menor", en: "Below" },
  "alert.anomaly.either": {
    es: "Mayor o menor de lo esperado",
    pt: "Maior ou menor que o esperado",
    en: "Above or below the expected",
  },
  "alert.anomaly.above": {
    es: "Mayor de lo esperado",
    pt: "Maior que o esperado",
    en: "Above the expected",
  },
  "alert.anomaly.below": {
    es: "Menor de lo esperado",
    pt: "Menor que o esperado",
    en: "Below the expected",
  },
  "alert.limit": { es: "Límite", pt: "Limite", en: "Limit" },
  "alert.limitMissing": {
    es: "Escribe un número; para «menor», más de 0.",
    pt: "Escreva um número; para “menor”, maior que 0.",
    en: "Write a number; for “below”, more than 0.",
  },
  "alert.within": { es: "Sumado en", pt: "Somado em", en: "Counted over" },
  "alert.sensitivity": { es: "Tolerancia", pt: "Tolerância", en: "Tolerance" },
  "alert.sensitivityHint": {
    es: "Avisa a partir de {times} desviaciones de lo esperado.",
    pt: "Avisa a partir de {times} desvios do esperado.",
    en: "Tells you beyond {times} deviations from the expected.",
  },
  "alert.moreOften": { es: "más avisos", pt: "mais avisos", en: "more alerts" },
  "alert.lessOften": { es: "menos avisos", pt: "menos avisos", en: "fewer alerts" },

  "alert.preview": {
    es: "Lo que habría pasado",
    pt: "O que teria acontecido",
    en: "What would have happened",
  },
  "alert.past": { es: "Cómo fue", pt: "Como foi", en: "How it went" },
  "alert.chooseLimit": {
    es: "Esto es lo habitual: elige un límite.",
    pt: "Isto é o habitual: escolha um limite.",
    en: "This is what is usual: choose a limit.",
  },
  "alert.wouldHave": {
    es: {
      one: "En los últimos {days} días habría avisado {count} vez.",
      other: "En los últimos {days} días habría avisado {count} veces.",
    },
    pt: {
      one: "Nos últimos {days} dias teria avisado {count} vez.",
      other: "Nos últimos {days} dias teria avisado {count} vezes.",
    },
    en: {
      one: "In the past {days} days it would have fired {count} time.",
      other: "In the past {days} days it would have fired {count} times.",
    },
  },
  "alert.didPass": {
    es: {
      one: "En los últimos {days} días la condición se cumplió {count} vez.",
      other: "En los últimos {days} días la condición se cumplió {count} veces.",
    },
    pt: {
      one: "Nos últimos {days} dias a condição se cumpriu {count} vez.",
      other: "Nos últimos {days} dias a condição se cumpriu {count} vezes.",
    },
    en: {
      one: "In the past {days} days the condition held {count} time.",
      other: "In the past {days} days the condition held {count} times.",
    },
  },
  "alert.weeks": {
    es: { one: "{count} semana", other: "{count} semanas" },
    pt: { one: "{count} semana", other: "{count} semanas" },
    en: { one: "{count} week", other: "{count} weeks" },
  },
  "alert.perWindow": {
    es: "{figure} en {window}",
    pt: "{figure} em {window}",
    en: "{figure} in {window}",
  },
  "alert.hour": { es: "Hora", pt: "Hora", en: "Hour" },
  "alert.expected": { es: "Esperado", pt: "Esperado", en: "Expected" },
  "alert.band": {
    es: "Dentro de lo normal",
    pt: "Dentro do normal",
    en: "Within the usual",
  },
  "alert.fires": { es: "Avisa", pt: "Avisa", en: "Fires" },
  "alert.how": {
    es: "Lo esperado es la mediana de la misma hora del mismo día de la semana en las últimas cuatro semanas. La franja llega hasta donde la cifra puede alejarse: la tolerancia por la desviación típica, calculada con la mediana de las distancias a esa mediana (MAD × 1,4826), que días raros no estropean, y nunca menos de lo que explica el azar (la raíz de lo esperado, o un 5 %). Hacen falta al menos tres semanas.",
    pt: "O esperado é a mediana da mesma hora do mesmo dia da semana nas últimas quatro semanas. A faixa vai até onde o número pode se afastar: a tolerância vezes o desvio padrão, calculado com a mediana das distâncias a essa mediana (MAD × 1,4826), que dias estranhos não estragam, e nunca menos do que o acaso explica (a raiz do esperado, ou 5 %). São necessárias pelo menos três semanas.",
    en: "Expected is the median of the same hour of the same weekday in the past four weeks. The band reaches as far as the figure may stray: the tolerance times the standard deviation, worked out from the median of the distances to that median (MAD × 1.4826), which odd days do not spoil, and never less than chance explains (the square root of the expected, or 5 %). It takes at least three weeks.",
  },
  "alert.howHours": {
    es: "El gráfico va por horas enteras; la regla mira cada minuto, así que puede avisar alguna vez más.",
    pt: "O gráfico vai por horas inteiras; a regra olha a cada minuto, então pode avisar algumas vezes a mais.",
    en: "The plot goes by whole hours; the rule looks each minute, so it may fire a few times more.",
  },
  "alert.howNot": {
    es: "El gráfico va por horas; la regla mira {window}, y eso las horas no lo dicen. Sirve para ver qué es lo habitual.",
    pt: "O gráfico vai por horas; a regra olha {window}, e isso as horas não dizem. Serve para ver o que é habitual.",
    en: "The plot goes by hours; the rule looks at {window}, which hours can't tell. It shows what is usual.",
  },
  "alert.noPast": {
    es: "No hubo nada que contar",
    pt: "Não houve nada para contar",
    en: "There was nothing to count",
  },
  "alert.noPastHint": {
    es: "En las últimas semanas no llegó nada así. La regla vigilará igual.",
    pt: "Nas últimas semanas não chegou nada assim. A regra vigiará mesmo assim.",
    en: "Nothing of this kind has arrived in the past weeks. The rule will watch all the same.",
  },

  "alert.tell": { es: "Aviso", pt: "Aviso", en: "Notification" },
  "alert.name": { es: "Nombre", pt: "Nome", en: "Name" },
  "alert.webhook": { es: "Webhook", pt: "Webhook", en: "Webhook" },
  "alert.webhookHint": {
    es: "Opcional. Una dirección que recibe un POST firmado cuando la alerta se activa y cuando se recupera. En pantalla se avisa siempre.",
    pt: "Opcional. Um endereço que recebe um POST assinado quando o alerta dispara e quando se recupera. Na tela, avisa sempre.",
    en: "Optional. An address that gets a signed POST when the alert fires and when it recovers. The screen always tells.",
  },
  "alert.webhookExample": {
    es: "https://tu-servidor.com/avisos",
    pt: "https://seu-servidor.com/avisos",
    en: "https://your-server.com/alerts",
  },
  "alert.webhookWrong": {
    es: "Escribe una dirección completa: https://…",
    pt: "Escreva um endereço completo: https://…",
    en: "Write a whole address: https://…",
  },
  "alert.noWebhook": {
    es: "Sin webhook: se avisa solo en pantalla.",
    pt: "Sem webhook: avisa só na tela.",
    en: "No webhook: it tells on the screen only.",
  },
  "alert.create": { es: "Crear la alerta", pt: "Criar o alerta", en: "Create alert" },
  "alert.created": {
    es: "Alerta creada. Ya está vigilando.",
    pt: "Alerta criado. Já está vigiando.",
    en: "Alert created. It is watching now.",
  },
  "alert.secret": {
    es: "El secreto del webhook",
    pt: "O segredo do webhook",
    en: "The webhook's secret",
  },
  "alert.secretHint": {
    es: "Firma cada mensaje (Pista-Signature). Cópialo ahora: no se volverá a mostrar.",
    pt: "Assina cada mensagem (Pista-Signature). Copie agora: não será mostrado de novo.",
    en: "It signs every message (Pista-Signature). Copy it now: it is shown this once.",
  },
  "alert.secretKept": { es: "Ya lo guardé", pt: "Já guardei", en: "I have kept it" },
  "alert.newSecret": { es: "Nuevo secreto", pt: "Novo segredo", en: "New secret" },
  "alert.newSecretHint": {
    es: "El secreto actual dejará de valer enseguida: los mensajes irán firmados con el nuevo.",
    pt: "O segredo atual deixará de valer na hora: as mensagens serão assinadas com o novo.",
    en: "The present secret ends at once: messages will be signed with the new one.",
  },
  "alert.newSecretSend": {
    es: "Crear un secreto nuevo",
    pt: "Criar um segredo novo",
    en: "Make a new secret",
  },
  "alert.test": { es: "Enviar una prueba", pt: "Enviar um teste", en: "Send a test" },
  "alert.tested": {
    es: "Llegó: respondió {status} en {milliseconds} ms.",
    pt: "Chegou: respondeu {status} em {milliseconds} ms.",
    en: "It arrived: answered {status} in {milliseconds} ms.",
  },
  "alert.testFailed": {
    es: "No llegó: {error}",
    pt: "Não chegou: {error}",
    en: "It did not arrive: {error}",
  },

  "alert.state.ok": { es: "En orden", pt: "Em ordem", en: "OK" },
  "alert.state.firing": { es: "Activada", pt: "Disparado", en: "Firing" },
  "alert.state.learning": { es: "Aprendiendo", pt: "Aprendendo", en: "Learning" },
  "alert.state.paused": { es: "En pausa", pt: "Em pausa", en: "Paused" },
  "alert.stateHint.ok": {
    es: "La cifra está como debe.",
    pt: "O número está como deve.",
    en: "The figure is as it should be.",
  },
  "alert.stateHint.firing": {
    es: "La condición se cumple. Se recupera sola cuando la cifra vuelve con claridad.",
    pt: "A condição se cumpre. Recupera-se sozinho quando o número volta com clareza.",
    en: "The condition holds. It recovers by itself once the figure is clearly back.",
  },
  "alert.stateHint.learning": {
    es: "Todavía no hay bastantes semanas para saber qué es normal.",
    pt: "Ainda não há semanas suficientes para saber o que é normal.",
    en: "There are not enough weeks yet to tell what is usual.",
  },
  "alert.stateHint.paused": {
    es: "No vigila nada hasta que se reanude.",
    pt: "Não vigia nada até ser retomado.",
    en: "It watches nothing until it is resumed.",
  },
  "alert.since": { es: "desde hace {time}", pt: "há {time}", en: "for {time}" },
  "alert.last": { es: "Último valor", pt: "Último valor", en: "Last value" },
  "alert.lookedAt": {
    es: "Vista por última vez: {time}.",
    pt: "Vista pela última vez: {time}.",
    en: "Last looked at: {time}.",
  },
  "alert.expectedIs": {
    es: "se esperaba {value}",
    pt: "esperava-se {value}",
    en: "expected {value}",
  },
  "alert.limitIs": {
    es: "límite {value}",
    pt: "limite {value}",
    en: "limit {value}",
  },
  "alert.enabledOf": {
    es: "Vigilar con {name}",
    pt: "Vigiar com {name}",
    en: "Watch with {name}",
  },
  "alert.pause": { es: "Pausar", pt: "Pausar", en: "Pause" },
  "alert.resume": { es: "Reanudar", pt: "Retomar", en: "Resume" },
  "alert.delete": { es: "Eliminar", pt: "Excluir", en: "Delete" },
  "alert.deleteTitle": {
    es: "Eliminar la alerta",
    pt: "Excluir o alerta",
    en: "Delete the alert",
  },
  "alert.deleteText": {
    es: "«{name}» dejará de vigilar y no se puede recuperar. Su historial se conserva.",
    pt: "“{name}” deixará de vigiar e não pode ser recuperado. O histórico é mantido.",
    en: "“{name}” will watch no more and can't be brought back. Its history stays.",
  },
  "alert.deleted": {
    es: "Alerta eliminada.",
    pt: "Alerta excluído.",
    en: "Alert deleted.",
  },
  "alert.gone": {
    es: "Esta alerta ya no existe",
    pt: "Este alerta não existe mais",
    en: "This alert is no more",
  },
  "alert.goneHint": {
    es: "Alguien la eliminó, o el enlace es de otra empresa.",
    pt: "Alguém o excluiu, ou o link é de outra empresa.",
    en: "Somebody has deleted it, or the link is another company's.",
  },

  "alert.words.silence": {
    es: "{figure}: nada en {window}",
    pt: "{figure}: nada em {window}",
    en: "{figure}: none in {window}",
  },
  "alert.words.above": {
    es: "{figure}: más de {limit} en {window}",
    pt: "{figure}: mais de {limit} em {window}",
    en: "{figure}: above {limit} in {window}",
  },
  "alert.words.below": {
    es: "{figure}: menos de {limit} en {window}",
    pt: "{figure}: menos de {limit} em {window}",
    en: "{figure}: below {limit} in {window}",
  },
  "alert.words.anomaly.either": {
    es: "{figure}: lejos de lo esperado",
    pt: "{figure}: longe do esperado",
    en: "{figure}: far from the expected",
  },
  "alert.words.anomaly.above": {
    es: "{figure}: muy por encima de lo esperado",
    pt: "{figure}: muito acima do esperado",
    en: "{figure}: far above the expected",
  },
  "alert.words.anomaly.below": {
    es: "{figure}: muy por debajo de lo esperado",
    pt: "{figure}: muito abaixo do esperado",
    en: "{figure}: far below the expected",
  },

  "alert.firingNow": {
    es: { one: "{count} alerta activa", other: "{count} alertas activas" },
    pt: { one: "{count} alerta ativo", other: "{count} alertas ativos" },
    en: { one: "{count} alert firing", other: "{count} alerts firing" },
  },
  "alert.toastFiring": {
    es: "Alerta: {name}",
    pt: "Alerta: {name}",
    en: "Alert: {name}",
  },
  "alert.toastOk": {
    es: "Recuperada: {name}",
    pt: "Recuperado: {name}",
    en: "Recovered: {name}",
  },
  "alert.now": { es: "ahora {value}", pt: "agora {value}", en: "now {value}" },
  "alert.look": { es: "Ver la alerta", pt: "Ver o alerta", en: "See the alert" },

  "error.bad_webhook_url": {
    es: "Esta dirección no se acepta: debe ser http o https, sin usuario y fuera de redes internas.",
    pt: "Este endereço não é aceito: deve ser http ou https, sem usuário e fora de redes internas.",
    en: "This address is not accepted: it must be http or https, without a user name, and outside internal networks.",
  },
  "error.too_many_alert_rules": {
    es: "Ya hay 100 alertas. Elimina una que no haga falta.",
    pt: "Já há 100 alertas. Exclua um de que não precise.",
    en: "There are 100 alerts already. Delete one that is not needed.",
  },
  "error.no_webhook": {
    es: "La alerta ya no tiene webhook.",
    pt: "O alerta não tem mais webhook.",
    en: "The alert has no webhook any more.",
  },
  "error.already_delivered": {
    es: "Este mensaje ya llegó.",
    pt: "Esta mensagem já chegou.",
    en: "This message has arrived already.",
  },
} as const satisfies Catalogue;
