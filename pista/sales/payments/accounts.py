"""What people do with payment accounts: add, change, check and delete them."""

import secrets
from collections.abc import Sequence
from datetime import datetime
from typing import Any

import msgspec
from msgspec import UNSET, structs

from pista.accounts.audit import Action, Actor, record
from pista.crm import signature
from pista.ids import TenantId, uuid7
from pista.sales import brcode
from pista.sales.gateways import Account
from pista.sales.gateways.all import ASKED
from pista.sales.gateways.model import AccountSettings, Secrets
from pista.sales.model import AccountId, Gateway
from pista.sales.payments import account_queries as queries
from pista.sales.payments.account_queries import AccountRow
from pista.sales.payments.model import (
    MOST_ACCOUNTS,
    BadPaymentAccount,
    ChangePaymentAccount,
    NewPaymentAccount,
    NoPaymentAccount,
    PaymentAccount,
    PaymentAccountNotFound,
    TooManyPaymentAccounts,
)
from pista.store.postgres import Tx
from pista.store.secrets import Sealer, SecretUnreadable

OF_SECRETS = ("access_token", "webhook_secret")
OF_ROW = ("name", "enabled", "preferred")


async def add(
    tx: Tx,
    tenant: TenantId,
    asked: NewPaymentAccount,
    sealer: Sealer,
    by: Actor,
    base_url: str,
    *,
    now: datetime,
) -> PaymentAccount:
    await queries.lock_accounts(tx, tenant)
    others = await queries.accounts(tx, tenant)
    if len(others) >= MOST_ACCOUNTS:
        raise TooManyPaymentAccounts
    account_id, secret = AccountId(uuid7()), _new_secret()
    own = Secrets(
        access_token=asked.access_token, webhook_secret=asked.webhook_secret, path_secret=secret
    )
    settings = msgspec.convert(asked, AccountSettings, from_attributes=True)
    row = AccountRow(
        tenant_id=tenant,
        id=account_id,
        gateway=asked.gateway,
        name=asked.name.strip(),
        secrets=_sealed(sealer, account_id, own),
        secret_hash=signature.hashed(secret),
        settings=_checked(asked.gateway, settings, own),
        enabled=True,
        preferred=not others,
        paused_reason=None,
        checked_at=None,
        created_at=now,
        last_notice_at=None,
    )
    await queries.add(tx, row)
    await _note(tx, row, by, Action.PAYMENT_ACCOUNT_ADDED, now)
    return shown(row, own, base_url)


async def change(
    tx: Tx,
    tenant: TenantId,
    account_id: AccountId,
    asked: ChangePaymentAccount,
    sealer: Sealer,
    by: Actor,
    base_url: str,
    *,
    now: datetime,
) -> PaymentAccount:
    await queries.lock_accounts(tx, tenant)
    row = await known(tx, tenant, account_id)
    given = {
        name: value
        for name in asked.__struct_fields__
        if (value := getattr(asked, name)) is not UNSET
    }
    own = structs.replace(opened(sealer, row), **_part(given, OF_SECRETS))
    rest = {name: value for name, value in given.items() if name not in (*OF_SECRETS, *OF_ROW)}
    settings = structs.replace(row.settings, **rest)
    changed = structs.replace(
        row,
        **_part(given, OF_ROW),
        settings=_checked(row.gateway, settings, own),
        secrets=_sealed(sealer, row.id, own) if _part(given, OF_SECRETS) else row.secrets,
        # Somebody has looked after it: it is tried again.
        paused_reason=None,
    )
    if changed.preferred and not row.preferred:
        await queries.prefer_none(tx, tenant)
    await queries.change(tx, changed)
    await _note(tx, changed, by, Action.PAYMENT_ACCOUNT_CHANGED, now, sorted(given))
    return shown(changed, own, base_url)


async def new_address(
    tx: Tx,
    tenant: TenantId,
    account_id: AccountId,
    sealer: Sealer,
    by: Actor,
    base_url: str,
    *,
    now: datetime,
) -> PaymentAccount:
    """From the commit on the old one leads nowhere."""
    await queries.lock_accounts(tx, tenant)
    row, secret = await known(tx, tenant, account_id), _new_secret()
    own = structs.replace(opened(sealer, row), path_secret=secret)
    changed = structs.replace(
        row, secret_hash=signature.hashed(secret), secrets=_sealed(sealer, row.id, own)
    )
    await queries.change(tx, changed)
    await _note(tx, row, by, Action.PAYMENT_ACCOUNT_CHANGED, now, ["notice_url"])
    return shown(changed, own, base_url)


