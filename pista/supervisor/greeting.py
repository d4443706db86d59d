"""What a person reads when Pista has started."""

import msgspec

from pista.settings import Settings


class Prepared(msgspec.Struct, frozen=True, kw_only=True):
    """What the preparation of a start found out."""

    problem: str | None = None
    """Why Pista cannot start, in one sentence."""
    first_email: str | None = None
    """Only at the first start, as the password is."""
    first_password: str | None = None
    """None if the person gave it in the environment."""
    snippet: str | None = None


def greeting(settings: Settings, prepared: Prepared) -> str:
    """One block: where to go, how to sign in, what to paste, where the data lives."""
    lines = [("Open", settings.url), *_sign_in(prepared)]
    if prepared.snippet:
        lines.append(("Snippet", prepared.snippet))
    lines += [("Data", str(settings.data_dir)), ("Stop", "Ctrl-C")]
    rows = "\n".join(f"  {name:<10}{value}" for name, value in lines)
    return f"\n  Pista is running.\n\n{rows}\n"


def _sign_in(prepared: Prepared) -> list[tuple[str, str]]:
    if prepared.first_email is None:
        return []
    password = prepared.first_password
    shown = f"{password}   (shown only now)" if password else "as in PISTA_ADMIN_PASSWORD"
    return [("E-mail", prepared.first_email), ("Password", shown)]
