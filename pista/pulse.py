"""Signs of life of a process of ours, for the supervisor that started it.

A byte a second goes through a pipe, from the loop that does the work: where the loop stands
still, so does the pulse. Started by somebody else, a process has no pipe and sends nothing.
"""

import asyncio
import os
from contextlib import suppress

VARIABLE = "PISTA_PULSE"
EVERY_SECONDS = 1.0


_beating: "set[asyncio.Task[None]]" = set()
"""Loops hold their tasks but weakly."""


def start() -> None:
    """Begin to beat, in the running loop, for as long as it runs."""
    # Taken away, since a process that this one starts must not beat in its name.
    descriptor = os.environ.pop(VARIABLE, "")
    if not descriptor.isdigit():
        return
    os.set_inheritable(int(descriptor), False)
    _beating.add(asyncio.create_task(_beat(int(descriptor)), name="pulse"))


async def _beat(descriptor: int) -> None:
    os.set_blocking(descriptor, False)
    while True:
        # Full while the supervisor itself stands still; it will find enough then.
        with suppress(BlockingIOError, BrokenPipeError):
            os.write(descriptor, b".")
        await asyncio.sleep(EVERY_SECONDS)
