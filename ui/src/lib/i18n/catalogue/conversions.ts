import type { Catalogue } from "../text";

/** What platforms were told of sales, and what they were not. */
export const conversions = {
  "nav.conversions": { es: "Conversiones", pt: "Conversões", en: "Conversions" },
  "conv.intro": {
    es: "Qué ventas se han enviado a Meta y a las demás plataformas, qué contestaron y por qué algo no se envía. Cada venta cuenta una sola vez.",
    pt: "Quais vendas foram enviadas à Meta e às outras plataformas, o que responderam e por que algo não é enviado. Cada venda conta uma só vez.",
    en: "Which sales Meta and the other platforms were told of, what they answered, and why something is not sent. Each sale counts once.",
  },
  "conv.log": { es: "Envíos", pt: "Envios", en: "Deliveries" },
  "conv.empty": {
    es: "Todavía no se ha enviado nada",
    pt: "Ainda não se enviou nada",
    en: "Nothing has been sent yet",
  },
  "conv.emptyHint": {
    es: "En cuanto se pague una venta y haya un destino conectado, aparecerá aquí.",
    pt: "Assim que uma venda for paga e houver um destino conectado, ela aparecerá aqui.",
    en: "As soon as a sale is paid and a destination is connected, it shows up here.",
  },
  "conv.noneSuch": {
    es: "Nada en este estado",
    pt: "Nada neste estado",
    en: "Nothing in this state",
  },
  "conv.showAll": { es: "Ver todo", pt: "Ver tudo", en: "Show all" },
  "conv.earlier": { es: "Ver anteriores", pt: "Ver anteriores", en: "Show earlier ones" },
  "conv.paused": {
    es: "{name} está en pausa",
    pt: "{name} está em pausa",
    en: "{name} is paused",
  },
  "conv.pausedNow": {
    es: { one: "{count} destino en pausa", other: "{count} destinos en pausa" },
    pt: { one: "{count} destino em pausa", other: "{count} destinos em pausa" },
    en: {
      one: "{count} destination is paused",
      other: "{count} destinations are paused",
    },
  },
  "conv.pausedWaiting": {
    es: {
      one: "{count} conversión espera; se enviará cuando lo reanudes.",
      other: "{count} conversiones esperan; se enviarán cuando lo reanudes.",
    },
    pt: {
      one: "{count} conversão espera; será enviada quando você retomar.",
      other: "{count} conversões esperam; serão enviadas quando você retomar.",
    },
    en: {
      one: "{count} conversion waits; it is sent once you resume it.",
      other: "{count} conversions wait; they are sent once you resume it.",
    },
  },
  "conv.state": { es: "Estado", pt: "Estado", en: "State" },
  "conv.state.all": { es: "Todos", pt: "Todos", en: "All" },
  "conv.state.held": { es: "En espera", pt: "Em espera", en: "Held" },
  "conv.state.ready": { es: "Por enviar", pt: "A enviar", en: "To be sent" },
  "conv.state.unknown": { es: "Sin respuesta", pt: "Sem resposta", en: "Unanswered" },
  "conv.state.sent": { es: "Enviada", pt: "Enviada", en: "Sent" },
  "conv.state.parked": { es: "Por revisar", pt: "A revisar", en: "To be looked at" },
  "conv.state.dead": { es: "Rechazada", pt: "Recusada", en: "Refused" },
  "conv.state.skipped": { es: "No se envía", pt: "Não se envia", en: "Not sent" },
  "conv.state.canceled": { es: "Cancelada", pt: "Cancelada", en: "Canceled" },
  "conv.about.held": {
    es: "Todavía no se conoce ningún clic; se espera un poco.",
    pt: "Ainda não se conhece nenhum clique; espera-se um pouco.",
    en: "No click is known of it yet; it waits a little.",
  },
  "conv.about.ready": {
    es: "Se envía en cuanto se pueda.",
    pt: "É enviada assim que possível.",
    en: "It is sent as soon as it can be.",
  },
  "conv.about.unknown": {
    es: "Se ha enviado y aún no hay respuesta.",
    pt: "Foi enviada e ainda não há resposta.",
    en: "It was sent, and not answered yet.",
  },
  "conv.about.sent": {
    es: "La plataforma la ha recibido.",
    pt: "A plataforma a recebeu.",
    en: "The platform has taken it.",
  },
  "conv.about.parked": {
    es: "Nadie sabe si llegó.",
    pt: "Ninguém sabe se chegou.",
    en: "Nobody knows whether it arrived.",
  },
  "conv.about.dead": {
    es: "No se intentará más.",
    pt: "Não se tentará mais.",
    en: "It is not tried any more.",
  },
  "conv.about.skipped": {
    es: "Esta plataforma no recibe esta venta.",
    pt: "Esta plataforma não recebe esta venda.",
    en: "This platform is not told of it.",
  },
  "conv.about.canceled": {
    es: "Ya no se envía.",
    pt: "Já não se envia.",
    en: "It is not sent any more.",
  },
  "conv.why.too_old": {
    es: "Es demasiado antigua para la plataforma.",
    pt: "É antiga demais para a plataforma.",
    en: "It is too old for the platform.",
  },
  "conv.why.nobody_knows": {
    es: "Nadie sabe si llegó, y enviarla otra vez ya la contaría doble. Compruébalo en la plataforma.",
    pt: "Ninguém sabe se chegou, e enviá-la de novo já a contaria em dobro. Confira na plataforma.",
    en: "Nobody knows whether it arrived, and sent again it would count twice by now. Look at the platform.",
  },
  "conv.why.refused": {
    es: "La plataforma la rechazó.",
    pt: "A plataforma a recusou.",
    en: "The platform refused it.",
  },
  "conv.why.no_answer": {
    es: "No hubo respuesta; se envía de nuevo con el mismo número.",
    pt: "Não houve resposta; é enviada de novo com o mesmo número.",
    en: "There was no answer; it goes again under the same id.",
  },
  "conv.why.split": {
    es: "Otra de su grupo fue rechazada; se envían por partes.",
    pt: "Outra do seu grupo foi recusada; são enviadas em partes.",
    en: "Another of its batch was refused; they go in parts.",
  },
  "conv.why.trouble": {
    es: "La plataforma tuvo un problema; se intenta de nuevo.",
    pt: "A plataforma teve um problema; tenta-se de novo.",
    en: "The platform was in trouble; it is tried again.",
  },
  "conv.why.throttled": {
    es: "La plataforma pidió ir más despacio.",
    pt: "A plataforma pediu para ir mais devagar.",
    en: "The platform asked for patience.",
  },
  "conv.why.paused": {
    es: "El destino está en pausa: la plataforma rechazó el token.",
    pt: "O destino está em pausa: a plataforma recusou o token.",
    en: "The destination is paused: the platform refused the token.",
  },
  "conv.why.clock": {
    es: "El reloj de este servidor va adelantado; se ajusta.",
    pt: "O relógio deste servidor está adiantado; ajusta-se.",
    en: "This server's clock is ahead; it is put right.",
  },
  "conv.why.opted_out": {
    es: "El comprador no quiere que se compartan sus datos.",
    pt: "O comprador não quer que seus dados sejam compartilhados.",
    en: "The buyer does not want their data shared.",
  },
  "conv.why.test_sale": {
    es: "Es una venta de prueba.",
    pt: "É uma venda de teste.",
    en: "It is a test sale.",
  },
  "conv.why.no_user_data": {
    es: "No se sabe nada del comprador ni de su clic.",
    pt: "Não se sabe nada do comprador nem do seu clique.",
    en: "Nothing is known of the buyer or their click.",
  },
  "conv.why.no_click_id": {
    es: "No viene de un clic de esta plataforma.",
    pt: "Não vem de um clique desta plataforma.",
    en: "It does not come from a click of this platform.",
  },
  "conv.why.not_an_order": {
    es: "No es un pedido.",
    pt: "Não é um pedido.",
    en: "It is no order.",
  },
  "conv.why.erased": {
    es: "Los datos de la persona se borraron.",
    pt: "Os dados da pessoa foram apagados.",
    en: "The person's data were erased.",
  },
  "conv.why.refunded": {
    es: "El dinero se devolvió antes de enviarla.",
    pt: "O dinheiro foi devolvido antes de enviá-la.",
    en: "The money went back before it was sent.",
  },
  "conv.why.charged_back": {
    es: "Hubo un contracargo antes de enviarla.",
    pt: "Houve um chargeback antes de enviá-la.",
    en: "It was charged back before it was sent.",
  },
  "conv.why.destination_deleted": {
    es: "El destino se eliminó.",
    pt: "O destino foi excluído.",
    en: "The destination was deleted.",
  },
  "conv.name.Purchase": { es: "Compra", pt: "Compra", en: "Purchase" },
  "conv.name.Lead": { es: "Lead", pt: "Lead", en: "Lead" },
  "conv.name.InitiateCheckout": {
    es: "Inicio de pago",
    pt: "Início de pagamento",
    en: "Checkout begun",
  },
  "conv.detail": { es: "Conversión", pt: "Conversão", en: "Conversion" },
  "conv.next": {
    es: "Próximo intento: {time}",
    pt: "Próxima tentativa: {time}",
    en: "Next attempt: {time}",
  },
  "conv.said": {
    es: "La plataforma contestó ({code})",
    pt: "A plataforma respondeu ({code})",
    en: "The platform answered ({code})",
  },
  "conv.resend": { es: "Enviar de nuevo", pt: "Enviar de novo", en: "Send again" },
  "conv.sendNow": { es: "Enviar ya", pt: "Enviar já", en: "Send now" },
  "conv.resent": {
    es: "Sale enseguida.",
    pt: "Sai em seguida.",
    en: "It is on its way.",
  },
  "conv.look": { es: "¿Llegó o no?", pt: "Chegou ou não?", en: "Did it arrive?" },
  "conv.lookHint": {
    es: "Busca {event} en {place}. Si ya está, no la envíes: contaría dos veces.",
    pt: "Procure {event} em {place}. Se já está lá, não a envie: contaria duas vezes.",
    en: "Look for {event} at {place}. If it is there, do not send it: it would count twice.",
  },
  "conv.looked": {
    es: "No está: enviar",
    pt: "Não está: enviar",
    en: "It is not there: send it",
  },
  "conv.quality": {
    es: "Calidad de la coincidencia (estimada)",
    pt: "Qualidade da correspondência (estimada)",
    en: "Match quality (an estimate)",
  },
  "conv.ofTen": { es: "{score} de 10", pt: "{score} de 10", en: "{score} of 10" },
  "conv.wouldRaise": {
    es: "La mejoraría: {what}",
    pt: "Melhoraria com: {what}",
    en: "It would rise with: {what}",
  },
  "conv.help.em": { es: "el correo", pt: "o e-mail", en: "the e-mail" },
  "conv.help.ph": { es: "el teléfono", pt: "o telefone", en: "the phone" },
  "conv.help.fbc": {
    es: "un clic del anuncio",
    pt: "um clique do anúncio",
    en: "a click on the ad",
  },
  "conv.help.fbp": {
    es: "la cookie del píxel",
    pt: "o cookie do pixel",
    en: "the pixel's cookie",
  },
  "conv.help.external_id": {
    es: "el contacto",
    pt: "o contato",
    en: "the contact",
  },
  "conv.help.client_ip_address": {
    es: "la dirección IP",
    pt: "o endereço IP",
    en: "the IP address",
  },
  "conv.help.client_user_agent": {
    es: "el navegador",
    pt: "o navegador",
    en: "the browser",
  },
  "conv.help.fn": { es: "el nombre", pt: "o nome", en: "the first name" },
  "conv.help.ln": { es: "el apellido", pt: "o sobrenome", en: "the last name" },
  "conv.help.db": {
    es: "la fecha de nacimiento",
    pt: "a data de nascimento",
    en: "the day of birth",
  },
  "conv.help.ct": { es: "la ciudad", pt: "a cidade", en: "the town" },
  "conv.help.zp": { es: "el código postal", pt: "o CEP", en: "the postal code" },
  "conv.help.st": { es: "la provincia", pt: "o estado", en: "the state" },
  "conv.help.country": { es: "el país", pt: "o país", en: "the country" },
  "conv.help.ge": { es: "el género", pt: "o gênero", en: "the gender" },
  "conv.payload": { es: "Lo que se envió", pt: "O que se enviou", en: "What was sent" },
  "conv.payloadHint": {
    es: "Sin lo que identifica a la persona.",
    pt: "Sem o que identifica a pessoa.",
    en: "Without what names the person.",
  },
  "conv.tries": { es: "Intentos", pt: "Tentativas", en: "Attempts" },
  "conv.copyTrace": {
    es: "Copiar fbtrace_id",
    pt: "Copiar fbtrace_id",
    en: "Copy fbtrace_id",
  },
} as const satisfies Catalogue;
