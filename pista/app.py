"""Builds the house: the rooms, what they share, and the doors between them and the world."""

import threading
from collections.abc import Collection, Mapping
from typing import Any

import msgspec
from litestar import Litestar, Request, Response, Router, get
from litestar.datastructures import State
from litestar.di import Provide
from litestar.openapi import OpenAPIConfig
from litestar.openapi.plugins import JsonRenderPlugin
from litestar.openapi.spec import Components, SecurityScheme, Server, Tag

import pista
from pista import (
    accounts,
    alerts,
    attribution,
    chat,
    clicks,
    collect,
    contacts,
    crm,
    desk,
    events,
    exports,
    identity,
    letters,
    privacy,
    queue,
    sales,
    stream,
    timeline,
)
from pista.attribution import report, spend
from pista.clicks import links
from pista.contacts import imports as contact_imports
from pista.ids import TenantId, UserId
from pista.settings import Settings
from pista.store import postgres
from pista.store.clickhouse import ClickHouse
from pista.store.journal import Journal
from pista.store.runtime import Urls
from pista.store.secrets import Sealer
from pista.web import asyncapi, headers, health, live, problems, static
from pista.web import description as description_of_api
from pista.web.screens import Screens


class House:
    """One web process's parts. `start` before the first request, `stop` after the last."""

    def __init__(self, settings: Settings, urls: Urls) -> None:
        self._settings = settings
        self._urls = urls

    async def start(self) -> None:
        sales.register(attribution.hear_sale)
        self.postgres = await postgres.open_pool(self._urls.database_url)
        self._furnish()
        self._hang_doors()
        self.litestar = build(self._settings, self)
        for one in (
            *(self.journal, self.mailbox, self.backlog, self.listener),
            *(self.screens, self.desk_tail, self.stream),
        ):
            one.start()
        for one in (self.registry, self.channels, self.links, self.till, self.whereabouts):
            await one.start()

    def _furnish(self) -> None:
        """What the doors and routes work with."""
        tracking = self._settings.tracking
        self.clickhouse = ClickHouse(
            self._urls.clickhouse_readonly_url or self._urls.clickhouse_url
        )
        self.journal = Journal(self._urls.database_url)
        self.backlog = events.Backlog(self.postgres)
        self.registry = collect.Registry(self.postgres, throttled=tracking.enable_throttling)
        self.whereabouts = collect.Whereabouts(
            self._settings.trusted_proxies, self._settings.geoip_db
        )
        sealer = Sealer(self._settings.secret_keys, self._settings.data_dir)
        self.links = clicks.Registry(self.postgres)
        self.till = clicks.Till(self._urls.database_url)
        self.channels = chat.Registry(self.postgres, sealer)
        self.mailbox = chat.Mailbox(self.postgres)
        self.platforms = chat.Platforms(self._settings)
        self.conversions = attribution.Client(self._settings)
        self.shelves = chat.Shelves(self._settings)
        self.gateways = sales.Gateways(self._settings)
        self.payers = sales.Payers()
        self.screens = Screens(self._note_windows)
        self.desk_tail = desk.Tail(
            self._urls.database_url, self.screens.tell, self.screens.close_all
        )
        self.stream = stream.Tail(self._urls.database_url)
        self.followers = timeline.Followers()
        self.listener = queue.Listener(
            self._urls.database_url,
            {
                queue.CONFIG: self._configured,
                queue.NEWS: self._tell,
                queue.ACCESS: self._look_again,
            },
        )

    def _hang_doors(self) -> None:
        """What goes past the framework."""
        self.chat_door = chat.WhatsAppDoor(self.channels, self.mailbox)
        self.telegram_door = chat.TelegramDoor(self.channels, self.mailbox)
        behind = (self.registry, self.journal, self.backlog, self.whereabouts)
        months = self._settings.tracking.retention_months
        self.door = collect.Door(*behind, retention_months=months)
        self.segment_door = collect.SegmentDoor(
            *behind, retention_months=months, postgres=self.postgres
        )
        self.go_door = clicks.Door(self.links, self.till, self.whereabouts, self._settings.url)

    def hang_up(self) -> None:
        """End what does not end by itself."""
        self.screens.close_all()
        self.stream.close_all()

    def _configured(self, _payload: str) -> None:
        self.registry.changed()
        self.channels.changed()
        self.links.changed()

    def _tell(self, payload: str) -> None:
        self.screens.heard(payload)
        self.followers.heard(payload)
        self.payers.heard(payload)

    async def _note_windows(
        self,
        opened: Collection[tuple[TenantId, UserId]],
        closed: Collection[tuple[TenantId, UserId]],
    ) -> None:
        async with self.postgres.transaction() as tx:
            await desk.note_windows(tx, opened, closed)

    def _look_again(self, payload: str) -> None:
        tenant = queue.tenant_of(payload)
        self.screens.doubt(tenant)
        self.stream.doubt(tenant)

    def device_of(self, user_agent: str, peer: str, forwarded_for: str) -> accounts.Device:
        """What somebody signs in with; of the address, its country at most."""
        agent = collect.agent(user_agent)
        place = self.whereabouts.of(peer, forwarded_for.encode("latin-1", "replace"))
        return accounts.Device(browser=agent.browser, os=agent.os, country=place.country)

    async def stop(self) -> None:
        self.hang_up()
        for one in (
            *(self.screens, self.desk_tail, self.stream),
            *(self.journal, self.mailbox, self.till, self.listener),
            *(self.registry, self.channels, self.links),
        ):
            await one.stop()
        for one in (self.platforms, self.conversions, self.shelves, self.gateways):
            await one.close()
        await self.whereabouts.stop()
        await self.backlog.stop()
        await self.clickhouse.close()
        await self.postgres.close()

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        """The ASGI application: the hottest path goes past the framework."""
        if scope["type"] != "lifespan":
            scope = _with_one_line_each(scope)
        if scope["type"] == "http" and scope["path"] == collect.PATH:
            await self.door(scope, receive, send)
        elif scope["type"] == "http" and scope["path"].startswith(clicks.PATH):
            await self.go_door(scope, receive, send)
        elif scope["type"] == "http" and scope["path"] in collect.SEGMENT_PATHS:
            await self.segment_door(scope, receive, send)
        elif scope["type"] == "http" and scope["path"] == chat.PATH:
            await self.chat_door(scope, receive, send)
        elif scope["type"] == "http" and scope["path"].startswith(chat.TELEGRAM_PATH):
            await self.telegram_door(scope, receive, send)
        elif scope["type"] == "websocket":
            await self.litestar(scope | {live.RAW_SEND: send}, receive, send)
        else:
            await self.litestar(_readable(scope), receive, send)


