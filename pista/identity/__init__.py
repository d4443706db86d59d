"""Identity: which visitor is which contact, who said so, and how it is taken back."""

from pista.identity.claiming import heard_of, judge_again, link
from pista.identity.correcting import unsay
from pista.identity.many import Named, Voucher, link_new, untold, vouch_new
from pista.identity.model import Claim, ClaimId, ClaimNotFound, Linked, NothingToUndo, VisitorSpan
from pista.identity.parting import unmerge
from pista.identity.parting_routes import parting_routes
from pista.identity.pruning import Pruner
from pista.identity.report_routes import report_routes
from pista.identity.review_routes import review_routes
from pista.identity.routes import routes as link_routes
from pista.identity.service import certainly, said_before, vouch
from pista.identity.spans import contact_of, contacts_of, visitors_of, visitors_of_many
from pista.identity.undoing import undo

routes = [*link_routes, *parting_routes, *review_routes, *report_routes]

__all__ = [
    "Claim",
    "ClaimId",
    "ClaimNotFound",
    "Linked",
    "Named",
    "NothingToUndo",
    "Pruner",
    "VisitorSpan",
    "Voucher",
    "certainly",
    "contact_of",
    "contacts_of",
    "heard_of",
    "judge_again",
    "link",
    "link_new",
    "routes",
    "said_before",
    "undo",
    "unmerge",
    "unsay",
    "untold",
    "visitors_of",
    "visitors_of_many",
    "vouch",
    "vouch_new",
]
