"""Tenants, sites, users and keys as Structs, and what can go wrong with them."""

from datetime import datetime
from enum import StrEnum
from typing import Annotated, NewType
from uuid import UUID

import msgspec
from msgspec import UNSET, Meta, UnsetType

from pista.errors import NotFound, PistaError
from pista.ids import SiteId, TenantId, UserId

ApiKeyId = NewType("ApiKeyId", UUID)

Name = Annotated[str, Meta(min_length=1, max_length=200)]
Domains = Annotated[
    list[Annotated[str, Meta(max_length=2048)]],
    Meta(
        min_length=1,
        max_length=50,
        description="Host names whose pages may send events, sub-domains included; `*` is any.",
    ),
]


class Role(StrEnum):
    """What a person may do; each role may also do what the roles after it may."""

    ADMIN = "admin"
    GTR = "gtr"
    ASESOR = "asesor"


class Scope(StrEnum):
    """What an API key may do."""

    ADMIN = "admin"
    """All that an admin of the tenant may."""
    STATS_READ = "stats:read"
    SALES_WRITE = "sales:write"
    """Report sales, and ask for payments."""


class Wire(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    """Something the API answers."""


class Request(
    msgspec.Struct, frozen=True, kw_only=True, rename="camel", forbid_unknown_fields=True
):
    """Something the API is sent."""


class Tenant(Wire, frozen=True, kw_only=True):
    id: TenantId
    name: str
    time_zone: str
    store_ip: bool
    """Whether events keep the address of the connection that brought them."""
    require_second_factor: bool
    """Whether everybody of the company needs one."""


class Company(Tenant, frozen=True, kw_only=True):
    """A tenant, and what its server can tell of its visitors."""

    geoip: bool
    """Whether this server has a country database (`PISTA_GEOIP_DB`)."""


class ListedTenant(Wire, frozen=True, kw_only=True):
    tenant_id: TenantId
    name: str
    time_zone: str
    created_at: datetime


class SiteRow(msgspec.Struct, frozen=True, kw_only=True):
    """A site as it is stored."""

    id: SiteId
    tenant_id: TenantId
    name: str
    domains: list[str]
    write_key: str
    created_at: datetime
    first_event_at: datetime | None
    last_event_at: datetime | None
    form_contacts: bool


class Site(Wire, frozen=True, kw_only=True):
    """A site as it is shown, with the line to paste into its pages."""

    id: SiteId
    tenant_id: TenantId
    name: str
    domains: list[str]
    write_key: str
    created_at: datetime
    first_event_at: datetime | None
    last_event_at: datetime | None
    form_contacts: bool
    """Whether its forms make contacts by themselves."""
    snippet: str


class Sites(Wire, frozen=True, kw_only=True):
    items: list[Site]


class User(Wire, frozen=True, kw_only=True):
    id: UserId
    email: str
    name: str
    role: Role


class StoredUser(msgspec.Struct, frozen=True, kw_only=True):
    """A user with its tenant and the hash of its password; never leaves this room."""

    id: UserId
    tenant_id: TenantId
    email: str
    name: str
    role: Role
    password_hash: str

    def public(self) -> User:
        return User(id=self.id, email=self.email, name=self.name, role=self.role)


class Me(Wire, frozen=True, kw_only=True):
    """Who is signed in, and for which company."""

    user: User
    tenant: Tenant
    needs_second_factor: bool
    """The company requires a second factor, and this person has yet to set one up: until then
    everything else is refused."""


class Device(msgspec.Struct, frozen=True, kw_only=True):
    """What signed in, as far as the server can tell."""

    browser: str = ""
    os: str = ""
    country: str = ""


class Session(msgspec.Struct, frozen=True, kw_only=True):
    """A live session with its user."""

    user_id: UserId
    tenant_id: TenantId
    email: str
    name: str
    role: Role
    last_seen_at: datetime
    needs_second_factor: bool


class LoginAttempts(msgspec.Struct, frozen=True, kw_only=True):
    attempts: int
    window_started_at: datetime


class ApiKey(Wire, frozen=True, kw_only=True):
    """A key as it is listed; the key itself is shown once, when it is made."""

    id: ApiKeyId
    tenant_id: TenantId
    name: str
    scopes: list[Scope]
    created_at: datetime
    last_used_at: datetime | None
    revoked_at: datetime | None


class NewApiKey(Wire, frozen=True, kw_only=True):
    id: ApiKeyId
    key: str
    tenant_id: TenantId
    scopes: list[Scope]

    def __repr__(self) -> str:
        return f"NewApiKey(id={self.id}, …)"


class Caller(msgspec.Struct, frozen=True, kw_only=True):
    """Who sends this request: a signed-in user, or a program with an API key."""

    tenant_id: TenantId
    role: Role | None
    """None for a key that is not an admin's: only its scopes count."""
    user: User | None = None
    key: ApiKeyId | None = None
    scopes: frozenset[Scope] = frozenset()
    needs_second_factor: bool = False
    """A person who may do nothing before setting one up."""

    @property
    def user_id(self) -> UserId | None:
        return self.user.id if self.user else None

    @property
    def name(self) -> str:
        """Shown beside what they did: a key has no name of its own there."""
        return self.user.name if self.user else "API key"


class Login(Request, frozen=True, kw_only=True):
    email: Annotated[str, Meta(min_length=1, max_length=254)]
    password: Annotated[str, Meta(min_length=1, max_length=1024)]
    code: Annotated[str, Meta(min_length=1, max_length=40)] | UnsetType = UNSET
    """Of the second factor, for whoever has one."""

    def __repr__(self) -> str:
        return "Login(…)"


class ChangeTenant(Request, frozen=True, kw_only=True):
    name: Name | UnsetType = UNSET
    time_zone: Annotated[str, Meta(max_length=64)] | UnsetType = UNSET
    store_ip: bool | UnsetType = UNSET
    require_second_factor: bool | UnsetType = UNSET


class TimeZoneChanged(msgspec.Struct, frozen=True, kw_only=True, tag="accounts.time_zone"):
    """The job of whoever goes by the company's clock, once it is another."""


class NewSite(Request, frozen=True, kw_only=True):
    domains: Domains
    name: Name | UnsetType = UNSET
    """Without one, the first domain."""


class ChangeSite(Request, frozen=True, kw_only=True):
    name: Name | UnsetType = UNSET
    domains: Domains | UnsetType = UNSET


class NewSession(msgspec.Struct, frozen=True, kw_only=True):
    token: str
    me: Me

    def __repr__(self) -> str:
        return "NewSession(…)"


class SiteConfig(msgspec.Struct, frozen=True, kw_only=True):
    """What the public front door needs to know of a site."""

    id: SiteId
    tenant_id: TenantId
    write_key: str
    domains: list[str]
    store_ip: bool


class SiteEvents(msgspec.Struct, frozen=True, kw_only=True):
    """Events of one site were stored: the oldest and the newest arrival among them."""

    tenant_id: TenantId
    site_id: SiteId
    first_at: datetime
    last_at: datetime


class FirstStart(msgspec.Struct, frozen=True, kw_only=True):
    """What the first start shows once."""

    tenant_id: TenantId
    site_id: SiteId
    email: str
    password: str | None
    """None if the person gave it in the environment."""
    snippet: str

    def __repr__(self) -> str:
        return f"FirstStart(tenant_id={self.tenant_id}, email={self.email!r}, …)"


class InvalidCredentials(PistaError):
    """This e-mail and password do not belong together."""

    status = 401
    code = "invalid_credentials"


class TooManyAttempts(PistaError):
    """Too many wrong passwords; wait before you try again."""

    status = 429
    code = "too_many_attempts"

    def __init__(self, retry_after: int) -> None:
        super().__init__(headers={"Retry-After": str(retry_after)})


class CrossOrigin(PistaError):
    """A page of another origin may not do this in your name."""

    status = 403
    code = "cross_origin"


class SiteNotFound(NotFound):
    """This site does not exist, or belongs to another tenant."""

    code = "site_not_found"


class TenantNotFound(NotFound):
    """This tenant does not exist."""

    code = "tenant_not_found"


class UserNotFound(NotFound):
    """This user does not exist, or belongs to another tenant."""

    code = "user_not_found"


class EmailTaken(PistaError):
    """A user with this e-mail exists already."""

    status = 409
    code = "email_taken"


class ApiKeyNotFound(NotFound):
    """This API key does not exist, or belongs to another tenant."""

    code = "api_key_not_found"
