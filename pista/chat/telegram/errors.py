"""The Bot API's errors, sorted once. Beside the status there is nothing but a sentence to go by."""

import re

from msgspec import Struct

from pista.chat.refusals import Advice, Refusal, Todo


class Parameters(Struct, frozen=True):
    """What an error may carry beside its sentence."""

    retry_after: float | None = None
    migrate_to_chat_id: int | None = None


NOTHING = Parameters()
TOO_MANY = 429
FALLBACK_PAUSE = 5.0
LONGEST_PAUSE = 3600.0
# Looked for in this order, without case; Telegram words them freely.
SENTENCES: tuple[tuple[int, str, Todo, Advice], ...] = (
    (403, r"blocked by the user", "never", "person_blocked"),
    (403, r"can't initiate conversation", "never", "ask_to_start"),
    (403, r"user is deactivated|can't send messages to bots", "never", "not_reachable"),
    (403, r"kicked|not a member|not enough rights|have no rights", "never", "not_reachable"),
    (400, r"chat not found|user not found|peer_id_invalid", "never", "ask_to_start"),
    (400, r"chat_write_forbidden|not enough rights|have no rights", "never", "not_reachable"),
    (400, r"file|photo|sticker|video|media|image|url", "never", "check_media"),
    (413, r"", "never", "check_media"),
    (401, r"", "hold", "check_token"),
    (404, r"", "hold", "check_token"),
    (403, r"", "never", "not_reachable"),
    (400, r"", "never", "check_message"),
)


def sorted_out(code: int, text: str | None, parameters: Parameters = NOTHING) -> Refusal:
    """What to do about an error; a wait that is asked for concerns that chat only."""
    if code == TOO_MANY:
        pause = min(max(parameters.retry_after or FALLBACK_PAUSE, 1.0), LONGEST_PAUSE)
        return _refusal("again_for_pair", "wait_for_person", code, text, retry_after=pause)
    if parameters.migrate_to_chat_id is not None:
        moved = str(parameters.migrate_to_chat_id)
        return _refusal("again", "chat_moved", code, text, moved_to=moved)
    if code >= 500:
        return _refusal("again", "wait", code, text)
    for number, words, todo, advice in SENTENCES:
        if code == number and re.search(words, text or "", re.IGNORECASE):
            return _refusal(todo, advice, code, text)
    return _refusal("never", "ask_support", code, text)


def _refusal(
    todo: Todo,
    advice: Advice,
    code: int,
    text: str | None,
    *,
    retry_after: float | None = None,
    moved_to: str | None = None,
) -> Refusal:
    return Refusal(
        todo=todo,
        advice=advice,
        code=code,
        text=text,
        retry_after=retry_after,
        moved_to=moved_to,
    )
