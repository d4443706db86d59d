"""What a platform means by refusing a message, whichever it is, and what is to be done about it."""

from typing import Literal

from msgspec import Struct

Todo = Literal[
    "again",  # later, with growing pauses; many of these mean that the platform is in trouble
    "again_for_pair",  # later, for this person only
    "hold",  # nothing more from this number or bot, until a person has looked
    "never",  # this message will never be taken
]
Advice = Literal[
    "wait",
    "wait_for_person",
    "check_token",
    "check_permissions",
    "check_account",
    "check_billing",
    "check_quality",
    "check_registration",
    "use_template",
    "check_template",
    "check_number",
    "check_media",
    "check_message",
    "opted_out",
    "not_today",
    "not_reachable",
    "person_blocked",
    "ask_to_start",
    "chat_moved",
    "ask_support",
]
"""What the user should do: a stable key, worded in each language by the interface."""


class Refusal(Struct, frozen=True, kw_only=True):
    """An error of a platform, sorted."""

    todo: Todo
    advice: Advice
    code: int | None = None
    text: str | None = None
    """The platform's own explanation."""
    retry_after: float | None = None
    """The seconds that the platform asked for."""
    moved_to: str | None = None
    """The chat goes by this id now: send there."""

    @property
    def feeds_breaker(self) -> bool:
        """Whether it says something of the platform, and not of one message, person or account."""
        return self.todo == "again" and self.moved_to is None


LONGEST_PAUSE = 3600.0


def pair_pause(attempt: int) -> float:
    """The seconds to wait before a person is written to again, from the first attempt on.

    WhatsApp asks for 4^n: a burst is borrowed from minutes to come.
    """
    return min(4.0 ** min(attempt, 10), LONGEST_PAUSE)
