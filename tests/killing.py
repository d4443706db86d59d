"""Processes of a test's own that may be killed at any moment."""

import subprocess
import sys
from collections.abc import Generator
from contextlib import contextmanager
from typing import Any

from pista.store.embedded.process import dies_with_parent


@contextmanager
def killable(module: str, *arguments: str, loud: bool = True) -> Generator[Any]:
    """Run a module; it is killed -9 at the latest at the end."""
    child: Any = subprocess.Popen(
        [sys.executable, "-m", module, *arguments],
        preexec_fn=dies_with_parent(),  # noqa: PLW1509 - calls the kernel and no more
        stdout=subprocess.DEVNULL,
        stderr=None if loud else subprocess.DEVNULL,
    )
    try:
        yield child
    finally:
        child.kill()
        child.wait()
