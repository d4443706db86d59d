"""The description of the socket, as the OpenAPI file is that of the routes: AsyncAPI 3, made of
the Structs that are sent."""

import inspect
from typing import Any

import msgspec
from litestar import Response, get

import pista
from pista import accounts
from pista.alerts.model import AlertChanged
from pista.attribution import DestinationChanged
from pista.attribution.report.model import ReportChanged
from pista.chat.inbox.model import ChatPresence
from pista.chat.model import ChatChanged
from pista.clicks.model import LinksCounted
from pista.contacts.imports.model import ImportChanged
from pista.contacts.model import ContactChanged
from pista.desk import MESSAGES, ClienteImportChanged, Resume, Resumed, Resync
from pista.events.model import EventsFlushed, SiteFirstEvent
from pista.identity.model import LinkReviewsChanged, VisitorLinked
from pista.sales.announcing import SaleNews
from pista.web.live import Hello, Here
from pista.web.screens import StillHere

PATH = "/asyncapi.json"
TOLD: tuple[type[msgspec.Struct], ...] = (
    Hello,
    StillHere,
    *MESSAGES,
    Resumed,
    Resync,
    EventsFlushed,
    SiteFirstEvent,
    AlertChanged,
    ContactChanged,
    ImportChanged,
    ClienteImportChanged,
    VisitorLinked,
    LinkReviewsChanged,
    ChatChanged,
    ChatPresence,
    LinksCounted,
    SaleNews,
    DestinationChanged,
    ReportChanged,
)
"""What a screen is told."""
SAID: tuple[type[msgspec.Struct], ...] = (Resume, Here)
"""What it says."""
SCHEMA = "#/components/schemas/{name}"
ABOUT = """\
News for one signed-in person's company, as JSON in text frames, each with a `type`; take no
offence at types and fields that you do not know. It is opened with the session's cookie, and by
browsers from our own pages only. Closed with 4401, sign in again; with anything else, connect
again after a little while. News may be missed while nobody listens: then fetch what is shown
again.

Messages of the desk have a number, `seq`, and go to whom they concern: all of them to admins
and supervisors, to an asesor what is given to them or taken from them. After a gap say
`desk_resume` with the largest number heard (or that of `hello`): what was missed comes in order
and ends with `desk_resumed`, or `desk_resync` says to fetch everything. Until one of these is
heard, do not take a larger number for the place to resume from. A message may come twice; its
`version` tells.

Every ten seconds comes `still_here`, to asesores every five; whoever hears nothing for 25 seconds
should connect again. Answered with `here` it shows that the screen is open: its asesor is at work
until the last such screen is closed, or leaves two of them without an answer."""


def described() -> dict[str, Any]:
    """As a document, without anything running."""
    _, schemas = msgspec.json.schema_components([*TOLD, *SAID], ref_template=SCHEMA)
    every = [*TOLD, *SAID]
    return {
        "asyncapi": "3.0.0",
        "info": {"title": "Pista, live", "version": pista.__version__, "description": ABOUT},
        "defaultContentType": "application/json",
        "channels": {
            "screen": {
                "address": "/ws",
                "messages": {_tag(one): _ref("components/messages", one) for one in every},
                "bindings": {"ws": {"method": "GET", "bindingVersion": "0.1.0"}},
            }
        },
        "operations": {
            "tell": _operation("send", "What a screen is told.", TOLD),
            "hear": _operation("receive", "What a screen says.", SAID),
        },
        "components": {
            "messages": {_tag(one): _message(one) for one in every},
            "schemas": schemas,
        },
    }


@get(PATH, opt=accounts.public(), include_in_schema=False, sync_to_thread=False)
def asyncapi() -> Response[bytes]:
    """The AsyncAPI description of the socket."""
    body = msgspec.json.format(msgspec.json.encode(described()))
    return Response(body, media_type="application/json")


def _operation(action: str, summary: str, which: tuple[type[msgspec.Struct], ...]) -> object:
    return {
        "action": action,
        "summary": summary,
        "channel": {"$ref": "#/channels/screen"},
        "messages": [_ref("channels/screen/messages", one) for one in which],
    }


def _message(one: type[msgspec.Struct]) -> dict[str, Any]:
    return {
        "name": _tag(one),
        "summary": inspect.getdoc(one),
        "payload": {"$ref": SCHEMA.format(name=one.__name__)},
    }


def _ref(where: str, one: type[msgspec.Struct]) -> dict[str, str]:
    return {"$ref": f"#/{where}/{_tag(one)}"}


def _tag(one: type[msgspec.Struct]) -> str:
    return str(one.__struct_config__.tag)
