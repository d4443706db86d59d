"""ClickHouse's errors, worded as its HTTP interface words them."""

import pytest

from pista.store.embedded.clickhouse import errors


@pytest.mark.parametrize(
    ("message", "body", "status"),
    [
        (
            "Code: 60. DB::Exception: Table d.x does not exist. (UNKNOWN_TABLE)",
            "Code: 60. DB::Exception: Table d.x does not exist. (UNKNOWN_TABLE) (version 1)\n",
            404,
        ),
        # The engine says it twice when the client's half of it has seen it already.
        (
            "Code: 164. DB::Exception: Code: 164. DB::Exception: No. (READONLY) (version 26.9)."
            " (READONLY)",
            "Code: 164. DB::Exception: No. (READONLY) (version 1)\n",
            500,
        ),
        (
            "Code: 27. DB::Exception: Row:\nCode: 6. (X) of it. (CANNOT_PARSE_TEXT)",
            "Code: 27. DB::Exception: Row:\nCode: 6. (X) of it. (CANNOT_PARSE_TEXT) (version 1)\n",
            400,
        ),
        (
            "out of luck",
            "Code: 1000. DB::Exception: out of luck. (UNKNOWN_EXCEPTION) (version 1)\n",
            500,
        ),
    ],
)
def test_a_message_has_one_prefix_and_one_name(message: str, body: str, status: int) -> None:
    """
    Code, text and name come once, in ClickHouse's order, with its HTTP status.
    """
    error = errors.from_engine(message)

    assert error.body("1").decode() == body
    assert error.status == status
