"""Rules fire and recover, each once, and only on what is known."""

import asyncio
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta
from itertools import chain
from typing import Any

import msgspec
import pytest

from pista import events
from pista.alerts.watching import Outcome
from pista.events import Window
from pista.events import windows as windows_of
from pista.ids import TenantId
from pista.store.clickhouse import ClickHouse, ClickHouseError
from pista.store.embedded.process import free_port
from pista.store.journal import Journal
from pista.store.postgres import Postgres
from tests.alerts.conftest import HOUR, MINUTE, NOON, Company, Time
from tests.alerts.watched import SECOND, spread, states
from tests.events.conftest import make_line
from tests.events.writing import acknowledge, drained, writing

Windows = Mapping[TenantId, Sequence[Window]]


async def test_a_threshold_fires_and_recovers_once(
    company: Company, time: Time, clickhouse: ClickHouse
):
    """
    However often the watcher looks; and with the figures of the window that was over.
    """
    rule = await company.rule(threshold=20, windowMinutes=5)
    await company.happen(clickhouse, *spread(NOON + MINUTE, 30))

    await time.go_on(NOON + 4 * MINUTE)
    now = await company.now_of(rule)
    assert (now.state, now.last_value, now.evaluated_until) == ("firing", 30, NOON + 3 * MINUTE)
    await time.go_on(NOON + 12 * MINUTE)

    assert await states(company, rule) == [(30, "recovered")]
    now = await company.now_of(rule)
    assert (now.state, now.last_value) == ("ok", 0)


async def test_a_figure_about_the_limit_tells_one_thing_once(
    company: Company, time: Time, clickhouse: ClickHouse
):
    """
    21, 19, 21, 19 … above 20 is one firing: it is over when three windows in a row are clearly
    back, at 18 or less.
    """
    rule = await company.rule(threshold=20, windowMinutes=1)
    numbers = enumerate((21, 19, 21, 19, 21, 17, 19, 18, 18, 18, 18))
    minutes = (spread(NOON + minute * MINUTE, number) for minute, number in numbers)
    await company.happen(clickhouse, *chain.from_iterable(minutes))

    await time.go_on(NOON + 9 * MINUTE + 30 * SECOND)
    assert await states(company, rule) == [(21, None)]
    await time.go_on(NOON + 10 * MINUTE + 30 * SECOND)

    assert await states(company, rule) == [(21, "recovered")]


async def test_too_little_is_told_too(company: Company, time: Time, clickhouse: ClickHouse):
    """
    Below a threshold, of one type on one site, by visitors; others' events do not help.
    """
    rule = await company.rule(
        comparison="below",
        metric="uniqueVisitors",
        threshold=3,
        windowMinutes=10,
        eventType="PURCHASE",
        siteId=str(company.site),
    )
    await company.happen(clickhouse, *spread(NOON - MINUTE, 2), event_type="PURCHASE")
    await company.happen(clickhouse, *spread(NOON - MINUTE, 9))
    await time.go_on(NOON + 2 * MINUTE)
    assert await states(company, rule) == [(2, None)]

    await company.happen(clickhouse, *spread(NOON + 2 * MINUTE, 5), event_type="PURCHASE")
    await time.go_on(NOON + 6 * MINUTE)

    assert await states(company, rule) == [(2, "recovered")]


async def test_silence_is_told(company: Company, time: Time, clickhouse: ClickHouse):
    """
    After as many minutes as the rule says without an event, and once; also if there never was one.
    """
    rule = await company.rule(kind="silence", windowMinutes=3)
    await company.happen(clickhouse, NOON + MINUTE)

    await time.go_on(NOON + 5 * MINUTE)
    assert await states(company, rule) == []
    await time.go_on(NOON + 7 * MINUTE)
    assert await states(company, rule) == [(0, None)]
    await company.happen(clickhouse, NOON + 6 * MINUTE)
    await time.go_on(NOON + 8 * MINUTE)

    assert await states(company, rule) == [(0, "recovered")]


async def test_silence_counts_from_when_the_rule_was_made(company: Company, time: Time):
    """
    A rule of a site that never had an event waits its minutes, and then fires.
    """
    rule = await company.rule(kind="silence", windowMinutes=3, eventType="PURCHASE")

    await time.go_on(NOON + 3 * MINUTE)
    assert await states(company, rule) == []
    await time.go_on(NOON + 4 * MINUTE)

    assert await states(company, rule) == [(0, None)]


async def test_what_waits_is_not_silence(
    company: Company, time: Time, database: str, clickhouse_database: str, postgres: Postgres
):
    """
    While events wait in the journal nobody is told of silence, however long; when they are flushed
    they count as what they are.
    """
    time.now = start = datetime.now(NOON.tzinfo).replace(second=0, microsecond=0)
    rule = await company.rule(start, kind="silence", windowMinutes=2)
    journal = Journal(database)
    journal.start()
    lines = [
        make_line(start + MINUTE * n, tenant=company.tenant, site=company.site) for n in range(10)
    ]
    await acknowledge(journal, lines)

    await time.go_on(start + 9 * MINUTE)
    held = await company.now_of(rule)
    async with writing(database, clickhouse_database):
        await drained(postgres)
    await journal.stop()
    await time.go_on(start + 11 * MINUTE)
    heard = await company.now_of(rule)
    await time.go_on(start + 13 * MINUTE)

    assert (held.evaluated_until, held.state) == (None, "ok")
    assert (heard.last_value, heard.state) == (2, "ok")
    assert await states(company, rule) == [(0, None)]


