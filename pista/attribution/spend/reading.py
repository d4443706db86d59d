"""Reads what a platform's export says of each day: no I/O, no clock.

Exports are written as their reader's country writes numbers and days, and a row may be about a
week. What cannot be read is named, and never counted as nothing.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta

from msgspec import structs

from pista.attribution.spend.model import (
    MOST_CENTS,
    MOST_DAYS,
    Platform,
    Read,
    SpendLine,
    SpendMapping,
    SpendTerms,
    Trouble,
)
from pista.sheets import columns

# As Meta, Google, TikTok and Kwai call them in English, Spanish and Portuguese.
NAMES: dict[str, frozenset[str]] = {
    "day": frozenset(
        {
            *("day", "date", "reportingstarts", "statdate", "startdate", "bydate"),
            *("dia", "fecha", "iniciodelinforme", "fechadeinicio"),
            *("data", "iniciodosrelatorios", "iniciodorelatorio", "datadeinicio"),
        }
    ),
    "last_day": frozenset(
        {
            *("reportingends", "enddate"),
            *("findelinforme", "fechadefinalizacion"),
            *("encerramentodosrelatorios", "fimdorelatorio", "datadetermino"),
        }
    ),
    "currency": frozenset({"currency", "currencycode", "moneda", "codigodemoneda", "moeda"}),
    "campaign_id": frozenset(
        {"campaignid", "identificadordelacampana", "iddelacampana", "iddecampana", "idcampana"}
        | {"identificacaodacampanha", "iddacampanha", "idcampanha"}
    ),
    "campaign": frozenset(
        {"campaign", "campaignname", "nombredelacampana", "campana", "nomedacampanha", "campanha"}
    ),
    "adset_id": frozenset(
        {"adsetid", "adgroupid", "iddelconjuntodeanuncios", "iddelgrupodeanuncios"}
        | {"identificacaodoconjuntodeanuncios", "iddoconjuntodeanuncios", "iddogrupodeanuncios"}
    ),
    "adset": frozenset(
        {"adset", "adsetname", "adgroup", "adgroupname"}
        | {"nombredelconjuntodeanuncios", "conjuntodeanuncios", "grupodeanuncios"}
        | {"nomedoconjuntodeanuncios", "nomedogrupodeanuncios"}
    ),
    "ad_id": frozenset({"adid", "iddelanuncio", "identificacaodoanuncio", "iddoanuncio"}),
    "ad": frozenset({"ad", "adname", "nombredelanuncio", "anuncio", "nomedoanuncio"}),
    "impressions": frozenset({"impressions", "impr", "impresiones", "impressoes"}),
    "clicks": frozenset(
        {"clicks", "linkclicks", "clicksall", "clics", "clicsenelenlace", "cliques"}
        | {"cliquesnolink"}
    ),
}
_COST = re.compile(
    r"(amountspent|cost|spend|spent|totalcost|importegastado|gasto|costo|coste|inversion"
    r"|valorusado|valorgasto|custo|custototal|investimento)([a-z]{3})?"
)
_PLATFORMS: tuple[tuple[str, Platform], ...] = (
    ("reportingstarts", "meta"),
    ("amountspent", "meta"),
    ("importegastado", "meta"),
    ("valorusado", "meta"),
    ("adgroupname", "tiktok"),
    ("statdate", "tiktok"),
    ("adgroup", "google"),
    ("grupodeanuncios", "google"),
)
_NOT_IN_A_NUMBER = re.compile(r"[\sA-Za-z$€£]|(?<=[0-9])'(?=[0-9]{3})")
_WHOLE = re.compile(r"[0-9]+|[0-9]{1,3}(?:([.,])[0-9]{3})(?:\1[0-9]{3})*")
_ISO = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[T ].*)?")
_PARTS = re.compile(r"(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})(?:[T ].*)?")


class Refused(Exception):
    def __init__(self, trouble: Trouble) -> None:
        super().__init__(trouble)
        self.trouble: Trouble = trouble


def has_header(rows: columns.Rows) -> bool:
    """Names of columns hold no day."""
    return bool(rows) and not any(
        _ISO.fullmatch(cell) or _PARTS.fullmatch(cell) for cell in rows[0]
    )


def guess(rows: columns.Rows, *, header: bool, currency: str) -> SpendTerms:
    """By the columns' names, and by how days and amounts are written."""
    top = _top(rows) if header else 0
    names = [columns.bare(name) for name in rows[top]] if header and rows else []
    found = columns.named(rows[top], NAMES) if names else {}
    costs = [
        (column, match) for column, name in enumerate(names) if (match := _COST.fullmatch(name))
    ]
    if costs:
        column, match = costs[0]
        found["cost"] = column
        currency = (match[2] or currency).upper()
    mapping = structs.replace(SpendMapping(), **found)
    body = rows[top + 1 :] if header else rows
    return SpendTerms(
        mapping=mapping,
        header=header,
        platform=_platform(names),
        currency=currency,
        day_first=_is_day_first(_cells(body, mapping.day)),
        decimal_comma=_has_decimal_comma(_cells(body, mapping.cost)),
    )


