"""The lead desk: clientes, whose they are, who has them in hand, and when they go back."""

from pista.desk import clientes

routes = [*clientes.routes]

__all__ = ["routes"]
