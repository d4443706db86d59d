"""Whether settings go together: no I/O, no clock."""

from itertools import pairwise

from msgspec import UNSET

from pista.desk.settings.model import SetDeskSettings


def wrong(asked: SetDeskSettings) -> str | None:
    """What does not, in a sentence."""
    if asked.warning_seconds > asked.limit_seconds:
        return "warningSeconds: the warning comes before the limit."
    return _wrong_hours(asked) or _wrong_wizard(asked) or _wrong_pauses(asked)


def _wrong_hours(asked: SetDeskSettings) -> str | None:
    slots = sorted((one.day, one.opens, one.closes) for one in asked.hours)
    if any(opens >= closes for _, opens, closes in slots):
        return "hours: it opens before it closes; what goes past midnight is of two days."
    if any(one[0] == other[0] and one[2] > other[1] for one, other in pairwise(slots)):
        return "hours: two of a day overlap."
    return None


def _wrong_wizard(asked: SetDeskSettings) -> str | None:
    steps = [step.id for step in asked.wizard]
    fields = [field for step in asked.wizard for field in step.fields]
    names = [field.id for field in fields]
    if len(set(steps)) < len(steps) or len(set(names)) < len(names):
        return "wizard: each step and each field has an id of its own."
    if any(field.kind in ("choice", "choices") and not field.choices for field in fields):
        return "wizard: say what there is to choose from."
    return None


def _wrong_pauses(asked: SetDeskSettings) -> str | None:
    names = [] if asked.pauses is UNSET else [one.name.strip().lower() for one in asked.pauses]
    return "pauses: two have the same name." if len(set(names)) < len(names) else None
