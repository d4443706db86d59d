"""What each column of a file of clientes is, and what a row says: no I/O, no clock."""

import re
from collections.abc import Sequence
from datetime import UTC, datetime, tzinfo
from typing import NamedTuple

import phonenumbers
from msgspec import structs

from pista import moments, texts
from pista.contacts import many, rules
from pista.contacts.many import Told
from pista.contacts.many_queries import IMPORTED
from pista.contacts.model import FoundContact
from pista.desk.imports.model import CheckTerms, ClienteColumns
from pista.sheets import columns
from pista.sheets.columns import EMAILS, LAST_NAME, NAME, PHONES, Names, Rows

NAMES: Names = {
    "email": EMAILS,
    "phone": PHONES,
    "name": NAME,
    "last_name": LAST_NAME,
    "campaign": frozenset({"campaign", "campana", "campanha", "utmcampaign", "campaignname"}),
    "source": frozenset({"source", "fuente", "origen", "fonte", "origem", "canal", "utmsource"}),
    "notes": frozenset(
        {
            *("notes", "note", "notas", "nota", "comentario", "comentarios", "comments"),
            *("observacion", "observaciones", "observacao", "observacoes"),
        }
    ),
    "asesor": frozenset(
        {
            *("asesor", "asesora", "emailasesor", "correoasesor", "correodelasesor", "asesoremail"),
            *("advisor", "agent", "agente", "vendedor", "atendente", "owner", "responsable"),
            *("responsavel", "assessor", "emaildoassessor"),
        }
    ),
    "next_action": frozenset(
        {"nextaction", "siguienteaccion", "proximaaccion", "proximaacao", "siguientepaso"}
    ),
    "next_action_at": frozenset(
        {
            *("nextactionat", "nextactiondate", "fechasiguienteaccion", "fechaproximaaccion"),
            *("followup", "followupdate", "fechadeseguimiento", "dataproximaacao", "callback"),
        }
    ),
}
DATES = (
    *("%Y-%m-%d %H:%M", "%Y-%m-%d", "%Y-%m-%d %H:%M:%S"),
    *("%d/%m/%Y %H:%M", "%d/%m/%Y", "%d/%m/%Y %H:%M:%S", "%d-%m-%Y %H:%M", "%d-%m-%Y"),
)
LONGEST_LINE = 200
LONGEST_NOTES = 5_000
_SOURCE = re.compile(r"[a-z0-9_.:-]{1,40}")


class Read(NamedTuple):
    """What a row says."""

    row: int
    cells: list[str]
    who: str | None
    """By what it is known whom it is about: the phone, or else the e-mail; None: nobody."""
    nombre: str | None
    telefono: str | None
    email: str | None
    campaign: str | None
    source: str | None
    notas: str | None
    next_action: str | None
    next_action_at: datetime | None
    asesor: str | None
    """By e-mail."""
    told: Told
    problems: list[str]


class Digits(NamedTuple):
    """A phone as others may have typed it."""

    whole: str
    national: str | None
    """Without the country's code: only in that country it is the same phone."""


def has_header(rows: Rows) -> bool:
    return columns.has_header(rows, NAMES)


def guess(rows: Rows, *, header: bool) -> ClienteColumns:
    return structs.replace(ClienteColumns(), **columns.found(rows, NAMES, header=header))


def read_rows(
    cells: Sequence[list[str]],
    first_row: int,
    terms: CheckTerms,
    country: str | None,
    zone: tzinfo,
) -> list[Read]:
    """Rows count from 1, as in a spreadsheet; the header is nobody."""
    numbered = enumerate(cells, first_row + 1)
    return [
        _read(row, own, terms, country, zone)
        for row, own in numbered
        if row > 1 or not terms.header
    ]


def digits(phone: str, country: str | None) -> Digits:
    """Of a phone in its one form."""
    number = phonenumbers.parse(phone)
    national = phonenumbers.national_significant_number(number)
    code = phonenumbers.country_code_for_region(country) if country else None
    return Digits(phone.removeprefix("+"), national if number.country_code == code else None)


def when(text: str, zone: tzinfo) -> datetime | None:
    """The day is before the month, as everywhere where our customers are."""
    for form in DATES:
        try:
            at = datetime.strptime(text, form).replace(tzinfo=zone)
        except ValueError:
            continue
        return _in_utc(at)
    return moments.read(text, zone)


def _in_utc(at: datetime) -> datetime | None:
    try:
        return at.astimezone(UTC)
    except (OverflowError, ValueError):
        return None


def _read(row: int, cells: list[str], terms: CheckTerms, country: str | None, zone: tzinfo) -> Read:
    mapping = terms.mapping
    name = columns.whole_name(cells, mapping.name, mapping.last_name)
    email, phone = columns.at(cells, mapping.email), columns.at(cells, mapping.phone)
    found = FoundContact(source=IMPORTED, trusted=True, name=name, email=email, phone=phone)
    told = many.read(found, country)
    known = {one.kind: one.value for one in told.identities}
    who = known.get("phone") or known.get("email")
    problems = [f"{one.kind} {one.why}" for one in told.ignored]
    if who is None:
        problems.append("no phone or e-mail")
    written = columns.at(cells, mapping.next_action_at)
    at = when(written, zone) if written else None
    if written and at is None:
        problems.append("next action: no date")
    return Read(
        row=row,
        cells=cells,
        who=who,
        nombre=rules.clean(name, LONGEST_LINE),
        telefono=known.get("phone") or rules.clean(phone, 40),
        email=known.get("email"),
        campaign=rules.clean(columns.at(cells, mapping.campaign), LONGEST_LINE) or terms.campaign,
        source=_source(columns.at(cells, mapping.source)),
        notas=_notes(columns.at(cells, mapping.notes)),
        next_action=rules.clean(columns.at(cells, mapping.next_action), LONGEST_LINE),
        next_action_at=at,
        asesor=_email(columns.at(cells, mapping.asesor)),
        told=told,
        problems=problems,
    )


def _notes(text: str | None) -> str | None:
    return texts.plain(text)[:LONGEST_NOTES] if text else None


def _email(text: str | None) -> str | None:
    return text.lower() if text else None


def _source(text: str | None) -> str | None:
    """In the form that sources have."""
    plain = "_".join(rules.words(text))[:40]
    return plain if _SOURCE.fullmatch(plain) else None
