"""What Pista builds on stands in docs/dependencies.md, with its reason."""

import json
import re
import tomllib
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[1]
PACKAGES = ["ui/package.json", "tests/clients/package.json", "bench/rival/package.json"]


def declared() -> dict[str, list[str]]:
    """The names of direct dependencies, by the file that declares them."""
    project: dict[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text())
    python = list(project["project"]["dependencies"])
    for group in project["dependency-groups"].values():
        python += group
    return {
        "pyproject.toml": [re.split(r"[\[<>=;~! ]", text)[0] for text in python],
        **{file: in_package(file) for file in PACKAGES},
    }


def in_package(file: str) -> list[str]:
    package: dict[str, Any] = json.loads((ROOT / file).read_text())
    return [*package["dependencies"], *package.get("devDependencies", {})]


def explained() -> set[str]:
    """The names in the first column of the page's tables."""
    page = (ROOT / "docs/dependencies.md").read_text()
    rows = re.findall(r"^\| (`.+?) \| \S.*\|$", page, re.MULTILINE)
    return {name for row in rows for name in re.findall(r"`([^`]+)`", row)}


@pytest.mark.parametrize("file", ["pyproject.toml", *PACKAGES])
def test_every_dependency_has_a_reason(file: str):
    """
    Each direct dependency has a line in docs/dependencies.md.
    """
    assert sorted(set(declared()[file]) - explained()) == []


def test_every_reason_has_a_dependency():
    """
    The page explains nothing that is no longer there.
    """
    names = {name for names in declared().values() for name in names}

    assert sorted(explained() - names) == []
