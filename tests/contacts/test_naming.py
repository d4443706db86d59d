"""Whether what others wrote names a person, and not somebody who is called alike."""

from typing import Any

import pytest

from pista.contacts import Identity
from pista.contacts.naming import Names

ANA = Names(
    [
        Identity("email", "ana@mail.pe"),
        Identity("phone", "+51991234877"),
        Identity("crm", "q7Xw2pLmN0aB"),
        Identity("user_id", "17"),
    ]
)


@pytest.mark.parametrize(
    ("said", "named"),
    [
        ({"form": {"Correo": " ANA@mail.pe"}}, True),
        ("https://shop.pe/gracias?email=ana%40mail.pe&x=1", True),
        ({"to": "Ana Quispe <ana@mail.pe>, luz@mail.pe"}, True),
        ({"email": "juana@mail.pe"}, False),
        ({"email": "ana@mail.pe.example"}, False),
        ({"phone": "+51 991-234-877"}, True),
        ({"phone": "(51) 991.234.877"}, True),
        ({"phone": 991234877}, True),
        ({"phone": "991234878"}, False),
        # Digits of two things are not put together.
        ({"a": "991234", "b": "877"}, False),
        ({"contact_id": "q7Xw2pLmN0aB"}, True),
        ({"note": "q7Xw2pLmN0aBc"}, False),
        # So short an id is everybody's.
        ({"quantity": "17"}, False),
        (["nothing", None, True, 3.5], False),
    ],
)
def test_a_person_is_named(said: Any, named: bool):
    """
    However it is written; but not by what is only like it.
    """
    assert ANA.named_in(said) is named


def test_who_is_known_by_nothing_is_named_nowhere():
    """
    An empty pattern would find everybody.
    """
    nobody = Names([])

    assert not nobody
    assert not nobody.named_in({"email": "ana@mail.pe", "phone": "991234877"})
