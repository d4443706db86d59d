import hashlib
import re
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pista.attribution import buyer
from pista.attribution.buyer import Buyer
from pista.attribution.meta import normalising

TODAY = date(2026, 3, 14)
FORMS = {
    "em": r"[^\sA-Z]+@[^\sA-Z]+",
    "ph": r"[1-9]\d{6,14}",
    "fn": r"[^\W\d_]+",
    "ln": r"[^\W\d_]+( [^\W\d_]+)*",
    "db": r"(19|20)\d{6}",
    "ge": "[mf]",
    "ct": r"[^\W\d_]+",
    "st": r"[^\W_]+",
    "zp": r"[a-z0-9]+",
    "country": "[a-z]{2}",
}
# What people type, and what tries to be more than that.
TEXTS = st.text(max_size=30) | st.sampled_from(
    ["José", "da Silva", "joão@x.com", "a@b.com.br", "(11) 98877-6655", "SP", "Perú", "01/02/1999"]
)


def sent(**told: str | None) -> dict[str, list[str]]:
    return normalising.normalised(buyer.known(Buyer(**told), "BR", TODAY))


@given(
    st.builds(
        Buyer,
        **dict.fromkeys(Buyer.__struct_fields__, st.none() | TEXTS),
    ),
    st.sampled_from(["BR", "AR", "MX", "US", None]),
)
def test_whatever_is_told(told: Buyer, home: str | None):
    """
    Whatever somebody typed, only what has a field's form is sent in it, and no more than a few.
    """
    found = normalising.normalised(buyer.known(told, home, TODAY))

    for name, values in found.items():
        assert 0 < len(values) <= buyer.MOST_VARIANTS
        assert len(set(values)) == len(values)
        for value in values:
            assert re.fullmatch(FORMS[name], value), (name, value)
            assert value == value.lower().strip()


@given(st.sampled_from(["01310-100", "01310100", " 01310 100 ", "1310100"]))
def test_ways_to_write_one_thing(code: str):
    """
    However a postal code is written, one and the same is sent.
    """
    assert sent(zip=code)["zp"] == ["01310100"]


def test_both_ways_with_accents():
    """
    Meta's libraries disagree on accents: both forms are sent, the one with them first.
    """
    found = sent(name="Valéry Gómez", city="São Paulo", state="Córdoba", country="Argentina")

    assert found["fn"] == ["valéry", "valery"]
    assert found["ln"] == ["gómez", "gomez"]
    assert found["ct"] == ["sãopaulo", "saopaulo"]
    assert found["st"] == ["córdoba", "cordoba"]


@pytest.mark.parametrize(
    ("form", "decomposed"), [("São Paulo", "Sa\u0303o Paulo"), ("JOSÉ", "JOSE\u0301")]
)
def test_one_letter_of_two_characters(form: str, decomposed: str):
    """
    An accent that is a character of its own changes nothing.
    """
    assert sent(name=form, city=form) == sent(name=decomposed, city=decomposed)


def test_what_is_hashed():
    """
    Values are hashed as UTF-8, in lower-case hex; our ids as they are, and each once.
    """
    told = buyer.known(Buyer(email="A@B.com.br", gender="mujer"), None, TODAY)

    found = normalising.hashed(told, ["C1", "C1", " v1 "])

    assert found == {
        "em": [hashlib.sha256(b"a@b.com.br").hexdigest()],
        "ge": [hashlib.sha256(b"f").hexdigest()],
        "external_id": [hashlib.sha256(b"C1").hexdigest(), hashlib.sha256(b"v1").hexdigest()],
    }
