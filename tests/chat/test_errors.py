"""Which errors of the platforms pass, which stop a number, and which are final."""

import pytest

from pista.chat import refusals
from pista.chat.heard import Trouble
from pista.chat.refusals import Todo
from pista.chat.telegram import errors as telegram
from pista.chat.telegram.errors import Parameters
from pista.chat.whatsapp import errors as whatsapp

WHATSAPP: dict[Todo, tuple[int, ...]] = {
    "again": (1, 2, 4, 80007, 130429, 131000, 131016, 131057, 133004),
    "again_for_pair": (131056,),
    "hold": (131048, 368, 131031, 130497, 131042, 131064, 190, 0, 3, 10, 200, 219, 299),
    "never": (
        *(100, 33, 131008, 131009, 131021, 131026, 131030, 131047, 131049, 131050, 130472),
        *(131051, 131052, 131053, 131062, 132000, 132001, 132015, 132069),
    ),
}


@pytest.mark.parametrize(
    ("code", "todo"), [(code, todo) for todo, codes in WHATSAPP.items() for code in codes]
)
def test_whatsapps_codes(code: int, todo: Todo):
    """
    The known ones mean the same in an answer and in a status webhook, whatever HTTP says.
    """
    for http in (None, 400, 401, 403, 429, 500):
        refusal = whatsapp.sorted_out(code, http=http, text="why")
        assert (refusal.todo, refusal.code, refusal.text) == (todo, code, "why")
    assert whatsapp.of_status([Trouble(code=code)]).todo == todo


@pytest.mark.parametrize(
    ("http", "transient", "todo"),
    [
        (500, False, "again"),
        (503, False, "again"),
        (429, False, "again"),
        (400, True, "again"),
        (401, False, "hold"),
        (403, False, "hold"),
        (400, False, "never"),
        (404, False, "never"),
        (None, False, "never"),  # a status webhook: the platform has given up
    ],
)
def test_a_code_that_nobody_knows_yet(http: int | None, transient: bool, todo: Todo):
    """
    Is judged by the answer's status.
    """
    assert whatsapp.sorted_out(99999999, http=http, transient=transient).todo == todo
    assert whatsapp.sorted_out(None, http=http, transient=transient).todo == todo


def test_a_status_that_failed_tells_why():
    """
    In the platform's own words, the longest of them; also where there is nothing but a title.
    """
    full = Trouble(code=131047, title="t", message="m", details="d")

    assert whatsapp.of_status([full]).text == "d"
    assert whatsapp.of_status([Trouble(title="t")]).text == "t"
    assert whatsapp.of_status([]).todo == "never"
    assert whatsapp.of_status([full]).advice == "use_template"


@pytest.mark.parametrize(
    ("code", "text", "todo", "advice"),
    [
        (403, "Forbidden: bot was blocked by the user", "never", "person_blocked"),
        (403, "Forbidden: user is deactivated", "never", "not_reachable"),
        (
            403,
            "Forbidden: bot can't initiate conversation with a user",
            "never",
            "ask_to_start",
        ),
        (403, "Forbidden: bot was kicked from the group chat", "never", "not_reachable"),
        (403, "Forbidden: something new", "never", "not_reachable"),
        (400, "Bad Request: chat not found", "never", "ask_to_start"),
        (400, "Bad Request: PEER_ID_INVALID", "never", "ask_to_start"),
        (400, "Bad Request: wrong file identifier/HTTP URL specified", "never", "check_media"),
        (400, "Bad Request: message text is empty", "never", "check_message"),
        (413, "Request Entity Too Large", "never", "check_media"),
        (401, "Unauthorized", "hold", "check_token"),
        (404, "Not Found", "hold", "check_token"),
        (500, "Internal Server Error", "again", "wait"),
        (502, "Bad Gateway", "again", "wait"),
        (418, None, "never", "ask_support"),
    ],
)
def test_telegrams_errors(code: int, text: str | None, todo: Todo, advice: str):
    """
    By status, and by what the sentence says.
    """
    refusal = telegram.sorted_out(code, text)

    assert (refusal.todo, refusal.advice, refusal.text) == (todo, advice, text)


@pytest.mark.parametrize(
    ("asked", "pause"), [(7, 7.0), (None, 5.0), (0, 5.0), (0.2, 1.0), (10**9, 3600.0)]
)
def test_telegram_asks_to_wait(asked: float | None, pause: float):
    """
    In that chat, for as long as it says.
    """
    refusal = telegram.sorted_out(429, "Too Many Requests", Parameters(retry_after=asked))

    assert (refusal.todo, refusal.retry_after) == ("again_for_pair", pause)


def test_a_group_that_goes_by_another_id():
    """
    Is written to there, at once.
    """
    moved = Parameters(migrate_to_chat_id=-1001234567890)
    refusal = telegram.sorted_out(400, "Bad Request: group chat was upgraded", moved)

    assert (refusal.todo, refusal.moved_to) == ("again", "-1001234567890")
    assert not refusal.feeds_breaker


def test_only_the_platforms_own_trouble_feeds_the_breaker():
    """
    Bad data, blocked bots and busy pairs must not stop everybody else's messages.
    """
    fed = {code for code in whatsapp.CODES if whatsapp.sorted_out(code).feeds_breaker}

    assert fed == set(WHATSAPP["again"])
    assert telegram.sorted_out(502, None).feeds_breaker
    assert not telegram.sorted_out(429, None).feeds_breaker
    assert not telegram.sorted_out(403, None).feeds_breaker


def test_a_pair_waits_four_times_longer_each_time():
    """
    Up to an hour.
    """
    pauses = [refusals.pair_pause(attempt) for attempt in (1, 2, 3, 6, 1000)]

    assert pauses == [4, 16, 64, 3600, 3600]
