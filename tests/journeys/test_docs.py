"""The pages in docs/ say what is so: their commands are run, and answer what the page says."""

import json
import os
import re
import subprocess
import sys
import time
from pathlib import Path
from typing import Any, cast

import pytest

from tests.journeys.house import House

pytestmark = [pytest.mark.timeout(120)]

DOCS = Path(__file__).parents[2] / "docs"
BLOCK = re.compile(r"```sh\n(.*?)```(?:\n\n```json\n(.*?)```)?", re.DOTALL)
PATIENCE_SECONDS = 60.0
COUNTED_OVER_ALL = {"bufferSize", "buffer"}
"""Other tests may have sent events to the same Pista."""


def run(script: str, environment: dict[str, str]) -> str:
    done = subprocess.run(
        ["bash", "-euo", "pipefail", "-c", script],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert done.returncode == 0, f"{script}\n{done.stderr}"
    return done.stdout


def alike(said: Any, answered: Any) -> bool:
    """Whether an answer is what the page says; `…` stands for anything."""
    match said:
        case "…":
            return True
        case dict():
            fields = cast("dict[str, Any]", said)
            return fields.keys() == answered.keys() and all(
                name in COUNTED_OVER_ALL or alike(fields[name], answered[name]) for name in fields
            )
        case list():
            items = cast("list[Any]", said)
            return len(items) == len(answered) and all(map(alike, items, answered))
        case _:
            return said == answered


def test_the_events_api_answers_as_its_page_says(house: House):
    """
    Every command of docs/events-api.md runs, and those with an answer beside them get it.
    """
    blocks: list[tuple[str, str]] = BLOCK.findall((DOCS / "events-api.md").read_text())
    (accounts, _), (variables, _), *requests = blocks
    assert "TENANT=…" in variables
    environment = _environment(house, accounts)

    for script, said in requests:
        assert "curl -s" in script
        if said:
            answered = _until_alike(script, json.loads(said), environment)
            assert alike(json.loads(said), answered), f"{script}\n{answered}"
        else:
            json.loads(run(script, environment))


def test_an_ad_is_followed_to_its_sale_as_the_page_says(house: House):
    """
    What docs/ad-to-sale.md has somebody type works as it stands, one after the other in one shell.
    """
    blocks: list[tuple[str, str]] = BLOCK.findall((DOCS / "ad-to-sale.md").read_text())
    (accounts, _), (variables, _), *steps, (report, line) = blocks
    assert "API_KEY=…" in variables
    key = json.loads(run(accounts, house.environment | _commands()).splitlines()[-1])["key"]
    environment = house.environment | _commands() | {"PISTA": house.url, "API_KEY": key}

    shown = run("".join(f"{script}\necho; echo @@@\n" for script, _ in steps), environment)

    for answer, (script, said) in zip(shown.split("@@@\n"), steps, strict=False):
        if said:
            assert alike(json.loads(said), json.loads(answer)), f"{script}\n{answer}"
    patient = f"for _ in $(seq 200); do {{ {report.strip()} ; }} && exit 0; sleep 0.2; done; exit 1"
    assert alike(json.loads(line), _until_alike(patient, json.loads(line), environment))


def _commands() -> dict[str, str]:
    return {"PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"}


def _environment(house: House, accounts: str) -> dict[str, str]:
    """What a reader has after the first two blocks."""
    environment = house.environment | _commands() | {"PISTA": house.url}
    _, site, key = run(accounts, environment).splitlines()
    made = json.loads(site)
    return environment | {
        "TENANT": made["tenantId"],
        "SITE": made["siteId"],
        "WRITE_KEY": made["writeKey"],
        "API_KEY": json.loads(key)["key"],
    }


def _until_alike(script: str, said: Any, environment: dict[str, str]) -> Any:
    """Ask until the answer is there: statistics follow within five seconds."""
    until = time.monotonic() + PATIENCE_SECONDS
    while True:
        answered = json.loads(run(script, environment))
        if alike(said, answered) or time.monotonic() > until:
            return answered
        time.sleep(0.2)
