"""What this room holds of one person: to be handed over, or erased."""

from collections.abc import Mapping
from typing import LiteralString

from pista.contacts.naming import Names
from pista.contacts.rights import PERSON, Held, Person
from pista.desk.imports.queries import TABLES
from pista.sheets import rights as sheets
from pista.store.postgres import Tx

# Of one whom nobody can be known by, what was entered is all that tells whose it is.
_OF: LiteralString = """
    select c.id from clientes c, person p
    where c.tenant_id = p.tenant_id and (
        c.contact_id = any (p.family)
        or (c.contact_id is null and (
            lower(c.email) = any (p.known_by) or c.telefono = any (p.known_by)
        ))
    )
"""

_ITS: LiteralString = "where t.tenant_id = p.tenant_id and t.cliente_id in (" + _OF + ")"

SELECT: Mapping[str, LiteralString] = {
    "clientes": PERSON
    + "select t.* from clientes t, person p where t.tenant_id = p.tenant_id and t.id in ("
    + _OF
    + ") order by t.id",
    "desk_history": PERSON + "select t.* from desk_history t, person p " + _ITS + " order by t.id",
    "cliente_drafts": PERSON + "select t.* from cliente_drafts t, person p " + _ITS,
}

# Their history, drafts, locks and words go with them.
_ERASE: LiteralString = (
    PERSON
    + "delete from clientes t using person p where t.tenant_id = p.tenant_id and t.id in ("
    + _OF
    + ")"
)

# That a file is about them, and what it made of that row.
_FORGET_PEOPLE: LiteralString = (
    PERSON
    + """
    delete from cliente_import_people t using person p
    where t.tenant_id = p.tenant_id and t.who = any (p.known_by)
    """
)
_FORGET_RESULTS: LiteralString = (
    PERSON
    + """
    delete from cliente_import_results t using person p
    where t.tenant_id = p.tenant_id and (
        t.contact_id = any (p.family) or t.cliente_id in ("""
    + _OF
    + "))"
)


async def erase(tx: Tx, person: Person) -> dict[str, int]:
    """Rows of files that name the person are empty then."""
    tenant, names = person.tenant_id, Names(person.identities)
    await tx.execute(_FORGET_PEOPLE, *person.given)
    await tx.execute(_FORGET_RESULTS, *person.given)
    rows = await sheets.erase(tx, TABLES, tenant, names.named_in)
    return {"clientes": await tx.execute(_ERASE, *person.given), "importedClientes": rows}


RIGHTS = Held(select=SELECT, erase=erase)
