"""The part of the OpenAPI description that the raw handler cannot give of itself."""

from collections.abc import Mapping
from typing import Any, cast

import msgspec
from litestar.openapi.spec import (
    OpenAPI,
    OpenAPIHeader,
    OpenAPIMediaType,
    OpenAPIResponse,
    Operation,
    Parameter,
    PathItem,
    Reference,
    RequestBody,
    Schema,
    SecurityScheme,
)

from pista.collect.door import PATH
from pista.collect.model import Answer, Batch
from pista.collect.segment import Message, Messages, Taken

PREFIX = "#/components/schemas/{name}"

REFUSALS = {
    "400": "`not_json` or `bad_encoding`: the body cannot be read. Do not send it again.",
    "401": "`unknown_site`: tenant, site and write key do not belong together.",
    "403": "`origin_not_allowed`: the page's domain is not among the site's.",
    "405": "`method_not_allowed`.",
    "408": "`body_too_slow`: it did not arrive within 30 seconds. Send the same batch again.",
    "413": "`too_many_events` (500 at most) or `too_many_bytes` (1 MiB at most): split the batch.",
    "415": "`unsupported_type`: another content type or encoding.",
    "422": "`bad_batch`, `no_events` or `batch_id_reused`: the detail says what to mend.",
    "503": "`unavailable`: nothing was taken; send the same batch again after `Retry-After`.",
}


def describe(openapi: OpenAPI) -> None:
    """Add the events endpoints and their Structs to the app's description."""
    _, structs = msgspec.json.schema_components(
        [Batch, Answer, Message, Messages, Taken], ref_template=PREFIX
    )
    components = openapi.components
    for name, schema in structs.items():
        components.schemas.setdefault(name, cast("Any", _Given(schema)))
    components.security_schemes = components.security_schemes or {}
    components.security_schemes["writeKey"] = SecurityScheme(
        type="http", scheme="basic", description="The site's write key as the user, no password."
    )
    openapi.paths = {
        **(openapi.paths or {}),
        PATH: PathItem(post=_operation()),
        **{f"/v1/{call}": PathItem(post=_segment_operation(call)) for call in SEGMENT_CALLS},
    }


class _Given(Schema):
    """A schema that is JSON already."""

    def __init__(self, schema: Mapping[str, Any]) -> None:
        super().__init__()
        self._given = schema

    def to_schema(self) -> dict[str, Any]:
        return dict(self._given)


def _operation() -> Operation:
    return Operation(
        tags=["Events"],
        operation_id="CollectEvents",
        summary="Send a batch of events",
        description=(
            "Answered when the batch is committed. A repeat, known by `batchId` or by its events'"
            " ids, is answered as the first time and counted once."
        ),
        security=[{}],
        parameters=[
            Parameter(name="k", param_in="query", description=KEY, schema=_text()),
            Parameter(name="X-Write-Key", param_in="header", description=KEY, schema=_text()),
        ],
        request_body=RequestBody(
            required=True,
            content={
                "application/json": _content("Batch"),
                "text/plain": OpenAPIMediaType(schema=_text()),
            },
        ),
        responses={
            "202": OpenAPIResponse(
                description="Committed. `results` tells of the events not plainly accepted.",
                content={"application/json": _content("Answer")},
            ),
            **{status: _refusal(status, why) for status, why in REFUSALS.items()},
        },
    )


SEGMENT_CALLS = ("batch", "track", "page", "screen", "identify", "group", "alias")
SEGMENT_REFUSALS = {
    **{status: why for status, why in REFUSALS.items() if status != "422"},
    "400": "`not_json`, `bad_encoding` or `bad_segment_batch`. Do not send it again.",
    "401": "`unknown_site`: no site has this write key.",
    "413": "`too_many_events` (2,500 at most) or `too_many_bytes` (1 MiB at most).",
}


def _segment_operation(call: str) -> Operation:
    return Operation(
        tags=["Events"],
        operation_id=f"Segment{call.capitalize()}",
        summary=f"Segment's `{call}`",
        description=(
            "For Segment's client libraries. Answered when all is committed; a message that"
            " cannot be taken is left out and counted, and the others are kept."
        ),
        security=[{"writeKey": []}, {}],
        request_body=RequestBody(
            required=True,
            content={
                "application/json": _content("Messages" if call == "batch" else "Message"),
                "text/plain": OpenAPIMediaType(schema=_text()),
            },
        ),
        responses={
            "200": OpenAPIResponse(
                description="Committed.", content={"application/json": _content("Taken")}
            ),
            **{status: _refusal(status, why) for status, why in SEGMENT_REFUSALS.items()},
        },
    )


KEY = "The site's write key, here or in the other place."


def _text() -> Schema:
    return _Given({"type": "string"})


def _content(name: str) -> OpenAPIMediaType:
    return OpenAPIMediaType(schema=Reference(ref=PREFIX.format(name=name)))


def _refusal(status: str, why: str) -> OpenAPIResponse:
    headers = {"Retry-After": OpenAPIHeader(schema=_text())} if status == "503" else None
    return OpenAPIResponse(
        description=why,
        headers=cast("Any", headers),
        content={"application/problem+json": _content("Problem")},
    )
