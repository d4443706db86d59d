"""BR Codes: BACEN's own example, its rules, and everything that can be written is read again."""

from decimal import Decimal

import msgspec
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from pista.sales import brcode, money
from pista.sales.brcode import BadBrCode, BrCode

# From BACEN's manual of Pix: a static code without an amount.
EXAMPLE = (
    "00020126580014br.gov.bcb.pix0136123e4567-e12b-12d1-a456-4266554400005204000053039865802BR"
    "5913Fulano de Tal6008BRASILIA62070503***63041D3D"
)
EVP = "123e4567-e12b-12d1-a456-426655440000"
LONGEST = "v" * 64 + "@loja.exam.pl"
"""As long as there is room for, and for nothing beside it."""
KEYS = st.sampled_from(
    [
        EVP,
        "+5511987654321",
        "vendas@loja.example",
        "52998224725",
        "11222333000181",
        "12ABC34501DE35",
        LONGEST,
    ]
)
NAMES = st.text(st.characters(codec="utf-8"), min_size=1, max_size=40).map(lambda text: text + "á1")


def test_the_published_example_is_written_and_read():
    """
    Character by character, its checksum included.
    """
    code = BrCode(key=EVP, name="Fulano de Tal", city="BRASILIA")

    assert brcode.encode(code) == EXAMPLE
    assert brcode.decode(EXAMPLE) == code
    assert brcode.crc16(b"123456789") == 0x29B1


@given(
    key=KEYS,
    name=NAMES,
    city=NAMES,
    amount=st.none() | st.integers(1, 10**12 - 1),
    txid=st.none() | st.from_regex(r"[A-Za-z0-9]{1,25}", fullmatch=True),
    info=st.none() | st.text(max_size=100),
    once=st.booleans(),
)
@example(key=LONGEST, name="x1", city="x1", amount=1, txid=None, info="Ramo de rosas", once=False)
def test_what_is_written_is_read_again(
    key: str,
    name: str,
    city: str,
    amount: int | None,
    txid: str | None,
    info: str | None,
    once: bool,
):
    """
    Whatever names and texts hold: shortened and without accents, but the money is the same.
    """
    text = brcode.encode(
        BrCode(key=key, name=name, city=city, amount_cents=amount, txid=txid, info=info, once=once)
    )

    read = brcode.decode(text)

    assert text.isascii()
    assert (read.key, read.amount_cents, read.txid, read.once) == (key, amount, txid, once)
    assert len(read.name) <= 25
    assert len(read.city) <= 15
    assert read.name == brcode.plain(name, 25)


@pytest.mark.parametrize(
    ("written", "cents"),
    [("98.73", 9873), ("98", 9800), ("98.", 9800), ("98.7", 9870), ("9,87", None), ("", None)],
)
def test_amounts_are_read_as_the_manual_allows_them(written: str, cents: int | None):
    """
    With one point at most, and perhaps nothing behind it.
    """
    text = EXAMPLE[:-4].replace("5802BR", f"54{len(written):02d}{written}5802BR")
    code = f"{text}{brcode.crc16(text.encode()):04X}"

    if cents is not None:
        assert brcode.decode(code).amount_cents == cents
        return
    with pytest.raises(BadBrCode):
        brcode.decode(code)


@given(st.integers(0, len(EXAMPLE) - 1), st.characters(min_codepoint=32, max_codepoint=126))
def test_one_changed_character_is_noticed(at: int, other: str):
    """
    None can be changed without being found out.
    """
    changed = EXAMPLE[:at] + other + EXAMPLE[at + 1 :]
    if changed.upper() == EXAMPLE.upper():
        return

    with pytest.raises(BadBrCode):
        brcode.decode(changed)


@given(st.text(max_size=60))
def test_nonsense_is_refused(text: str):
    """
    With a sentence, and with no other error.
    """
    with pytest.raises(BadBrCode):
        brcode.decode(text)


@pytest.mark.parametrize(
    ("written", "key"),
    [
        ("529.982.247-25", "52998224725"),
        ("11.222.333/0001-81", "11222333000181"),
        ("12.abc.345/01de-35", "12ABC34501DE35"),  # letters, since July 2026
        ("+55 (11) 98765-4321", "+5511987654321"),
        ("Vendas@Loja.example", "vendas@loja.example"),
        (EVP.upper(), EVP),
        ("529.982.247-26", None),
        ("11111111111", None),
        ("11222333000182", None),
        ("11987654321", None),  # a phone says so with its +
        ("hola", None),
        ("x" * 80 + "@a.example", None),
        ("", None),
    ],
)
def test_keys_are_known_however_people_write_them(written: str, key: str | None):
    """
    And what has a wrong check digit is refused before somebody pays to nobody.
    """
    assert brcode.as_key(written) == key


@pytest.mark.parametrize(
    ("amount", "cents"),
    [
        ("19.99", 1999),
        ("37.00", 3700),
        ("0.1", 10),
        ("1e2", 10000),
        ("0.005", None),
        ("-1", None),
        ("NaN", None),
        ("Infinity", None),
        ("", None),
        ("19,99", None),
        ("99999999999999", None),
    ],
)
def test_amounts_are_cents_and_never_floats(amount: str, cents: int | None):
    """
    As a text and as a number of JSON, which is read digit by digit.
    """
    assert money.cents(amount) == cents
    if cents is not None:
        read = msgspec.json.decode(amount.encode(), type=Decimal)
        assert money.cents(read) == cents
        assert msgspec.json.decode(
            msgspec.json.encode(money.number(cents)), type=Decimal
        ) * 100 == (cents)


def test_no_amount_is_lost_on_the_way():
    """
    Every number of cents up to a thousand reais and more, as others' programs lose them.
    """
    for number in [*range(100_001), 999_999_999_999]:
        raw = bytes(money.number(number))
        assert money.cents(msgspec.json.decode(raw, type=Decimal)) == number
