"""The user's country database (`PISTA_GEOIP_DB`, MaxMind's format): opened, checked and asked."""

import re
import shutil
import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path
from typing import Any, Protocol, cast

import maxminddb
import msgspec

from pista.errors import StartError

CODE = re.compile(r"[A-Z]{2}\Z")
LOOKED_AT = 10_000
"""How many of its networks are looked at before a database is said to hold no countries."""

# What both of the package's readers raise for a file that is damaged somewhere inside; also for
# an IPv6 address that is asked of a database of IPv4.
DAMAGED = (maxminddb.InvalidDatabaseError, ValueError, LookupError, TypeError, RecursionError)


class Reader(Protocol):
    """The package's reader, as far as it is used here."""

    def get(self, ip_address: str, /) -> object: ...
    def metadata(self) -> Any: ...
    def close(self) -> None: ...
    def __iter__(self) -> Iterator[tuple[object, object]]: ...


class _Country(msgspec.Struct, frozen=True):
    iso_code: str = ""


class _Record(msgspec.Struct, frozen=True):
    """In the words of the makers: MaxMind and DB-IP say `country.iso_code`, IPinfo the others."""

    country: _Country | str | None = None
    country_code: str | None = None


class Database(msgspec.Struct, frozen=True, kw_only=True):
    """What a database says of itself."""

    kind: str
    built_at: datetime


class Unusable(Exception):
    """Why a file cannot be used as a country database, as the end of a sentence."""


def opened(path: Path) -> Reader:
    """Open a private copy of the file; `Unusable` if it is none, or not whole.

    A copy, since a mapped file that somebody overwrites in place ends the process that reads it.
    The copy has no name and is gone with the process.
    """
    try:
        with path.open("rb") as source, tempfile.NamedTemporaryFile(prefix="pista-geoip-") as copy:
            shutil.copyfileobj(source, copy)
            copy.flush()
            reader = _open(copy.name)
    except OSError as error:
        raise Unusable(f"cannot be read ({error.strerror or error})") from None
    except DAMAGED:
        raise Unusable("is not a whole database in MaxMind's format (.mmdb)") from None
    if not _names_countries(reader):
        raise Unusable(f"is of the type {reader.metadata().database_type!r} and names no countries")
    return reader


def described(path: Path) -> Database:
    """For the start and for `pista check`; a file that cannot be used is a `StartError`."""
    try:
        reader = opened(path)
    except Unusable as why:
        raise StartError(
            f"PISTA_GEOIP_DB: {path} {why}; name a country database in MaxMind's format"
            " (docs/settings.md says where to get one), or leave the variable out."
        ) from None
    told = reader.metadata()
    reader.close()
    return Database(kind=told.database_type, built_at=datetime.fromtimestamp(told.build_epoch, UTC))


def country(reader: Reader, address: str) -> str:
    """The ISO 3166 code of an address; empty if the database does not say."""
    try:
        return country_of(reader.get(address))
    except DAMAGED:
        return ""


def country_of(record: object) -> str:
    """The code of the country in a record, whoever made the database; empty if there is none."""
    try:
        told = msgspec.convert(record or {}, _Record)
    except msgspec.ValidationError:
        return ""
    named = told.country.iso_code if isinstance(told.country, _Country) else told.country
    codes = (told.country_code, named)
    return next((code for code in codes if code is not None and CODE.match(code)), "")


def _open(path: str) -> Reader:
    # Its types leave a PathLike open.
    return cast("Any", maxminddb).open_database(path)


def _names_countries(reader: Reader) -> bool:
    try:
        return any(country_of(record) for _, record in islice(reader, LOOKED_AT))
    except DAMAGED:
        raise Unusable("is damaged inside") from None
