"""The screens of the lead desk, with clientes and without: each language, a desk and a phone."""

from pathlib import Path

import httpx
import pytest
from playwright.async_api import Browser

from tests.events.writing import until
from tests.journeys.house import Company, House
from tests.web.looks import LOOKS, PASSWORD, People, Screen, look_at

pytestmark = [pytest.mark.browser, pytest.mark.timeout(600)]

SCREENS = [
    Screen("desk", "/desk"),
    Screen("desk-none", "/desk?q=nadie"),
    Screen("desk-board", "/desk?view=board"),
    Screen("desk-cliente", "/desk?cliente={cliente}"),
    Screen("lead-reports", "/lead-reports"),
    Screen("lead-reports-stays", "/lead-reports?view=stays"),
    Screen("lead-reports-returns", "/lead-reports?view=returns"),
    Screen("lead-reports-outcomes", "/lead-reports?view=outcomes&by=hour"),
    Screen("lead-reports-lines", "/lead-reports?figure=came"),
    Screen("lead-reports-none", "/lead-reports?range=custom&from=2020-01-01&to=2020-01-02"),
    Screen("lead-reports-own", "/lead-reports?view=outcomes", "advisor"),
    Screen("desk-settings", "/settings/desk"),
    Screen("desk-import", "/desk/import"),
    Screen("desk-import-checked", "/desk/import?id={file}"),
    Screen("my-clients", "/my-clients", "advisor"),
    Screen("my-clients-open", "/my-clients?cliente={cliente}", "advisor"),
    Screen("my-clients-none", "/my-clients"),
]


@pytest.fixture(scope="module")
async def people(house: House) -> People:
    """The owner of a shop with leads, and the advisor who works on two of them."""
    shop = Company(house, domain="leads.example", email="owner@leads.example")
    named = ("--email", "advisor@leads.example", "--name", "Asesora de prueba")
    how = ("--tenant", shop.tenant, "--role", "asesor", "--password", PASSWORD)
    house.pista("user", "create", *named, *how)
    async with httpx.AsyncClient(base_url=house.url) as client:
        cookies = {
            "owner": await _session(client, shop.email, shop.password),
            "advisor": await _session(client, "advisor@leads.example", PASSWORD),
        }
        cliente = await _desk(client, cookies["owner"], cookies["advisor"])
        file = await _file(client, cookies["owner"])
    return People(house.url, cookies, {"cliente": cliente, "file": file})


@pytest.mark.parametrize("language", LOOKS)
async def test_the_desk_is_for_everybody(
    browser: Browser, people: People, shots: Path, language: str
):
    """
    Nothing that axe objects to, nothing to scroll sideways for, no error in the console.
    """
    await _let_go(people)

    assert await look_at(browser, people, SCREENS, shots, language) == []


async def _let_go(people: People) -> None:
    """Out of the window of the language before, which a new one would ask to take it over from."""
    path = f"{people.url}/api/clientes/{people.rules['cliente']}/unlock"
    headers = {"Cookie": f"pista_session={people.cookies['owner']}"}
    async with httpx.AsyncClient() as client:
        answer = await client.post(path, json={"breakLock": True}, headers=headers)
    assert answer.status_code == 204, answer.text


async def _session(client: httpx.AsyncClient, email: str, password: str) -> str:
    answer = await client.post("/api/login", json={"email": email, "password": password})
    token = answer.cookies["pista_session"]
    client.cookies.clear()
    return token


async def _desk(client: httpx.AsyncClient, owner: str, advisor: str) -> str:
    """Some clientes, two of them the advisor's, who has all day for them."""
    headers = {"Cookie": f"pista_session={owner}"}
    field = {"id": "need", "label": "¿Qué necesita?", "kind": "choice", "choices": ["Uno", "Otro"]}
    settings = {
        "limitSeconds": 86_400,
        "warningSeconds": 86_000,
        "hours": [{"day": 1, "opens": "09:00", "closes": "18:00"}],
        "wizard": [{"id": "first", "title": "Lo primero", "fields": [field]}],
        "outcomes": ["Venta", "Volver a llamar"],
    }
    answer = await client.put("/api/desk/settings", json=settings, headers=headers)
    assert answer.status_code == 200, answer.text
    ids: list[int] = []
    for number in range(4):
        cliente = {
            "nombre": f"María de los Ángeles Quispe Huamán de la Fuente {number}",
            "telefono": f"+51 987 611 00{number}",
            "campaign": "Día de la madre con un nombre bastante largo",
        }
        answer = await client.post("/api/clientes", json=cliente, headers=headers)
        assert answer.status_code == 201, answer.text
        ids.append(answer.json()["id"])
    me = await client.get("/api/me", headers={"Cookie": f"pista_session={advisor}"})
    given = {"ids": ids[:2], "asesorId": me.json()["user"]["id"]}
    answer = await client.post("/api/clientes/assign", json=given, headers=headers)
    assert answer.status_code == 200, answer.text
    return str(ids[0])


async def _file(client: httpx.AsyncClient, owner: str) -> str:
    """One that is checked: somebody new, somebody known, and somebody whom nobody can call."""
    headers = {"Cookie": f"pista_session={owner}"}
    path = "/api/clientes/imports"
    rows = "Nombre;Teléfono\nMaría;+51 987 611 000\nAna;+51 987 611 009\nLuz;123\n"
    made = (await client.post(path, content=rows.encode(), headers=headers)).json()
    terms = {"mapping": made["guessed"], "header": True}
    await client.post(f"{path}/{made['id']}/check", json=terms, headers=headers)

    async def is_checked() -> bool:
        told = await client.get(f"{path}/{made['id']}", headers=headers)
        return told.json()["state"] == "checked"

    await until(is_checked, 60)
    return str(made["id"])
