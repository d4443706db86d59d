"""`pista demo`: a shop that does not exist, with a month of visits, to look around in."""

from pista.demo.run import run

__all__ = ["run"]
