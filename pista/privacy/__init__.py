"""A person's rights: all that is stored of a visitor or a contact, handed over or erased."""

from pista.privacy.eraser import Eraser
from pista.privacy.people import PeopleEraser
from pista.privacy.people.routes import routes as of_people
from pista.privacy.routes import routes as of_visitors

routes = [*of_visitors, *of_people]

__all__ = ["Eraser", "PeopleEraser", "routes"]
