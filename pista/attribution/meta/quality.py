"""How well Meta can find out whom an event is of: an estimate, by what it says helps most."""

import msgspec

from pista.attribution.meta.payload import UserData
from pista.attribution.told import Quality

# What each adds, by the order in which Meta's pages rank them; together a hundred.
_WEIGHTS = {
    **{"em": 22, "fbc": 18, "ph": 16, "external_id": 9, "fbp": 8, "client_ip_address": 6},
    **{"client_user_agent": 5, "fn": 3, "ln": 3, "db": 3, "ct": 2, "zp": 2, "st": 1, "country": 1},
    "ge": 1,
}
# Of a sale by an ad that leads to WhatsApp this alone is enough.
_ENOUGH = "ctwa_clid"
MOST_TOLD = 5


class _Event(msgspec.Struct):
    user_data: UserData


def estimated(body: bytes) -> Quality:
    user = msgspec.json.decode(body, type=_Event).user_data
    has = [name for name in (_ENOUGH, *_WEIGHTS) if getattr(user, name)]
    if _ENOUGH in has:
        return Quality(score=10.0, has=has, would_raise=[])
    missing = sorted(set(_WEIGHTS) - set(has), key=lambda name: -_WEIGHTS[name])
    score = sum(_WEIGHTS[name] for name in has) / 10
    return Quality(score=round(score, 1), has=has, would_raise=missing[:MOST_TOLD])
