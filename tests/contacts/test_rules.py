"""What a person is known by, and what is nobody's own."""

import pytest

from pista.contacts import rules
from pista.contacts.model import Identity, Kind

BLOCKED: list[tuple[Kind, str]] = [
    ("crm", "anonymous"),
    ("crm", "null"),
    ("crm", "NULL "),
    ("crm", "undefined"),
    ("crm", "0"),
    ("crm", "000-000"),
    ("crm", "-1"),
    ("crm", "---"),
    ("crm", "{{contact.id}}"),  # a template that the CRM did not fill in
    ("user_id", "[object Object]"),
    ("email", "noreply@tienda.pe"),
    ("email", "test@test.com"),
    ("email", "Email@Email.com"),
    ("email", "cliente@bot.com"),
    ("email", "test2@example.com"),
    ("email", "ana@tienda.invalid"),
    ("email", "anonymous"),
    ("email", "null@null.com"),
    ("phone", "11999999999"),
    ("phone", "+51 999 999 999"),
    ("phone", "0000000000"),
    ("phone", "123456789"),
    ("whatsapp", "0"),
]


@pytest.mark.parametrize(("kind", "text"), BLOCKED)
def test_placeholders_are_nobody(kind: Kind, text: str):
    """
    Two people who typed the same nonsense are not one.
    """
    assert rules.identified(kind, text, "BR") == "blocked"


INVALID: list[tuple[Kind, str]] = [
    ("email", "ana"),
    ("email", "ana@localhost"),
    ("email", "ana@@tienda.pe"),
    ("email", "ana lopez@tienda.pe"),
    ("email", "a\0b@tienda.pe"),
    ("email", "a" * 250 + "@tienda.pe"),
    ("phone", "98765"),
    ("phone", "call me"),
    ("phone", "+51 987 65"),
    ("whatsapp", "ana"),
    ("whatsapp", "PE.ana quispe"),
    ("telegram", "PE.13491208655302741918"),  # such ids are WhatsApp's
    ("telegram", "٣٤٥"),  # digits, but not ours
    ("crm", "a\nb"),
]


@pytest.mark.parametrize(("kind", "text"), INVALID)
def test_what_is_none(kind: Kind, text: str):
    """
    Not an e-mail, not a number, not an id.
    """
    assert rules.identified(kind, text, "PE") == "invalid"


SAME: list[tuple[Kind, str, str | None, str]] = [
    ("email", " Ana.Lopez@Tienda.PE ", None, "ana.lopez@tienda.pe"),
    ("email", "tester@tienda.pe", None, "tester@tienda.pe"),
    ("email", "ana@example.com", None, "ana@example.com"),
    ("phone", "987 612 345", "PE", "+51987612345"),
    ("phone", "+51 987-612-345", None, "+51987612345"),
    ("phone", "0051987612345", "PE", "+51987612345"),
    ("phone", "(11) 98761-2344", "BR", "+5511987612344"),
    ("phone", "5511987612344", "BR", "+5511987612344"),  # with the code, without a plus
    ("phone", "34600123406", "PE", "+34600123406"),  # the same of another country's
    ("phone", "34600123406", None, "+34600123406"),
    ("phone", "\u202a+51 987 612 345\u202c", None, "+51987612345"),  # copied from a chat
    ("email", "ana\u200b@tienda.pe\ufeff", None, "ana@tienda.pe"),
    ("phone", "5215512346578", "PE", "+525512346578"),  # Mexico, as WhatsApp writes it
    ("phone", "+52 1 55 1234 6578", None, "+525512346578"),
    ("phone", "55 1234 6578", "MX", "+525512346578"),
    ("phone", "+553187651234", None, "+5531987651234"),  # Brazil, from before the ninth digit
    ("phone", "31 8765-1234", "BR", "+5531987651234"),
    ("phone", "+553133651234", None, "+553133651234"),  # and no mobile
    ("whatsapp", "+51987612345", None, "51987612345"),
    # WhatsApp's id of somebody for one business, who need not show a number.
    ("whatsapp", " PE.13491208655302741918 ", None, "PE.13491208655302741918"),
    ("whatsapp", "PE.ENT.551a", None, "PE.ENT.551a"),
    ("crm", " aBc ", None, "aBc"),  # letters of ids mean what they are
]


@pytest.mark.parametrize(("kind", "text", "country", "value"), SAME)
def test_one_form_for_one_thing(kind: Kind, text: str, country: str | None, value: str):
    """
    However it is written, it is found again.
    """
    assert rules.identified(kind, text, country) == Identity(kind, value)


def test_a_phone_without_a_country_is_none():
    """
    A number that could be anybody's in the world is no proof.
    """
    assert rules.identified("phone", "987612345", None) == "invalid"


@pytest.mark.parametrize(
    ("time_zone", "country"),
    [("America/Lima", "PE"), ("America/Sao_Paulo", "BR"), ("UTC", None), ("Etc/GMT+5", None)],
)
def test_the_country_of_a_time_zone(time_zone: str, country: str | None):
    """
    Most companies need not choose one.
    """
    assert rules.country_of(time_zone) == country


@pytest.mark.parametrize(
    ("search", "query"),
    [
        ("", None),
        ("  ", None),
        ("Núñez ANA", "'nunez':* & 'ana':*"),
        ("ana@tienda.pe", "'ana':* & 'tienda':* & 'pe':*"),
        ("+51 987 612", "'51987612':*"),
        ("o'brien\\", "'o':* & 'brien':*"),
        ("' | 'x", "'x':*"),
    ],
)
def test_a_search_is_words(search: str, query: str | None):
    """
    Nothing that somebody types is an operator.
    """
    assert rules.query(search) == query


def test_a_filter_is_one_word():
    """
    Whatever stands in a tag.
    """
    assert rules.query("ana", "tag=it's \\ & more") == "'ana':* & 'tag=it''s \\\\ & more'"
