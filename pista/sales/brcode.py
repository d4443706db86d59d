"""The code of a Pix, as BACEN's manual has it: written, and read again. No I/O, no clock.

A BR Code is a list of fields: two digits of an id, two of a length, the value; some values are such
lists themselves. Its last field is a checksum over all before it.
"""

import re
import unicodedata
from collections.abc import Sequence

import msgspec

GUI = "br.gov.bcb.pix"
LONGEST_KEY = 77
LONGEST_URL = 77
LONGEST_INFO = 72
LONGEST_NAME = 25
LONGEST_CITY = 15
LONGEST_AMOUNT = 13
LONGEST_VALUE = 99
LONGEST = 512
NO_TXID = "***"

_TXID = re.compile(r"[A-Za-z0-9]{1,25}")
_AMOUNT = re.compile(r"[0-9]{1,10}(\.[0-9]{0,2})?")
_EVP = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")
_PHONE = re.compile(r"\+[1-9][0-9]{7,14}")
_EMAIL = re.compile(r"[^\s@]{1,64}@[^\s@]+\.[^\s@]+")
_UNSAFE = re.compile(r"[^ -~]")
# Of merchant accounts, any of these ids may be the Pix.
_ACCOUNTS = range(26, 52)


class BadBrCode(ValueError):
    """Why a text is no BR Code, or why none can be made of what is given."""


class BrCode(msgspec.Struct, frozen=True, kw_only=True):
    """What is in a code."""

    key: str | None = None
    """To whom it goes; a code that a gateway made has a `url` instead."""
    url: str | None = None
    name: str
    city: str
    amount_cents: int | None = None
    txid: str | None = None
    info: str | None = None
    once: bool = False
    """Whether it is to be paid once only."""


def crc16(data: bytes) -> int:
    """CRC-16/CCITT-FALSE."""
    crc = 0xFFFF
    for byte in data:
        crc ^= byte << 8
        for _ in range(8):
            crc = (crc << 1) ^ 0x1021 if crc & 0x8000 else crc << 1
    return crc & 0xFFFF


def plain(text: str, most: int) -> str:
    """As banks' programs can read it: no accents, nothing but ASCII, and not too long."""
    bare = unicodedata.normalize("NFKD", text)
    bare = "".join(one for one in bare if not unicodedata.combining(one))
    bare = _UNSAFE.sub("", bare.replace("ß", "ss"))
    return " ".join(bare.split())[:most].strip()


def encode(code: BrCode) -> str:
    """The text that is copied or drawn; `BadBrCode` says what it cannot be made of."""
    if (code.key is None) == (code.url is None):
        raise BadBrCode("Either a key or an address.")
    fields = [("00", "01")]
    if code.once:
        fields.append(("01", "12"))
    fields += [
        ("26", _account(code)),
        ("52", "0000"),
        ("53", "986"),
    ]
    if code.amount_cents is not None:
        fields.append(("54", _amount(code.amount_cents)))
    fields += [
        ("58", "BR"),
        ("59", _named(code.name, LONGEST_NAME, "name")),
        ("60", _named(code.city, LONGEST_CITY, "city")),
        ("62", _written([("05", _txid(code.txid))])),
    ]
    text = _written(fields) + "6304"
    return f"{text}{crc16(text.encode()):04X}"


def decode(text: str) -> BrCode:
    """What is in a code; `BadBrCode` says why it is none."""
    text = text.strip()
    if len(text) > LONGEST:
        raise BadBrCode("It is too long.")
    fields = _fields(text)
    if not fields or fields[0] != ("00", "01"):
        raise BadBrCode("It does not begin as a BR Code does.")
    _check_sum(text, fields)
    known = dict(fields)
    if len(known) != len(fields):
        raise BadBrCode("A field is there twice.")
    if known.get("58") != "BR" or known.get("53") != "986":
        raise BadBrCode("It is not in reais, or not of Brazil.")
    account = _pix_account(known)
    more = dict(_fields(known["62"])) if "62" in known else {}
    txid = more.get("05")
    if not known.get("59") or not known.get("60"):
        raise BadBrCode("A name or a city is missing.")
    return BrCode(
        key=account.get("01"),
        url=account.get("25"),
        name=known["59"],
        city=known["60"],
        amount_cents=_cents(known.get("54")),
        txid=None if txid in (None, NO_TXID) else txid,
        info=account.get("02"),
        once=known.get("01") == "12",
    )


def is_key(text: str) -> bool:
    """Whether it is a Pix key as it is written in codes: CPF, CNPJ, phone, e-mail or random."""
    if len(text) > LONGEST_KEY:
        return False
    if _EVP.fullmatch(text) or _PHONE.fullmatch(text):
        return True
    if "@" in text:
        return bool(_EMAIL.fullmatch(text)) and text.isascii() and text == text.lower()
    return is_cpf(text) or is_cnpj(text)