def read(rows: Iterable[tuple[int, Sequence[str]]], terms: SpendTerms) -> Iterator[Read]:
    """Each row by its number; one without a name, a day and a cost is passed over."""
    for number, cells in rows:
        if terms.header and (number == 1 or _names_a_day(cells, terms.mapping)):
            continue
        if _is_total(cells, terms):
            continue
        try:
            yield Read(number, list(_lines(cells, terms)), None)
        except Refused as refused:
            yield Read(number, [], refused.trouble)


def together(lines: Iterable[SpendLine]) -> list[SpendLine]:
    """What a file says of the same in several rows, as one: of an advertisement by age or country,
    say."""
    found: dict[tuple[object, ...], SpendLine] = {}
    for line in lines:
        key = named(line)
        before = found.get(key)
        found[key] = line if before is None else _added(before, line)
    return list(found.values())


def named(line: SpendLine) -> tuple[object, ...]:
    """What makes two lines the same one, as `spend_key` has it: names, where no id is told."""
    return (
        *(line.day, line.platform, line.currency),
        *(line.campaign_id, None if line.campaign_id else line.campaign),
        *(line.adset_id, None if line.adset_id else line.adset),
        *(line.ad_id, None if line.ad_id else line.ad),
    )


def cents(text: str, *, decimal_comma: bool) -> int | None:
    """An amount of money as people write it, in cents; None if it is none.

    A lone comma or point before one or two digits at the end separates the cents, whatever the file
    does elsewhere. More digits than two are rounded, the half up.
    """
    digits = _NOT_IN_A_NUMBER.sub("", text)
    mark = _mark(digits, decimal_comma=decimal_comma)
    whole, _, part = digits.rpartition(mark) if mark else (digits, "", "")
    if not _WHOLE.fullmatch(whole) or not re.fullmatch(r"[0-9]*", part):
        return None
    amount = int(re.sub(r"[.,]", "", whole)) * 100 + int((part + "00")[:2])
    return amount + (1 if part[2:3] >= "5" else 0)


def day(text: str, *, day_first: bool) -> date | None:
    iso, parts = _ISO.fullmatch(text), _PARTS.fullmatch(text)
    try:
        if iso:
            return date(int(iso[1]), int(iso[2]), int(iso[3]))
        if parts:
            one, other = int(parts[1]), int(parts[2])
            return date(int(parts[3]), *((other, one) if day_first else (one, other)))
    except ValueError:
        return None
    return None


def _lines(cells: Sequence[str], terms: SpendTerms) -> Iterator[SpendLine]:
    mapping = terms.mapping
    days = _days(cells, terms)
    cost = _number(columns.at(cells, mapping.cost), terms)
    if cost is None:
        raise Refused("no_cost")
    impressions = _count(columns.at(cells, mapping.impressions))
    clicks = _count(columns.at(cells, mapping.clicks))
    for number, one in enumerate(days):
        yield SpendLine(
            day=one,
            platform=terms.platform,
            currency=_currency(columns.at(cells, mapping.currency)) or terms.currency,
            cost_cents=_part(cost, number, len(days)),
            campaign_id=_name(cells, mapping.campaign_id),
            campaign=_name(cells, mapping.campaign),
            adset_id=_name(cells, mapping.adset_id),
            adset=_name(cells, mapping.adset),
            ad_id=_name(cells, mapping.ad_id),
            ad=_name(cells, mapping.ad),
            impressions=None if impressions is None else _part(impressions, number, len(days)),
            clicks=None if clicks is None else _part(clicks, number, len(days)),
        )


