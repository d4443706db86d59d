"""Tags of a contact with those that were merged into it."""

from collections.abc import Iterator, Mapping, Sequence

from msgspec import structs

from pista.contacts import rules
from pista.contacts.model import MOST_TAGS, ContactRow
from pista.ids import ContactId


def tidy(tags: Sequence[str]) -> list[str]:
    """Each once, in the order given."""
    clean = (rules.clean(tag, 64) for tag in tags)
    return list(dict.fromkeys(tag for tag in clean if tag))[:MOST_TAGS]


def shown(rows: Sequence[ContactRow]) -> list[str]:
    """Those of the first, and what the others bring that nobody took off."""
    by_id = {row.id: row for row in rows}
    return tidy([tag for row in rows for tag in row.tags if tag not in {*_taken_off(row, by_id)}])


def changed(row: ContactRow, family: Sequence[ContactRow], wanted: Sequence[str]) -> ContactRow:
    """The contact with the wanted tags instead of those that are shown of its family.

    What another contact brings along stays that one's own: of what is taken off it is only noted
    here, so that it comes back to the other when the two are parted.
    """
    tags, before = tidy(wanted), shown(family)
    brought = {tag for other in family if other.id != row.id for tag in other.tags}
    return structs.replace(
        row,
        tags=[tag for tag in tags if tag in row.tags or tag not in before],
        untagged=sorted(({*row.untagged} | brought) - {*tags}),
    )


def added(row: ContactRow, tags: Sequence[str]) -> ContactRow:
    """The contact with tags that are told of it."""
    all_of_it = tidy([*row.tags, *tags])
    kept = [tag for tag in row.untagged if tag not in all_of_it]
    return structs.replace(row, tags=all_of_it, untagged=kept)


def _taken_off(row: ContactRow, by_id: Mapping[ContactId, ContactRow]) -> Iterator[str]:
    """From the contacts that it is shown as a part of."""
    above = by_id.get(row.merged_into) if row.merged_into else None
    while above is not None:
        yield from above.untagged
        above = by_id.get(above.merged_into) if above.merged_into else None
