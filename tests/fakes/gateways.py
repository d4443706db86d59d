"""Stand-ins for Mercado Pago, Asaas and PushinPay: they check each call, take the money that a test
says, send their notifications as the real ones do, and can be slow, away, throttling or wrong.

One server plays all three: `PISTA_MERCADOPAGO_URL` is `url + "/mp"`, and so on.
"""

import hashlib
import hmac
import itertools
import time
from abc import ABC, abstractmethod
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from typing import Any, ClassVar
from urllib.parse import parse_qs, urlsplit
from uuid import uuid4

import httpx

from pista.sales import brcode
from pista.sales.brcode import BrCode
from pista.settings import Settings
from tests.fakes.moods import Moods, answered, parsed
from tests.fakes.pages import Answer, Request, serving

TOKEN = "APP_USR-of-the-stand-in"
SECRET = "signing-secret-of-the-stand-in"
CUSTOMER = "cus_000005219613"
Json = dict[str, Any]
BUSY = answered({"message": "internal error"}, 500)


class Wrong(Exception):
    def __init__(self, status: int, text: str) -> None:
        self.status = status
        super().__init__(text)


class Payment:
    """A charge as a gateway has it, with its price as that gateway writes it."""

    def __init__(self, number: str, cents: int, reference: str, notice_url: str) -> None:
        self.id = number
        self.cents = cents
        self.reference = reference
        self.notice_url = notice_url
        self.status = "open"
        self.refunded = 0
        self.e2e = f"E{uuid4().hex[:31]}"
        self.code = brcode.encode(
            BrCode(url=f"pix.example/{number[:30]}", name="Loja", city="Lima", amount_cents=cents)
        )

    @property
    def price(self) -> float:
        return float(f"{self.cents // 100}.{self.cents % 100:02d}")


class Gateway(Moods, ABC):
    """What a gateway does; what may be set is what is public here and in `Moods`."""

    def __init__(self, seed: int = 7) -> None:
        super().__init__(seed)
        self.payments: dict[str, Payment] = {}
        self.keys: dict[str, str] = {}
        self.asked: list[str] = []
        """Each call, as method and path."""
        self.token = TOKEN
        self.throttle = 0
        """So many calls are answered with 429."""
        self.blind = False
        """What it shows is as it was before anybody paid: a copy that lags behind."""

    def paid(self, number: str | None = None) -> Payment:
        """Somebody pays."""
        payment = self.payments[number or next(iter(self.payments))]
        payment.status = "paid"
        return payment

    async def answer(self, request: Request) -> Answer:
        return await self.meet(request, self._serve, BUSY)

    def _serve(self, request: Request) -> Answer:
        path = urlsplit(request.path).path
        self.asked.append(f"{request.method} {path}")
        if self.throttle:
            self.throttle -= 1
            return Answer(429, b"{}", (("Retry-After", "1"),))
        try:
            return answered(self.served(request, path), 200)
        except Wrong as wrong:
            return answered({"message": str(wrong)}, wrong.status)

    @abstractmethod
    def served(self, request: Request, path: str) -> Json:
        """What it answers; `Wrong` where it refuses."""

    def _known(self, number: str) -> Payment:
        found = {one.lower(): payment for one, payment in self.payments.items()}
        if number.lower() not in found:
            raise Wrong(404, "not found")
        return found[number.lower()]

    def _status(self, payment: Payment) -> str:
        return "open" if self.blind else payment.status


def _body(request: Request) -> Json:
    body = parsed(request)
    if body is None:
        raise Wrong(400, "no JSON")
    return body


def _cents(value: object) -> int:
    """As a number with a point; anything else is refused."""
    if not isinstance(value, int | float) or isinstance(value, bool) or value <= 0:
        raise Wrong(400, "value")
    return round(value * 100)


class MercadoPago(Gateway):
    STATES: ClassVar = {
        "open": "pending",
        "paid": "approved",
        "canceled": "cancelled",
        "expired": "cancelled",
    }

    def __init__(self) -> None:
        super().__init__()
        self._numbers = itertools.count(1325370000)

    def served(self, request: Request, path: str) -> Json:
        if request.headers.get("authorization") != f"Bearer {self.token}":
            raise Wrong(401, "unauthorized")
        if path == "/users/me":
            return {"id": 1}
        if path == "/v1/payments/search":
            asked = parse_qs(urlsplit(request.path).query)["external_reference"][0]
            found = [one for one in self.payments.values() if one.reference == asked]
            return {"results": [self._shown(one) for one in found]}
        if request.method == "GET" and path.startswith("/v1/payments/"):
            return self._shown(self._known(path.rpartition("/")[2]))
        if (request.method, path) == ("POST", "/v1/payments"):
            return self._made(request)
        raise Wrong(404, "no such path")

    def _made(self, request: Request) -> Json:
        key, body = request.headers.get("x-idempotency-key"), _body(request)
        if not key:
            raise Wrong(400, "X-Idempotency-Key")
        if body["payment_method_id"] != "pix" or "@" not in body["payer"]["email"]:
            raise Wrong(400, "payer")
        if key not in self.keys:
            number = str(next(self._numbers))
            self.keys[key] = number
            self.payments[number] = Payment(
                number,
                _cents(body["transaction_amount"]),
                body["external_reference"],
                body["notification_url"],
            )
        return self._shown(self.payments[self.keys[key]])

    def _shown(self, one: Payment) -> Json:
        status = self._status(one)
        return {
            "id": int(one.id),
            "status": self.STATES.get(status, status),
            "status_detail": "expired" if status == "expired" else "accredited",
            "transaction_amount": one.price,
            "transaction_amount_refunded": one.refunded / 100,
            "external_reference": one.reference,
            "date_approved": None,
            "point_of_interaction": {"transaction_data": {"qr_code": one.code, "e2e_id": one.e2e}},
        }

    async def notify(
        self, client: httpx.AsyncClient, number: str, secret: str = SECRET, **more: str
    ) -> httpx.Response:
        """As it tells of a payment: which one, signed, and never how it is."""
        ts = more.get("ts", str(int(time.time() * 1000)))
        signed = f"id:{number.lower()};request-id:r1;ts:{ts};".encode()
        v1 = hmac.new(secret.encode(), signed, hashlib.sha256).hexdigest()
        return await client.post(
            urlsplit(self._known(number).notice_url).path,
            params={"data.id": more.get("id", number), "type": "payment"},
            json={"type": "payment", "action": "payment.updated", "data": {"id": number}},
            headers={"x-signature": f"ts={ts},v1={v1}", "x-request-id": "r1"},
        )


