"""Conversations as people at their desks see them, and what can go wrong with them."""

from datetime import datetime
from typing import Annotated, Literal, NewType
from uuid import UUID

import msgspec
from msgspec import UNSET, Meta, UnsetType

from pista.accounts import Role
from pista.chat.heard import Platform
from pista.chat.model import ChannelId, Content, ConversationId, Direction, MessageId, PersonId
from pista.errors import NotFound, PistaError, Problem
from pista.ids import ContactId, TenantId, UserId

NoteId = NewType("NoteId", UUID)
QuickReplyId = NewType("QuickReplyId", UUID)

State = Literal["open", "closed"]
Doing = Literal["typing", "looking", "gone"]

MOST_QUICK_REPLIES = 500


class Wire(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    """Something the API answers."""


class Request(
    msgspec.Struct, frozen=True, kw_only=True, rename="camel", forbid_unknown_fields=True
):
    """Something the API is sent."""


class Colleague(Wire, frozen=True, kw_only=True):
    """Somebody of the company."""

    id: UserId
    name: str


class ListedColleague(Colleague, frozen=True, kw_only=True):
    role: Role


class Colleagues(Wire, frozen=True, kw_only=True):
    items: list[ListedColleague]


class ConversationChannel(Wire, frozen=True, kw_only=True):
    id: ChannelId
    platform: Platform
    name: str
    display: str


class ChatPerson(Wire, frozen=True, kw_only=True):
    """Who writes, as the platform calls them."""

    id: PersonId
    name: str | None
    username: str | None


class ChatContact(Wire, frozen=True, kw_only=True):
    """The contact that is shown for whoever writes."""

    id: ContactId
    name: str | None


class LastSaid(Wire, frozen=True, kw_only=True):
    text: str | None
    kind: str
    direction: Direction


class FoundMessage(Wire, frozen=True, kw_only=True):
    """The newest message in which the words were found."""

    id: MessageId
    text: str | None
    at: datetime


class Conversation(Wire, frozen=True, kw_only=True):
    id: ConversationId
    channel: ConversationChannel
    person: ChatPerson | None
    contact: ChatContact | None
    group_id: str | None
    status: State
    assigned_to: Colleague | None
    unread: int
    last_message_at: datetime | None
    last_inbound_at: datetime | None
    window_until: datetime | None
    """Until when WhatsApp lets one write freely."""
    preview: LastSaid | None
    draft: str | None
    """What the caller has begun to write."""
    blocked: bool
    """The person stopped the bot."""
    found: FoundMessage | None = None
    """Where words were searched for and a message has them."""


class Conversations(Wire, frozen=True, kw_only=True):
    items: list[Conversation]
    next: str | None
    """Give it as `before` for those that come after."""


class Unread(Wire, frozen=True, kw_only=True):
    """Open conversations with something new, at most 1,000 of each."""

    all: int
    mine: int
    nobody: int


class Author(Wire, frozen=True, kw_only=True):
    id: UserId
    name: str


class Speaker(Wire, frozen=True, kw_only=True):
    id: PersonId
    name: str | None


class MessageFailure(Wire, frozen=True, kw_only=True):
    """Why it was not sent."""

    code: int | None
    title: str | None
    """The platform's own words."""
    key: str
    """What to do about it: stable, worded by the interface."""
    can_retry: bool


class MessageReaction(Wire, frozen=True, kw_only=True):
    by: str
    """`us`, or the person's id."""
    emoji: str


class Quoted(Wire, frozen=True, kw_only=True):
    """The message that one answers."""

    id: MessageId
    direction: Direction
    kind: str
    text: str | None


class Message(Wire, frozen=True, kw_only=True):
    id: MessageId
    seq: int
    direction: Direction
    kind: str
    text: str | None
    content: Content
    reply_to: str | None
    quoted: Quoted | None
    external_id: str | None
    at: datetime
    status: str | None
    failure: MessageFailure | None
    edited_at: datetime | None
    deleted_at: datetime | None
    author: Author | None
    person: Speaker | None
    reactions: list[MessageReaction]


class Note(Wire, frozen=True, kw_only=True):
    """What colleagues say to each other; it is never sent."""

    id: NoteId
    text: str
    at: datetime
    author: Author


class Messages(Wire, frozen=True, kw_only=True):
    items: list[Message]
    """The newest last."""
    notes: list[Note]
    """Those of the same time."""
    next: str | None
    """Give it as `before` for those that came earlier."""
    last: str | None
    """Give it as `after` for those that come later."""


class Changes(Wire, frozen=True, kw_only=True):
    conversation_ids: list[ConversationId]
    all: bool
    """They are too many to name, or nobody can tell: look at all that is open."""
    next: str
    """Give it as `since` the next time."""


class MarkRead(Request, frozen=True, kw_only=True):
    through: Annotated[int, Meta(ge=0, lt=2**53)]
    """`seq` of the newest message that was seen; what came after it stays unread."""


class StillUnread(Wire, frozen=True, kw_only=True):
    unread: int


class Assign(Request, frozen=True, kw_only=True):
    user_id: UserId | None
    expected: UserId | UnsetType | None = UNSET
    """Who had it when you looked: if another has it by now, nothing changes."""


class SetStatus(Request, frozen=True, kw_only=True):
    status: State


class NewNote(Request, frozen=True, kw_only=True):
    text: Annotated[str, Meta(min_length=1, max_length=5000)]


class SetDraft(Request, frozen=True, kw_only=True):
    text: Annotated[str, Meta(max_length=5000)]
    revision: Annotated[int, Meta(ge=1, lt=2**53)]
    """Larger for each change: of two that arrive in the wrong order the later one stays."""


class Draft(Wire, frozen=True, kw_only=True):
    text: str
    revision: int


class SetPresence(Request, frozen=True, kw_only=True):
    doing: Doing
    take_over: bool = False
    """Answer, though somebody else has begun to."""


class Present(Wire, frozen=True, kw_only=True):
    id: UserId
    name: str
    doing: Literal["typing", "looking"]


class Presence(Wire, frozen=True, kw_only=True):
    """Who else is here."""

    items: list[Present]
    composer: Colleague | None
    """Who answers: the first who began to write, until some seconds after they stopped."""


class QuickReply(Wire, frozen=True, kw_only=True):
    id: QuickReplyId
    shortcut: str
    text: str
    """`{{name}}` stands for the person's name, `{{agent}}` for one's own."""
    updated_at: datetime


class QuickReplies(Wire, frozen=True, kw_only=True):
    items: list[QuickReply]


Shortcut = Annotated[str, Meta(pattern=r"^[a-z0-9_-]{1,32}\Z")]
ReplyText = Annotated[str, Meta(min_length=1, max_length=4000)]


class NewQuickReply(Request, frozen=True, kw_only=True):
    shortcut: Shortcut
    text: ReplyText


class ChangeQuickReply(Request, frozen=True, kw_only=True):
    """What is left out stays."""

    shortcut: Shortcut | UnsetType = UNSET
    text: ReplyText | UnsetType = UNSET


class ChatPresence(
    msgspec.Struct,
    frozen=True,
    kw_only=True,
    rename="camel",
    tag="chat_presence",
    tag_field="type",
):
    """Somebody of the company looks at a conversation, writes in it, or has gone."""

    tenant_id: TenantId
    conversation_id: ConversationId
    user_id: UserId
    name: str
    doing: Doing


class ConversationNotFound(NotFound):
    """There is no such conversation, or it is a colleague's."""

    code = "conversation_not_found"


class NoteNotFound(NotFound):
    """There is no such note of yours here."""

    code = "note_not_found"


class QuickReplyNotFound(NotFound):
    """There is no such quick reply in this company."""

    code = "quick_reply_not_found"


class ShortcutTaken(PistaError):
    """Another quick reply has this shortcut."""

    status = 409
    code = "shortcut_taken"


class TooManyQuickReplies(PistaError):
    """There are five hundred quick replies already; delete one first."""

    status = 409
    code = "too_many_quick_replies"


class HeldProblem(Problem, frozen=True, kw_only=True, omit_defaults=True, rename="camel"):
    holder: Colleague | None = None


class AssignedMeanwhile(PistaError):
    """Somebody else has taken this conversation meanwhile."""

    status = 409
    code = "assigned_meanwhile"

    def __init__(self, holder: Colleague | None) -> None:
        super().__init__(f"{holder.name} has it now." if holder else "Nobody has it any more.")
        self._holder = holder

    def problem(self, instance: str | None = None) -> Problem:
        told = msgspec.structs.asdict(super().problem(instance))
        return HeldProblem(**told, holder=self._holder)
