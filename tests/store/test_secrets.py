"""What is sealed opens with the same key and in the same place only."""

import stat
import subprocess
import sys
from pathlib import Path

import pytest

from pista import settings
from pista.errors import StartError
from pista.store.secrets import FILE, Sealer, SecretUnreadable

KEY = "k" * 32
NEWER = "n" * 40


def test_a_sealed_secret_opens_again(tmp_path: Path):
    """
    Also in another process with the same key; and what is stored does not show it.
    """
    sealed = Sealer((KEY,), tmp_path).seal("whsec_abc", "rule 1")

    assert b"whsec_abc" not in sealed
    assert Sealer((KEY,), tmp_path).open(sealed, "rule 1") == "whsec_abc"
    assert Sealer((KEY,), tmp_path).seal("whsec_abc", "rule 1") != sealed


@pytest.mark.parametrize("place", [1, 5, 14, -1])
def test_a_changed_byte_is_noticed(tmp_path: Path, place: int):
    """
    Nobody who can write to the database can make it open to something else.
    """
    sealer = Sealer((KEY,), tmp_path)
    sealed = bytearray(sealer.seal("whsec_abc", "rule 1"))
    sealed[place] ^= 1

    with pytest.raises(SecretUnreadable):
        sealer.open(bytes(sealed), "rule 1")


def test_a_secret_opens_only_where_it_belongs(tmp_path: Path):
    """
    A secret that was copied into another row does not open there, nor under another key.
    """
    sealed = Sealer((KEY,), tmp_path).seal("whsec_abc", "rule 1")

    with pytest.raises(SecretUnreadable):
        Sealer((KEY,), tmp_path).open(sealed, "rule 2")
    with pytest.raises(SecretUnreadable):
        Sealer((NEWER,), tmp_path).open(sealed, "rule 1")
    with pytest.raises(SecretUnreadable):
        Sealer((KEY,), tmp_path).open(b"", "rule 1")


def test_a_key_can_be_replaced(tmp_path: Path):
    """
    The first key seals; the others still open what they sealed.
    """
    old = Sealer((KEY,), tmp_path).seal("whsec_abc", "rule 1")
    both = Sealer((NEWER, KEY), tmp_path)

    assert both.open(old, "rule 1") == "whsec_abc"
    assert Sealer((NEWER,), tmp_path).open(both.seal("new", "rule 1"), "rule 1") == "new"


def test_without_a_key_one_is_made(tmp_path: Path):
    """
    In the data folder, readable for its owner only, and the same for all processes.
    """
    folder = tmp_path / "data"
    script = (
        "import sys; from pathlib import Path; from pista.store.secrets import Sealer\n"
        "sealer = Sealer((), Path(sys.argv[1])); sys.stdin.readline()\n"
        "print(sealer.seal('x', 'y').hex())"
    )
    children = [
        subprocess.Popen(
            [sys.executable, "-c", script, str(folder)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        for _ in range(3)
    ]
    for child in children:
        assert child.stdin is not None
        child.stdin.write("go\n")
        child.stdin.flush()
    sealed = [bytes.fromhex(child.communicate(timeout=20)[0]) for child in children]

    assert [Sealer((), folder).open(one, "y") for one in sealed] == ["x"] * 3
    assert [path.name for path in folder.iterdir()] == [FILE]
    assert stat.S_IMODE((folder / FILE).stat().st_mode) == 0o600


def test_a_folder_that_cannot_hold_a_key_is_named(tmp_path: Path):
    """
    The sentence says what to set.
    """
    (tmp_path / "file").write_text("")

    with pytest.raises(StartError, match="PISTA_SECRET_KEY"):
        Sealer((), tmp_path / "file").seal("x", "y")


def test_a_short_key_is_refused():
    """
    Each of the keys has at least 32 characters, and the sentence does not repeat them.
    """
    given = settings.load({"PISTA_SECRET_KEY": f"{NEWER}, {KEY}"})
    assert given.secret_keys == (NEWER, KEY)

    with pytest.raises(StartError, match="32") as refused:
        settings.load({"PISTA_SECRET_KEY": f"{KEY},short"})
    assert "short" not in str(refused.value).replace("shorter", "")