class Asaas(Gateway):
    STATES: ClassVar = {
        "open": "PENDING",
        "paid": "RECEIVED",
        "refunded": "REFUNDED",
        "expired": "OVERDUE",
    }

    def served(self, request: Request, path: str) -> Json:
        if request.headers.get("access_token") != self.token:
            raise Wrong(401, "invalid_access_token")
        if path == "/v3/myAccount/status":
            return {"general": "APPROVED"}
        if (request.method, path) == ("POST", "/v3/payments"):
            return self._made(_body(request))
        if path == "/v3/payments":
            asked = parse_qs(urlsplit(request.path).query)["externalReference"][0]
            found = [one for one in self.payments.values() if one.reference == asked]
            return {"data": [self._shown(one) for one in found]}
        if path.endswith("/pixQrCode"):
            return {"payload": self._known(path.split("/")[-2]).code, "encodedImage": ""}
        return self._shown(self._known(path.rpartition("/")[2]))

    def _made(self, body: Json) -> Json:
        if body["billingType"] != "PIX" or body["customer"] != CUSTOMER:
            raise Wrong(400, "customer")
        time.strptime(body["dueDate"], "%Y-%m-%d")
        number = f"pay_{uuid4().hex[:16]}"
        self.payments[number] = Payment(
            number, _cents(body["value"]), body["externalReference"], ""
        )
        return self._shown(self.payments[number])

    def _shown(self, one: Payment) -> Json:
        status = self._status(one)
        refunds = [{"status": "DONE", "value": one.refunded / 100}] if one.refunded else None
        return {
            "id": one.id,
            "status": self.STATES.get(status, status),
            "value": one.price,
            "externalReference": one.reference,
            "deleted": False,
            "refunds": refunds,
        }

    async def notify(
        self, client: httpx.AsyncClient, path: str, number: str, token: str = SECRET
    ) -> httpx.Response:
        event = {"id": f"evt_{uuid4().hex}", "event": "PAYMENT_RECEIVED"}
        payment = self._shown(self._known(number))
        return await client.post(
            path, json={**event, "payment": payment}, headers={"asaas-access-token": token}
        )


class PushinPay(Gateway):
    STATES: ClassVar = {"open": "created"}

    def served(self, request: Request, path: str) -> Json:
        if request.headers.get("authorization") != f"Bearer {self.token}":
            raise Wrong(401, "unauthenticated")
        if (request.method, path) == ("POST", "/api/pix/cashIn"):
            body = _body(request)
            if not isinstance(body["value"], int) or body["value"] < 50:
                raise Wrong(422, "value")
            # It writes its ids in capitals here, and small elsewhere.
            number = str(uuid4()).upper()
            self.payments[number] = Payment(number, body["value"], "", body["webhook_url"])
            return self._shown(self.payments[number], number)
        number = path.rpartition("/")[2]
        return self._shown(self._known(number), number.lower())

    def _shown(self, one: Payment, number: str) -> Json:
        status = self._status(one)
        return {
            "id": number,
            "status": self.STATES.get(status, status),
            "value": one.cents,
            "qr_code": one.code,
            "end_to_end_id": one.e2e if status != "open" else None,
        }

    async def notify(self, client: httpx.AsyncClient, number: str, **more: Any) -> httpx.Response:
        """Nothing of it is signed."""
        parts = urlsplit(self._known(number).notice_url)
        body = {"id": number.lower(), "status": "paid", "value": 1, "payer_name": "X", **more}
        return await client.post(f"{parts.path}?{parts.query}", json=body)


class Street:
    """The three, behind one address."""

    def __init__(self) -> None:
        self.mp = MercadoPago()
        self.asaas = Asaas()
        self.pushin = PushinPay()
        self.port = 0

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def settings(self, **others: Any) -> Settings:
        return Settings(
            mercadopago_url=f"{self.url}/mp",
            asaas_url=f"{self.url}/asaas",
            pushinpay_url=f"{self.url}/pushin",
            **others,
        )

    async def answer(self, request: Request) -> Answer:
        _, name, path = request.path.split("/", 2)
        houses: dict[str, Gateway] = {"mp": self.mp, "asaas": self.asaas, "pushin": self.pushin}
        return await houses[name].answer(request._replace(path=f"/{path}"))


@asynccontextmanager
async def open_street() -> AsyncGenerator[Street]:
    street = Street()
    async with serving(street.answer) as port:
        street.port = port
        yield street
