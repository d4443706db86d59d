"""Finds out who is meant in what was heard, and writes down what is new about them."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import NamedTuple

from pista import clicks
from pista.chat import people_queries
from pista.chat.heard import (
    Heard,
    HeardNews,
    HeardPersonChange,
    HeardStatus,
    HeardUnreadable,
    Person,
    Platform,
)
from pista.chat.model import PersonId
from pista.chat.people import Book, keys_of
from pista.ids import TenantId
from pista.store.postgres import Tx


class Told(NamedTuple):
    """One thing that was heard, and who it is about."""

    heard: Heard
    person: PersonId | None


async def meet(
    tx: Tx, tenant: TenantId, platform: Platform, heard: Sequence[Heard], now: datetime
) -> tuple[Book, list[Told]]:
    """Who is who by now, and of all that was heard, whom it is about."""
    keys = {key for one in heard for person in _people(one) for key in keys_of(person)}
    book = Book(await people_queries.known(tx, tenant, platform, keys) if keys else ())
    met = [(one, _who(book, one)) for one in heard]
    await _write(tx, tenant, platform, book, now)
    return book, [Told(one, person and book.shown(person)) for one, person in met]


async def _write(tx: Tx, tenant: TenantId, platform: Platform, book: Book, now: datetime) -> None:
    gone = {one for one, _ in book.merged}
    if added := [one for one in book.new if one not in gone]:
        await people_queries.add_people(tx, tenant, platform, added, now)
    if book.dropped:
        await people_queries.drop_keys(tx, tenant, platform, book.dropped)
    if book.written:
        final = {key: book.shown(owner) for key, owner in sorted(book.written.items())}
        await people_queries.write_keys(tx, tenant, platform, final, now)
    for one, into in book.merged:
        if one not in book.new:
            await people_queries.merge_person(tx, tenant, one, book.shown(into))
            await clicks.same_person(tx, tenant, one, book.shown(into))
    if named := [one for one in book.met if one.person.name or one.person.username]:
        await people_queries.name_people(tx, tenant, named)


def _people(heard: Heard) -> Iterable[Person]:
    match heard:
        case HeardPersonChange():
            return (heard.previous, heard.now)
        case HeardNews() | HeardUnreadable():
            return ()
        case _:
            return (heard.person,)


def _who(book: Book, heard: Heard) -> PersonId | None:
    match heard:
        case HeardPersonChange():
            return book.follow(heard.previous, heard.now)
        case HeardNews() | HeardUnreadable() | HeardStatus():
            # Of a status, the message says to whom; a stranger in it has written nothing.
            return None
        case _:
            return book.meet(heard.person)
