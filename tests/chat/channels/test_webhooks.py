"""The log of webhooks: what came, what became of it, and once more."""

from datetime import UTC, datetime, timedelta
from typing import Any

import httpx

from pista.chat.webhooks.pruning import prune
from pista.store import postgres
from pista.store.postgres import Lead
from tests.chat.channels.conftest import Company, worked_off
from tests.fakes.telegram import Telegram

LOG = "/api/chat/webhooks"


async def test_what_came_is_looked_at_and_worked_off_again(
    company: Company, outside: httpx.AsyncClient, telegram: Telegram
):
    """
    Page by page, by state, with the payload; a second time keeps nothing twice.
    """
    await company.add("telegram")

    async def post(body: bytes) -> None:
        headers = {"x-telegram-bot-api-secret-token": telegram.webhook["secret_token"]}
        await outside.post(telegram.webhook["url"], content=body, headers=headers)

    async def listed(**query: Any) -> list[dict[str, Any]]:
        return (await company.client.get(LOG, params=query)).json()["items"]

    for text in ("uno", "dos", "tres"):
        await post(telegram.update(message=telegram.said(text)))
    await post(b"{ no json")
    await worked_off(company.house)

    assert [one["state"] for one in await listed()] == ["malformed", "done", "done", "done"]
    first = (await company.client.get(LOG, params={"limit": 3})).json()
    assert len(first["items"]) == 3
    rest = (await company.client.get(LOG, params={"before": first["next"]})).json()
    assert (len(rest["items"]), rest["next"]) == (1, None)
    [odd] = await listed(state="malformed")
    assert (await company.client.get(f"{LOG}/{odd['id']}")).json()["payload"] == "{ no json"
    one = (await company.client.get(f"{LOG}/{rest['items'][0]['id']}")).json()
    assert one["payload"]["message"]["text"] == "uno"
    assert (one["items"], one["kept"]) == (1, 1)

    again = await company.client.post(f"{LOG}/{one['id']}/retry")
    twice = await company.client.post(f"{LOG}/{one['id']}/retry")
    assert (again.status_code, twice.json()["code"]) == (202, "webhook_not_again")
    await worked_off(company.house)
    assert await company.rows("select count(*) from messages") == [(3,)]
    assert (await company.client.get(f"{LOG}/{one['id']}")).json()["state"] == "done"


async def test_what_failed_for_good_is_tried_again(
    company: Company, outside: httpx.AsyncClient, telegram: Telegram
):
    """
    It is listed with its error, and worked off by a click.
    """
    await company.add("telegram")
    headers = {"x-telegram-bot-api-secret-token": telegram.webhook["secret_token"]}
    body = telegram.update(message=telegram.said("Hola"))
    await outside.post(telegram.webhook["url"], content=body, headers=headers)
    await company.rows(
        "update jobs set state = 'dead', error = 'It broke.', died_at = now() returning 1"
    )

    [failed] = (await company.client.get(LOG, params={"state": "failed"})).json()["items"]
    assert (failed["state"], failed["detail"]) == ("failed", "It broke.")
    assert (await company.client.get(LOG, params={"state": "waiting"})).json()["items"] == []
    assert (await company.client.post(f"{LOG}/{failed['id']}/retry")).status_code == 202
    await worked_off(company.house)
    assert await company.rows("select text from messages") == [("Hola",)]


async def test_bodies_are_forgotten_before_what_became_of_them(
    company: Company, outside: httpx.AsyncClient, telegram: Telegram
):
    """
    After 30 days and 90; what waits stays.
    """
    await company.add("telegram")
    headers = {"x-telegram-bot-api-secret-token": telegram.webhook["secret_token"]}
    for number in range(2):
        body = telegram.update(message=telegram.said(str(number)))
        await outside.post(telegram.webhook["url"], content=body, headers=headers)
        if number == 0:
            await worked_off(company.house)
    connection = await postgres.connect(company.house.postgres.url)
    left = "select state, body is not null from chat_webhooks order by id"

    await prune(Lead(connection), datetime.now(UTC) + timedelta(days=31))
    assert await company.rows(left) == [("done", False), ("waiting", True)]
    [one] = (await company.client.get(LOG, params={"state": "done"})).json()["items"]
    refused = await company.client.post(f"{LOG}/{one['id']}/retry")
    assert refused.json()["code"] == "webhook_not_again"
    await prune(Lead(connection), datetime.now(UTC) + timedelta(days=91))
    assert await company.rows(left) == [("waiting", True)]
    await connection.close()
