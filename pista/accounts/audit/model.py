"""Who changed what on whom."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

import msgspec

from pista.accounts.model import Wire


class ActorKind(StrEnum):
    USER = "user"
    KEY = "key"
    LINK = "link"
    """Whoever held a link of an invitation or a reset."""
    TERMINAL = "terminal"


class Action(StrEnum):
    """What can be done to the accounts."""

    USER_INVITED = "user_invited"
    INVITE_WITHDRAWN = "invite_withdrawn"
    USER_JOINED = "user_joined"
    USER_CREATED = "user_created"
    USER_RENAMED = "user_renamed"
    ROLE_CHANGED = "role_changed"
    USER_DEACTIVATED = "user_deactivated"
    USER_REACTIVATED = "user_reactivated"
    RESET_LINK_MADE = "reset_link_made"
    PASSWORD_CHANGED = "password_changed"  # noqa: S105 - what was done, no secret
    SESSION_ENDED = "session_ended"
    SESSIONS_ENDED = "sessions_ended"
    SECOND_FACTOR_ON = "second_factor_on"
    SECOND_FACTOR_OFF = "second_factor_off"
    RECOVERY_CODES_RENEWED = "recovery_codes_renewed"
    SITE_CREATED = "site_created"
    SITE_CHANGED = "site_changed"
    COMPANY_CHANGED = "company_changed"
    KEY_CREATED = "key_created"
    KEY_REVOKED = "key_revoked"
    CHANNEL_ADDED = "channel_added"
    CHANNEL_CHANGED = "channel_changed"
    CHANNEL_DELETED = "channel_deleted"
    QUEUE_PAUSED = "queue_paused"
    QUEUE_RESUMED = "queue_resumed"
    QUEUE_CLEARED = "queue_cleared"
    ERASURE_ASKED = "erasure_asked"
    SALE_MADE = "sale_made"
    SALE_PAID = "sale_paid"
    SALE_CANCELED = "sale_canceled"
    SALE_REFUNDED = "sale_refunded"
    SALE_WON_BACK = "sale_won_back"
    PAYMENT_ACCOUNT_ADDED = "payment_account_added"
    PAYMENT_ACCOUNT_CHANGED = "payment_account_changed"
    PAYMENT_ACCOUNT_DELETED = "payment_account_deleted"
    DESTINATION_ADDED = "destination_added"
    DESTINATION_CHANGED = "destination_changed"
    DESTINATION_DELETED = "destination_deleted"
    CONVERSION_RESENT = "conversion_resent"
    ALERT_RULE_ADDED = "alert_rule_added"
    ALERT_RULE_CHANGED = "alert_rule_changed"
    ALERT_RULE_DELETED = "alert_rule_deleted"
    SOURCE_ADDED = "source_added"
    SOURCE_CHANGED = "source_changed"
    SOURCE_DELETED = "source_deleted"
    WEBHOOKS_REPLAYED = "webhooks_replayed"
    LETTERS_REPLAYED = "letters_replayed"
    LETTERS_DROPPED = "letters_dropped"
    LINK_DOMAIN_ADDED = "link_domain_added"
    LINK_DOMAIN_DELETED = "link_domain_deleted"
    EXPORT_ASKED = "export_asked"
    EXPORT_CANCELED = "export_canceled"
    EXPORT_SCHEDULED = "export_scheduled"
    MONTH_REMOVED = "month_removed"
    SAMPLING_CHANGED = "sampling_changed"
    SETTINGS_CHANGED = "settings_changed"
    """Of a room: the subject's name says which."""


class AuditLine(Wire, frozen=True, kw_only=True):
    id: int
    at: datetime
    actor_kind: ActorKind
    actor_id: UUID | None
    actor_name: str | None
    """As the user or key is called today; null for a link and for the terminal."""
    action: Action
    subject_id: UUID | None
    subject_name: str
    """As the subject was called then: an e-mail, or a name."""
    details: dict[str, str]
    request_id: str | None


class AuditLog(Wire, frozen=True, kw_only=True):
    items: list[AuditLine]
    next: int | None
    """For `before`, to read on; null at the end."""


class Actor(msgspec.Struct, frozen=True, kw_only=True):
    """Who does it, and with which request."""

    kind: ActorKind
    id: UUID | None = None
    """The user's or the key's."""
    request_id: str | None = None


TERMINAL = Actor(kind=ActorKind.TERMINAL)
