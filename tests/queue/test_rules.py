"""When a failed job is tried again, and what is said of it."""

from datetime import timedelta

import asyncpg
import pytest

from pista.queue.rules import told, wait_after


@pytest.mark.parametrize(
    ("attempt", "chance", "seconds"),
    [
        (1, 0.5, 1),
        (1, 0.0, 0.75),
        (1, 1.0, 1.25),
        (2, 0.5, 4),
        (4, 0.5, 64),
        (7, 0.5, 3600),
        (12, 1.0, 4500),
        (10_000, 0.5, 3600),  # no overflow
    ],
)
def test_each_wait_is_longer_up_to_an_hour(attempt: int, chance: float, seconds: float):
    """
    And a quarter of it is left to chance.
    """
    assert wait_after(attempt, chance) == timedelta(seconds=seconds)


def test_an_error_is_told_without_the_rows_that_it_quotes():
    """
    PostgreSQL tells the values of a row in the lines that follow the first.
    """
    error = asyncpg.UniqueViolationError('duplicate key value violates "contacts_email"')
    error.detail = "Key (email)=(ana@example.com) already exists."

    assert told(error) == 'UniqueViolationError: duplicate key value violates "contacts_email"'
    assert told(ValueError()) == "ValueError"
    assert len(told(ValueError("x" * 9999))) == 300
