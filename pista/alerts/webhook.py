"""One message to one webhook: written, signed and sent; and what its answer means."""

import asyncio
import hashlib
import hmac
import ssl
import time
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Literal
from urllib.parse import SplitResult

import httpx
import msgspec

import pista
from pista.alerts import addresses
from pista.alerts.addresses import NotAllowed, NotFoundByName
from pista.alerts.model import About, BadWebhookUrl, Kind, Metric, RuleId
from pista.ids import TenantId

SEND_SECONDS = 10.0
LONGEST_RETRY_AFTER = 24 * 3600
GONE = 410


class MessageRule(msgspec.Struct, frozen=True, kw_only=True):
    id: RuleId
    name: str
    kind: Kind
    metric: Metric


class Message(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    """What a webhook is told."""

    id: str
    """The same at every attempt, and of no other message: also in `Pista-Delivery`."""
    about: About | Literal["test"]
    tenant_id: TenantId
    rule: MessageRule
    value: float | None
    expected: float | None
    threshold: float | None
    window_minutes: int
    fired_at: datetime | None
    recovered_at: datetime | None
    url: str
    """Where a person sees more."""


class Sent(msgspec.Struct, frozen=True, kw_only=True):
    """What became of one attempt."""

    status: int | None = None
    error: str | None = None
    """One short sentence; None if the message has arrived."""
    retry_after: float | None = None
    """The seconds that the receiver asked for."""
    milliseconds: int = 0

    @property
    def is_final(self) -> bool:
        """Whether another attempt would be of no use."""
        return self.error is None or self.status == GONE


def signature(secret: str, body: bytes, at: int) -> str:
    """The value of `Pista-Signature`: the time is signed too, so that nothing old is replayed."""
    signed = hmac.new(secret.encode(), b"%d.%b" % (at, body), hashlib.sha256).hexdigest()
    return f"t={at},v1={signed}"


class Sender:
    """Sends to whatever tenants name, and lets no address, answer or delay of theirs do harm."""

    def __init__(self, *, private: bool, trust: ssl.SSLContext | None = None) -> None:
        self._private = private
        self._trust = trust

    async def send(self, url: str, secret: str, message_id: str, body: bytes) -> Sent:
        """One attempt, ended after ten seconds."""
        began = time.monotonic()
        try:
            async with asyncio.timeout(SEND_SECONDS):
                sent = await self._post(url, secret, message_id, body)
        except TimeoutError:
            sent = Sent(error=f"It did not answer within {SEND_SECONDS:.0f} seconds.")
        except NotAllowed:
            sent = Sent(error="Its name leads into an internal network.")
        except NotFoundByName:
            sent = Sent(error="Nobody knows its name.")
        except BadWebhookUrl as error:
            sent = Sent(error=error.detail)
        except (httpx.HTTPError, httpx.InvalidURL, ssl.SSLError, OSError) as error:
            sent = Sent(error=_told(error))
        passed = round((time.monotonic() - began) * 1000)
        return msgspec.structs.replace(sent, milliseconds=passed)

    async def _post(self, url: str, secret: str, message_id: str, body: bytes) -> Sent:
        parts = addresses.parsed(url)
        address = await addresses.resolve(parts, private=self._private)
        headers = {
            "Host": addresses.authority(parts),
            "Content-Type": "application/json",
            "User-Agent": f"Pista/{pista.__version__}",
            "Pista-Delivery": message_id,
            "Pista-Signature": signature(secret, body, int(time.time())),
        }
        async with (
            self._client() as client,
            client.stream(
                "POST",
                _at(parts, address),
                content=body,
                headers=headers,
                # The certificate must be the name's, though the connection goes to the address.
                extensions={"sni_hostname": addresses.host(parts)},
            ) as answer,
        ):
            # The body is nobody's business: a webhook that leads elsewhere than it should must
            # not become a way to read what is there.
            return _read(answer.status_code, answer.headers.get("retry-after"))

    def _client(self) -> httpx.AsyncClient:
        if self._trust is None:
            self._trust = httpx.create_ssl_context()
        # Not through a proxy of the environment: that would look up the name for itself.
        return httpx.AsyncClient(
            verify=self._trust, trust_env=False, follow_redirects=False, timeout=SEND_SECONDS
        )


def _at(parts: SplitResult, address: str) -> str:
    """The URL with the address in place of the name."""
    host = f"[{address}]" if ":" in address else address
    return parts._replace(netloc=f"{host}:{addresses.port(parts)}").geturl()


def _read(status: int, retry_after: str | None) -> Sent:
    if 200 <= status < 300:
        return Sent(status=status)
    hint = " Redirects are not followed." if 300 <= status < 400 else ""
    return Sent(
        status=status,
        error=f"It answered {status}.{hint}",
        retry_after=_seconds(retry_after, datetime.now(UTC)),
    )


def _seconds(text: str | None, now: datetime) -> float | None:
    """`Retry-After`, in seconds or as a date; None if it says nothing that one could follow."""
    if text is None:
        return None
    try:
        seconds = float(text) if text.strip().isdigit() else _until(text, now)
    except (ValueError, OverflowError):
        return None
    return min(max(seconds, 0.0), LONGEST_RETRY_AFTER)


def _until(text: str, now: datetime) -> float:
    moment = parsedate_to_datetime(text)
    return ((moment if moment.tzinfo else moment.replace(tzinfo=UTC)) - now).total_seconds()


def _told(error: Exception) -> str:
    """One sentence without the URL, which may hold a token."""
    match error:
        case httpx.ConnectError() if "certificate" in str(error).lower():
            return "Its certificate is not valid for its name."
        case httpx.ConnectError() | httpx.ConnectTimeout():
            return "It cannot be connected to."
        case httpx.RemoteProtocolError() | httpx.ReadError() | httpx.WriteError():
            return "It hung up without a proper answer."
        case _:
            return f"It cannot be sent to ({type(error).__name__})."
