"""What a caller can cause: a status, a stable code and a sentence on what to do (RFC 9457)."""

from typing import ClassVar

import msgspec


class Problem(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """The body of every error answer, `application/problem+json`."""

    type: str
    title: str
    status: int
    code: str
    detail: str
    instance: str | None = None


class PistaError(Exception):
    """An error that a caller can cause. The docstring's first line is its title."""

    status: ClassVar[int] = 400
    code: ClassVar[str] = "bad_request"

    def __init__(self, detail: str | None = None, *, headers: dict[str, str] | None = None) -> None:
        self.detail = detail or _sentence(type(self))
        self.headers = headers or {}
        super().__init__(self.detail)

    def problem(self, instance: str | None = None) -> Problem:
        return Problem(
            type=f"urn:pista:problem:{self.code}",
            title=_sentence(type(self)),
            status=self.status,
            code=self.code,
            detail=self.detail,
            instance=instance,
        )


def _sentence(cls: type) -> str:
    return (cls.__doc__ or cls.__name__).strip().split("\n\n")[0].replace("\n", " ")


class StartError(Exception):
    """Pista cannot start or go on; the text is one sentence for the person at the terminal."""


class NotSignedIn(PistaError):
    """Sign in first, or send an API key as `Authorization: Bearer …`."""

    status = 401
    code = "not_signed_in"


class Forbidden(PistaError):
    """Your role or key may not do this; ask an admin of your company."""

    status = 403
    code = "forbidden"


class NotFound(PistaError):
    """There is nothing here."""

    status = 404
    code = "not_found"


class Invalid(PistaError):
    """The request does not have the right shape."""

    status = 422
    code = "invalid"


class Unavailable(PistaError):
    """A store is away; send the same request again in a moment."""

    status = 503
    code = "unavailable"

    def __init__(self, detail: str | None = None, *, retry_after: int = 2) -> None:
        super().__init__(detail, headers={"Retry-After": str(retry_after)})
