"""A web process that ends in the moment between the commit of its third webhook and the answer."""

import os
from typing import Any

from pista import cli
from pista.crm import doors

THE_LAST = 3


def die_after_the_commit() -> None:
    committed: Any = doors.__dict__["_committed"]
    seen: list[object] = []

    async def then_die(*given: Any) -> Any:
        seen.append(await committed(*given))
        if len(seen) == THE_LAST:
            os._exit(9)
        return seen[-1]

    doors.__dict__["_committed"] = then_die


if __name__ == "__main__":
    die_after_the_commit()
    cli.main()
