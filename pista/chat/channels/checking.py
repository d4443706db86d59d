"""The connection check: what the platform says of a number or bot right now, and what to do."""

from collections.abc import Iterable
from datetime import UTC, datetime
from urllib.parse import urlsplit

from pista.chat.channels.model import ChannelRow, Check, CheckItem, Finding, Step, ToDo
from pista.chat.outgoing import Refused
from pista.chat.platforms import Platforms
from pista.chat.telegram.client import UPDATES, WebhookInfo
from pista.chat.whatsapp.client import Addresses, App, Number

PORTS = (None, 80, 88, 443, 8443)
RECENT_TROUBLE_SECONDS = 3600


async def check(
    platforms: Platforms, row: ChannelRow, token: str | None, url: str, *, now: datetime
) -> Check:
    """Ask the platform whatever can be asked; `url` is where its webhooks should go."""
    if token is None:
        items = [_item("token", "wrong", "add_token"), _secrets(row), _received(row)]
        return _sum(row, items, now)
    if row.platform == "whatsapp":
        return await _number(platforms, row, token, url, now)
    return await _bot(platforms, row, token, url, now)


async def _number(
    platforms: Platforms, row: ChannelRow, token: str, url: str, now: datetime
) -> Check:
    whatsapp = platforms.whatsapp(token, row.external_id)
    about = await whatsapp.about()
    if isinstance(about, Refused):
        return _sum(row, [_refused("token", about), _secrets(row), _received(row)], now)
    addresses = await whatsapp.addresses()
    subscribed = None if row.account_id is None else await whatsapp.subscribed(row.account_id)
    items = [
        _item("token", "ok", "none"),
        _secrets(row),
        _address_at_meta(addresses, url),
        _subscribed(subscribed),
        _received(row),
    ]
    return _sum(row, items, now, about)


async def _bot(platforms: Platforms, row: ChannelRow, token: str, url: str, now: datetime) -> Check:
    telegram = platforms.telegram(token)
    about = await telegram.about()
    if isinstance(about, Refused):
        return _sum(row, [_refused("token", about), _secrets(row), _received(row)], now)
    if str(about.id) != row.external_id:
        wrong = _item("token", "wrong", "check_token", found=f"@{about.username}")
        return _sum(row, [wrong, _secrets(row), _received(row)], now)
    webhook = await telegram.webhook()
    there = [_refused("address", webhook)] if isinstance(webhook, Refused) else _told(webhook, url)
    items = [_item("token", "ok", "none"), _secrets(row), *there, _received(row)]
    display = f"@{about.username}" if about.username else None
    return _sum(row, items, now, who=about.first_name, display=display)


def _told(webhook: WebhookInfo, url: str) -> Iterable[CheckItem]:
    """What Telegram was told, and what was wrong when it last sent something."""
    right = webhook.url == url
    todo: ToDo = "none" if right else "connect_again" if usable(url) else "use_https"
    finding: Finding = "ok" if right else "wrong"
    yield _item("address", finding, todo, expected=url, found=webhook.url or None)
    missing = sorted(set(UPDATES) - set(webhook.allowed_updates)) if webhook.url else []
    yield _item(
        "updates",
        "wrong" if missing else "ok",
        "connect_again" if missing else "none",
        found=", ".join(missing) or None,
    )
    at = webhook.last_error_date
    if at is not None and datetime.now(UTC).timestamp() - at < RECENT_TROUBLE_SECONDS:
        waiting = str(webhook.pending_update_count)
        yield _item("trouble", "wrong", "wait", text=webhook.last_error_message, found=waiting)


def usable(url: str) -> bool:
    """Whether Telegram sends there: by HTTPS, to a few ports, and to no name of this machine."""
    parts = urlsplit(url)
    return parts.scheme == "https" and parts.port in PORTS


def _address_at_meta(addresses: Addresses | Refused, url: str) -> CheckItem:
    if isinstance(addresses, Refused):
        return _item("address", "unknown", "set_address", text=addresses.refusal.text, expected=url)
    found = addresses.phone_number or addresses.whatsapp_business_account or addresses.application
    if found is None:
        return _item("address", "wrong", "set_address", expected=url)
    right = found.rstrip("/") == url
    return _item(
        "address",
        "ok" if right else "wrong",
        "none" if right else "set_address",
        expected=url,
        found=found,
    )


def _subscribed(apps: list[App] | Refused | None) -> CheckItem:
    if apps is None:
        return _item("subscribed", "unknown", "add_account")
    if isinstance(apps, Refused):
        return _item("subscribed", "unknown", apps.refusal.advice, text=apps.refusal.text)
    if not apps:
        return _item("subscribed", "wrong", "subscribe")
    return _item("subscribed", "ok", "none", found=", ".join(app.name or app.id for app in apps))


def _secrets(row: ChannelRow) -> CheckItem:
    if row.secrets:
        return _item("secret", "ok", "none")
    return _item("secret", "wrong", "add_secret" if row.platform == "whatsapp" else "connect_again")


def _received(row: ChannelRow) -> CheckItem:
    if row.last_received_at is None:
        return _item("received", "unknown", "write_to_it")
    return _item("received", "ok", "none", found=row.last_received_at.isoformat())


def _refused(step: Step, refused: Refused) -> CheckItem:
    finding: Finding = "unknown" if refused.refusal.todo == "again" else "wrong"
    return _item(step, finding, refused.refusal.advice, text=refused.refusal.text)


def _item(
    step: Step,
    finding: Finding,
    to_do: ToDo,
    *,
    text: str | None = None,
    expected: str | None = None,
    found: str | None = None,
) -> CheckItem:
    return CheckItem(
        step=step, finding=finding, to_do=to_do, text=text, expected=expected, found=found
    )


def _sum(
    row: ChannelRow,
    items: list[CheckItem],
    now: datetime,
    number: Number | None = None,
    *,
    who: str | None = None,
    display: str | None = None,
) -> Check:
    wrong = any(item.finding == "wrong" for item in items) or items[0].finding != "ok"
    return Check(
        state="off" if not row.enabled else "wrong" if wrong else "ok",
        checked_at=now,
        who=number.verified_name if number else who,
        display=number.display_phone_number if number else display,
        quality=number.quality_rating if number else None,
        items=items,
    )
