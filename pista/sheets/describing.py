"""How the doors for files describe themselves, whatever the files are about."""

from typing import Annotated

from litestar.openapi import ResponseSpec
from litestar.params import QueryParameter

from pista.accounts import REFUSALS, refused

NOT_READY = {409: refused("`import_not_ready`: it is not in the state for that.")}
TERMS = {422: refused("`invalid`: the detail names the field.")}

FileName = Annotated[
    str, QueryParameter(name="name", max_length=200, description="The file's name.")
]
Bom = Annotated[
    bool, QueryParameter(name="bom", description="Begin with a mark by which Excel knows UTF-8.")
]


def refused_files(most_rows: int) -> dict[int, ResponseSpec]:
    """What an upload may be answered instead."""
    return {
        **REFUSALS,
        413: refused(f"`file_too_large`: more than 50 MB or {most_rows:,} rows."),
        422: refused("`bad_file`: it is no table; the detail says where."),
    }
