"""A stand-in for the WhatsApp Cloud API: it checks each request against the documented shapes.

It throttles, fails, loses answers and sends signed webhooks as it is told to, and remembers what
it accepted, so that tests can count. `PISTA_META_GRAPH_URL` is its `url`.
"""

import asyncio
import hashlib
import hmac
import itertools
import json
import time
from collections import Counter, defaultdict, deque
from collections.abc import AsyncGenerator, Callable
from contextlib import asynccontextmanager
from typing import Any, NamedTuple
from urllib.parse import parse_qs, urlsplit

import httpx

from tests.fakes import whatsapp_shapes as shapes
from tests.fakes.moods import Form, Moods, answered, parsed
from tests.fakes.pages import Answer, Request, serving
from tests.fakes.whatsapp_shapes import Wrong

VERSION = "v26.0"
TOKEN = "EAAGfakeToken"
NUMBER = "106540352242922"
ACCOUNT = "102290129340398"
APP_SECRET = "5f3c0e9a7d2b4f61"
PAIR_BURST, PAIR_SECONDS = 45, 6.0


class Accepted(NamedTuple):
    """A message that was taken."""

    id: str
    to: str
    """Number, user id or group."""
    body: dict[str, Any]
    at: float

    @property
    def type(self) -> str:
        return self.body["type"]

    @property
    def callback_data(self) -> str | None:
        return self.body.get("biz_opaque_callback_data")


class File(NamedTuple):
    content: bytes
    mime_type: str
    sha256: str


