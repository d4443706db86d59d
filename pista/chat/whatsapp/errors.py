"""The Cloud API's error codes, sorted once: which pass, which stop a number, which are final."""

from collections.abc import Mapping
from typing import NamedTuple

from pista.chat.heard import Trouble
from pista.chat.refusals import Advice, Refusal, Todo


class Sorted(NamedTuple):
    todo: Todo
    advice: Advice


def _all(todo: Todo, advice: Advice, *codes: int) -> dict[int, Sorted]:
    return dict.fromkeys(codes, Sorted(todo, advice))


CODES: Mapping[int, Sorted] = {
    # The platform is busy or in trouble.
    **_all("again", "wait", 1, 2, 4, 80007, 130429, 131000, 131016, 131057, 133004),
    # Too many messages to the same person.
    **_all("again_for_pair", "wait_for_person", 131056),
    # Whatever is sent next would be refused as well, or would make it worse.
    **_all("hold", "check_token", 0, 190),
    **_all("hold", "check_permissions", 3, 10, *range(200, 300), 131005),
    **_all("hold", "check_quality", 131048, 131064),
    **_all("hold", "check_account", 368, 130497, 131031, 131037),
    **_all("hold", "check_billing", 131042),
    **_all("hold", "check_registration", 133010, 131045),
    # This message only.
    **_all("never", "check_message", 33, 100, 131008, 131009, 131051, 135000),
    **_all("never", "check_number", 131021, 131030, 131062),
    **_all("never", "not_reachable", 131026),
    **_all("never", "use_template", 131047),
    **_all("never", "not_today", 131049, 130472),
    **_all("never", "opted_out", 131050),
    **_all("never", "check_media", 131052, 131053),
    **_all("never", "check_template", *range(132000, 133000)),
}
TOO_MANY, UNAUTHORISED, FORBIDDEN = 429, 401, 403


def sorted_out(
    code: int | None, *, http: int | None = None, transient: bool = False, text: str | None = None
) -> Refusal:
    """What to do about a code; `http` is the answer's status, and None in a status webhook.

    A code that nobody knows yet is judged by the answer's status.
    """
    known = CODES.get(code) if code is not None else None
    todo, advice = known or _by_status(http, transient)
    return Refusal(todo=todo, advice=advice, code=code, text=text)


def of_status(errors: list[Trouble]) -> Refusal:
    """Why a message that was accepted has failed after all."""
    first = errors[0] if errors else Trouble()
    text = first.details or first.message or first.title
    return sorted_out(first.code, text=text)


def _by_status(http: int | None, transient: bool) -> Sorted:
    if transient or http == TOO_MANY or (http is not None and http >= 500):
        return Sorted("again", "wait")
    if http == UNAUTHORISED:
        return Sorted("hold", "check_token")
    if http == FORBIDDEN:
        return Sorted("hold", "check_permissions")
    return Sorted("never", "ask_support")
