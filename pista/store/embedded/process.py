"""What both embedded engines need from the operating system."""

import ctypes
import os
import random
import signal
import socket
from collections import deque
from collections.abc import Callable
from pathlib import Path

from pista.errors import StartError

PR_SET_PDEATHSIG = 1
KEPT = 64
_prctl = ctypes.CDLL(None, use_errno=True).prctl
_kept: deque[socket.socket] = deque()


def dies_with_parent(number: signal.Signals = signal.SIGKILL) -> Callable[[], None]:
    """A `preexec_fn`: the kernel sends the child `number` when this process is gone.

    It holds also when this process is killed with -9. Run after a change of user, which would
    undo it; `subprocess` does so.
    """
    parent = os.getpid()

    def set_death_signal() -> None:
        _prctl(PR_SET_PDEATHSIG, int(number), 0, 0, 0)
        if os.getppid() != parent:
            os._exit(1)

    return set_death_signal


def free_port() -> int:
    """A loopback port that nothing listens on, and that nobody else is given for a while.

    It lies below the kernel's range for outgoing connections: there, a client that retries while
    the server restarts can take the server's port, or be connected to itself.
    """
    for port in random.sample(range(15_000, 32_000), 200):
        probe = socket.socket()
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            probe.close()
            continue
        _keep(probe)
        return port
    raise StartError("No free port between 15000 and 32000 on 127.0.0.1.")


def _keep(probe: socket.socket) -> None:
    """Hold the port until its server is up; who looks for a free one like this then finds another.

    A socket that does not listen keeps no server out: they all say either of the two options.
    """
    probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
    _kept.append(probe)
    if len(_kept) > KEPT:
        _kept.popleft().close()


def working_in(folder: Path, program: str) -> list[int]:
    """The processes of that program whose working directory is `folder`."""
    return [
        int(entry)
        for entry in os.listdir("/proc")
        if entry.isdigit() and _works_in(Path("/proc", entry), folder, program)
    ]


def _works_in(process: Path, folder: Path, program: str) -> bool:
    try:
        # An upgrade may have replaced the file: "postgres (deleted)".
        name = os.readlink(process / "exe").rsplit("/", 1)[-1].split(" ")[0]
        return name == program and os.path.samefile(process / "cwd", folder)
    except OSError:
        return False
