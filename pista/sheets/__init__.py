"""Files of rows that people bring and take away: what all rooms that import them have in common."""

from pista.sheets.describing import NOT_READY, TERMS, Bom, FileName, refused_files
from pista.sheets.files import Files
from pista.sheets.model import (
    MOST_COLUMNS,
    MOST_ROWS,
    ROWS_A_CHUNK,
    SAMPLE_ROWS,
    BadFile,
    Column,
    FileTooLarge,
    ImportId,
    ImportNotReady,
    Sheet,
    State,
    check_state,
)
from pista.sheets.pruning import Pruner
from pista.sheets.staging import Tables
from pista.sheets.uploading import opened, received, upload
from pista.sheets.writing import A_CSV, as_file, guarded, problems, written

__all__ = [
    "A_CSV",
    "MOST_COLUMNS",
    "MOST_ROWS",
    "NOT_READY",
    "ROWS_A_CHUNK",
    "SAMPLE_ROWS",
    "TERMS",
    "BadFile",
    "Bom",
    "Column",
    "FileName",
    "FileTooLarge",
    "Files",
    "ImportId",
    "ImportNotReady",
    "Pruner",
    "Sheet",
    "State",
    "Tables",
    "as_file",
    "check_state",
    "guarded",
    "opened",
    "problems",
    "received",
    "refused_files",
    "upload",
    "written",
]
