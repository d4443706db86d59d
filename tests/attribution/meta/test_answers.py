import json
from typing import Any

import pytest

from pista.attribution.meta import answers
from pista.attribution.told import Answer


def refused(code: int, *, transient: bool = False, **more: Any) -> bytes:
    error = {"message": "No.", "code": code, "is_transient": transient, **more}
    return json.dumps({"error": {**error, "fbtrace_id": "T1"}}).encode()


@pytest.mark.parametrize(
    ("status", "body", "count", "todo"),
    [
        (200, b'{"events_received":1,"fbtrace_id":"T1"}', 1, "sent"),
        # A success of HTTP that is none.
        (200, b'{"events_received":0}', 1, "again"),
        (200, b'{"events_received":999}', 1000, "split"),
        (200, b"<html>", 1, "unknown"),
        (200, b'{"ok":true}', 1, "unknown"),
        # Throttling comes with 400.
        *((400, refused(code), 1, "throttled") for code in (4, 17, 32, 341, 613, 80000, 80014)),
        (429, b"", 1, "throttled"),
        (400, refused(1), 1, "again"),
        (400, refused(2), 1000, "again"),
        (500, refused(1, transient=True), 1, "again"),
        (400, refused(9999, transient=True), 1, "again"),
        *((400, refused(code), 1000, "pause") for code in (190, 10, 102, 200, 294, 299)),
        (400, refused(100, error_subcode=2804003), 1, "never"),
        (400, refused(100), 1000, "split"),
        # A data set that is not there, or not for this token: no event's fault.
        (400, refused(100, error_subcode=33), 1000, "pause"),
        (400, refused(803), 1, "pause"),
        (403, refused(368), 1, "never"),
        # Something in front of it: nobody knows what it did before.
        (502, b"<html>Bad Gateway</html>", 1, "unknown"),
        (504, b"", 1000, "unknown"),
        (302, b"", 1, "unknown"),
    ],
)
def test_what_an_answer_means(status: int, body: bytes, count: int, todo: str):
    """
    Each documented answer has one meaning, by its code and not by its status.
    """
    assert answers.read(Answer(status, {}, body), count).todo == todo


def test_what_a_person_is_told():
    """
    A refusal is told with Meta's own sentence, code and trace.
    """
    body = refused(100, error_subcode=2804050, error_user_msg="Add more parameters.")

    found = answers.read(Answer(400, {"retry-after": "7"}, body), 1)

    assert (found.code, found.text) == ("100/2804050", "Add more parameters.")
    assert (found.trace_id, found.retry_after) == ("T1", 7.0)
