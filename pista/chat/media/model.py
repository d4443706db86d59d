"""Files of messages, and what can be wrong with them."""

from datetime import datetime
from typing import Literal, NewType
from uuid import UUID

import msgspec

from pista.chat.model import ChannelId
from pista.chat.refusals import Advice
from pista.errors import PistaError

MediaId = NewType("MediaId", UUID)

State = Literal[
    "waiting",  # for its turn to be fetched
    "kept",
    "failed",  # the platform did not give it
    "too_large",
]


class Media(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    """A file, as far as it is here."""

    id: MediaId
    """Of one that came in: its message's id."""
    state: State
    mime_type: str | None
    """What its bytes are, and not what somebody said."""
    filename: str | None
    bytes: int | None
    inline: bool
    """Whether a browser may show or play it; all else is downloaded."""
    error: str | None
    """Why it is not here, in the platform's own words."""
    advice: Advice | None
    can_retry: bool
    created_at: datetime


class MediaRow(msgspec.Struct, frozen=True, kw_only=True):
    """A file as it is stored."""

    id: MediaId
    channel_id: ChannelId | None
    external_id: str | None
    state: State
    mime_type: str | None
    filename: str | None
    size: int | None
    sha256: bytes | None
    told_sha256: str | None
    error: str | None
    advice: Advice | None
    created_at: datetime
    bucket: str = ""
    """Where it lies, or is to: the data folder, if it is empty."""


class FetchMedia(msgspec.Struct, frozen=True, kw_only=True, tag="chat.media"):
    """The job that a file is until it is here."""

    media_id: MediaId


class MediaNotFound(PistaError):
    """There is no such file, or none that you may see."""

    status = 404
    code = "media_not_found"


class MediaNotHere(PistaError):
    """The file is not here yet, or could not be had; its state says which."""

    status = 409
    code = "media_not_here"


class MediaStoreAway(PistaError):
    """The store that files are kept in does not answer, or refuses; try again in a moment."""

    status = 503
    code = "media_store_away"


class MediaTooLarge(PistaError):
    """The file is larger than this Pista takes."""

    status = 413
    code = "media_too_large"


class MediaEmpty(PistaError):
    """There is nothing in the file."""

    status = 422
    code = "media_empty"