def as_key(text: str) -> str | None:
    """A key as people write it, made as codes have it; None if it is none.

    Eleven digits may be a CPF or a phone: only one that begins with `+` is a phone.
    """
    text = text.strip()
    if "@" in text or _EVP.fullmatch(text.lower()):
        found = text.lower()
    elif text.startswith("+"):
        found = "+" + re.sub(r"\D", "", text)
    else:
        found = re.sub(r"[\s./-]", "", text).upper()
    return found if is_key(found) else None


def is_cpf(text: str) -> bool:
    """Eleven digits of which the last two follow from the others."""
    if not re.fullmatch(r"[0-9]{11}", text) or len(set(text)) == 1:
        return False
    return all(
        _check_digit(text[:size], range(size + 1, 1, -1)) == int(text[size]) for size in (9, 10)
    )


def is_cnpj(text: str) -> bool:
    """Fourteen characters, since 2026 also letters, of which the last two follow."""
    if not re.fullmatch(r"[0-9A-Z]{12}[0-9]{2}", text) or len(set(text)) == 1:
        return False
    weights = [6, 5, 4, 3, 2, 9, 8, 7, 6, 5, 4, 3, 2]
    return all(
        _check_digit(text[:size], weights[13 - size :]) == int(text[size]) for size in (12, 13)
    )


def _check_digit(text: str, weights: Sequence[int]) -> int:
    rest = sum((ord(one) - 48) * weight for one, weight in zip(text, weights, strict=True)) % 11
    return 0 if rest < 2 else 11 - rest


def _account(code: BrCode) -> str:
    parts = [("00", GUI)]
    if code.key is not None:
        if not is_key(code.key):
            raise BadBrCode("That is no Pix key.")
        parts.append(("01", code.key))
    if code.url is not None:
        url = code.url.removeprefix("https://")
        if not url or len(url) > LONGEST_URL or _UNSAFE.search(url):
            raise BadBrCode("That address does not fit into a code.")
        parts.append(("25", url))
    if code.info and code.key is not None:
        room = max(0, LONGEST_VALUE - len(_written(parts)) - 4)
        if info := plain(code.info, min(LONGEST_INFO, room)):
            parts.append(("02", info))
    return _written(parts)


def _amount(cents: int) -> str:
    text = f"{cents // 100}.{cents % 100:02d}"
    if cents < 1 or len(text) > LONGEST_AMOUNT:
        raise BadBrCode("That amount does not fit into a code.")
    return text


def _named(text: str, most: int, what: str) -> str:
    if not (found := plain(text, most)):
        raise BadBrCode(f"The {what} has no letter that a code can hold.")
    return found


def _txid(txid: str | None) -> str:
    if txid is not None and not _TXID.fullmatch(txid):
        raise BadBrCode("A txid has 1 to 25 letters and digits.")
    return txid or NO_TXID


def _written(fields: Sequence[tuple[str, str]]) -> str:
    if any(len(value) > LONGEST_VALUE for _, value in fields):
        raise BadBrCode("A value is longer than its length can say.")
    return "".join(f"{name}{len(value):02d}{value}" for name, value in fields)


def _fields(text: str) -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    at = 0
    while at < len(text):
        head = text[at : at + 4]
        if not re.fullmatch(r"[0-9]{4}", head):
            raise BadBrCode("A field has no id or no length.")
        value = text[at + 4 : at + 4 + int(head[2:])]
        if len(value) != int(head[2:]):
            raise BadBrCode("It ends in the middle of a field.")
        found.append((head[:2], value))
        at += 4 + len(value)
    return found


def _check_sum(text: str, fields: Sequence[tuple[str, str]]) -> None:
    name, value = fields[-1]
    if name != "63" or len(value) != 4:
        raise BadBrCode("It has no checksum at its end.")
    if f"{crc16(text[:-4].encode()):04X}" != value.upper():
        raise BadBrCode("Its checksum is wrong: a character was lost or changed.")


def _pix_account(known: dict[str, str]) -> dict[str, str]:
    for number in _ACCOUNTS:
        if str(number) not in known:
            continue
        account = dict(_fields(known[str(number)]))
        if account.get("00", "").lower() == GUI and ("01" in account or "25" in account):
            return account
    raise BadBrCode("It is a code of something else than a Pix.")


def _cents(text: str | None) -> int | None:
    if text is None:
        return None
    if not _AMOUNT.fullmatch(text):
        raise BadBrCode("Its amount is no amount.")
    whole, _, part = text.partition(".")
    return int(whole) * 100 + int(part.ljust(2, "0") or "0")
