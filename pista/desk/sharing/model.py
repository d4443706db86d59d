"""How a company shares out its clientes, and who would be given the next one."""

from typing import Annotated, Literal

import msgspec
from msgspec import Meta

from pista.desk.clientes.model import ShortText
from pista.desk.model import ClienteId, Request, Wire
from pista.desk.presence.model import LIMIT, Presence
from pista.ids import UserId

Method = Literal["round_robin", "least_loaded"]
Skill = Annotated[str, Meta(min_length=1, max_length=60)]
Skills = Annotated[list[Skill], Meta(max_length=50)]
Most = Annotated[int, Meta(ge=0, le=1000)]
Refusal = Literal["away", "paused", "skills", "full", "let_it_go"]
"""Why somebody is not given it: not there, in a pause, cannot do it, has enough, has just let it
go."""


class ShareRule(Request, frozen=True, kw_only=True):
    """Of some clientes, who is given them. The first rule that fits a cliente holds."""

    name: ShortText
    campaigns: Annotated[list[ShortText], Meta(max_length=50)] = msgspec.field(
        default_factory=list[str]
    )
    """None: of any, or without one."""
    sources: Annotated[list[ShortText], Meta(max_length=20)] = msgspec.field(
        default_factory=list[str]
    )
    """From where they came: `form`, `whatsapp`, `telegram`, `crm`, `manual`, … None: any."""
    skills: Skills = msgspec.field(default_factory=list[str])
    """Whoever has all of these. None: anybody."""
    method: Method = "round_robin"


class ShareRules(Request, frozen=True, kw_only=True):
    """By which clientes are given out without anybody's doing."""

    on: bool = False
    rules: Annotated[list[ShareRule], Meta(max_length=50)] = msgspec.field(
        default_factory=list[ShareRule]
    )
    rest: bool = True
    """What fits no rule goes to anybody; or waits for a supervisor."""
    method: Method = "round_robin"
    """Of what fits no rule."""
    limit: Annotated[int, Meta(ge=1, le=1000)] = LIMIT
    """So many has an advisor at most, unless they have a limit of their own."""
    newest_first: bool = False
    """Otherwise what has waited longest comes first."""
    returned_hours: Annotated[int, Meta(ge=0, le=720)] = 0
    """What came back is given out again for so long; 0: it waits for a supervisor."""


OFF = ShareRules()


class AsesorSkills(Request, frozen=True, kw_only=True):
    """What one advisor may be given."""

    limit: Most | None
    """None: as many as the rules say. 0: nothing by itself."""
    skills: Skills


class PreviewShare(Request, frozen=True, kw_only=True):
    """Which cliente, and by which rules. Without any, by those that are set."""

    campaign: ShortText | None = None
    source: ShortText = "form"
    assigning: ShareRules | None = None


class Candidate(Wire, frozen=True, kw_only=True):
    id: UserId
    name: str
    load: int
    limit: int
    skills: list[str]
    refusal: Refusal | None
    """None: it could be given to them."""
    place: int | None
    """Whose turn it is, from 1."""


class SharePreview(Wire, frozen=True, kw_only=True):
    """Who would be given the next one, and why."""

    on: bool
    """Whether anything is given out by itself."""
    waiting: int
    """How many wait to be given out, counted to 1,000."""
    rule: str | None
    """None: it fits no rule."""
    shared: bool
    """Whether one like this is given out at all."""
    method: Method
    asesor: UserId | None
    candidates: list[Candidate]


class Way(msgspec.Struct, frozen=True, kw_only=True):
    """How some clientes are given out: by a rule, or what fits none."""

    rule: str | None
    skills: frozenset[str]
    method: Method

    @property
    def why(self) -> str:
        """As history has it."""
        return self.method if self.rule is None else f"{self.method}: {self.rule}"


class Waiting(msgspec.Struct, frozen=True, kw_only=True):
    id: ClienteId
    way: int
    let_go_by: UserId | None


class Asesor(msgspec.Struct, frozen=True, kw_only=True):
    """Somebody who may be given clientes, as they are at this moment."""

    id: UserId
    name: str
    state: Presence
    load: int
    limit: int
    skills: frozenset[str]
    turn: int
    """When it was their turn last: a larger one is later."""


class Given(msgspec.Struct, frozen=True, kw_only=True):
    cliente: ClienteId
    asesor: UserId
    why: str
    """As history has it."""
