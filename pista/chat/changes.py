"""What happened to messages: how far they got, edits, reactions and what was taken back."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec

from pista.chat.heard import HeardDelete, HeardEdit, HeardMessage, HeardStatus
from pista.chat.meeting import Told
from pista.chat.model import NewChange


def changes(told: Sequence[Told]) -> list[NewChange]:
    """What happened to messages; of what is one change, the latest."""
    found = [change for one in told if (change := _change(one)) is not None]
    found.sort(key=lambda one: one.at)
    return list({(one.external_id, one.kind, one.what): one for one in found}.values())


def _change(told: Told) -> NewChange | None:
    heard = told.heard
    match heard:
        case HeardStatus():
            detail = _detail(pricing=heard.pricing, errors=heard.errors)
            return _happened(heard.external_id, "status", heard.status, heard.at, detail)
        case HeardEdit():
            what = f"{heard.at.timestamp():.3f}"
            return _happened(heard.external_id, "edit", what, heard.at, {"text": heard.text})
        case HeardDelete():
            return _happened(heard.external_id, "delete", "delete", heard.at, {})
        case HeardMessage(kind="reaction", reaction=reaction) if reaction and reaction.to:
            by = "us" if heard.echo else str(told.person)
            return _happened(reaction.to, "reaction", by, heard.at, {"emoji": reaction.emoji})
        case _:
            return None


def _happened(
    external_id: str, kind: Any, what: str, at: datetime, detail: dict[str, Any]
) -> NewChange:
    return NewChange(external_id=external_id, kind=kind, what=what, at=at, detail=detail)


def _detail(**parts: Any) -> dict[str, Any]:
    return {name: msgspec.to_builtins(part) for name, part in parts.items() if part}


def sent(told: Sequence[Told]) -> dict[UUID, str]:
    """What the platform calls messages that we sent without hearing its id of them: a status that
    carries ours tells it."""
    return {
        message: one.heard.external_id
        for one in told
        if isinstance(one.heard, HeardStatus)
        and (message := _uuid(one.heard.callback_data)) is not None
    }


def _uuid(text: str | None) -> UUID | None:
    try:
        return UUID(text) if text else None
    except ValueError:
        return None