async def delete(
    tx: Tx, tenant: TenantId, account_id: AccountId, by: Actor, *, now: datetime
) -> None:
    row = await known(tx, tenant, account_id)
    await queries.delete(tx, tenant, account_id, now)
    await _note(tx, row, by, Action.PAYMENT_ACCOUNT_DELETED, now)


async def known(tx: Tx, tenant: TenantId, account_id: AccountId) -> AccountRow:
    found = [one for one in await queries.accounts(tx, tenant) if one.id == account_id]
    if not found:
        raise PaymentAccountNotFound
    return found[0]


async def to_pay_by(tx: Tx, tenant: TenantId, named: AccountId | None) -> AccountRow:
    """The one that is named; else the preferred one, or any that is switched on."""
    if named is not None:
        row = await known(tx, tenant, named)
        if not row.enabled:
            raise NoPaymentAccount
        return row
    usable = [one for one in await queries.accounts(tx, tenant) if one.enabled]
    if not usable:
        raise NoPaymentAccount
    return next((one for one in usable if one.preferred), usable[0])


def opened(sealer: Sealer, row: AccountRow) -> Secrets:
    """None of its secrets, if the key that sealed them is not here."""
    if row.secrets is None:
        return Secrets()
    try:
        return msgspec.json.decode(sealer.open(row.secrets, _purpose(row.id)), type=Secrets)
    except SecretUnreadable:
        return Secrets()


def as_account(sealer: Sealer, row: AccountRow) -> Account:
    return Account(
        id=row.id, gateway=row.gateway, settings=row.settings, secrets=opened(sealer, row)
    )


def shown(row: AccountRow, own: Secrets, base_url: str) -> PaymentAccount:
    return PaymentAccount(
        id=row.id,
        gateway=row.gateway,
        name=row.name,
        enabled=row.enabled,
        preferred=row.preferred,
        pix_key=row.settings.pix_key,
        merchant_name=row.settings.merchant_name,
        city=row.settings.city,
        customer_id=row.settings.customer_id,
        payer_email=row.settings.payer_email,
        has_access_token=own.access_token is not None,
        has_webhook_secret=own.webhook_secret is not None,
        notice_url=notice_url(base_url, row.gateway, row.id, own),
        paused_reason=row.paused_reason,
        checked_at=row.checked_at,
        last_notice_at=row.last_notice_at,
        created_at=row.created_at,
    )


def notice_url(base_url: str, gateway: Gateway, account_id: AccountId, own: Secrets) -> str:
    door = f"{base_url.rstrip('/')}/webhooks/payments/{gateway}/{account_id}"
    return f"{door}/{own.path_secret}"


def _new_secret() -> str:
    return f"pay_{secrets.token_urlsafe(24)}"


def _purpose(account_id: AccountId) -> str:
    return f"payment_accounts.{account_id}"


def _sealed(sealer: Sealer, account_id: AccountId, own: Secrets) -> bytes:
    return sealer.seal(msgspec.json.encode(own).decode(), _purpose(account_id))


def _part(given: dict[str, Any], names: tuple[str, ...]) -> dict[str, Any]:
    return {name: value for name, value in given.items() if name in names}


def _checked(gateway: str, settings: AccountSettings, own: Secrets) -> AccountSettings:
    """With its key as codes have it; `BadPaymentAccount` says what is missing."""
    if gateway in ASKED:
        if not own.access_token:
            raise BadPaymentAccount("accessToken: the gateway's key for its API is missing.")
        if gateway == "asaas" and not settings.customer_id:
            raise BadPaymentAccount("customerId: Asaas makes charges to a customer of yours.")
        if gateway == "mercadopago" and not settings.payer_email:
            raise BadPaymentAccount("payerEmail: Mercado Pago wants one for each payment.")
        return settings
    key = brcode.as_key(settings.pix_key or "")
    if key is None:
        raise BadPaymentAccount("pixKey: this is no CPF, CNPJ, +phone, e-mail or random key.")
    for name, value in (("merchantName", settings.merchant_name), ("city", settings.city)):
        if not brcode.plain(value or "", 15):
            raise BadPaymentAccount(f"{name}: the payer's bank shows it.")
    return structs.replace(settings, pix_key=key)


async def _note(
    tx: Tx, row: AccountRow, by: Actor, action: Action, now: datetime, changed: Sequence[str] = ()
) -> None:
    details = {"gateway": row.gateway}
    if changed:
        details["changed"] = ", ".join(changed)
    await record(
        tx, row.tenant_id, by, action, subject=row.id, name=row.name, now=now, details=details
    )
