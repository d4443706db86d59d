"""What a company has decided about the forms of a site."""

from typing import Annotated, Literal

import msgspec
from msgspec import Meta

from pista.accounts.model import Request, Wire
from pista.errors import PistaError

Basis = Literal["consent", "contract", "legitimate_interest"]
"""On which legal basis it happens; the company knows, and Pista does not."""
Sentence = Annotated[str, Meta(max_length=2000)]


class Notices(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What visitors are told beside the form, by language; empty where nothing is."""

    es: Sentence = ""
    pt: Sentence = ""
    en: Sentence = ""

    @property
    def tell(self) -> bool:
        return any(text.strip() for text in (self.es, self.pt, self.en))


class SiteForms(Wire, frozen=True, kw_only=True):
    enabled: bool
    """Whether a form that is sent makes a contact of its e-mail, phone and name."""
    basis: Basis | None
    notices: Notices


class ChangeSiteForms(Request, frozen=True, kw_only=True):
    enabled: bool
    basis: Basis | None = None
    notices: Notices = msgspec.field(default_factory=Notices)


class BadSiteForms(PistaError):
    """To let forms make contacts, say on which legal basis, and what the visitors are told."""

    status = 422
    code = "bad_site_forms"
