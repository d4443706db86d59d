"""Processes of a test's own that may be killed at any moment."""

import subprocess
import sys
from collections.abc import Generator
from contextlib import contextmanager
from typing import Any, Final

from pista.store.embedded.process import dies_with_parent

# Of this database, but one's own and the server's: its vacuuming may not be ended by anybody.
CUT_CONNECTIONS: Final = """
select pg_terminate_backend(pid) from pg_stat_activity a
where datname = current_database() and pid <> pg_backend_pid() and backend_type = 'client backend'
"""


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
