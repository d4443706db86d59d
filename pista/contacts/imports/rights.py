"""What files that are imported hold of one person: erased."""

from pista.contacts.imports.queries import TABLES
from pista.contacts.naming import Names
from pista.contacts.rights import Held, Person
from pista.sheets import rights
from pista.store.postgres import Tx


async def erase(tx: Tx, person: Person) -> dict[str, int]:
    """Rows that name the person are empty then; who was made of a row is not known any more."""
    await tx.execute(
        """
        delete from contact_import_results where tenant_id = $1 and contact_id = any ($2)
        """,
        person.tenant_id,
        person.family,
    )
    names = Names(person.identities)
    erased = await rights.erase(tx, TABLES, person.tenant_id, names.named_in)
    return {"importedRows": erased}


RIGHTS = Held(select={}, erase=erase)
