"""Who has a cliente in hand: one lease, taken by one statement, judged by the database's clock."""

from pista.desk.locks.routes import routes

__all__ = ["routes"]
