"""`pista web` that is killed right after its third commit of clicks, before anybody hears of it."""

import os
import signal
from typing import Any

from pista import cli
from pista.clicks.writing import Till

KILLED_AT = 3
_write: Any = Till._write  # pyright: ignore[reportPrivateUsage] - there is no other moment
_written = 0


async def write(till: Till, hits: list[Any]) -> None:
    global _written  # noqa: PLW0603 - one count for the process
    await _write(till, hits)
    _written += 1
    if _written == KILLED_AT:
        os.kill(os.getpid(), signal.SIGKILL)


if __name__ == "__main__":
    setattr(Till, "_write", write)  # noqa: B010 - the type checker knows it as private
    cli.main()
