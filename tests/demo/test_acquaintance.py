from collections import Counter
from datetime import UTC, date, datetime, timedelta

from pista import accounts, contacts
from pista.contacts import rules
from pista.demo import acquaintance, introducing, shop, traffic
from pista.demo.acquaintance import Acquaintance
from pista.demo.traffic import Scale
from pista.store.postgres import Postgres

NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)
SCALE = Scale(visits_a_day=300, grown_by=date(2026, 11, 20))


def known(days: int) -> list[Acquaintance]:
    return acquaintance.among(traffic.between(SCALE, NOON - timedelta(days=days), NOON))


def test_the_same_visitors_become_known_as_the_same_people():
    """
    In order, the same at every call, and by each of the ways in which people become known.
    """
    month = known(30)

    assert month == known(30)
    assert [one.at for one in month] == sorted(one.at for one in month)
    assert {one.method for one in month} == {"webhook", "form", "whatsapp"}
    assert len({one.key for one in month}) == len(month)


def test_people_can_be_told_apart():
    """
    What is told of them is no placeholder, a phone is one that is nobody's, and hardly two of them
    have the same.
    """
    month = known(30)
    phones = {one.visitor_id: one.found.phone for one in month if one.found.phone}
    assert len(set(phones.values())) > 0.95 * len(phones)
    for one in month:
        read = rules.read(one.found, "MX")
        assert read.identities
        assert not read.ignored
        assert one.found.phone is None or "55501" in one.found.phone


async def test_introductions_end_in_links_and_questions(postgres: Postgres):
    """
    Most browsers are one person's, one is shared, one is disputed; a repeat changes nothing.
    """
    async with postgres.transaction() as tx:
        made = await accounts.create_tenant(tx, shop.NAME, time_zone=shop.TIME_ZONE, now=NOON)
    everybody = known(30)
    twice = {
        visitor
        for visitor, count in Counter(one.visitor_id for one in everybody).items()
        if count > 1
    }
    others = [one for one in everybody if one.visitor_id not in twice][:40]
    some = [one for one in everybody if one.visitor_id in twice or one in others]

    async with postgres.transaction() as tx:
        came = await introducing.introduce(tx, made.id, some)
    first = await _outcomes(postgres)
    async with postgres.transaction() as tx:
        again = await introducing.introduce(tx, made.id, some)

    assert first["linked"] > 10
    assert first["forked"] > 0
    assert first["conflict"] > 0
    assert await _outcomes(postgres) == first
    assert (len(came), again) == (len(some), [])
    async with postgres.transaction() as tx:
        reviews = await contacts.list_reviews(
            tx, made.id, is_open=True, contact=None, before=None, most=50
        )
    assert "shared_browser" in {one.reason for one in reviews}


async def _outcomes(postgres: Postgres) -> Counter[str]:
    async with postgres.transaction() as tx:
        rows = await tx.connection.fetch("select outcome from link_claims")
    return Counter(row[0] for row in rows)
