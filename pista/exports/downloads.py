"""Files of exports on this machine: where they lie, and which of them may be fetched."""

import re
from pathlib import Path

from pista.exports import queries
from pista.exports.folder import Folder
from pista.exports.model import (
    ExportFileNotFound,
    ExportId,
    ExportNotFound,
    ExportTarget,
)
from pista.ids import TenantId
from pista.store.places import PlaceError
from pista.store.postgres import Tx

NAME = re.compile(r"part-[0-9-]{10}(\.[a-z]+)+")


def root(data_dir: Path, tenant: TenantId, prefix: str) -> Path:
    """Each tenant's files lie below a folder of its own."""
    return data_dir / "exports" / str(tenant) / prefix


def prepare(data_dir: Path) -> None:
    """Make the folder of all exports, for Pista's own user alone: they hold personal data."""
    try:
        (data_dir / "exports").mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise PlaceError(f"{data_dir} cannot be written: {error.strerror}.") from error


async def find(tx: Tx, data_dir: Path, tenant: TenantId, export: ExportId, name: str) -> Path:
    """The path of the file with this name.

    The name is looked up among those that the export has written and never becomes part of a
    path, whatever stands in it.
    """
    if not NAME.fullmatch(name):
        raise ExportFileNotFound
    stored = await queries.stored(tx, tenant, export)
    if stored is None:
        raise ExportNotFound
    day = await queries.file_day(tx, export, name)
    if day is None or stored.target is not ExportTarget.FOLDER:
        raise ExportFileNotFound
    path = Folder(root(data_dir, tenant, stored.prefix)).path(day, stored.format)
    if not path.is_file():
        raise ExportFileNotFound
    return path
