"""The queues, which of them a kind of work is of, and in which lane of it a job is."""

from enum import IntEnum

WEBHOOK = "webhook"
MESSAGE = "message"
OTHER = "other"
QUEUES = (WEBHOOK, MESSAGE, OTHER)


class Lane(IntEnum):
    """Of what is ready, the higher lanes are begun first; a share is always the lower ones'."""

    HIGH = 0
    NORMAL = 1
    LOW = 2


def queue_of(kind: str) -> str:
    """What comes in is a webhook, what goes out a message."""
    if kind == "chat.webhook" or kind.startswith(("crm.", "payments.notice")):
        return WEBHOOK
    if kind.startswith("chat.send"):
        return MESSAGE
    return OTHER
