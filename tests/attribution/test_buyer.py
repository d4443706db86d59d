from datetime import date

import pytest

from pista.attribution import buyer, names
from pista.attribution.addresses import address
from pista.attribution.births import birth
from pista.attribution.buyer import Buyer
from pista.attribution.phones import phones

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
        # Written down before 2016.
        ("(11) 8877-6655", "BR", ["+5511988776655"]),
        ("55 8123-4567", "BR", ["+5555981234567"]),
        ("(11) 3322-4455", "BR", ["+551133224455"]),
        # Who calls abroad, and who calls through a carrier.
        ("00 55 11 98877-6655", "AR", ["+5511988776655"]),
        ("0 21 11 98877-6655", "BR", ["+5511988776655"]),
        ("https://wa.me/5511988776655", "MX", ["+5511988776655"]),
        ("11 98877-6655 / 11 3322-4455", "BR", ["+5511988776655"]),
        # A buyer from abroad, without the sign: the country is there all the same.
        ("5491153456778", "BR", ["+5491153456778", "+541153456778"]),
        ("011 15-5345-6778", "AR", ["+5491153456778", "+541153456778"]),
        ("5491153456778", "AR", ["+5491153456778", "+541153456778"]),
        ("55 1334 5679", "MX", ["+525513345679", "+5215513345679"]),
        ("5215513345679", "MX", ["+525513345679", "+5215513345679"]),
        ("044 55 1334 5679", "MX", ["+525513345679", "+5215513345679"]),
        ("0351 15-555-6677", "AR", ["+5493515556677", "+543515556677"]),
        ("099 123 456", "UY", ["+59899123456"]),
        ("300 123 4568", "CO", ["+573001234568"]),
        ("98877-6655", "BR", []),
        ("11999999999", "BR", []),
        ("00000000000", "BR", []),
        ("{{contact.phone}}", "BR", []),
    ],
)
def test_phones(text: str, country: str, numbers: list[str]):
    """
    A phone gets the code of its country, and those with two ways to write them both.
    """
    assert phones(text, country) == numbers


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
        ("05041990", "BR", date(1990, 4, 5)),
        ("1990/4/5", "CL", date(1990, 4, 5)),
        ("5 de abril de 1990", "BR", date(1990, 4, 5)),
        ("1º de fevereiro de 1990", "BR", date(1990, 2, 1)),
        ("5 ene. 1990", "AR", date(1990, 1, 5)),
        ("5 de nunca de 1990", "AR", None),
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
    assert birth(text, country, TODAY) == day


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
    [
        ("Pará", "pa"),
        ("Paraná", "pr"),
        ("Minas Gerais", "mg"),
        ("Estado do Rio de Janeiro", "rj"),
        ("SP - São Paulo", "sp"),
        ("Rio Grande do Sul (RS)", "rs"),
        ("BR-SP", "sp"),
        # Of no state of Brazil: two letters that are none's would be another's.
        ("Lisboa", None),
    ],
)
def test_states_of_brazil(state: str, code: str | None):
    """
    No two states have one code, however it is written; what is none is not told.
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
        # The letters of no country: a state's, or nobody's.
        ({"country": "SP"}, "BR"),
        ({"country": "UK"}, "GB"),
        ({}, "BR"),
    ],
)
def test_countries(told: dict[str, str], code: str):
    """
    The country is the one that is named, else the phone's, else the company's.
    """
    assert known(**told).country == code


@pytest.mark.parametrize(
    ("name", "country", "first", "last"),
    [
        ("Ana María Gómez Pérez", "AR", "ana", ["gómez pérez", "gómez", "pérez"]),
        ("Juan de la Cruz Ríos", "MX", "juan", ["de la cruz ríos", "de la cruz", "ríos"]),
        ("Juan de la Cruz", "MX", "juan", ["cruz", "de la cruz"]),
        ("García López, María", "CO", "maría", ["garcía lópez", "garcía", "lópez"]),
        ("João da Silva Júnior", "BR", "joão", ["silva", "da silva", "da silva júnior"]),
        ("Dra. Ana Souza", "BR", "ana", ["souza"]),
        ("A. Souza", "BR", "souza", []),
        ("José Neto", "BR", "josé", ["neto"]),
        ("Maria", "BR", "maria", []),
    ],
)
def test_names(name: str, country: str, first: str, last: list[str]):
    """
    The surname that counts is among those told, wherever a country has it stand.
    """
    assert names.whole(name, country) == ([first], last)


@pytest.mark.parametrize(
    ("country", "given", "gender"),
    [("BR", "M", "m"), ("AR", "M", "m"), ("MX", "M", None), ("MX", "H", "m"), ("MX", "F", "f")],
)
def test_one_letter(country: str, given: str, gender: str | None):
    """
    `M` is a man where men and women are M and F; where they are H and M, nobody can tell.
    """
    assert known(country=country, gender=given).gender == gender


@pytest.mark.parametrize(
    ("country", "given", "code"),
    [("BR", "5407-002", "05407002"), ("ES", "8001", "08001"), ("CO", "50001", "050001")],
)
def test_zeros_that_a_spreadsheet_took(country: str, given: str, code: str):
    """
    A postal code that begins with a zero has it again.
    """
    assert known(country=country, zip=given).zip == code


@pytest.mark.parametrize(
    ("told", "public"),
    [
        ("203.0.113.7", "203.0.113.7"),
        (" 10.0.0.4, 203.0.113.7, 172.16.0.1", "203.0.113.7"),
        ("::ffff:203.0.113.7", "203.0.113.7"),
        ("[2001:db8::7]", "2001:db8::7"),
        ("127.0.0.1", None),
        ("::1", None),
        ("fe80::1", None),
        ("unknown", None),
        (None, None),
    ],
)
def test_addresses(told: str | None, public: str | None):
    """
    Of what a shop and its proxies tell the buyer's address is told, and nobody's inner one.
    """
    assert address(told) == public
