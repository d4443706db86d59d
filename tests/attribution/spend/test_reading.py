"""What ad platforms' exports say, in the ways in which countries write days and money."""

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import structs

from pista.attribution.spend import reading
from pista.attribution.spend.model import SpendMapping, SpendTerms

META_PT = [
    [
        *("Início dos relatórios", "Encerramento dos relatórios", "Nome da campanha"),
        *("Identificação da campanha", "Nome do anúncio", "Impressões", "Valor usado (BRL)"),
    ],
    ["2026-11-01", "2026-11-01", "Verão", "120210", "Vídeo 1", "1.204", "123,45"],
    ["2026-11-02", "2026-11-02", "Verão", "120210", "Vídeo 1", "2.000", "1.000,00"],
    ["2026-11-01", "2026-11-02", "", "", "", "3.204", "1.123,45"],
]


@pytest.mark.parametrize(
    ("text", "decimal_comma", "expected"),
    [
        ("12", False, 1200),
        ("12.5", False, 1250),
        ("12,5", False, 1250),
        ("1,234.56", False, 123456),
        ("1.234,56", False, 123456),
        ("R$ 1.234,56", True, 123456),
        ("1.234", True, 123400),
        ("1.234", False, 123),  # a thousandth more than 1.23
        ("1,234", True, 123),
        ("1,234", False, 123400),
        ("1.234.567", False, 123456700),
        ("0.005", False, 1),
        ("19.99", False, 1999),
        ("12.3456", True, 1235),
        ("US$0", False, 0),
        ("", False, None),
        ("--", False, None),
        ("-5.00", False, None),
        ("1.2,3.4", False, None),
        ("abc", False, None),
        ("\u0663.\u0665", False, None),
    ],
)
def test_money_as_people_write_it(text: str, decimal_comma: bool, expected: int | None):
    """
    Whatever separates the cents; what is no amount is never nothing.
    """
    assert reading.cents(text, decimal_comma=decimal_comma) == expected


