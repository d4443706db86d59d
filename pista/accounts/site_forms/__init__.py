"""Whether forms of a site make contacts by themselves, and what its visitors are told of it."""

from pista.accounts.site_forms.queries import forms_make_contacts
from pista.accounts.site_forms.routes import change_site_forms, site_forms

handlers = [site_forms, change_site_forms]

__all__ = ["forms_make_contacts", "handlers"]