def build(settings: Settings, house: House | None = None) -> Litestar:
    """The Litestar app; without a house, only its description is of use."""
    shared = {} if house is None else _shared(house)
    files: Mapping[str, static.File] = {} if house is None else static.load()
    sealer = Sealer(settings.secret_keys, settings.data_dir)
    app = Litestar(
        route_handlers=[
            accounts.routes,
            *events.routes,
            *collect.routes,
            *exports.routes,
            *stream.routes,
            *alerts.routes,
            *privacy.routes,
            *contacts.routes,
            *contact_imports.routes,
            *identity.routes,
            *timeline.routes,
            *crm.routes,
            *links.routes,
            *chat.routes,
            *letters.routes,
            *health.routes,
            *desk.routes,
            *sales.routes,
            *attribution.routes,
            *report.routes,
            *spend.routes,
            live.live,
            asyncapi.asyncapi,
            description,
            *static.routes(files),
        ],
        guards=[accounts.guard],
        dependencies={
            **accounts.dependencies,
            "settings": Provide(_settings),
        },
        exception_handlers={Exception: problems.problem},
        before_request=problems.begin,
        before_send=[problems.add_request_id, headers.protect],
        openapi_config=_openapi(),
        state=State(
            {
                "settings": settings,
                "sealer": sealer,
                "facts": timeline.SOURCES,
                "description": _Description(),
                **shared,
            }
        ),
        logging_config=None,
        request_max_body_size=2**20,
    )
    accounts.check_declared(app)
    return app


def _shared(house: House) -> dict[str, Any]:
    return {
        "postgres": house.postgres,
        "clickhouse": house.clickhouse,
        "journal": house.journal,
        "screens": house.screens,
        "desk_tail": house.desk_tail,
        "stream": house.stream,
        "followers": house.followers,
        "device_of": house.device_of,
        "registry": house.registry,
        "whereabouts": house.whereabouts,
        "platforms": house.platforms,
        "conversions": house.conversions,
        "shelves": house.shelves,
        "gateways": house.gateways,
        "payers": house.payers,
    }


