"""Pictures, voices and documents in messages: fetched, checked, kept, and handed to colleagues."""

from pista.chat.media.fetching import Fetcher, expect
from pista.chat.media.forgetting import FileForgetter, ObjectForgetter
from pista.chat.media.model import MediaId
from pista.chat.media.routes import routes
from pista.chat.media.sending import Attached, attach
from pista.chat.media.shelves import Shelves

__all__ = [
    "Attached",
    "Fetcher",
    "FileForgetter",
    "MediaId",
    "ObjectForgetter",
    "Shelves",
    "attach",
    "expect",
    "routes",
]
