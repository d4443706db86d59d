"""Who sees which cliente: an asesor their own, others all."""

from pista.accounts import Caller, Role
from pista.desk.model import Actor
from pista.errors import Forbidden
from pista.ids import UserId


def sees_all(caller: Caller) -> bool:
    return caller.role in (Role.ADMIN, Role.GTR)


def sees(caller: Caller, asesor: UserId | None) -> bool:
    return sees_all(caller) or (caller.user is not None and caller.user.id == asesor)


def actor(caller: Caller, for_asesor: UserId | None = None) -> Actor:
    """Who does it. A program with a key does what an asesor does for the one that it names."""
    if caller.user is None:
        return Actor(kind="key", id=for_asesor, supervises=sees_all(caller))
    if for_asesor not in (None, caller.user.id):
        raise Forbidden("`asesorId` is somebody else.")
    return Actor(kind="user", id=caller.user.id, supervises=sees_all(caller))
