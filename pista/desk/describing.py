"""What the routes of this room have in common in the API's description."""

from pista.accounts import refused
from pista.desk.model import MOST_ID, ClienteId, ClienteNotFound

TAGS = ["Desk"]
CLIENTE = "/api/clientes/{cliente_id:int}"
BODY = {
    400: refused("`bad_request`: the body is not JSON."),
    422: refused("`invalid`: the detail names the field."),
}
NO_CLIENTE = {404: refused("`cliente_not_found`: there is none, or it is a colleague's.")}
NOT_NOW = {
    409: refused("`move_not_possible` or `version_conflict`: `current` says how it is now."),
    423: refused("`cliente_locked`: somebody else has it in hand; `holder` says who."),
}
LOST = {
    409: refused(
        "`lock_lost`: you do not have it in hand any more; `move_not_possible`: `current` says how"
        " it is now."
    ),
    423: refused("`cliente_locked`: somebody else has it in hand; `holder` says who."),
}


def cliente_of(number: int) -> ClienteId:
    """No cliente has a number that PostgreSQL cannot hold."""
    if not 0 <= number <= MOST_ID:
        raise ClienteNotFound
    return ClienteId(number)
