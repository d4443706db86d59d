"""What a second factor is set up with, and what can go wrong with it."""

from typing import Annotated

import msgspec
from msgspec import Meta

from pista.accounts.model import Request, Wire
from pista.accounts.people.model import Password
from pista.errors import PistaError

Code = Annotated[str, Meta(min_length=1, max_length=40)]


class SecondFactorState(Wire, frozen=True, kw_only=True):
    on: bool
    recovery_codes_left: int


class ProvePassword(Request, frozen=True, kw_only=True):
    """A session that somebody left open is not enough."""

    password: Password

    def __repr__(self) -> str:
        return "ProvePassword(…)"


class Setup(Wire, frozen=True, kw_only=True):
    """What the app has to be told, once."""

    secret: str
    uri: str
    """What the picture says, for an app on the same device."""
    qr: list[str]
    """The picture: a line of it each, `1` where it is dark."""

    def __repr__(self) -> str:
        return "Setup(…)"


class Confirm(Request, frozen=True, kw_only=True):
    code: Code

    def __repr__(self) -> str:
        return "Confirm(…)"


class RecoveryCodes(Wire, frozen=True, kw_only=True):
    """Each lets in once without the app. This is the only time that they can be read."""

    codes: list[str]

    def __repr__(self) -> str:
        return "RecoveryCodes(…)"


class Stored(msgspec.Struct, frozen=True, kw_only=True):
    sealed: bytes
    last_step: int
    confirmed: bool


class SecondFactorNeeded(PistaError):
    """Send the code of your app, or a recovery code, as `code` along with the password."""

    status = 401
    code = "second_factor_needed"


class SecondFactorWrong(PistaError):
    """This code is not right, or was used already; codes of an app change every 30 seconds."""

    status = 401
    code = "second_factor_wrong"


class SecondFactorRequired(PistaError):
    """Your company asks everybody for a second factor: set it up under Account first."""

    status = 403
    code = "second_factor_required"


class CodeWrong(PistaError):
    """This code is not right; look whether the clock of your phone is."""

    status = 422
    code = "code_wrong"


class SecondFactorOn(PistaError):
    """Your second factor is on already; switch it off first."""

    status = 409
    code = "second_factor_on"


class SecondFactorOff(PistaError):
    """There is no second factor to do this with; set it up first."""

    status = 409
    code = "second_factor_off"
