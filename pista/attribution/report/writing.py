"""The report as a file."""

from collections.abc import AsyncIterator, Sequence

from pista import sheets
from pista.attribution.report.model import By, Line

PIECE = 500
COUNTS = ("clicks", "visits", "contacts", "conversations", "leads", "sales")
MONEY = ("revenue", "refunded", "cost", "roas", "costPerSale")
NO_CLICK = "(no click known)"


async def written(lines: Sequence[Line], by: By, currency: str) -> AsyncIterator[bytes]:
    """With a mark by which spreadsheets know UTF-8; names of columns are the API's."""
    names = _named(by)
    yield sheets.written([(*names, "name", *COUNTS, *MONEY, "currency")], bom=True)
    for first in range(0, len(lines), PIECE):
        piece = lines[first : first + PIECE]
        yield sheets.written([_row(line, names, currency) for line in piece])


def _named(by: By) -> list[str]:
    match by:
        case "link" | "source":
            return [by]
        case _:
            levels = ["campaign", "adset", "ad"]
            return levels[: levels.index(by) + 1]


def _row(line: Line, names: Sequence[str], currency: str) -> list[str]:
    given = {
        **{"campaign": line.campaign, "adset": line.adset, "ad": line.ad},
        **{"source": line.source, "link": str(line.link_id) if line.link_id else None},
    }
    figures = line.figures
    cost, sold = figures.cost_cents, figures.sales_of_currency
    counts = [figures.clicks, figures.visits, figures.contacts, figures.conversations]
    return [
        *(given[name] or "" for name in names),
        (line.name or "") if line.has_click else NO_CLICK,
        *(f"{count:.12g}" for count in (*counts, figures.leads, figures.sales)),
        _money(figures.revenue_cents),
        _money(figures.refunded_cents),
        "" if cost is None else _money(cost),
        f"{figures.revenue_cents / cost:.2f}" if cost else "",
        _money(round(cost / sold)) if cost is not None and sold else "",
        currency,
    ]


def _money(cents: int) -> str:
    return f"{'-' if cents < 0 else ''}{abs(cents) // 100}.{abs(cents) % 100:02d}"
