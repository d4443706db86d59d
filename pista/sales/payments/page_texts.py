"""What the page says that a Pix is paid on, in three languages."""

from typing import Literal

from pista.sales.machine import KEPT
from pista.sales.model import ChargeStatus, Status

Language = Literal["pt", "es", "en"]
State = Literal["preparing", "open", "paid", "over", "returned"]

TEXTS: dict[Language, dict[str, str]] = {
    "pt": {
        "title": "Pagar com Pix",
        "to": "Para",
        "preparing": "Preparando o Pix…",
        "open": "Abra o aplicativo do seu banco e leia o código, ou copie e cole.",
        "copy": "Copiar código",
        "copied": "Copiado",
        "code": "Código Pix copia e cola",
        "picture": "Código QR do Pix",
        "until": "Vale até",
        "waiting": "Esperando o pagamento. Esta página muda sozinha.",
        "paid": "Pago. Obrigado!",
        "over": "Este Pix já não vale. Peça outro a quem o enviou.",
        "returned": "O valor foi devolvido.",
        "offline": "Sem conexão; tentando de novo…",
    },
    "es": {
        "title": "Pagar con Pix",
        "to": "Para",
        "preparing": "Preparando el Pix…",
        "open": "Abre la aplicación de tu banco y lee el código, o cópialo y pégalo.",
        "copy": "Copiar código",
        "copied": "Copiado",
        "code": "Código Pix para copiar y pegar",
        "picture": "Código QR del Pix",
        "until": "Vale hasta",
        "waiting": "Esperando el pago. Esta página cambia sola.",
        "paid": "Pagado. ¡Gracias!",
        "over": "Este Pix ya no vale. Pide otro a quien te lo envió.",
        "returned": "El importe fue devuelto.",
        "offline": "Sin conexión; se intenta de nuevo…",
    },
    "en": {
        "title": "Pay by Pix",
        "to": "To",
        "preparing": "Preparing the Pix…",
        "open": "Open your bank's app and scan the code, or copy and paste it.",
        "copy": "Copy code",
        "copied": "Copied",
        "code": "Pix code to copy and paste",
        "picture": "QR code of the Pix",
        "until": "Valid until",
        "waiting": "Waiting for the payment. This page changes by itself.",
        "paid": "Paid. Thank you!",
        "over": "This Pix is of no use any more. Ask whoever sent it for another.",
        "returned": "The amount was given back.",
        "offline": "No connection; trying again…",
    },
}

_STATES: dict[ChargeStatus, State] = {
    "creating": "preparing",
    "open": "open",
    "paid": "paid",
    "partly_refunded": "paid",
    "refunded": "returned",
    "charged_back": "returned",
}


def state_of(status: ChargeStatus, sale: Status) -> State:
    """Who has paid in another way is not asked for another Pix."""
    state = _STATES.get(status, "over")
    return "paid" if sale in KEPT and state != "returned" else state


def language_of(asked: str | None, accepted: str) -> Language:
    """The one asked for, else the first of the browser's that we speak; a Pix is Brazilian."""
    if asked in TEXTS:
        return asked
    for part in accepted.lower().split(","):
        name = part.partition(";")[0].strip().partition("-")[0]
        if name in TEXTS:
            return name
    return "pt"
