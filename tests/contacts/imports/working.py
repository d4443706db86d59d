"""A worker that imports contacts, in a process of its own that can be killed."""

import asyncio
import subprocess
import sys
from collections.abc import Generator
from contextlib import contextmanager
from typing import Any

from pista.contacts import imports
from pista.queue import Runner
from pista.store.embedded.process import dies_with_parent


@contextmanager
def worker_process(database: str) -> Generator[Any]:
    """It is killed -9, at the latest at the end."""
    child: Any = subprocess.Popen(
        [sys.executable, "-m", "tests.contacts.imports.working", database],
        preexec_fn=dies_with_parent(),  # noqa: PLW1509 - calls the kernel and no more
        stdout=subprocess.DEVNULL,
    )
    try:
        yield child
    finally:
        child.kill()
        child.wait()


if __name__ == "__main__":
    asyncio.run(Runner(sys.argv[1], imports.handlers).run())
