"""Files that go out: uploaded first, then of the message that they are sent with."""

from typing import NamedTuple

from pista.chat.media import queries
from pista.chat.media.model import MediaId, MediaNotFound
from pista.chat.media.shelves import Kept
from pista.chat.model import MessageId
from pista.ids import TenantId
from pista.store.postgres import Tx


class Attached(NamedTuple):
    """A file as a message needs it."""

    id: MediaId
    kept: Kept
    mime_type: str
    filename: str | None
    bytes: int


async def attach(tx: Tx, tenant: TenantId, media_id: MediaId, message: MessageId) -> Attached:
    """The upload is of this message from now on; `MediaNotFound` if it is no upload, or another's.

    Repeated for the same message it is the same.
    """
    row = await queries.attach(tx, tenant, media_id, message)
    if row is None or row.sha256 is None or row.mime_type is None or row.size is None:
        raise MediaNotFound
    kept = Kept(tenant, row.id, row.sha256, row.size, row.bucket)
    return Attached(row.id, kept, row.mime_type, row.filename, row.size)
