"""Lists of conversations, and one of them: who sees what, page by page."""

from typing import Any

import pytest

from pista.accounts import Role
from pista.chat.heard import HeardDelete, HeardEdit, HeardMessage, Media, Reaction
from pista.store.postgres import Tx
from tests.chat.conftest import NUMBER, status
from tests.chat.inbox.conftest import (
    CONVERSATIONS,
    MINUTE,
    NOW,
    Agent,
    Desk,
    Shop,
    customer,
    said,
)


async def names(agent: Agent, **params: Any) -> list[str]:
    """With whom the listed conversations are, all pages of them."""
    found: list[str] = []
    while True:
        page = await agent.ok("GET", CONVERSATIONS, params=params)
        found += [one["person"]["name"] for one in page["items"]]
        if page["next"] is None:
            return found
        params |= {"before": page["next"]}


async def test_the_newest_is_on_top_and_no_page_repeats(desk: Desk, shop: Shop):
    """
    Page by page each conversation is told of once, also where two were written to at one time.
    """
    ana = await desk("ana", Role.GTR)
    await shop.hear(*(said(person=number, minute=number // 2) for number in range(1, 8)))

    listed = await names(ana, limit=2)

    assert sorted(listed) == [f"Cliente {number}" for number in range(1, 8)]
    assert set(listed[:2]) == {"Cliente 6", "Cliente 7"}


async def test_a_conversation_says_all_that_a_list_shows(desk: Desk, shop: Shop):
    """
    With whom, on which number, which contact that is, what was said last, and until when one may
    write freely.
    """
    ana = await desk("ana", Role.GTR)
    await shop.hear(said("¿Tienen rosas?"))
    contact = await shop.contact(1, "Ana María")

    shown = await ana.ok("GET", await shop.conversation())

    begun = NOW - 60 * MINUTE
    assert shown["channel"]["platform"] == "whatsapp"
    assert shown["person"]["name"] == "Cliente 1"
    assert shown["contact"] == {"id": contact, "name": "Ana María"}
    assert shown["preview"] == {"text": "¿Tienen rosas?", "kind": "text", "direction": "in"}
    assert shown["lastInboundAt"] == begun.isoformat().replace("+00:00", "Z")
    assert shown["windowUntil"] > NOW.isoformat()
    assert (shown["status"], shown["unread"], shown["blocked"]) == ("open", 1, False)


async def test_an_advisor_sees_their_own_and_those_that_nobody_has(desk: Desk, shop: Shop):
    """
    A colleague's is as if it did not exist, in lists, counts, searches and by its id; supervisors
    see all.
    """
    gtr, ana, bea = await desk("g", Role.GTR), await desk("ana"), await desk("bea")
    await shop.hear(*(said("rosas", person=number) for number in (1, 2, 3)))
    for number, agent in ((1, ana), (2, bea)):
        path = f"{await shop.conversation(number)}/assignment"
        await gtr.ok("PUT", path, json={"userId": str(agent.user)})
    others = await shop.conversation(2)

    assert set(await names(ana)) == {"Cliente 1", "Cliente 3"}
    assert set(await names(ana, q="rosas")) == {"Cliente 1", "Cliente 3"}
    assert await names(ana, assigned="me") == ["Cliente 1"]
    assert await names(ana, assigned="none") == ["Cliente 3"]
    assert await names(ana, assigned=str(bea.user)) == []
    assert len(await names(gtr)) == 3
    assert await names(gtr, assigned=str(bea.user)) == ["Cliente 2"]
    assert await ana.ok("GET", "/api/chat/unread") == {"all": 2, "mine": 1, "nobody": 1}
    assert await gtr.ok("GET", "/api/chat/unread") == {"all": 3, "mine": 0, "nobody": 1}
    for method, path, body in (
        ("GET", others, None),
        ("GET", f"{others}/messages", None),
        ("POST", f"{others}/read", {"through": 1}),
        ("PUT", f"{others}/status", {"status": "closed"}),
        ("POST", f"{others}/notes", {"text": "x"}),
        ("PUT", f"{others}/draft", {"text": "x", "revision": 1}),
        ("GET", f"{others}/draft", None),
        ("POST", f"{others}/typing", {"doing": "typing"}),
    ):
        answer = await ana.request(method, path, json=body)
        assert (answer.status_code, answer.json()["code"]) == (404, "conversation_not_found")


async def test_lists_are_narrowed_down(desk: Desk, shop: Shop):
    """
    By state, by what is unread, by number and by contact, alone and together.
    """
    gtr = await desk("g", Role.GTR)
    await shop.hear(*(said(person=number, minute=number) for number in (1, 2, 3)))
    contact = await shop.contact(2, "Dos")
    await gtr.ok("PUT", f"{await shop.conversation(1)}/status", json={"status": "closed"})
    page = await gtr.ok("GET", f"{await shop.conversation(3)}/messages")
    through = {"through": page["items"][-1]["seq"]}
    await gtr.ok("POST", f"{await shop.conversation(3)}/read", json=through)

    assert await names(gtr, status="closed") == ["Cliente 1"]
    assert await names(gtr, status="open") == ["Cliente 3", "Cliente 2"]
    assert await names(gtr, status="open", unread=True) == ["Cliente 2"]
    assert await names(gtr, contactId=contact) == ["Cliente 2"]
    assert await names(gtr, contactId=contact, status="closed") == []
    assert len(await names(gtr, channelId=str(shop.channel))) == 3
    assert await names(gtr, channelId=str(gtr.user)) == []


FOUND = {
    "peñafiel": {"Cliente 1"},
    "PENAFIEL": {"Cliente 1"},
    "peonias": {"Cliente 2"},
    "quiero péo": {"Cliente 2"},
    "+51 961 508 003": {"Cliente 3"},
    "961508003": {"Cliente 3"},
    "catálogo": {"Cliente 3"},
    "cliente": {"Cliente 1", "Cliente 2", "Cliente 3"},
    "retirado": set[str](),
    "nadie": set[str](),
    "&|!": set[str](),
    "rosas\0": set[str](),
}
"""Words, and with whom the conversations are that they find."""


async def test_words_are_found_in_names_phones_and_messages(desk: Desk, shop: Shop):
    """
    Accents and case do not matter; the start of a word is enough; what was taken back is not there.
    """
    gtr = await desk("g", Role.GTR)
    file = Media(id="1", filename="Catálogo 2026.pdf")
    await shop.hear(
        said("Hola", person=1),
        said("Quiero PEONÍAS rojas", person=2),
        said("", person=3, kind="document", media=file),
        said("retirado", person=3, wamid="wamid.gone"),
        HeardDelete(channel=NUMBER, person=customer(3), at=NOW, external_id="wamid.gone"),
    )
    await shop.contact(1, "Lucía Peñafiel")
    await shop.contact(3, "Tres")

    assert {words: set(await names(gtr, q=words)) for words in FOUND} == FOUND


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ("¿Tienen  la campera AZUL, la azul?", ["azul", "campera", "la", "tienen"]),
        ("Peonías: 2x1", ["2x1", "peonias"]),
        # As many letters as one word may have, and then no more of it.
        (f"{'a' * 250} {'b' * 99} {'c' * 101}", ["a" * 100, "b" * 99, "c" * 100]),
        ("ﬁn ½ Ⅷ", ["1", "2", "fin", "viii"]),
        (" .,;", []),
        ("", []),
    ],
    ids=["repeated", "accents", "long", "ligatures", "no word", "nothing"],
)
async def test_a_text_is_taken_apart(tx: Tx, said: str, words: list[str]):
    """
    Each word once, in lower case, without accents.
    """
    assert await tx.value("select tsvector_to_array(chat_words($1))", said) == words


async def test_a_search_tells_the_message(desk: Desk, shop: Shop):
    """
    The newest one with the words.
    """
    gtr = await desk("g", Role.GTR)
    await shop.hear(said("rosas rojas"), said("y rosas blancas", minute=1), said("gracias"))

    page = await gtr.ok("GET", CONVERSATIONS, params={"q": "rosas"})

    assert [one["found"]["text"] for one in page["items"]] == ["y rosas blancas"]


async def test_messages_come_page_by_page_the_newest_last(desk: Desk, shop: Shop):
    """
    Back to the first one, and forward from any place; those of one moment in the order in which
    they came. What arrives meanwhile moves no page.
    """
    gtr = await desk("g", Role.GTR)
    await shop.hear(*(said(str(number), minute=number // 3) for number in range(10)))
    path = f"{await shop.conversation()}/messages"

    last = await gtr.ok("GET", path, params={"limit": 4})
    await shop.hear(said("10", minute=30))
    middle = await gtr.ok("GET", path, params={"limit": 4, "before": last["next"]})
    first = await gtr.ok("GET", path, params={"limit": 4, "before": middle["next"]})
    newer = await gtr.ok("GET", path, params={"after": last["last"]})

    texts = [[one["text"] for one in page["items"]] for page in (first, middle, last, newer)]
    assert texts == [["0", "1"], ["2", "3", "4", "5"], ["6", "7", "8", "9"], ["10"]]
    assert first["next"] is None
    nothing = await gtr.ok("GET", path, params={"after": newer["last"]})
    assert (nothing["items"], nothing["last"]) == ([], newer["last"])


async def test_a_message_tells_what_happened_to_it(desk: Desk, shop: Shop):
    """
    Edits, reactions, what it answers, how far it got; of one taken back nothing is shown.
    """
    gtr = await desk("g", Role.GTR)
    edit = HeardEdit(
        channel=NUMBER, person=customer(), at=NOW, external_id="wamid.1", text="Buenas"
    )
    gone = HeardDelete(channel=NUMBER, person=customer(), at=NOW, external_id="wamid.2")
    echo: HeardMessage = said("Nuestra", minute=3, wamid="wamid.3", echo=True)
    thumb = Reaction(to="wamid.1", emoji="👍")
    await shop.hear(
        said("Hola", wamid="wamid.1"),
        said("secreto", minute=1, wamid="wamid.2", reply_to="wamid.1"),
        echo,
        said("", kind="reaction", reaction=thumb),
        edit,
        gone,
        status("read", "wamid.3"),
    )

    page = await gtr.ok("GET", f"{await shop.conversation()}/messages")

    edited, removed, ours = page["items"]
    assert (edited["text"], edited["editedAt"] is not None) == ("Buenas", True)
    assert [one["emoji"] for one in edited["reactions"]] == ["👍"]
    assert edited["reactions"][0]["by"] == edited["person"]["id"]
    assert (removed["text"], removed["deletedAt"] is not None) == (None, True)
    assert removed["quoted"]["text"] == "Buenas"
    assert (ours["direction"], ours["status"], ours["person"]) == ("out", "read", None)
