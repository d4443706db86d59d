"""The dashboard that comes with Pista asks for nothing that Pista does not tell."""

import json
import re
from pathlib import Path
from typing import Any

import httpx
import pytest

from pista import app, metrics
from pista.settings import Settings

DASHBOARDS = sorted((Path(__file__).parents[1] / "deploy" / "grafana").glob("*.json"))
LABELS = {
    "pista_jobs_total": metrics.JOBS,
    "pista_queue_waiting": metrics.QUEUE_WAITING,
    "pista_queue_active": metrics.QUEUE_ACTIVE,
    "pista_queue_oldest_seconds": metrics.QUEUE_OLDEST_SECONDS,
    "pista_queue_dead": metrics.QUEUE_DEAD,
}


def asked(dashboard: Path) -> list[str]:
    """Every question of it, that of its filter among them."""
    shown: dict[str, Any] = json.loads(dashboard.read_text())
    panels = [one["expr"] for panel in shown["panels"] for one in panel.get("targets", [])]
    filters = [one["query"]["query"] for one in shown["templating"]["list"][1:]]
    return [*panels, *filters]


@pytest.mark.parametrize("dashboard", DASHBOARDS, ids=lambda path: path.stem)
async def test_every_metric_of_a_dashboard_is_there(dashboard: Path):
    """
    By its name on /metrics, whether or not there was anything to count yet.
    """
    transport = httpx.ASGITransport(app.build(Settings()))  # pyright: ignore[reportArgumentType] - an ASGI app
    async with httpx.AsyncClient(transport=transport, base_url="http://pista.test") as client:
        told = (await client.get("/metrics")).text
    there = {name for name, _ in re.findall(r"^# TYPE (\S+) (\S+)$", told, re.M)}
    there |= {f"{name}_bucket" for name in there}

    named = set(re.findall(r"pista_\w+", " ".join(asked(dashboard))))

    assert len(named) >= 10
    assert named <= there


@pytest.mark.parametrize("name", LABELS)
def test_it_filters_by_labels_that_are_there(name: str):
    """
    A label that is misspelt selects nothing, and nobody hears of it.
    """
    questions = [one for board in DASHBOARDS for one in asked(board) if name in one]
    used = set(re.findall(r"(\w+)=~?\"", " ".join(questions)))
    for groups in re.findall(r"by \(([^)]*)\)", " ".join(questions)):
        used |= set(groups.split(", "))

    assert used
    metric: Any = LABELS[name]
    assert used <= set(metric._labelnames)
