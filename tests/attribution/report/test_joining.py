"""Clicks and costs of the same campaign are one line, whatever each of them calls it."""

import pytest

from pista.attribution.report.joining import NO_CLICK, Names, read, written
from pista.attribution.report.model import By
from pista.attribution.report.queries import NamedRow, PlaceRow

ROWS = [
    ("1", "Verano", "11", "Abierto", "111", "Video"),
    ("1", "Verano", "12", "Parecidos", "121", "Video"),
    ("2", "Invierno", "21", "Abierto", "211", "Foto"),
    ("", "Sin id", "", "Grupo", "", "Anuncio"),
    # A file by ad sets and advertisements alone.
    ("", "", "41", "Nuevos", "411", "Reel"),
    ("1", "Verano", "11", "Abierto", "112", "Foto"),
    ("", "", "", "", "112", "Foto"),
    # Renamed: both names are of it, and the newest is shown.
    ("3", "Otoño", "", "", "", ""),
    ("3", "Otoño 2", "", "", "", ""),
]
NAMES = Names([NamedRow(**dict(zip(NamedRow.__struct_fields__, row, strict=True))) for row in ROWS])


def place(campaign: str = "", adset: str = "", ad: str = "", source: str = "go") -> PlaceRow:
    counts = dict.fromkeys(PlaceRow.__struct_fields__, 0)
    told = {"campaign": campaign, "adset": adset, "ad": ad, "source": source}
    return PlaceRow(**counts | told | {"link_id": None, "currency": ""})  # pyright: ignore[reportArgumentType] # counts are of ints, the others are told


@pytest.mark.parametrize(
    ("told", "key"),
    [
        (("1", "11", "111"), ("1", "11", "111")),
        (("Verano", "Abierto", "Video"), ("1", "11", "111")),
        # Names that many campaigns use are of the one that the click is of.
        (("Invierno", "Abierto", "Foto"), ("2", "21", "211")),
        (("1", "Parecidos", "Video"), ("1", "12", "121")),
        (("otra", "Abierto", "Video"), ("otra", "Abierto", "Video")),
        (("Otoño", "", ""), ("3", "", "")),
        (("Sin id", "Grupo", "Anuncio"), ("Sin id", "Grupo", "Anuncio")),
        # A chat that an advertisement began knows the advertisement alone.
        (("", "", "211"), ("2", "21", "211")),
        (("", "12", ""), ("1", "12", "")),
        # A name of our own beside the platform's id; what is known stays as it was told.
        (("promo_verano", "", "111"), ("1", "11", "111")),
        (("Invierno", "", "111"), ("2", "11", "111")),
        (("", "", "999"), ("", "", "999")),
        # What the costs do not say is as the click says.
        (("promo", "", "411"), ("promo", "41", "411")),
        (("", "", "112"), ("1", "11", "112")),
        (("", "", ""), ("", "", "")),
    ],
)
def test_a_click_is_of_the_campaign_that_costs_name(
    told: tuple[str, str, str], key: tuple[str, ...]
):
    """
    By id or by name, and each level by the one above it.
    """
    levels: tuple[By, ...] = ("campaign", "adset", "ad")

    found = [NAMES.key_of_place(place(*told), by) for by in levels]

    assert found == [key[:1], key[:2], key]


def test_what_has_no_click_is_apart_from_what_says_no_campaign():
    """
    By whatever the report is, and its key comes back as it went.
    """
    unclicked, unnamed = place(source=""), place(source="ctwa")

    for by in ("campaign", "adset", "ad", "link", "source"):
        assert NAMES.key_of_place(unclicked, by) == NO_CLICK
        assert NAMES.key_of_place(unnamed, by) != NO_CLICK
        assert read(written(NO_CLICK), by) == NO_CLICK


def test_the_newest_name_is_shown():
    """
    Of each level its own.
    """
    assert NAMES.called(("3",)) == ["Otoño 2"]
    assert NAMES.called(("1", "12", "121")) == ["Verano", "Parecidos", "Video"]
    assert NAMES.called(("nobody", "12")) == [None, "Parecidos"]
