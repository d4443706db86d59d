"""Small guards that keep the house as STYLE says; each costs nothing and has once been needed."""

import gzip
import importlib
import re
import subprocess
from collections.abc import Iterator
from importlib import util
from pathlib import Path
from pkgutil import walk_packages
from types import SimpleNamespace
from typing import Any

import pytest

import pista
from pista.collect import intake
from pista.collect.describe import REFUSALS
from pista.errors import PistaError
from pista.web import problems

ROOT = Path(__file__).parents[1]
TEXT = {".py", ".md", ".toml", ".txt", ".json", ".ts", ".tsx", ".css", ".html", ".sql", ".js", ""}
NOT_OURS = {"LICENSE"}

UNWANTED = re.compile(
    r"(?:^|[\s'\"=(`])/(?:root|work|home/[a-z]+)/"
    r"|(?:pypi|npmjs|pythonhosted)\.org|registry\.npm|(?:index|registry)[-_]?url\s*="
)


def committed() -> Iterator[Path]:
    """The text files that git knows and that are still there."""
    listed = subprocess.run(
        ["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True
    )
    for name in listed.stdout.split("\0"):
        path = ROOT / name
        if name and name not in NOT_OURS and path.suffix in TEXT and path.is_file():
            yield path


def errors(kind: type[PistaError] = PistaError) -> Iterator[type[PistaError]]:
    """Every error that a caller can cause."""
    for one in kind.__subclasses__():
        # Those of tests are not part of the API.
        if one.__module__.startswith("pista."):
            yield one
        yield from errors(one)


def modules() -> list[str]:
    found = walk_packages(pista.__path__, "pista.")
    return [module.name for module in found if not module.name.endswith("__main__")]


def test_no_addresses_and_places_of_one_machine():
    """
    No committed file names a package registry or a folder of somebody's machine.
    """
    found = [
        f"{path.relative_to(ROOT)}:{number}: {line.strip()[:80]}"
        for path in committed()
        for number, line in enumerate(path.read_text().splitlines(), 1)
        if UNWANTED.search(line)
    ]

    assert found == []


@pytest.mark.parametrize("name", [name for name in modules() if util.find_spec(name)])
def test_every_module_says_what_it_is_for(name: str):
    """
    A room's door and every module in it begin with a sentence.
    """
    assert (importlib.import_module(name).__doc__ or "").strip()


def test_every_error_is_explained():
    """
    docs/errors.md lists each status and code that the API can answer, and no other.
    """
    page = (ROOT / "docs/errors.md").read_text()
    rows: list[tuple[str, str]] = re.findall(r"^\| (\d+) \| `(\w+)` \|", page, re.MULTILINE)
    explained = {(int(status), code) for status, code in rows}

    for name in modules():
        importlib.import_module(name)
    framework = vars(problems)["_CODES"].items()
    known = {(error.status, error.code) for error in errors()} | set(framework)

    assert len(explained) == len(rows)
    assert explained == known


def test_every_error_tells_what_to_do():
    """
    The first line of each error is a sentence for whoever caused it.
    """
    silent = [error for error in errors() if not (error.__doc__ or "").strip().endswith(".")]

    assert silent == []


@pytest.mark.parametrize(("version", "built"), [("standard", False), ("editable", True)])
def test_no_wheel_without_the_interface(tmp_path: Path, version: str, built: bool):
    """
    The wheel is refused while `pista/web/dist` is empty; an editable install needs none.
    """
    spec = util.spec_from_file_location("build_hook", ROOT / "build_hook.py")
    assert spec is not None
    assert spec.loader is not None
    module = util.module_from_spec(spec)
    spec.loader.exec_module(module)
    hook: Any = SimpleNamespace(target_name="wheel", root=str(tmp_path))

    def build() -> None:
        module.InterfaceInside.initialize(hook, version, {})

    if built:
        build()
    else:
        with pytest.raises(RuntimeError, match="make interface"):
            build()


def test_links_between_documents_lead_somewhere():
    """
    Every relative link in README.md and docs/ names a file that is there.
    """
    pages = [ROOT / "README.md", *(ROOT / "docs").rglob("*.md")]
    broken = [
        f"{page.relative_to(ROOT)}: {target}"
        for page in pages
        for target in re.findall(r"\]\(([^)#\s]+)(?:#[\w-]+)?\)", page.read_text())
        if "://" not in target and not (page.parent / target).exists()
    ]

    assert broken == []


def test_no_pattern_lets_a_line_break_in():
    """
    What is taken for an id or a token may become a header; `$` also stands before a line's end.
    """
    sources = [path for path in committed() if path.is_relative_to(ROOT / "pista")]
    patterns = r'pattern=r"[^"]*[$]"|^[A-Z_]+ = r"\^[^"]*[$]"$'
    loose = [
        f"{path.relative_to(ROOT)}: {found}"
        for path in sources
        for found in re.findall(patterns, path.read_text(), re.MULTILINE)
    ]

    assert loose == []
    assert re.search(patterns, 'ID = r"^[a-z]$"') is not None


def test_every_outcome_of_an_event_is_explained():
    """
    docs/events-api.md lists the codes with which the door tells of single events, and no other.
    """
    source = (ROOT / "pista/collect/intake.py").read_text()
    told = set(re.findall(r'(?:Rejected\(\s*|Outcome\.[A-Z_]+,\s*|"", )"([a-z_]+)"', source))

    page = (ROOT / "docs/events-api.md").read_text()
    table = page.partition("### Outcomes")[2].partition("### Refusals")[0]
    rows = re.findall(r"^\| `[a-z_]+` \| (`.*?) \|", table, re.MULTILINE)
    explained = {code for row in rows for code in re.findall(r"`(\w+)`", row)} - {"code"}

    assert explained == told | set(intake.FIELD_CODES.values()) | set(intake.CORRECTIONS)


def test_every_refusal_of_a_batch_is_explained():
    """
    docs/events-api.md and the API's description name the same refusals.
    """
    page = (ROOT / "docs/events-api.md").read_text()
    table = page.partition("### Refusals")[2].partition("### Limits")[0]
    rows: list[tuple[str, str]] = re.findall(r"^\| (\d+) \| (.*?) \|", table, re.MULTILINE)
    explained = {(status, code) for status, cell in rows for code in re.findall(r"`(\w+)`", cell)}

    described = {
        (status, code)
        for status, text in REFUSALS.items()
        for code in re.findall(r"`([a-z_]+)`", text)
    }
    assert explained == described | {("500", "internal")}


@pytest.mark.parametrize("body", [gzip.compress(b"1", mtime=0), b"\0\1", b"for people"])
def test_a_tests_name_holds_nothing_that_changes(body: bytes, request: pytest.FixtureRequest):
    """
    Every process must find tests of the same names, whatever second it looks in.
    """
    name = request.node.name.partition("[")[2].rstrip("]")

    readable = body == b"for people"
    assert name == "for people" if readable else name in ("body0", "body1")
