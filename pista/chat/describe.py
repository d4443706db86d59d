"""The part of the OpenAPI description that the raw handler cannot give of itself."""

from typing import Any, cast

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
)
from litestar.openapi.spec.enums import OpenAPIType

from pista.chat.doors import PATH, TELEGRAM_PATH

REFUSALS = {
    "401": "`webhook_refused`: not signed with the app secret of a number that is set up here.",
    "404": "`channel_not_found`: the app that signed it has none of these numbers here.",
    "405": "`method_not_allowed`.",
    "408": "`body_too_slow`: it did not arrive within 20 seconds.",
    "413": "`too_large`: more than four million bytes.",
    "503": "`unavailable`: nothing was taken; send it again after `Retry-After`.",
}
UPDATE_REFUSALS = {
    **REFUSALS,
    "401": "`webhook_refused`: it does not carry the secret that Telegram was told.",
    "404": "`channel_not_found`: no such bot is set up here, or it is off.",
}
ASKED = {
    "hub.mode": "`subscribe`.",
    "hub.verify_token": "The verify token of a number that is set up here.",
    "hub.challenge": "What is to be answered.",
}


def describe(openapi: OpenAPI) -> None:
    """Add WhatsApp's door to the app's description."""
    openapi.paths = {
        **(openapi.paths or {}),
        PATH: PathItem(get=_asking(), post=_telling()),
        f"{TELEGRAM_PATH}{{bot_id}}": PathItem(post=_updating()),
    }


def _asking() -> Operation:
    refused = {
        "403": "`verify_refused`: this is no verify token of a number here.",
        "405": "`method_not_allowed`.",
        "503": "`unavailable`: the tokens are not known yet; ask again after `Retry-After`.",
    }
    return Operation(
        tags=["Chat"],
        operation_id="VerifyWhatsAppWebhook",
        summary="Meta asks whether the address is ours",
        security=[{}],
        parameters=[
            Parameter(name=name, param_in="query", description=what, schema=_text())
            for name, what in ASKED.items()
        ],
        responses={"200": _plain("The challenge."), **_refusals(refused)},
    )


def _telling() -> Operation:
    return Operation(
        tags=["Chat"],
        operation_id="WhatsAppWebhook",
        summary="WhatsApp tells of messages",
        description="Answered when it is committed. What is sent again is kept once.",
        security=[{}],
        parameters=[
            Parameter(
                name="X-Hub-Signature-256",
                param_in="header",
                description="`sha256=` and the HMAC of the raw body with the app secret.",
                schema=_text(),
            )
        ],
        request_body=_json(),
        responses={"200": _plain("Committed."), **_refusals(REFUSALS)},
    )


def _updating() -> Operation:
    return Operation(
        tags=["Chat"],
        operation_id="TelegramWebhook",
        summary="Telegram tells of messages",
        description="Answered when it is committed. What is sent again is kept once.",
        security=[{}],
        parameters=[
            Parameter(
                name="bot_id",
                param_in="path",
                required=True,
                description="The number before the colon of the bot's token.",
                schema=_text(),
            ),
            Parameter(
                name="X-Telegram-Bot-Api-Secret-Token",
                param_in="header",
                description="What Telegram was told when the webhook was set.",
                schema=_text(),
            ),
        ],
        request_body=_json(),
        responses={"200": _plain("Committed."), **_refusals(UPDATE_REFUSALS)},
    )


def _json() -> RequestBody:
    schema = Schema(type=OpenAPIType.OBJECT)
    return RequestBody(required=True, content={"application/json": OpenAPIMediaType(schema=schema)})


def _text() -> Schema:
    return Schema(type=OpenAPIType.STRING)


def _plain(what: str) -> OpenAPIResponse:
    return OpenAPIResponse(
        description=what, content={"text/plain": OpenAPIMediaType(schema=_text())}
    )


def _refusals(refusals: dict[str, str]) -> dict[str, OpenAPIResponse]:
    return {
        status: OpenAPIResponse(
            description=why,
            headers=cast("Any", {"Retry-After": OpenAPIHeader(schema=_text())})
            if status == "503"
            else None,
            content={
                "application/problem+json": OpenAPIMediaType(
                    schema=Reference(ref="#/components/schemas/Problem")
                )
            },
        )
        for status, why in refusals.items()
    }
