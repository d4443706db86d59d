"""A stand-in for Telegram's Bot API: it checks each call against the documented parameters.

It throttles, fails, loses answers and sends updates to the webhook that was set, and remembers
what it accepted, so that tests can count. `PISTA_TELEGRAM_API_URL` is its `url`.
"""

import asyncio
import itertools
import json
import re
import time
from collections import Counter, defaultdict, deque
from collections.abc import AsyncGenerator, Callable
from contextlib import asynccontextmanager
from typing import Any, NamedTuple, cast
from urllib.parse import unquote, urlsplit

import httpx

from tests.fakes.moods import Form, Moods, answered, parsed
from tests.fakes.pages import Answer, Request, serving

BOT = 7000000001
TOKEN = f"{BOT}:AAFakeTokenOfTheStandIn"
LONGEST_TEXT, LONGEST_CAPTION, MOST_CALLBACK_BYTES = 4096, 1024, 64
SECRET = re.compile(r"[A-Za-z0-9_-]{1,256}")
COMMON = ("chat_id", "reply_parameters", "reply_markup", "disable_notification", "parse_mode")
MEDIA = {
    "sendPhoto": "photo",
    "sendVideo": "video",
    "sendAudio": "audio",
    "sendVoice": "voice",
    "sendDocument": "document",
    "sendSticker": "sticker",
}
UPDATES = frozenset(
    {
        *("message", "edited_message", "channel_post", "edited_channel_post", "callback_query"),
        *("message_reaction", "my_chat_member", "chat_member", "chat_join_request"),
    }
)
# What comes without being asked for.
NOT_BY_DEFAULT = ("chat_member", "message_reaction")
Json = dict[str, Any]


class Wrong(Exception):
    def __init__(self, code: int, text: str, **parameters: int) -> None:
        self.code = code
        self.parameters = parameters
        super().__init__(text)


class Accepted(NamedTuple):
    """A message that was taken."""

    chat: int
    message_id: int
    method: str
    parameters: Json
    file: bytes

    @property
    def external_id(self) -> str:
        return f"{self.chat}:{self.message_id}"