@given(amount=st.integers(0, 10**12), comma=st.booleans(), marked=st.booleans())
def test_amounts_come_back(amount: int, comma: bool, marked: bool):
    """
    Every amount in either way of writing it, with marks of thousands or without.
    """
    whole = f"{amount // 100:,}" if marked else str(amount // 100)
    text = f"{whole}.{amount % 100:02d}"
    if comma:
        text = text.translate(str.maketrans(",.", ".,"))

    assert reading.cents(text, decimal_comma=comma) == amount


@pytest.mark.parametrize(
    ("text", "day_first", "expected"),
    [
        ("2026-04-05", True, date(2026, 4, 5)),
        ("2026-04-05 00:00:00", False, date(2026, 4, 5)),
        ("2026/4/5", True, date(2026, 4, 5)),
        ("05/04/2026", True, date(2026, 4, 5)),
        ("05/04/2026", False, date(2026, 5, 4)),
        ("5.4.2026", True, date(2026, 4, 5)),
        ("31/02/2026", True, None),
        ("05/04/26", True, None),
        ("yesterday", True, None),
    ],
)
def test_days_as_people_write_them(text: str, day_first: bool, expected: date | None):
    """
    What could be two days is asked about, not guessed row by row.
    """
    assert reading.day(text, day_first=day_first) == expected


def test_an_export_of_meta_is_understood():
    """
    Its columns by their names, money and days by how they are written, and no row of totals.
    """
    terms = reading.guess(META_PT, header=True, currency="USD")
    read = list(reading.read(enumerate(META_PT, 1), terms))

    assert (terms.platform, terms.currency, terms.decimal_comma) == ("meta", "BRL", True)
    assert [(one.row, len(one.lines), one.trouble) for one in read] == [(2, 1, None), (3, 1, None)]
    line = read[0].lines[0]
    assert (line.day, line.cost_cents, line.impressions) == (date(2026, 11, 1), 12345, 1204)
    assert (line.campaign, line.campaign_id, line.ad) == ("Verão", "120210", "Vídeo 1")


def test_an_export_of_google_is_understood():
    """
    Below its title, and without the totals at its end.
    """
    rows = [
        ["Informe de campaña"],
        ["1 de noviembre de 2026 - 2 de noviembre de 2026"],
        ["Estado de la campaña", "Campaña", "Día", "Código de moneda", "Costo"],
        ["Habilitada", "Verano", "2026-11-01", "PEN", "10,50"],
        ["Habilitada", "Total Look", "2026-11-02", "PEN", "4,00"],
        ["Total: Cuenta", " --", " --", "PEN", "14,50"],
    ]
    assert reading.has_header(rows)
    terms = reading.guess(rows, header=True, currency="USD")
    read = list(reading.read(enumerate(rows, 1), terms))

    assert [(one.row, one.trouble) for one in read] == [(4, None), (5, None)]
    assert [line.cost_cents for one in read for line in one.lines] == [1050, 400]
    assert (terms.mapping.day, terms.mapping.campaign, terms.decimal_comma) == (2, 1, True)


@pytest.mark.parametrize(
    ("names", "platform"),
    [
        (["Day", "Campaign", "Ad group", "Cost"], "google"),
        (["Día", "Campaña", "Grupo de anuncios", "Costo"], "google"),
        (["Reporting starts", "Campaign name", "Amount spent (USD)"], "meta"),
        (["Stat date", "Campaign name", "Ad group name", "Cost"], "tiktok"),
        (["Fecha", "Campaña", "Gasto"], "other"),
    ],
)
def test_platforms_are_known_by_their_columns(names: list[str], platform: str):
    """
    In the language of whoever exported.
    """
    terms = reading.guess([names], header=True, currency="PEN")

    assert terms.platform == platform
    assert terms.mapping.day == 0
    assert terms.mapping.cost == len(names) - 1


def test_american_days_are_seen():
    """
    A second number above twelve can only be a day.
    """
    rows = [["Day", "Cost"], ["04/05/2026", "1.00"], ["04/13/2026", "1.00"]]

    assert not reading.guess(rows, header=True, currency="USD").day_first


@pytest.mark.parametrize(
    ("costs", "decimal_comma"),
    [
        (["1.234,56", "7,00"], True),
        (["1,234.56", "7.00"], False),
        # Pesos have no cents: points that are always of thousands.
        (["12.345", "980"], True),
        (["12,345", "980"], False),
        (["0.125", "980"], False),
    ],
)
def test_commas_are_seen(costs: list[str], decimal_comma: bool):
    """
    By all amounts of the file together.
    """
    rows = [["Fecha", "Costo"], *(["2026-11-01", cost] for cost in costs)]

    assert reading.guess(rows, header=True, currency="CLP").decimal_comma is decimal_comma


@given(cost=st.integers(0, 10**9), days=st.integers(1, 366), shown=st.integers(0, 10**9))
def test_a_row_of_several_days_is_spread(cost: int, days: int, shown: int):
    """
    To the cent: the days add up to the row.
    """
    terms = _terms(last_day=1, cost=2, impressions=3)
    last = date.fromordinal(date(2026, 1, 1).toordinal() + days - 1)
    row = ["2026-01-01", last.isoformat(), f"{cost // 100}.{cost % 100:02d}", str(shown)]

    [read] = reading.read([(2, row)], terms)

    assert len({line.day for line in read.lines}) == days
    assert sum(line.cost_cents for line in read.lines) == cost
    assert sum(line.impressions or 0 for line in read.lines) == shown
    assert (
        max(line.cost_cents for line in read.lines) - min(line.cost_cents for line in read.lines)
        <= 1
    )


@pytest.mark.parametrize(
    ("row", "trouble"),
    [
        (["", "5"], "no_day"),
        (["soon", "5"], "bad_day"),
        (["1026-01-01", "5"], "bad_day"),
        (["2026-01-01", ""], "no_cost"),
        (["2026-01-01", "five"], "bad_cost"),
        (["2026-01-01", "9" * 30], "bad_cost"),
    ],
)
def test_what_cannot_be_read_is_named(row: list[str], trouble: str):
    """
    And is not counted as nothing.
    """
    [read] = reading.read([(2, row)], _terms(cost=1))

    assert (read.lines, read.trouble) == ([], trouble)


def test_rows_of_the_same_are_added_up():
    """
    An advertisement by age, say, is one line a day.
    """
    [one] = reading.read([(2, ["2026-01-01", "1.50"])], _terms(cost=1))
    [other] = reading.read([(3, ["2026-01-01", "2.25"])], _terms(cost=1))

    [line] = reading.together([*one.lines, *other.lines])

    assert line.cost_cents == 375


def _terms(**found: Any) -> SpendTerms:
    mapping = structs.replace(SpendMapping(day=0), **found)
    return SpendTerms(mapping=mapping, header=True, platform="meta", currency="BRL")
