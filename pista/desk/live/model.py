"""What goes over a socket about the desk besides the messages themselves."""

from typing import NamedTuple

import msgspec

from pista.ids import TenantId, UserId


class Told(NamedTuple):
    """One message as it goes to every socket that it concerns: made once."""

    tenant_id: TenantId
    seq: int | None
    """None: of the moment, and kept nowhere."""
    audience: list[UserId]
    frame: str


class Resume(
    msgspec.Struct, frozen=True, kw_only=True, tag="desk_resume", tag_field="type", rename="camel"
):
    """A screen that is back has heard everything up to this number."""

    after: int


class Resumed(
    msgspec.Struct, frozen=True, kw_only=True, tag="desk_resumed", tag_field="type", rename="camel"
):
    """What was missed has been told; from here on it is news again."""

    messages: int


class Resync(
    msgspec.Struct,
    frozen=True,
    kw_only=True,
    tag="desk_resync",
    tag_field="type",
    rename="camel",
    omit_defaults=True,
):
    """More happened than is told one by one, or than is still kept: fetch it all again."""

    seq: int | None = None
    """What is fetched now holds everything up to this number."""


def frame_of(seq: int, body: str) -> str:
    """The message with its number; as PostgreSQL wrote it, since nobody in between reads it."""
    return f'{{"seq":{seq},{body[1:]}'