class Telegram(Moods):
    """One bot. What may be set is what is public here and in `Moods`."""

    def __init__(self, seed: int = 7) -> None:
        super().__init__(seed)
        self.port = 0
        self.clock: Callable[[], float] = time.monotonic
        self.accepted: list[Accepted] = []
        self.callbacks: list[str] = []
        self.reactions: list[Json] = []
        self.refused: Counter[int] = Counter()
        self.blocked: set[int] = set()
        """Who has stopped the bot."""
        self.strangers: set[int] = set()
        """Who has never pressed Start."""
        self.moved: dict[int, int] = {}
        """Groups that go by another id now."""
        self.per_chat_second: int | None = None
        """More messages than this within a second to one chat are refused (429)."""
        self.retry_after = 3
        self.files: dict[str, bytes] = {}
        self.hidden: set[str] = set()
        """Files that are too large for the Bot API to give away."""
        self.understate_sizes = False
        self.webhook: Json = {}
        self._numbers = itertools.count(1)
        self._updates = itertools.count(800_000_001)
        self._recent: defaultdict[int, deque[float]] = defaultdict(deque)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def to(self, chat: int) -> list[Accepted]:
        return [one for one in self.accepted if one.chat == chat]

    async def answer(self, request: Request) -> Answer:
        return await self.meet(request, self._serve, _failure(Wrong(500, "Internal Server Error")))

    def _serve(self, request: Request) -> Answer:
        try:
            return self._routed(request)
        except Wrong as wrong:
            self.refused[wrong.code] += 1
            return _failure(wrong)

    def _routed(self, request: Request) -> Answer:
        path = unquote(urlsplit(request.path).path)
        if path.startswith(f"/file/bot{TOKEN}/"):
            return self._download(path.removeprefix(f"/file/bot{TOKEN}/"))
        token, _, method = path.removeprefix("/bot").partition("/")
        if not re.fullmatch(r"\d+:[\w-]+", token):
            raise Wrong(404, "Not Found")
        if token != TOKEN:
            raise Wrong(401, "Unauthorized")
        form = Form(request)
        given = _from_form(form) if form.file_field else parsed(request)
        if given is None:
            raise Wrong(400, "Bad Request: the body is no JSON object")
        if form.file_field and MEDIA.get(method) != form.file_field:
            raise Wrong(400, f"Bad Request: {method} takes no file as {form.file_field}")
        return answered({"ok": True, "result": self._called(method, given, form)})

    def _called(self, method: str, given: Json, form: Form) -> object:
        if method in SENT:
            return self._send(method, given, form)
        match method:
            case "getMe":
                return {
                    "id": BOT,
                    "is_bot": True,
                    "first_name": "Tienda Sol",
                    "username": "sol_bot",
                    "can_join_groups": True,
                    "can_read_all_group_messages": False,
                }
            case "setWebhook":
                self._set_webhook(given)
            case "deleteWebhook":
                _known(given, "drop_pending_updates")
                self.webhook = {}
            case "getWebhookInfo":
                return self._webhook_info()
            case "getFile":
                return self._file(given)
            case "answerCallbackQuery":
                _known(given, "callback_query_id", "text", "show_alert", "url", "cache_time")
                self.callbacks.append(_text(given, "callback_query_id", 1, 64))
            case "setMessageReaction":
                self._react(given)
            case _:
                raise Wrong(404, "Not Found")
        return True

    def _send(self, method: str, given: Json, form: Form) -> Json:
        _known(given, *COMMON, *SENT[method])
        chat = _whole(given, "chat_id")
        self._let_in(chat)
        _check(method, given, form)
        _reply(given.get("reply_parameters"))
        _markup(given.get("reply_markup"))
        self._throttle(chat)
        taken = Accepted(chat, next(self._numbers), method, given, form.file)
        self.accepted.append(taken)
        kind = "private" if chat > 0 else "supergroup"
        return {
            "message_id": taken.message_id,
            "from": {"id": BOT, "is_bot": True, "first_name": "Tienda Sol"},
            "chat": {"id": chat, "type": kind},
            "date": int(time.time()),
        }

    def _let_in(self, chat: int) -> None:
        if chat in self.strangers:
            raise Wrong(400, "Bad Request: chat not found")
        if chat in self.blocked:
            raise Wrong(403, "Forbidden: bot was blocked by the user")
        if chat in self.moved:
            text = "Bad Request: group chat was upgraded to a supergroup chat"
            raise Wrong(400, text, migrate_to_chat_id=self.moved[chat])

    def _throttle(self, chat: int) -> None:
        if self.per_chat_second is None:
            return
        now, recent = self.clock(), self._recent[chat]
        while recent and now - recent[0] > 1:
            recent.popleft()
        if len(recent) >= self.per_chat_second:
            text = f"Too Many Requests: retry after {self.retry_after}"
            raise Wrong(429, text, retry_after=self.retry_after)
        recent.append(now)

    def _react(self, given: Json) -> None:
        _known(given, "chat_id", "message_id", "reaction", "is_big")
        self._let_in(_whole(given, "chat_id"))
        _whole(given, "message_id")
        for one in _items(given, "reaction"):
            if set(one) != {"type", "emoji"} or one["type"] != "emoji":
                raise Wrong(400, "Bad Request: REACTION_INVALID")
        self.reactions.append(given)

    def _set_webhook(self, given: Json) -> None:
        _known(
            given,
            *("url", "secret_token", "allowed_updates", "max_connections"),
            *("drop_pending_updates", "ip_address", "certificate"),
        )
        url = urlsplit(_text(given, "url", 1, 2048))
        local = url.hostname in ("127.0.0.1", "localhost")  # else no test could have one
        if not local and (url.scheme != "https" or url.port not in (None, 80, 88, 443, 8443)):
            raise Wrong(400, "Bad Request: bad webhook: an HTTPS URL must be provided")
        if "secret_token" in given and not SECRET.fullmatch(str(given["secret_token"])):
            raise Wrong(400, "Bad Request: secret token contains unallowed characters")
        if not 1 <= given.get("max_connections", 40) <= 100:
            raise Wrong(400, "Bad Request: max_connections must be from 1 to 100")
        if strange := set(_items(given, "allowed_updates")) - UPDATES:
            raise Wrong(400, f"Bad Request: there are no updates {min(strange)!r}")
        self.webhook = given

    def _webhook_info(self) -> Json:
        return {
            "url": self.webhook.get("url", ""),
            "has_custom_certificate": False,
            "pending_update_count": 0,
            "max_connections": self.webhook.get("max_connections", 40),
            "allowed_updates": self.webhook.get("allowed_updates", []),
        }

    def keep(self, content: bytes) -> str:
        """A file that somebody has sent; its id."""
        file = f"BQACAgFake{next(self._numbers)}"
        self.files[file] = content
        return file

    def _file(self, given: Json) -> Json:
        _known(given, "file_id")
        file = given.get("file_id")
        if file in self.hidden:
            raise Wrong(400, "Bad Request: file is too big")
        if file not in self.files:
            raise Wrong(400, "Bad Request: wrong file_id or the file is temporarily unavailable")
        size = 1 if self.understate_sizes else len(self.files[file])
        return {"file_id": file, "file_size": size, "file_path": f"documents/{file}.bin"}

    def _download(self, path: str) -> Answer:
        file = path.removeprefix("documents/").removesuffix(".bin")
        if file not in self.files:
            raise Wrong(404, "Not Found")
        return Answer(200, self.files[file], (("Content-Type", "application/octet-stream"),))

    def update(self, **what: Any) -> bytes:
        """An update's body: `message=…`, `callback_query=…`."""
        return json.dumps({"update_id": next(self._updates), **what}).encode()

    def said(self, text: str, /, person: int = 5401234567, **fields: Any) -> Json:
        """A message of somebody, for `update(message=…)`."""
        return {
            "message_id": next(self._numbers),
            "from": {"id": person, "is_bot": False, "first_name": "Ana", "username": "ana_q"},
            "chat": {"id": person, "type": "private", "first_name": "Ana"},
            "date": int(time.time()),
            "text": text,
            **fields,
        }

    async def deliver(self, client: httpx.AsyncClient, update: bytes, tries: int = 50) -> int:
        """Send an update to the webhook that was set, until it is answered with 2xx; how many tries
        that took, and 0 for what was not asked for.
        """
        kind = next(name for name in json.loads(update) if name != "update_id")
        allowed = self.webhook.get("allowed_updates") or UPDATES.difference(NOT_BY_DEFAULT)
        if kind not in allowed:
            return 0
        headers = {"Content-Type": "application/json"}
        if secret := self.webhook.get("secret_token"):
            headers["X-Telegram-Bot-Api-Secret-Token"] = secret
        for attempt in range(1, tries + 1):
            try:
                answer = await client.post(self.webhook["url"], content=update, headers=headers)
            except httpx.TransportError:
                await asyncio.sleep(0.1)
                continue
            if answer.is_success:
                return attempt
            await asyncio.sleep(0.1)
        raise AssertionError("nobody takes the update")