async def test_while_clickhouse_is_away_nothing_is_said(
    company: Company, time: Time, database: str, clickhouse: ClickHouse
):
    """
    Neither of those who fire nor of those who do not; afterwards it goes on.
    """
    fires = await company.rule(threshold=1, windowMinutes=20)
    quiet = await company.rule(kind="silence", windowMinutes=3)
    await company.happen(clickhouse, *spread(NOON, 9))
    await time.go_on(NOON + 2 * MINUTE)

    away = Time(database, ClickHouse(f"http://127.0.0.1:{free_port()}"))
    away.now = time.now
    await away.go_on(NOON + 10 * MINUTE)
    await away.close()
    assert (await states(company, fires), await states(company, quiet)) == ([(9, None)], [])
    assert (await company.now_of(fires)).evaluated_until == NOON + MINUTE

    time.now = away.now
    await time.go_on(NOON + 11 * MINUTE)
    assert await states(company, quiet) == [(0, None)]
    assert (await company.now_of(fires)).evaluated_until == NOON + 10 * MINUTE


async def test_what_was_decided_of_an_older_rule_changes_nothing(
    company: Company, time: Time, postgres: Postgres, clickhouse: ClickHouse
):
    """
    A rule that is changed, paused or deleted while it is looked at is left alone.
    """
    changed = await company.rule(threshold=1)
    deleted = await company.rule(threshold=1)
    outcomes = [
        Outcome(
            rule=await company.now_of(rule),
            end=NOON,
            value=9.0,
            expected=None,
            state="firing",
            clear_since=None,
        )
        for rule in (changed, deleted)
    ]

    await company.change(changed, NOON, threshold=100)
    await company.delete(deleted, NOON)
    for outcome in outcomes:
        async with postgres.transaction() as tx:
            await time.watcher.change(tx, outcome, NOON)

    assert await company.firings() == []
    assert (await company.now_of(changed)).state == "ok"


async def test_a_paused_rule_ends_its_firing(company: Company, time: Time, clickhouse: ClickHouse):
    """
    As paused, without a word to the webhook; resumed, it fires anew if it still has reason to.
    """
    rule = await company.rule(threshold=1, windowMinutes=60, webhookUrl="https://8.8.8.8/hook")
    await company.happen(clickhouse, *spread(NOON, 5))
    await time.go_on(NOON + 2 * MINUTE)

    paused = await company.change(rule, time.now, enabled=False)
    await time.go_on(NOON + 4 * MINUTE)
    assert (paused.state, await states(company, rule)) == ("paused", [(5, "paused")])
    await company.change(rule, time.now, enabled=True)
    await time.go_on(NOON + 6 * MINUTE)

    assert await states(company, rule) == [(5, "paused"), (5, None)]
    told = [[one.about for one in firing.deliveries] for firing in await company.firings()]
    assert told == [["fired"], ["fired"]]


async def test_a_rule_under_other_terms_goes_on_firing_until_it_is_looked_at(
    company: Company, time: Time, clickhouse: ClickHouse
):
    """
    Raised above the figure it recovers, with a message; renamed it does not even blink.
    """
    rule = await company.rule(threshold=1, windowMinutes=60, webhookUrl="https://8.8.8.8/hook")
    await company.happen(clickhouse, *spread(NOON, 5))
    await time.go_on(NOON + 2 * MINUTE)

    await company.change(rule, time.now, name="other")
    assert (await company.now_of(rule)).evaluated_until == NOON + MINUTE
    changed = await company.change(rule, time.now, threshold=50)
    assert changed.state == "firing"
    await time.go_on(NOON + 6 * MINUTE)

    assert await states(company, rule) == [(5, "recovered")]
    [firing] = await company.firings()
    assert (firing.rule_name, [one.about for one in firing.deliveries]) == (
        "rule",
        ["fired", "recovered"],
    )


async def test_a_deleted_rule_leaves_its_firings(
    company: Company, time: Time, clickhouse: ClickHouse
):
    """
    To be read; its messages are not sent any more.
    """
    rule = await company.rule(threshold=1, windowMinutes=60, webhookUrl="https://8.8.8.8/hook")
    await company.happen(clickhouse, *spread(NOON, 5))
    await time.go_on(NOON + 2 * MINUTE)

    await company.delete(rule, time.now)
    await time.go_on(NOON + 4 * MINUTE)

    [firing] = await company.firings()
    assert (firing.ending, firing.deliveries[0].state) == ("deleted", "dead")
    assert firing.deliveries[0].last_error == "The rule was deleted."