_LISTS = {b"x-forwarded-for": b", ", b"cookie": b"; "}


def _with_one_line_each(scope: Any) -> Any:
    """Proxies that write `X-Forwarded-For` in lines of their own mean one list, the nearest last;
    whoever reads the first line alone believes what the visitor wrote. HTTP/2 sends each cookie in
    a line of its own, and whoever reads one line misses the others."""
    headers = scope["headers"]
    for name, between in _LISTS.items():
        lines = [value for of, value in headers if of == name]
        if len(lines) > 1:
            others = [one for one in headers if one[0] != name]
            headers = [*others, (name, between.join(lines))]
    return scope if headers is scope["headers"] else scope | {"headers": headers}


def _readable(scope: Any) -> Any:
    """HEAD is GET without the body, which the server leaves out by itself; a stream has to know."""
    asks_head = scope["type"] == "http" and scope["method"] == "HEAD"
    return scope | {"method": "GET", stream.ASKED_HEAD: True} if asks_head else scope


async def _settings(state: State) -> Settings:
    return state.settings


@get("/openapi.json", opt=accounts.public(), include_in_schema=False, sync_to_thread=True)
def description(request: Request[Any, Any, State], state: State) -> Response[bytes]:
    """The OpenAPI description of this very server."""
    return Response(state.description.of(request.app), media_type="application/json")


class _Description:
    """The description of an app, kept: to make it takes as long as the app itself, and few ask."""

    def __init__(self) -> None:
        self._making = threading.Lock()
        self._made = b""

    def of(self, app: Litestar) -> bytes:
        with self._making:
            self._made = self._made or _described(app)
            return self._made


def _openapi() -> OpenAPIConfig:
    return OpenAPIConfig(
        title="Pista",
        version=pista.__version__,
        description="Follows one person from the ad click to the sale.",
        servers=[Server(url="/")],
        tags=[
            Tag(name="Events", description="Sending events, and what became of them."),
            Tag(name="Statistics", description="Counts, people and sessions over time."),
            Tag(name="Alerts", description="Rules that watch the events, and what they told."),
            Tag(name="Exports", description="Events as files, for a warehouse."),
            Tag(name="Contacts", description="Known people, and what they are known by."),
            Tag(name="Linking", description="Which visitor is which contact, and who said so."),
            Tag(name="Chat", description="What people write on WhatsApp and Telegram."),
            Tag(name="Links", description="Addresses for advertisements, and who came by them."),
            Tag(name="CRM", description="Systems that tell of contacts, by webhook."),
            Tag(name="Queue", description="Work that failed for good."),
            Tag(name="Session", description="Signing in and out."),
            Tag(name="Desk", description="Clientes: whose they are, and what becomes of them."),
            Tag(name="Report", description="From the ad to the sale, and what each cost."),
            Tag(name="Conversions", description="What platforms are told of sales, and by whom."),
            Tag(name="Sales", description="What was sold, and the Pix that it is paid with."),
            Tag(name="Company", description="The tenant and its sites."),
            Tag(name="People", description="Who may sign in, and the links that let them in."),
            Tag(name="Privacy", description="A visitor's data: handed over, or erased."),
            Tag(name="Health", description="For load balancers and supervisors."),
        ],
        # The framework's own place for it; ours is /openapi.json.
        use_handler_docstrings=True,
        components=Components(
            security_schemes={
                "session": SecurityScheme(
                    type="apiKey", name="pista_session", security_scheme_in="cookie"
                ),
                "key": SecurityScheme(type="http", scheme="bearer"),
            }
        ),
        security=[{"session": []}, {"key": []}],
        openapi_router=Router(
            path="/schema", route_handlers=[], opt=accounts.public(), include_in_schema=False
        ),
        render_plugins=[JsonRenderPlugin(path="/openapi.json")],
    )


def _described(app: Litestar) -> bytes:
    collect.describe(app.openapi_schema)
    chat.describe(app.openapi_schema)
    desk.describe(app.openapi_schema)
    description_of_api.correct(app)
    described = msgspec.json.encode(app.openapi_schema.to_schema())
    # Python's end of a text; in the patterns of JSON Schema it would be the letter Z.
    return described.replace(rb"\\Z", b"$")


def openapi_json() -> str:
    """The OpenAPI description, without anything running."""
    described = msgspec.json.decode(_described(build(Settings())))
    return msgspec.json.format(msgspec.json.encode(described)).decode()
