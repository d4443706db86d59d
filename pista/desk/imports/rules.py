"""What becomes of a row: no I/O, no clock."""

from typing import Literal

from pista.desk import machine
from pista.desk.imports.columns import Read
from pista.desk.imports.model import Case, Group, ImportChoices

Deed = Literal["create", "update", "reopen", "skip", "refuse"]


def group(read: Read, case: Case | None, same_as: int | None) -> Group:
    if read.who is None:
        return "refused"
    if same_as is not None:
        return "repeated"
    if case is None:
        return "new"
    return "finished" if case.status in machine.DONE else "open"


def deed(of: Group, case: Case | None, choices: ImportChoices) -> Deed:
    match of:
        case "refused":
            return "refuse"
        case "new":
            return "create"
        case "repeated":
            # What its first row made has been there since; unless somebody removed it meanwhile.
            return "skip" if choices.repeated == "skip" or case is None else "update"
        case "open":
            return choices.open
        case "finished":
            return choices.finished