SENT: dict[str, tuple[str, ...]] = {
    "sendMessage": ("text", "entities", "link_preview_options"),
    **{method: (field, "caption", "duration") for method, field in MEDIA.items()},
    "sendSticker": ("sticker", "emoji"),
    "sendLocation": ("latitude", "longitude", "horizontal_accuracy", "live_period"),
    "sendVenue": ("latitude", "longitude", "title", "address"),
}


def _check(method: str, given: Json, form: Form) -> None:
    if method == "sendMessage":
        if not given.get("text"):
            raise Wrong(400, "Bad Request: message text is empty")
        _text(given, "text", 1, LONGEST_TEXT)
    elif method in MEDIA:
        if "caption" in given:
            _text(given, "caption", 0, LONGEST_CAPTION)
        if not form.file_field and not isinstance(given.get(MEDIA[method]), str):
            raise Wrong(400, f"Bad Request: there is no {MEDIA[method]} in the request")
        if form.file_field and not form.file:
            raise Wrong(400, "Bad Request: file must be non-empty")
    else:
        for name, most in (("latitude", 90), ("longitude", 180)):
            value = given.get(name)
            if not isinstance(value, int | float) or not -most <= value <= most:
                raise Wrong(400, f"Bad Request: wrong {name} specified")
        if method == "sendVenue":
            _text(given, "title", 1, 256)
            _text(given, "address", 0, 256)


def _reply(parameters: object) -> None:
    if parameters is not None:
        _known(parameters, "message_id", "chat_id", "allow_sending_without_reply", "quote")
        _whole(cast("Json", parameters), "message_id")


def _markup(markup: Any) -> None:
    if markup is None:
        return
    _known(markup, "inline_keyboard", "keyboard", "one_time_keyboard", "resize_keyboard")
    rows = [*_items(markup, "inline_keyboard"), *_items(markup, "keyboard")]
    for button in itertools.chain.from_iterable(rows):
        _known(button, "text", "callback_data", "url", "request_contact")
        _text(button, "text", 1, 4096)
        data = button.get("callback_data")
        if data is not None and not 1 <= len(data.encode()) <= MOST_CALLBACK_BYTES:
            raise Wrong(400, "Bad Request: BUTTON_DATA_INVALID")
        if "inline_keyboard" in markup and data is None and "url" not in button:
            raise Wrong(400, "Bad Request: BUTTON_TYPE_INVALID")


def _known(given: object, *names: str) -> None:
    if not isinstance(given, dict):
        raise Wrong(400, "Bad Request: object expected")
    # The platform ignores what it does not know; whoever sends it has made a mistake.
    if strange := set(cast("Json", given)) - set(names):
        raise Wrong(400, f"Bad Request: there is no parameter {min(strange)!r}")


def _text(given: Json, name: str, low: int, high: int) -> str:
    value = given.get(name)
    if not isinstance(value, str) or not low <= len(value) <= high:
        raise Wrong(400, f"Bad Request: {name} must be a text of {low} to {high} characters")
    return value


def _whole(given: Json, name: str) -> int:
    value = given.get(name)
    if isinstance(value, bool) or not isinstance(value, int):
        raise Wrong(400, f"Bad Request: {name} is empty")
    return value


def _items(given: Json, name: str) -> list[Any]:
    value = given.get(name, [])
    if not isinstance(value, list):
        raise Wrong(400, f"Bad Request: {name} must be a list")
    return cast("list[Any]", value)


def _from_form(form: Form) -> Json:
    """Everything is a text there; what is JSON is read."""
    return {name: _field(name, value) for name, value in form.fields.items()}


def _field(name: str, value: str) -> Any:
    if name in ("text", "caption"):
        return value
    try:
        return json.loads(value)
    except ValueError:
        return value


def _failure(wrong: Wrong) -> Answer:
    body: Json = {"ok": False, "error_code": wrong.code, "description": str(wrong)}
    if wrong.parameters:
        body["parameters"] = wrong.parameters
    return answered(body, wrong.code)


@asynccontextmanager
async def running(fake: Telegram | None = None) -> AsyncGenerator[Telegram]:
    fake = fake or Telegram()
    async with serving(fake.answer) as fake.port:
        yield fake
