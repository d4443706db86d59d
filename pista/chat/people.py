"""Who writes: one person through new numbers, new ids and messages that name only half of them.

A platform's own id of somebody decides; a phone number decides only where no such id does, since
numbers change hands.
"""

from collections import defaultdict
from collections.abc import Iterable
from typing import NamedTuple

from pista.chat.heard import Person
from pista.chat.model import KeyKind, PersonId
from pista.ids import uuid7


class Key(NamedTuple):
    """One thing that a platform knows somebody by."""

    kind: KeyKind
    value: str


class Met(NamedTuple):
    """Somebody as a webhook named them, and who that is."""

    id: PersonId
    person: Person


class Book:
    """Who is known by what, as far as the webhooks in hand ask; and what they add to it."""

    def __init__(self, known: Iterable[tuple[Key, PersonId]]) -> None:
        self._owner: dict[Key, PersonId] = {}
        self._keys: defaultdict[PersonId, set[Key]] = defaultdict(set)
        for key, person in known:
            self._owner[key] = person
            self._keys[person].add(key)
        self._said: dict[PersonId, Person] = {}
        self.new: list[PersonId] = []
        self.written: dict[Key, PersonId] = {}
        """Keys that are somebody's now and were not, or were another's."""
        self.merged: list[tuple[PersonId, PersonId]] = []
        """Two that turned out to be one: the second takes the first in."""
        self.dropped: set[Key] = set()
        """Keys that are nobody's any more."""

    @property
    def met(self) -> list[Met]:
        """Everybody that was named, as they were named last."""
        return [Met(person, said) for person, said in self._said.items()]

    def shown(self, person: PersonId) -> PersonId:
        """Who this turned out to be."""
        into = dict(self.merged)
        while person in into:
            person = into[person]
        return person

    def meet(self, person: Person) -> PersonId | None:
        """Who this is, perhaps somebody new; None if nothing tells."""
        keys = keys_of(person)
        if not keys:
            return None
        owner = self._known(keys)
        if owner is None:
            owner = PersonId(uuid7())
            self.new.append(owner)
        for key in keys:
            self._give(key, owner)
        self._said[owner] = _told(self._said.get(owner), person)
        return owner

    def follow(self, before: Person, now: Person) -> PersonId | None:
        """The platform says that one has become the other: a new number, or a new id."""
        earlier = self._known(keys_of(before))
        later = self._known(keys_of(now))
        if earlier is None or later in (None, earlier):
            return self.meet(now) if earlier is None else self._renew(earlier, before, now)
        self._merge(later, earlier)
        return self._renew(earlier, before, now)

    def _renew(self, owner: PersonId, before: Person, now: Person) -> PersonId:
        for key in keys_of(before):
            # The old number may be somebody else's tomorrow; an id never is.
            if key.kind == "phone" and now.phone not in (None, key.value):
                self._forget(key)
        for key in keys_of(now):
            self._give(key, owner)
        self._said[owner] = _told(self._said.get(owner), now)
        return owner

    def _known(self, keys: list[Key]) -> PersonId | None:
        """By the surest key that is somebody's."""
        for key in keys:
            owner = self._owner.get(key)
            if owner is None:
                continue
            if key.kind == "phone" and self._is_another(owner, keys):
                continue
            return owner
        return None

    def _is_another(self, owner: PersonId, keys: list[Key]) -> bool:
        """Whether the holder of this number has an id of their own, and it is not this one."""
        named = {key for key in keys if key.kind == "user_id"}
        own = {key for key in self._keys[owner] if key.kind == "user_id"}
        return bool(named and own and not named & own)

    def _give(self, key: Key, owner: PersonId) -> None:
        holder = self._owner.get(key)
        if holder == owner:
            return
        if holder is not None:
            if key.kind != "phone" or not self._has_id(holder):
                # Known by the number alone until now: the same person all along.
                self._merge(holder, owner)
                return
            self._keys[holder].discard(key)
        self._write(key, owner)

    def _write(self, key: Key, owner: PersonId) -> None:
        self._owner[key] = self.written[key] = owner
        self._keys[owner].add(key)
        self.dropped.discard(key)

    def _has_id(self, person: PersonId) -> bool:
        return any(key.kind == "user_id" for key in self._keys[person])

    def _merge(self, one: PersonId, into: PersonId) -> None:
        for key in self._keys.pop(one, set()):
            self._write(key, into)
        if said := self._said.pop(one, None):
            self._said[into] = _told(self._said.get(into), said)
        self.merged.append((one, into))

    def _forget(self, key: Key) -> None:
        holder = self._owner.pop(key, None)
        if holder is not None:
            self._keys[holder].discard(key)
            self.written.pop(key, None)
            self.dropped.add(key)


def keys_of(person: Person) -> list[Key]:
    """The surest first."""
    given: list[tuple[KeyKind, str | None]] = [
        ("user_id", person.user_id),
        ("parent", person.parent_user_id),
        ("phone", person.phone),
    ]
    return [Key(kind, value[:200]) for kind, value in given if value]


def _told(before: Person | None, now: Person) -> Person:
    """As named last; what was not said again stays."""
    if before is None:
        return now
    said = {name: getattr(now, name) or getattr(before, name) for name in now.__struct_fields__}
    return Person(**said)