async def test_a_clock_set_forward_is_not_silence(
    company: Company, time: Time, clickhouse: ClickHouse
):
    """
    An hour that was skipped, or slept through, was not silent: the minutes count from then on.
    """
    rule = await company.rule(kind="silence", windowMinutes=5)
    await company.happen(clickhouse, NOON, NOON + MINUTE)
    await time.go_on(NOON + 3 * MINUTE)

    time.now += HOUR
    await time.go_on(NOON + 3 * MINUTE + HOUR + 5 * MINUTE)
    assert await states(company, rule) == []
    await time.go_on(NOON + 3 * MINUTE + HOUR + 7 * MINUTE)

    assert await states(company, rule) == [(0, None)]


async def test_a_clock_set_back_neither_doubles_nor_blinds(
    company: Company, time: Time, clickhouse: ClickHouse
):
    """
    What fires goes on firing, and rules are looked at by the new time at once.
    """
    fires = await company.rule(threshold=3, windowMinutes=5)
    await company.happen(clickhouse, *spread(NOON + MINUTE, 9))
    await time.go_on(NOON + 3 * MINUTE)
    assert await states(company, fires) == [(9, None)]

    time.now -= HOUR
    await time.look()
    later = await company.rule(time.now, threshold=3, windowMinutes=2)
    await company.happen(clickhouse, *spread(time.now, 9))
    await time.go_on(time.now + 4 * MINUTE)
    assert await states(company, later) == [(9, None)]
    await time.go_on(time.now + 12 * MINUTE)

    assert await states(company, later) == [(9, "recovered")]
    assert await states(company, fires) == [(9, "recovered")]


async def test_each_company_sees_its_own(
    make_company: Callable[..., Any],
    time: Time,
    clickhouse: ClickHouse,
    monkeypatch: pytest.MonkeyPatch,
):
    """
    One tenant's events neither raise nor calm another's rules, though ClickHouse is asked for all
    of them at once; and where it refuses what one asks for, the others are looked at.
    """
    ours, theirs, heavy = [await make_company(name) for name in ("flores", "rivales", "pesada")]
    our_rule = await ours.rule(threshold=3, windowMinutes=5)
    their_rule = await theirs.rule(threshold=3, windowMinutes=5)
    heavy_rule = await heavy.rule(threshold=3, windowMinutes=5)
    await ours.happen(clickhouse, *spread(NOON, 9))
    asked: list[set[TenantId]] = []

    async def measure(clickhouse: ClickHouse, windows: Windows) -> Any:
        asked.append(set(windows))
        if heavy.tenant in windows and time.now > NOON + MINUTE:
            raise ClickHouseError(241, "too much memory")
        return await windows_of.measure(clickhouse, windows)

    monkeypatch.setattr(events, "measure", measure)
    await time.go_on(NOON + MINUTE)
    assert asked == [{ours.tenant, theirs.tenant, heavy.tenant}]
    await time.go_on(NOON + 2 * MINUTE)

    assert await states(ours, our_rule) == [(9, None)]
    assert await states(theirs, their_rule) == []
    assert (await theirs.now_of(their_rule)).evaluated_until == NOON + MINUTE
    assert (await theirs.now_of(their_rule)).last_value == 0
    assert (await heavy.now_of(heavy_rule)).evaluated_until == NOON


async def test_old_firings_are_forgotten(
    company: Company, time: Time, clickhouse: ClickHouse, postgres: Postgres
):
    """
    After 400 days, with their messages; what fires still is kept.
    """
    rules = [await company.rule(threshold=3, windowMinutes=5) for _ in range(2)]
    await company.happen(clickhouse, *spread(NOON, 9))
    await time.go_on(NOON + 2 * MINUTE)
    await company.change(rules[0], time.now, enabled=False)

    for days, kept in ((399, 2), (401, 1)):
        time.now = NOON + timedelta(days=days)
        async with postgres.transaction() as tx:
            # So that the watcher has nothing to look at but what is old.
            await tx.execute("update alert_rules set evaluated_until = $1", time.now)
        await time.look()
        assert len(await company.firings()) == kept


async def test_screens_hear_of_it(
    company: Company, time: Time, clickhouse: ClickHouse, postgres: Postgres
):
    """
    Each change of a state is announced to the tenant's screens, as the interface knows it.
    """
    heard: asyncio.Queue[str] = asyncio.Queue()
    lead = await time.lead()
    async with lead.transaction() as tx:
        connection = tx.connection
    await connection.add_listener(
        "pista_news", lambda _c, _p, _n, payload: heard.put_nowait(str(payload))
    )
    rule = await company.rule(threshold=3, windowMinutes=5)
    await company.happen(clickhouse, *spread(NOON, 9))

    await time.go_on(NOON + 2 * MINUTE)

    async with asyncio.timeout(60):
        said = [msgspec.json.decode(await heard.get()) for _ in range(2)]
    assert said[1] == {
        "type": "alert_changed",
        "tenantId": str(company.tenant),
        "ruleId": str(rule.id),
        "state": "firing",
        "at": said[1]["at"],
    }
    assert heard.empty()