class WhatsApp(Moods):
    """One number of one account. What may be set is what is public here and in `Moods`."""

    def __init__(self, seed: int = 7) -> None:
        super().__init__(seed)
        self.port = 0
        self.clock: Callable[[], float] = time.monotonic
        self.accepted: list[Accepted] = []
        self.dropped: list[Accepted] = []
        """Taken with a user id in `to`: the platform never says that nobody gets them."""
        self.read: list[str] = []
        self.typing: list[str] = []
        self.refused: Counter[int] = Counter()
        self.requests = 0
        self.per_second: int | None = None
        """More messages than this within a second are refused (130429)."""
        self.pairs = False
        """Whether somebody can be written to too often (131056)."""
        self.answers: deque[Answer] = deque()
        """Given to the next messages, whatever they are."""
        self.closed: set[str] = set()
        """Who has not written for 24 hours: nothing but templates arrives (131047)."""
        self.unreachable: set[str] = set()
        self.templates: dict[tuple[str, str], shapes.Template] = {}
        self.others: set[str] = set()
        """More numbers, that are asked about and nothing else."""
        self.files: dict[str, File] = {}
        self.subscribed = 0
        self.address: str | None = None
        """Where the app's webhooks go."""
        self.own_address: str | None = None
        """Where those of this number go instead."""
        self.corrupt_media = False
        self.understate_sizes = False
        self.media_host: str | None = None
        self.pending: list[dict[str, Any]] = []
        """Statuses that no webhook has told yet."""
        self._numbers = itertools.count(1)
        self._recent: deque[float] = deque()
        self._owed: defaultdict[str, float] = defaultdict(float)

    @property
    def origin(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def url(self) -> str:
        return f"{self.origin}/{VERSION}"

    def to(self, somebody: str) -> list[Accepted]:
        return [one for one in self.accepted if one.to == somebody]

    async def answer(self, request: Request) -> Answer:
        self.requests += 1
        busy = _failure(Wrong(131016, "Service temporarily unavailable.", 503))
        return await self.meet(request, self._serve, busy)

    def _serve(self, request: Request) -> Answer:
        try:
            return self._routed(request)
        except Wrong as wrong:
            self.refused[wrong.code] += 1
            return _failure(wrong)

    def _routed(self, request: Request) -> Answer:
        address = urlsplit(request.path)
        query = {name: values[-1] for name, values in parse_qs(address.query).items()}
        if request.headers.get("authorization") != f"Bearer {TOKEN}":
            raise Wrong(190, "Invalid OAuth access token.", 401)
        match (request.method, *address.path.strip("/").split("/")):
            case ("GET", "media", media):
                return self._download(media)
            case ("POST", version, number, "messages") if version == VERSION:
                return self._messages(number, request)
            case ("POST", version, number, "media") if version == VERSION:
                return self._upload(number, request)
            case ("GET", version, account, "message_templates") if version == VERSION:
                return self._templates(account, query)
            case ("POST", version, account, "subscribed_apps") if version == VERSION:
                shapes.same(account, ACCOUNT)
                self.subscribed += 1
                return answered({"success": True})
            case ("GET", version, account, "subscribed_apps") if version == VERSION:
                shapes.same(account, ACCOUNT)
                app = {"id": "670843887433847", "name": "Pista", "link": "https://x.example/"}
                data = [{"whatsapp_business_api_data": app}] if self.subscribed else []
                return answered({"data": data})
            case ("GET", version, one) if version == VERSION and one in self.files:
                return self._file(one, query)
            case ("GET", version, number) if version == VERSION:
                return self._number(number, query)
            case _:
                raise Wrong(100, "Unsupported request.", subcode=33)

    def _messages(self, number: str, request: Request) -> Answer:
        shapes.same(number, NUMBER)
        body = parsed(request)
        if body is None:
            raise Wrong(100, "The body is no JSON object.")
        if body.get("status") == "read":
            return self._read(body)
        if self.answers:
            return self.answers.popleft()
        to = shapes.check(body, self.templates, set(self.files))
        self._throttle(to)
        return self._take(to, body)

    def _throttle(self, to: str) -> None:
        now = self.clock()
        if self.per_second is not None:
            while self._recent and now - self._recent[0] > 1:
                self._recent.popleft()
            if len(self._recent) >= self.per_second:
                raise Wrong(130429, "Rate limit hit.", 429)
            self._recent.append(now)
        if self.pairs:
            # A burst is borrowed from the future: each message costs six seconds.
            free_at = max(self._owed[to], now)
            if free_at - now > (PAIR_BURST - 1) * PAIR_SECONDS:
                raise Wrong(131056, "Business account and consumer account pair rate limit hit.")
            self._owed[to] = free_at + PAIR_SECONDS

    def _take(self, to: str, body: dict[str, Any]) -> Answer:
        taken = Accepted(f"wamid.FAKE{next(self._numbers):012d}", to, body, self.clock())
        contact = {"input": to}
        if "recipient" in body:
            contact["user_id"] = to
        else:
            contact["wa_id"] = shapes.digits(to)
        if "to" in body and shapes.USER_ID.fullmatch(to):
            self.dropped.append(taken)
        else:
            self.accepted.append(taken)
            self.pending += self._statuses(taken)
        message = {"id": taken.id}
        if taken.type == "template":
            message["message_status"] = "accepted"
        answer = {"messaging_product": "whatsapp", "contacts": [contact], "messages": [message]}
        return answered(answer)

    def _statuses(self, taken: Accepted) -> list[dict[str, Any]]:
        if taken.to in self.unreachable:
            return [self.status(taken, "failed", 131026)]
        if taken.to in self.closed and taken.type != "template":
            return [self.status(taken, "failed", 131047)]
        # Of a reaction no more is ever told.
        states = ("sent",) if taken.type == "reaction" else ("sent", "delivered", "read")
        return [self.status(taken, state) for state in states]

    def status(self, taken: Accepted, state: str, code: int | None = None) -> dict[str, Any]:
        key = "recipient_user_id" if "recipient" in taken.body else "recipient_id"
        told: dict[str, Any] = {
            "id": taken.id,
            "status": state,
            "timestamp": str(int(time.time())),
            key: taken.to,
        }
        if taken.callback_data is not None:
            told["biz_opaque_callback_data"] = taken.callback_data
        if state in ("sent", "delivered"):
            told["pricing"] = {
                "billable": False,
                "pricing_model": "PMP",
                "type": "free_customer_service",
                "category": "service",
            }
        if code is not None:
            told["errors"] = [{"code": code, "title": "It failed", "message": "It failed"}]
        return told

    def _read(self, body: dict[str, Any]) -> Answer:
        shapes.known(body, "messaging_product", "status", "message_id", "typing_indicator")
        shapes.product(body)
        if not str(body.get("message_id", "")).startswith("wamid."):
            raise Wrong(131009, "message_id is no id of a message.")
        if "typing_indicator" in body:
            if body["typing_indicator"] != {"type": "text"}:
                raise Wrong(131009, "typing_indicator must have the type text.")
            self.typing.append(body["message_id"])
        self.read.append(body["message_id"])
        return answered({"success": True})

    def _upload(self, number: str, request: Request) -> Answer:
        shapes.same(number, NUMBER)
        form = Form(request)
        shapes.product(form.fields)
        if form.file_field != "file" or not form.file:
            raise Wrong(100, "There is no file.")
        if form.fields.get("type") != form.file_type:
            raise Wrong(131053, "type is not the file's.")
        return answered({"id": self.keep(form.file, form.file_type)})

    def keep(self, content: bytes, mime_type: str) -> str:
        """A file that somebody has sent, or that was uploaded; its id."""
        media = str(next(self._numbers) + 9_000_000)
        self.files[media] = File(content, mime_type, hashlib.sha256(content).hexdigest())
        return media

    def _file(self, media: str, query: dict[str, str]) -> Answer:
        shapes.same(query.get("phone_number_id", NUMBER), NUMBER)
        file = self.files[media]
        return answered(
            {
                "messaging_product": "whatsapp",
                "url": f"{self.media_host or self.origin}/media/{media}",
                "mime_type": file.mime_type,
                "sha256": file.sha256,
                "file_size": 1 if self.understate_sizes else len(file.content),
                "id": media,
            }
        )

    def _download(self, media: str) -> Answer:
        if media not in self.files:
            return Answer(404, b"")
        file = self.files[media]
        content = file.content[::-1] if self.corrupt_media else file.content
        return Answer(200, content, (("Content-Type", file.mime_type),))

    def _number(self, number: str, query: dict[str, str]) -> Answer:
        if number not in self.others:
            shapes.same(number, NUMBER)
        known: dict[str, Any] = {
            "id": number,
            "display_phone_number": "+1 555-078-3881",
            "verified_name": "Tienda Sol",
            "quality_rating": "GREEN",
            "code_verification_status": "VERIFIED",
            "name_status": "APPROVED",
            "status": "CONNECTED",
            "throughput": {"level": "STANDARD"},
            "messaging_limit_tier": "TIER_1K",
            "webhook_configuration": {
                name: address
                for name, address in (
                    ("phone_number", self.own_address),
                    ("application", self.address),
                )
                if address
            },
        }
        asked = query.get("fields", "id").split(",")
        if strange := set(asked) - set(known):
            raise Wrong(100, f"Tried accessing nonexisting field ({min(strange)}).")
        return answered({name: known[name] for name in {*asked, "id"}})

    def _templates(self, account: str, query: dict[str, str]) -> Answer:
        shapes.same(account, ACCOUNT)
        named = sorted(self.templates.items())
        first, limit = int(query.get("after", 0)), min(int(query.get("limit", 25)), 2)
        page = [
            _listed(number, name, language, template)
            for number, ((name, language), template) in enumerate(named, 1)
        ][first : first + limit]
        last = first + len(page)
        paging: dict[str, Any] = {"cursors": {"before": str(first), "after": str(last)}}
        if last < len(named):
            paging["next"] = f"{self.url}/{account}/message_templates?after={last}"
        return answered({"data": page, "paging": paging})

    def due(self, *, shuffled: bool = True, repeat: float = 0.0, most: int = 20) -> list[bytes]:
        """The statuses that are still to be told, as webhooks: out of order, some twice, and up to
        `most` in one.
        """
        told, self.pending = self.pending, []
        told += [one for one in told if self.chance.random() < repeat]
        if shuffled:
            self.chance.shuffle(told)
        batches = (told[first : first + most] for first in range(0, len(told), most))
        return [webhook(statuses=batch) for batch in batches]

    async def tell(self, client: httpx.AsyncClient, url: str, **how: Any) -> int:
        """Tell what is due, each until it is answered with 2xx; how many webhooks that took."""
        due = self.due(**how)
        for body in due:
            await deliver(client, url, body)
        return len(due)

    @asynccontextmanager
    async def telling(self, url: str, *, every: float = 0.05, **how: Any) -> AsyncGenerator[None]:
        """Go on telling for as long as this lasts, and the rest at its end."""
        async with httpx.AsyncClient(timeout=10, trust_env=False) as client:
            ended = asyncio.Event()

            async def go_on() -> None:
                while not ended.is_set():
                    await self.tell(client, url, **how)
                    await asyncio.sleep(every)

            task = asyncio.create_task(go_on())
            try:
                yield
            finally:
                ended.set()
                await task
                await self.tell(client, url, **how)


def _listed(number: int, name: str, language: str, template: shapes.Template) -> dict[str, Any]:
    return {
        "id": str(number),
        "name": name,
        "language": language,
        "status": template.status,
        "category": template.category,
        "components": [],
    }


def webhook(field: str = "messages", /, **value: Any) -> bytes:
    """A webhook's body as Meta writes it: everything beyond ASCII is escaped."""
    whole = {
        "messaging_product": "whatsapp",
        "metadata": {"display_phone_number": "15550783881", "phone_number_id": NUMBER},
        **value,
    }
    entry = {"id": ACCOUNT, "changes": [{"field": field, "value": whole}]}
    return json.dumps({"object": "whatsapp_business_account", "entry": [entry]}).encode()


def said(text: str, /, phone: str = "51991234877", **fields: Any) -> dict[str, Any]:
    """A message of somebody, for `webhook(messages=[…])`."""
    return {
        "from": phone,
        "from_user_id": f"PE.{phone}",
        "id": f"wamid.{hashlib.sha256(f'{phone}{text}{time.time_ns()}'.encode()).hexdigest()[:32]}",
        "timestamp": str(int(time.time())),
        "type": "text",
        "text": {"body": text},
        **fields,
    }


def sign(body: bytes, secret: str = APP_SECRET) -> str:
    """By hand here, and not with the code that checks."""
    return "sha256=" + hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()


async def deliver(client: httpx.AsyncClient, url: str, body: bytes, tries: int = 50) -> int:
    """Send a webhook until it is answered with 2xx; how many tries that took."""
    headers = {"Content-Type": "application/json", "X-Hub-Signature-256": sign(body)}
    for attempt in range(1, tries + 1):
        try:
            answer = await client.post(url, content=body, headers=headers)
        except httpx.TransportError:
            await asyncio.sleep(0.1)
            continue
        if answer.is_success:
            return attempt
        await asyncio.sleep(0.1)
    raise AssertionError("nobody takes the webhook")


def _failure(wrong: Wrong) -> Answer:
    error: dict[str, Any] = {
        "message": f"(#{wrong.code}) {wrong}",
        "type": "OAuthException",
        "code": wrong.code,
        "error_data": {"messaging_product": "whatsapp", "details": str(wrong)},
        "fbtrace_id": "Az8or2yhqkZfEZ-_4Qn_Bam",
    }
    if wrong.subcode is not None:
        error["error_subcode"] = wrong.subcode
    return answered({"error": error}, wrong.status)


@asynccontextmanager
async def running(fake: WhatsApp | None = None) -> AsyncGenerator[WhatsApp]:
    fake = fake or WhatsApp()
    async with serving(fake.answer) as fake.port:
        yield fake
