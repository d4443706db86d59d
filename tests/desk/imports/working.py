"""A worker that imports clientes, in a process of its own that can be killed."""

import asyncio
import sys
from contextlib import AbstractContextManager
from typing import Any

from pista import desk
from pista.queue import Runner
from tests.killing import killable


def worker_process(database: str) -> AbstractContextManager[Any]:
    """It is killed -9, at the latest at the end."""
    return killable("tests.desk.imports.working", database)


if __name__ == "__main__":
    asyncio.run(Runner(sys.argv[1], desk.handlers).run())
