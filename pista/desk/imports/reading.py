"""The rows of a file with what is known of them: which are new, and which are about whom."""

import asyncio
from collections.abc import Sequence
from datetime import tzinfo
from typing import NamedTuple
from zoneinfo import ZoneInfo

from pista import accounts
from pista.contacts import service as contacts
from pista.desk.imports import columns, many_queries, queries, rules
from pista.desk.imports.columns import Read
from pista.desk.imports.many_queries import Asked
from pista.desk.imports.model import Case, CheckTerms, Group, ImportRow
from pista.ids import TenantId
from pista.store.postgres import Tx


class Place(NamedTuple):
    """Where phones and times of a file are from."""

    country: str | None
    zone: tzinfo


class Met(NamedTuple):
    """A row, and what is known of whom it is about."""

    read: Read
    group: Group
    case: Case | None
    same_as: int | None


async def place(tx: Tx, tenant: TenantId, terms: CheckTerms) -> Place:
    zone = (await accounts.tenant(tx, tenant)).time_zone
    return Place(terms.country or await contacts.country(tx, tenant), ZoneInfo(zone))


async def read(
    tx: Tx, row: ImportRow, cells: Sequence[list[str]], first_row: int
) -> tuple[list[Read], Place]:
    """Beside the work of others: it takes a while."""
    assert row.terms is not None
    at = await place(tx, row.tenant_id, row.terms)
    reads = await asyncio.to_thread(
        columns.read_rows, cells, first_row, row.terms, at.country, at.zone
    )
    return reads, at


async def met(tx: Tx, row: ImportRow, reads: Sequence[Read], at: Place) -> list[Met]:
    """By what is there now, and by the rows that were before them when all were looked at."""
    people = [one.who for one in reads if one.who]
    firsts = await queries.firsts(tx, row.tenant_id, row.id, people)
    return await sorted_out(tx, row.tenant_id, reads, firsts, at)


async def sorted_out(
    tx: Tx, tenant: TenantId, reads: Sequence[Read], firsts: dict[str, int], at: Place
) -> list[Met]:
    asked = {one.who: Asked(one.who, _digits(one, at.country)) for one in reads if one.who}
    cases = await many_queries.cases(tx, tenant, list(asked.values()))
    found: list[Met] = []
    for one in reads:
        first = firsts.get(one.who, one.row) if one.who else one.row
        case = cases.get(one.who) if one.who else None
        same_as = first if first < one.row else None
        found.append(Met(one, rules.group(one, case, same_as), case, same_as))
    return found


def _digits(read: Read, country: str | None) -> columns.Digits | None:
    phone = next((one.value for one in read.told.identities if one.kind == "phone"), None)
    return columns.digits(phone, country) if phone else None
