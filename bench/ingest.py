"""Acknowledged, so durable, events a second, against the same server answering an empty POST."""

import json
import time
from datetime import UTC, datetime

from bench import load
from bench.system import Site, System, measured_servers
from bench.table import Row

SECONDS = 6.0
CONNECTIONS = 192
WORKERS = 2
PLACE = "############"
BROWSER = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0"


def batches(site: Site, port: int, events: int) -> load.RequestMaker:
    """Requests as the snippet makes them, each with ids of its own."""
    template = _request(site, port, events)

    def make(number: int) -> bytes:
        return template.replace(PLACE.encode(), b"%012x" % number)

    return make


def _request(site: Site, port: int, events: int) -> bytes:
    now = datetime.now(UTC).isoformat(timespec="milliseconds")
    prefix = f"{time.time_ns() // 1_000_000:012x}"
    head = f"{prefix[:8]}-{prefix[8:]}"
    body = {
        "tenantId": site.tenant_id,
        "siteId": site.site_id,
        "batchId": f"{head}-7fff-8000-{PLACE}",
        "sentAt": now,
        "events": [
            {
                "eventId": f"{head}-7{event:03x}-8000-{PLACE}",
                "visitorId": f"v1795300000000_{PLACE}",
                "sessionId": f"{head}-7eee-8000-{PLACE}",
                "eventType": ("PAGE_VIEW", "CLICK", "FORM_SUBMIT", "ADD_TO_CART")[event % 4],
                "occurredAt": now,
                "metadata": {
                    "url": f"https://tienda.example.com/p/{event}?utm_source=instagram",
                    "title": "Tienda Sol",
                    "referrer": "https://www.google.com/",
                },
            }
            for event in range(events)
        ],
    }
    content = json.dumps(body, separators=(",", ":")).encode()
    return _post(f"/tracking-v2/events?k={site.write_key}", port, content)


def _post(path: str, port: int, content: bytes = b"") -> bytes:
    return (
        f"POST {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nUser-Agent: {BROWSER}\r\n"
        f"Content-Type: application/json\r\nContent-Length: {len(content)}\r\n\r\n"
    ).encode() + content


def measure(system: System, seconds: float = SECONDS) -> list[Row]:
    site = system.new_site()
    with measured_servers(system, WORKERS) as port:
        # Each once before, so that nothing is measured that happens only at first.
        load.run(port, batches(site, port, 20), seconds=1, connections=CONNECTIONS)

        def go(make: load.RequestMaker) -> load.Figures:
            return load.run(port, make, seconds=seconds, connections=CONNECTIONS)

        empty = go(lambda _: _post("/empty", port))
        bare = go(lambda _: _post("/bare", port))
        single = go(batches(site, port, 1))
        twenty = go(batches(site, port, 20))
    assert not single.failed, "batches were refused"
    assert not twenty.failed, "batches were refused"
    return [
        _row("empty POST, same app", empty, empty, bare, 0),
        _row("empty POST, bare handler", bare, empty, bare, 0),
        _row("durable, 1 event a request", single, empty, bare, 1),
        _row("durable, 20 events a request", twenty, empty, bare, 20),
    ]


def _row(
    name: str, figures: load.Figures, empty: load.Figures, bare: load.Figures, events: int
) -> Row:
    return {
        "what": name,
        "requests/s": f"{figures.rate:,.0f}",
        "events/s": f"{figures.rate * events:,.0f}" if events else "",
        "of empty": f"{figures.rate / empty.rate:.0%}",
        "of bare": f"{figures.rate / bare.rate:.0%}",
        "p50 ms": f"{figures.percentile(0.5):.1f}",
        "p99 ms": f"{figures.percentile(0.99):.1f}",
    }
