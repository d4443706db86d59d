"""The wizard: a cliente is opened, worked on, and done."""

from pista.desk.wizard.routes import routes

__all__ = ["routes"]
