"""What Meta's answers mean: which event was taken, and what is to be done with the others.

Throttling comes as HTTP 400 with a code, so the status alone says little.
"""

from typing import Any, cast

from pista.attribution.told import Answer, Todo, Verdict

_THROTTLED = {4, 17, 32, 341, 613, *range(80000, 80015)}
_PASSING = {1, 2}
_TOKEN = {10, 102, 190, *range(200, 300)}
# The data set itself is not there, or not for this token: that is wrong of no event.
_NO_DATA_SET = {(100, 33), (803, None), (2500, None)}
_LONGEST = 300
TOO_MANY_REQUESTS = 429
UNREADABLE = "unreadable"
FEWER = "events_received"


def read(answer: Answer, count: int) -> Verdict:
    """`count` events were in the request."""
    fields = answer.fields()
    error = fields.get("error")
    if isinstance(error, dict):
        return _refused(answer, cast("dict[str, Any]", error), count)
    if answer.status == TOO_MANY_REQUESTS:
        return Verdict(todo="throttled", status=429, retry_after=_retry_after(answer))
    received = fields.get("events_received")
    if answer.status // 100 != 2 or not isinstance(received, int):
        # Something in front of Meta, or nonsense: the events may have been taken.
        return Verdict(todo="unknown", status=answer.status, code=UNREADABLE)
    todo: Todo = "sent"
    if received < count:
        todo = "split" if count > 1 else "again"
    return Verdict(
        todo=todo,
        status=answer.status,
        code=None if todo == "sent" else FEWER,
        partly=0 < received < count,
        trace_id=_text(fields.get("fbtrace_id")),
    )


def _refused(answer: Answer, error: dict[str, Any], count: int) -> Verdict:
    code, subcode = _number(error.get("code")), _number(error.get("error_subcode"))
    todo = _todo(answer.status, code, error.get("is_transient") is True)
    if todo == "never" and {(code, subcode), (code, None)} & _NO_DATA_SET:
        todo = "pause"
    # Any one of them may be why none was taken.
    todo = "split" if todo == "never" and count > 1 else todo
    told = _text(error.get("error_user_msg")) or _text(error.get("message"))
    return Verdict(
        todo=todo,
        status=answer.status,
        code="/".join(str(one) for one in (code, subcode) if one is not None) or None,
        text=told and told[:_LONGEST],
        trace_id=_text(error.get("fbtrace_id")),
        retry_after=_retry_after(answer),
    )


def _todo(status: int, code: int | None, transient: bool) -> Todo:
    if code in _TOKEN:
        return "pause"
    if code in _THROTTLED or status == TOO_MANY_REQUESTS:
        return "throttled"
    if transient or code in _PASSING or status >= 500:
        return "again"
    return "never"


def _retry_after(answer: Answer) -> float | None:
    text = answer.headers.get("retry-after", "")
    return min(float(text), 3600.0) if text.isdigit() else None


def _number(value: Any) -> int | None:
    return value if isinstance(value, int) and not isinstance(value, bool) else None


def _text(value: Any) -> str | None:
    return value if isinstance(value, str) and value else None
