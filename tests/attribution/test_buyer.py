from datetime import date

import pytest

from pista.attribution import buyer
from pista.attribution.buyer import Buyer

TODAY = date(2026, 3, 14)


def known(**told: str) -> buyer.Known:
    return buyer.known(Buyer(**told), "BR", TODAY)


@pytest.mark.parametrize(
    ("text", "country", "numbers"),
    [
        ("(11) 98877-6655", "BR", ["+5511988776655"]),
        # The code of Santa Maria is that of Brazil, too.
        ("55 98123-4567", "BR", ["+5555981234567"]),
        ("5555981234567", "BR", ["+5555981234567"]),
        ("55 11 8877-6655", "BR", ["+5511988776655"]),
        ("+55 (011) 98877-6655", "BR", ["+5511988776655"]),
        ("011 15-5345-6778", "AR", ["+5491153456778", "+541153456778"]),
        ("5491153456778", "AR", ["+5491153456778", "+541153456778"]),
        ("55 1334 5679", "MX", ["+525513345679", "+5215513345679"]),
        ("5215513345679", "MX", ["+525513345679", "+5215513345679"]),
        ("11999999999", "BR", []),
        ("00000000000", "BR", []),
        ("{{contact.phone}}", "BR", []),
    ],
)
def test_phones(text: str, country: str, numbers: list[str]):
    """
    A phone gets the code of its country, and those with two ways to write them both.
    """
    assert buyer.phones(text, country) == numbers


@pytest.mark.parametrize(
    ("text", "country", "day"),
    [
        ("05/04/1990", "BR", date(1990, 4, 5)),
        ("5-4-90", "AR", date(1990, 4, 5)),
        ("05/04/1990", "US", date(1990, 5, 4)),
        ("25/04/1990", "US", date(1990, 4, 25)),
        ("1990-04-05", "BR", date(1990, 4, 5)),
        ("1990-04-05T00:00:00Z", "US", date(1990, 4, 5)),
        ("19900405", "MX", date(1990, 4, 5)),
        ("01/01/1900", "BR", None),
        ("14/03/2026", "BR", None),
        ("31/02/1990", "BR", None),
        ("no lo digo", "BR", None),
    ],
)
def test_days_of_birth(text: str, country: str, day: date | None):
    """
    The day comes first but in the United States; what nobody was born on is left out.
    """
    assert buyer.birth(text, country, TODAY) == day


def test_a_brazilian_as_a_checkout_tells():
    """
    All that a Brazilian form may say is brought into one form, with its accents kept.
    """
    told = known(
        email=" Joana@Loja.com.br ",
        phone="(51) 99888-7766",
        name="  JOANA d'Ávila dos Santos",
        city="São José do Rio Preto - SP",
        state="São Paulo",
        zip="1310-100",
        country="Brasil",
        birth="05/04/1990",
        gender="Feminino",
    )

    assert told == buyer.Known(
        emails=["joana@loja.com.br"],
        phones=["+5551998887766"],
        first_names=["joana"],
        last_names=["santos", "dávila dos santos"],
        city="sãojosédoriopreto",
        state="sp",
        zip="01310100",
        country="BR",
        birth=date(1990, 4, 5),
        gender="f",
    )


@pytest.mark.parametrize(
    ("state", "code"),
    [("Pará", "pa"), ("Paraná", "pr"), ("Minas Gerais", "mg"), ("Estado do Rio de Janeiro", "rj")],
)
def test_states_of_brazil(state: str, code: str):
    """
    No two states have one code.
    """
    assert known(state=state).state == code


def test_who_nobody_is():
    """
    What somebody only got past a form with is not known of anybody.
    """
    told = known(
        email="cliente@bot.com", phone="11999999999", name="Consumidor Final", zip="00000-000"
    )

    assert told == buyer.Known([], [], [], [], None, None, None, "BR", None, None)


@pytest.mark.parametrize(
    ("told", "code"),
    [
        ({"country": "México"}, "MX"),
        ({"country": "ESPAÑA"}, "ES"),
        ({"country": "br"}, "BR"),
        ({"country": "Atlantis", "phone": "+54 9 11 5345-6778"}, "AR"),
        ({}, "BR"),
    ],
)
def test_countries(told: dict[str, str], code: str):
    """
    The country is the one that is named, else the phone's, else the company's.
    """
    assert known(**told).country == code
