"""People who do not exist, each made up of a seed: no I/O, no clock."""

import unicodedata
from collections.abc import Sequence
from random import Random
from typing import Literal

import msgspec

from pista.sales.model import Buyer

Language = Literal["es", "pt"]

FIRST: dict[Language, list[str]] = {
    "es": [
        *("Sofía", "Valentina", "Regina", "Ximena", "Camila", "Mariana", "Daniela", "Lucía"),
        *("Fernanda", "Renata", "Paola", "Natalia", "Gabriela", "Alejandra", "Ivonne", "Teresa"),
        *("Santiago", "Mateo", "Diego", "Emiliano", "Rodrigo", "Andrés", "Íñigo", "Javier"),
        *("Leonardo", "Sebastián", "Héctor", "Raúl", "Joaquín", "Tomás", "Ulises", "Gerardo"),
    ],
    "pt": [
        *("Ana", "Beatriz", "Juliana", "Larissa", "Camila", "Fernanda", "Luíza", "Mariana"),
        *("João", "Thiago", "Rafael", "Lucas", "Felipe", "Gustavo", "Vinícius", "Caio"),
    ],
}
LAST: dict[Language, list[str]] = {
    "es": [
        *("Hernández", "García", "Martínez", "López", "Ramírez", "Núñez", "Castañeda", "Ibarra"),
        *("Villaseñor", "Ochoa", "Quintana", "Salgado", "Treviño", "Cordero", "Lozano", "Peña"),
        *("Aguilar", "Bautista", "Cervantes", "Domínguez", "Escobedo", "Fuentes", "Galindo"),
        *("Huerta", "Jiménez", "Luna", "Montes", "Olvera", "Pacheco", "Robles", "Sandoval"),
    ],
    "pt": [
        *("Silva", "Souza", "Oliveira", "Ferreira", "Almeida", "Carvalho", "Gonçalves", "Nunes"),
        *("Araújo", "Barbosa", "Cardoso", "Teixeira", "Moreira", "Rocha", "Prado", "Assunção"),
    ],
}
CITIES: dict[Language, list[str]] = {
    "es": ["Mérida", "Puebla", "Querétaro", "Veracruz", "Cancún", "Mazatlán", "Ensenada", "La Paz"],
    "pt": ["São Paulo", "Santos", "Curitiba", "Recife", "Salvador", "Florianópolis", "Niterói"],
}
MAILS: dict[Language, str] = {"es": "correo.example", "pt": "correio.example"}
# Numbers with 555-01 behind them are nobody's, which is why they are not of the shop's country.
_AREAS = (
    "201 202 203 205 206 207 208 209 210 212 213 214 215 216 217 218 219 224 225 228 229 231"
    " 234 239 240 248 251 252 253 254 256 260 262 267 269 270 276 281 301 302 303 304 305 307"
    " 308 309 310 312 313 314 315 316 317 318 319 320 321 323 325 330 331 334 336 337 339 347"
    " 351 352 360 361 386 401 402 404 405 406 407 408 409 410 412 413 414 415 417 419 423 424"
    " 425 430 432 434 435 440 443 469 478 479 480 484 501 502 503 504 505 507 508 509 510 512"
    " 513 515 516 517 518 520 530 540 541 559 561 562 563 570 571 573 574 580 585 586 601 602"
    " 603 605 606 607 608 609 610 612 614 615 616 617 618 619 620 623 626 630 631 636 641 646"
    " 650 651 660 661 662 678 682 701 702 703 704 706 707 708 712 713 714 715 716 717 718 719"
    " 720 724 727 731 732 734 740 754 757 760 763 765 770 772 773 774 775 781 785 786 801 802"
    " 803 804 805 806 808 810 812 813 814 815 816 817 818 828 830 831 832 843 845 847 848 850"
    " 856 857 858 859 860 862 863 864 865 870 878 901 903 904 906 908 909 910 912 913 914 915"
    " 916 917 918 919 920 925 928 931 936 937 940 941 947 949 951 952 954 956 970 971 972 973"
)
AREAS = _AREAS.split()
STRANGERS = AREAS[-60:]
"""Of those who write by an advertisement: whom nobody knows."""


class Person(msgspec.Struct, frozen=True, kw_only=True):
    name: str
    email: str
    phone: str
    crm_id: str
    city: str


def person(seed: str, language: Language = "es") -> Person:
    """The same at every call."""
    rng = Random(f"{seed} person")  # noqa: S311 - a demo, and the same at every call
    first, last = rng.choice(FIRST[language]), rng.choice(LAST[language])
    number = rng.randrange(10, 1000)
    return Person(
        name=f"{first} {last}",
        email=f"{_plain(first)}.{_plain(last)}{number}@{MAILS[language]}",
        phone=_phone(rng, AREAS[:-60]),
        crm_id=f"ghl{rng.getrandbits(60):015x}",
        city=rng.choice(CITIES[language]),
    )


def stranger(seed: str) -> str:
    """The phone of somebody who is none of the others."""
    return _phone(Random(f"{seed} stranger"), STRANGERS)  # noqa: S311 - as above


def _phone(rng: Random, areas: Sequence[str]) -> str:
    return f"+1{rng.choice(areas)}55501{rng.randrange(100):02d}"


def buyer(seed: str, language: Language = "es") -> Buyer:
    """What a shop tells of who buys on its pages."""
    one = person(seed, language)
    return Buyer(name=one.name, email=one.email, city=one.city)


def _plain(name: str) -> str:
    letters = unicodedata.normalize("NFKD", name)
    return "".join(char for char in letters if not unicodedata.combining(char)).lower()
