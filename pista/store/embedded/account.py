"""Whom PostgreSQL runs as: it refuses to be root, and may not enter every folder."""

import os
import pwd
import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import msgspec

from pista.errors import StartError
from pista.store.embedded import process

ACCOUNT = "pista-postgres"


class Account(msgspec.Struct, frozen=True):
    """Whom PostgreSQL runs as when Pista is root: it refuses to be root itself."""

    name: str
    uid: int
    gid: int


def serving_account() -> Account | None:
    """None where this process is not root, and PostgreSQL runs as the same user."""
    if os.geteuid() != 0:
        return None
    return _account(ACCOUNT) or _made_account() or _account("nobody") or _no_account()


def check_may_enter(account: Account, target: Path, advice: str) -> None:
    """Refuse, in a sentence, a folder that the account cannot reach; never open it."""
    target = target.resolve()
    for folder in (*reversed(target.parents), target):
        # The shell's own test sees all that the kernel sees, access lists included.
        entered = run(["/bin/sh", "-c", 'cd -- "$1"', "sh", str(folder)], account)
        if entered.returncode != 0:
            raise StartError(
                f"PostgreSQL runs as the user {account.name}, who may not enter {folder}: {advice}."
            )


def launch(account: Account | None) -> dict[str, Any]:
    """The options for `subprocess`: user, working directory, and none of our environment."""
    options: dict[str, Any] = {
        "cwd": "/",
        "env": {"PATH": "/usr/bin:/bin", "LC_ALL": "C", "TZ": "UTC"},
    }
    if account:
        options |= {"user": account.uid, "group": account.gid, "extra_groups": []}
    return options


def run(
    arguments: Sequence[str], account: Account | None, stdin: str = ""
) -> "subprocess.CompletedProcess[str]":
    """Run a program to its end, or to ours."""
    return subprocess.run(  # noqa: S603 - programs of our own wheel, useradd and the shell
        arguments,
        input=stdin,
        capture_output=True,
        text=True,
        check=False,
        preexec_fn=process.dies_with_parent(),
        **launch(account),
    )


def _account(name: str) -> Account | None:
    try:
        entry = pwd.getpwnam(name)
    except KeyError:
        return None
    return Account(entry.pw_name, entry.pw_uid, entry.pw_gid)


def _made_account() -> Account | None:
    program = shutil.which("useradd", path="/usr/sbin:/sbin:/usr/bin:/bin")
    if program is None:
        return None
    shell = ["--no-create-home", "--home-dir", "/nonexistent", "--shell", "/usr/sbin/nologin"]
    run([program, "--system", "--user-group", *shell, ACCOUNT], None)
    # Whether it was this useradd or one running beside it: the account counts.
    return _account(ACCOUNT)


def _no_account() -> Account:
    raise StartError(
        f"PostgreSQL does not run as root: add a system user {ACCOUNT}, start Pista as another"
        " user, or set DATABASE_URL."
    )