def _days(cells: Sequence[str], terms: SpendTerms) -> list[date]:
    first_cell = columns.at(cells, terms.mapping.day)
    last_cell = columns.at(cells, terms.mapping.last_day)
    if first_cell is None:
        raise Refused("no_day")
    first = day(first_cell, day_first=terms.day_first)
    last = first if last_cell is None else day(last_cell, day_first=terms.day_first)
    if first is None or last is None or last < first or not 2000 <= first.year <= 2100:
        raise Refused("bad_day")
    length = (last - first).days + 1
    if length > MOST_DAYS:
        raise Refused("long_range")
    return [first + timedelta(days=number) for number in range(length)]


def _number(text: str | None, terms: SpendTerms) -> int | None:
    if text is None:
        return None
    found = cents(text, decimal_comma=terms.decimal_comma)
    if found is None or found > MOST_CENTS:
        raise Refused("bad_cost")
    return found


def _count(text: str | None) -> int | None:
    """Whole numbers; marks in them are of thousands."""
    if text is None or text in ("-", "--", "—"):
        return None
    digits = re.sub(r"[\s.,']", "", text)
    if not digits.isdecimal() or len(digits) > 15:
        raise Refused("bad_number")
    return int(digits)


def _part(total: int, number: int, of: int) -> int:
    """The parts add up to the whole."""
    return total * (number + 1) // of - total * number // of


def _name(cells: Sequence[str], column: int | None) -> str:
    return (columns.at(cells, column) or "")[:200]


def _currency(text: str | None) -> str | None:
    code = (text or "").strip().upper()
    return code if re.fullmatch(r"[A-Z]{3}", code) else None


def _top(rows: columns.Rows) -> int:
    """Where the columns' names stand: some exports write a title above them."""
    for number, cells in enumerate(rows):
        names = [columns.bare(name) for name in cells]
        if any(name in NAMES["day"] for name in names) and any(map(_COST.fullmatch, names)):
            return number
    return 0


def _names_a_day(cells: Sequence[str], mapping: SpendMapping) -> bool:
    return columns.bare(columns.at(cells, mapping.day) or "") in NAMES["day"]


def _is_total(cells: Sequence[str], terms: SpendTerms) -> bool:
    """Exports end with, or begin with, rows that add up all others and name none of them."""
    mapping = terms.mapping
    if cells and columns.bare(cells[0]).startswith("total"):
        return day(columns.at(cells, mapping.day) or "", day_first=terms.day_first) is None
    names = (mapping.campaign_id, mapping.campaign, mapping.adset, mapping.ad, mapping.ad_id)
    told = [column for column in names if column is not None]
    return bool(told) and not any(columns.at(cells, column) for column in told)


def _added(one: SpendLine, other: SpendLine) -> SpendLine:
    return structs.replace(
        one,
        cost_cents=one.cost_cents + other.cost_cents,
        impressions=_sum(one.impressions, other.impressions),
        clicks=_sum(one.clicks, other.clicks),
    )


def _sum(one: int | None, other: int | None) -> int | None:
    return other if one is None else one + (other or 0)


def _mark(digits: str, *, decimal_comma: bool) -> str | None:
    """Which of its marks separates the cents."""
    last = max(digits.rfind("."), digits.rfind(","))
    if last < 0:
        return None
    mark, behind = digits[last], len(digits) - last - 1
    if digits.count(mark) > 1:
        return None
    both = "." in digits and "," in digits
    if both or behind != 3:
        return mark
    return (
        "," if decimal_comma and mark == "," else "." if not decimal_comma and mark == "." else None
    )


def _cells(rows: columns.Rows, column: int | None) -> list[str]:
    return [cell for row in rows if (cell := columns.at(row, column))]


def _is_day_first(cells: Sequence[str]) -> bool:
    """Unless a second number can only be a day."""
    return not any((parts := _PARTS.fullmatch(cell)) and int(parts[2]) > 12 for cell in cells)


def _has_decimal_comma(cells: Sequence[str]) -> bool:
    """Where there are no cents at all, points before three digits are of thousands."""
    commas = sum(bool(re.search(r",\d{1,2}\D*$", cell)) for cell in cells)
    points = sum(bool(re.search(r"\.\d{1,2}\D*$", cell)) for cell in cells)
    if commas or points:
        return commas > points
    return any(re.search(r"(?<![\d.,])[1-9]\d{0,2}(\.\d{3})+\D*$", cell) for cell in cells)


def _platform(names: Sequence[str]) -> Platform:
    bared = _bared(names)
    for name, platform in _PLATFORMS:
        if name in bared:
            return platform
    return "other"


def _bared(names: Sequence[str]) -> set[str]:
    costs = {match[1] for name in names if (match := _COST.fullmatch(name))}
    return {*names, *costs}
