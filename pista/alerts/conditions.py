"""Conditions as people send them: defaults filled in, and terms that do not fit refused. No I/O."""

from typing import Any

from msgspec import UNSET, structs

from pista.alerts.model import (
    DEFAULT_SENSITIVITY,
    HOUR_MINUTES,
    BadAlertRule,
    Condition,
    Kind,
    Terms,
)
from pista.errors import Invalid

NOTHING_YET: dict[Kind, dict[str, Any]] = {
    "threshold": {"comparison": "above", "window_minutes": HOUR_MINUTES},
    "silence": {"comparison": "below", "window_minutes": 30},
    "anomaly": {
        "comparison": "either",
        "window_minutes": HOUR_MINUTES,
        "sensitivity": DEFAULT_SENSITIVITY,
    },
}
_TERMS = Terms.__struct_fields__


def new(kind: Kind, terms: Terms) -> Condition:
    """The condition that is asked for, with the defaults of its kind."""
    defaults: dict[str, Any] = dict.fromkeys(_TERMS) | {"metric": "events"} | NOTHING_YET[kind]
    return _checked(Condition(**defaults | _given(terms), kind=kind))


def changed(old: Condition, kind: Kind, terms: Terms) -> Condition:
    """`old` with what is given; of another kind, it begins with that kind's defaults."""
    if kind == old.kind:
        kept = {name: getattr(old, name) for name in ("kind", *_TERMS)}
        return _checked(Condition(**kept | _given(terms)))
    kept = {"metric": old.metric, "event_type": old.event_type, "site_id": old.site_id}
    return new(kind, structs.replace(terms, **kept | _given(terms)))


def name(text: str) -> str:
    """A rule's name as it is stored: trimmed, on one line."""
    trimmed = text.strip()
    if not trimmed or not trimmed.isprintable():
        raise Invalid("name: A name has at least one character, and no line breaks.")
    return trimmed


def _given(terms: Terms) -> dict[str, Any]:
    found = {name: getattr(terms, name) for name in _TERMS}
    return {name: value for name, value in found.items() if value is not UNSET}


def _checked(condition: Condition) -> Condition:
    if condition.metric == "pageViews" and condition.event_type not in (None, "PAGE_VIEW"):
        raise BadAlertRule("pageViews are of the type PAGE_VIEW: leave eventType out.")
    match condition.kind:
        case "threshold":
            return _threshold(condition)
        case "silence":
            return _silence(condition)
        case "anomaly":
            return _anomaly(condition)


def _threshold(condition: Condition) -> Condition:
    if condition.threshold is None:
        raise BadAlertRule("A threshold needs a number in `threshold`.")
    if condition.comparison == "either":
        raise BadAlertRule("A threshold is `above` or `below`.")
    if condition.comparison == "below" and condition.threshold == 0:
        raise BadAlertRule("Nothing is below 0.")
    return structs.replace(condition, sensitivity=None)


def _silence(condition: Condition) -> Condition:
    if condition.metric != "events":
        raise BadAlertRule("Silence is of `events`: leave metric out.")
    return structs.replace(condition, comparison="below", threshold=None, sensitivity=None)


def _anomaly(condition: Condition) -> Condition:
    if condition.window_minutes != HOUR_MINUTES:
        raise BadAlertRule("An anomaly looks at whole hours: windowMinutes is 60.")
    sensitivity = condition.sensitivity or DEFAULT_SENSITIVITY
    return structs.replace(condition, threshold=None, sensitivity=sensitivity)
