"""Every order in which a click, its chat, the payment and the worker's misfortunes can come."""

from datetime import UTC, datetime

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from pista import sales
from pista.attribution import crediting
from pista.attribution.conversions.client import Client
from pista.attribution.conversions.courier import Courier
from pista.settings import Settings
from pista.store.postgres import Postgres
from tests.attribution.conversions.play import Misfortune, Play
from tests.attribution.conversions.shop import Shop, founded
from tests.fakes.meta import Meta

MISFORTUNES: tuple[Misfortune, ...] = ("none", "killed before", "killed after", "unanswered")
ORDERS = st.permutations(
    ["click", "start", "organic", "stranger", "sale", "paid", "paid", "paid"]
).flatmap(
    lambda steps: st.lists(
        st.tuples(st.integers(0, len(steps)), st.sampled_from(MISFORTUNES)), min_size=1, max_size=4
    ).map(lambda attempts: _between(steps, attempts))
)


def _between(steps: list[str], attempts: list[tuple[int, Misfortune]]) -> list[str]:
    found = list(steps)
    for at, misfortune in sorted(attempts, reverse=True):
        found.insert(at, misfortune)
    return found


async def orders(postgres: Postgres, shop: Shop, meta: Meta, steps: list[str], grace: int) -> Play:
    client = Client(Settings(data_dir=shop.place.data_dir, meta_graph_url=meta.url))
    mine = await founded(postgres, shop.place)
    await mine.connect(grace_minutes=grace)
    play = Play(mine, meta, Courier(client, mine.sealer))
    meta.taken.clear()
    for step in steps:
        await play.do(step)
    await play.end()
    await client.close()
    assert await mine.states() == {"sent": 1}
    await check_report(mine, play)
    return play


async def check_report(shop: Shop, play: Play) -> None:
    """Whatever was sent, reports credit the click that was before the sale, by its start."""
    assert play.sale is not None
    async with shop.postgres.transaction() as tx:
        facts = await sales.facts(tx, shop.tenant, play.sale)
        found = await crediting.credit_sale(tx, shop.tenant, facts, now=datetime.now(UTC))
    earned = play.known.clicked_before_paid and play.known.started
    assert (found.click, found.method) == ((play.click, "start") if earned else (None, "none"))


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=ORDERS, grace=st.sampled_from([0, 60]))
@example(steps=["click", "paid", "unanswered", "start", "none"], grace=0)
@example(steps=["click", "paid", "killed before", "start", "killed after"], grace=0)
@example(steps=["click", "start", "paid", "killed after", "paid", "unanswered"], grace=60)
@example(steps=["click", "paid", "none", "start", "paid", "none"], grace=60)
@example(steps=["paid", "click", "start", "killed after", "stranger"], grace=0)
async def test_every_order(
    postgres: Postgres, shop: Shop, meta: Meta, steps: list[str], grace: int
):
    """
    Whatever comes first, and wherever a worker is killed or not answered: one Purchase is counted,
    always of the same bytes, with the click that was known by the time at which it was first sent.
    """
    play = await orders(postgres, shop, meta, steps, grace)

    [counted] = meta.counted()
    assert counted.event["event_id"] == f"purchase:{play.sale}"
    assert len({one.body for one in meta.taken}) == 1
    fits = play.known.clicked_before_paid and play.known.started_before_sent
    click = play.click if fits else None
    assert counted.event["user_data"].get("fbc") == (click.fbc if click else None)
