import type { Catalogue } from "../text";

/** What the server says of payments, in the reader's words. */
export const saidOfPayments = {
  "payments.said.otherAmount": {
    es: "La pasarela dice otro importe del que se pidió: no se cambió nada.",
    pt: "O gateway diz outro valor do que foi pedido: nada foi mudado.",
    en: "The gateway names another amount than was asked for: nothing was changed.",
  },
  "payments.said.otherCharge": {
    es: "Con este Pix ya se pagó otro cobro: no se cambió nada.",
    pt: "Com este Pix já foi paga outra cobrança: nada foi mudado.",
    en: "This Pix has paid another charge already: nothing was changed.",
  },
  "payments.said.otherPix": {
    es: "Ya estaba pagado con otro Pix; este llegó de más, y no se cambió nada.",
    pt: "Já estava pago com outro Pix; este chegou a mais, e nada foi mudado.",
    en: "It was paid with another Pix already; this one came besides, and nothing was changed.",
  },
  "payments.said.twice": {
    es: "La venta ya estaba pagada de otro modo: este dinero llegó de más.",
    pt: "A venda já estava paga de outro modo: este dinheiro chegou a mais.",
    en: "The sale was paid in another way already: this money came besides.",
  },
  "payments.said.otherCode": {
    es: "La pasarela hizo un código que no es de este importe, o que no es ninguno.",
    pt: "O gateway fez um código que não é deste valor, ou que não é nenhum.",
    en: "The gateway made a code that is not for this amount, or is none.",
  },
  "payments.said.off": {
    es: "La cuenta está apagada.",
    pt: "A conta está desligada.",
    en: "The account is switched off.",
  },
  "payments.said.paid": {
    es: "La venta ya está pagada.",
    pt: "A venda já está paga.",
    en: "The sale is paid by now.",
  },
  "payments.said.notOurs": {
    es: "Es de un pago que no se pidió aquí.",
    pt: "É de um pagamento que não foi pedido aqui.",
    en: "It is of a payment that was not asked for here.",
  },
  "payments.said.notAbout": {
    es: "Trata de otra cosa que un pago.",
    pt: "Trata de outra coisa que um pagamento.",
    en: "It is about something else than a payment.",
  },
  "payments.said.unreadable": {
    es: "No se puede leer.",
    pt: "Não dá para ler.",
    en: "It cannot be read.",
  },
  "payments.said.nobody": {
    es: "No hay pasarela a la que preguntar.",
    pt: "Não há gateway a quem perguntar.",
    en: "There is no gateway that could be asked.",
  },
  "payments.said.tooLittle": {
    es: "No cobra menos de 50 centavos.",
    pt: "Não cobra menos de 50 centavos.",
    en: "It takes no less than 50 cents.",
  },
  "payments.said.unknown": {
    es: "Puede que se haya creado; nadie ha visto su código.",
    pt: "Pode ter sido criado; ninguém viu o seu código.",
    en: "It may have been made; nobody has seen its code.",
  },
  "payments.said.away": {
    es: "La pasarela no responde.",
    pt: "O gateway não responde.",
    en: "The gateway does not answer.",
  },
  "payments.said.badAnswer": {
    es: "No se entiende lo que responde la pasarela.",
    pt: "Não se entende o que o gateway responde.",
    en: "Nobody understands what the gateway answers.",
  },
  "payments.said.denied": {
    es: "La pasarela respondió {status}: la clave no vale, o no puede hacer esto.",
    pt: "O gateway respondeu {status}: a chave não vale, ou não pode fazer isto.",
    en: "The gateway answered {status}: the token is wrong, or may not do this.",
  },
  "payments.said.answered": {
    es: "La pasarela respondió {status}.",
    pt: "O gateway respondeu {status}.",
    en: "The gateway answered {status}.",
  },
  "payments.said.unsent": {
    es: "El código se hizo y no se pudo enviar: cópialo. ({why})",
    pt: "O código foi feito e não pôde ser enviado: copie-o. ({why})",
    en: "The code was made and could not be sent: copy it. ({why})",
  },
} as const satisfies Catalogue;
