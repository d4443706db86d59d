"""Redirects: a click committed and led on, against nginx that answers 302 and keeps nothing.

Rounds alternate, so that all meet the same machine; nginx has as many processes as Pista. Between
them stands what Pista's own server takes to answer at all, from a bare handler: its limit. What
each costs in CPU time says the same on a busy machine.
"""

import asyncio
import os
import shutil
import subprocess
import tempfile
from collections import defaultdict
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

import httpx
from msgspec import structs

from bench import load, steady
from bench.load import Figures, RequestMaker
from bench.system import System, cpu_seconds, free_port, measured_servers, until_listening
from bench.table import Row
from pista.store import postgres

SECONDS = 5.0
ROUNDS = 3
CONNECTIONS = 64
RATE = 1_000
PROCESSES = 2
FETCHED = Path(__file__).parents[1] / ".venv/rival/usr/sbin/nginx"
PISTA, NGINX = "Pista: the click committed, then 302", "nginx: return 302"
BARE = "Pista's server: a bare handler"
AGENTS = [
    f"Mozilla/5.0 (iPhone; CPU iPhone OS 17_{minor} like Mac OS X) AppleWebKit/605.1.15"
    f" (KHTML, like Gecko) Mobile/15E148 [FBAN/FBIOS;FBAV/4{minor}0.0.0.38.110]"
    for minor in range(8)
]
CONFIG = """
worker_processes {processes}; daemon off; pid {folder}/nginx.pid; error_log /dev/null crit;
events {{ worker_connections 1024; }}
http {{
  access_log off; keepalive_requests 100000000;
  client_body_temp_path {folder}/body; proxy_temp_path {folder}/proxy;
  fastcgi_temp_path {folder}/fastcgi; uwsgi_temp_path {folder}/uwsgi;
  scgi_temp_path {folder}/scgi;
  server {{
    listen 127.0.0.1:{port} reuseport;
    location / {{ return 302 https://t.me/tienda_bot?start=$request_id; }}
  }}
}}
"""


def measure(system: System) -> list[Row]:
    rival = nginx()
    if rival is None:
        print("There is no nginx: scripts/rival fetches one where there is apt.")
    _link(system)
    found: defaultdict[str, list[Figures]] = defaultdict(list)
    with _serving(rival) as other, measured_servers(system, PROCESSES) as bare:
        asked = {PISTA: (system.port, _request), BARE: (bare, _bare)}
        if other is not None:
            asked[NGINX] = (other, _request)
        for port, make in asked.values():
            load.run(port, make, seconds=1, connections=CONNECTIONS)
        for _ in range(ROUNDS):
            for name, (port, make) in asked.items():
                found[name].append(_full(port, make))
                slow = steady.run(port, make, RATE, seconds=SECONDS, good=b"3")
                found[f"{name} at {RATE}"].append(slow)
    counted = asyncio.run(_kept(system))
    assert counted[0] >= sum(figures.requests for figures in found[PISTA]), "clicks are missing"
    return [_row(name, found, counted[1]) for name in asked]


def _full(port: int, make: RequestMaker) -> Figures:
    """With the CPU time of all below this process; what makes the load is gone by then."""
    before = cpu_seconds("")
    full = load.run(port, make, seconds=SECONDS, connections=CONNECTIONS, good=b"3")
    return structs.replace(full, cpu_seconds=cpu_seconds("") - before)


def nginx() -> str | None:
    return shutil.which("nginx") or (str(FETCHED) if os.access(FETCHED, os.X_OK) else None)


def _row(name: str, found: dict[str, list[Figures]], lost: int) -> Row:
    full = max(found[name], key=lambda one: one.rate)
    slow = min(found[f"{name} at {RATE}"], key=lambda one: one.percentile(0.99))
    rivals = found.get(NGINX)
    best = max(one.rate for one in rivals) if rivals else 0.0
    return {
        "what": name,
        "redirects/s": f"{full.rate:,.0f}",
        "p99 ms": f"{full.percentile(0.99):.1f}",
        f"p99 ms at {RATE:,}/s": f"{slow.percentile(0.99):.1f}",
        "CPU µs each": f"{min(one.cpu_seconds / one.requests for one in found[name]) * 1e6:,.0f}",
        "of nginx's rate": f"{full.rate / best:.0%}" if best else "",
        "without a token": f"{lost:,}" if name == PISTA else "",
    }


def _request(number: int) -> bytes:
    agent = AGENTS[number % len(AGENTS)]
    query = f"fbclid=IwAR0{number:x}_aem_{number * 7:x}&campaign_id=120{number % 40}&adset_id=7"
    return (
        f"GET /go/bench?{query}&ad_id={number % 300} HTTP/1.1\r\nHost: 127.0.0.1\r\n"
        f"User-Agent: {agent}\r\nCookie: _fbp=fb.1.1700000000000.{number}\r\n\r\n"
    ).encode()


def _bare(_number: int) -> bytes:
    return b"GET /bare HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n"


def _link(system: System) -> None:
    key = system.key(system.new_site(), "admin")
    asked = {"name": "bench", "kind": "telegram", "bot": "tienda_bot", "slug": "bench"}
    answer = httpx.post(
        f"http://127.0.0.1:{system.port}/api/links",
        json=asked,
        headers={"Authorization": f"Bearer {key}"},
    )
    assert answer.status_code == 201, answer.text


async def _kept(system: System) -> tuple[int, int]:
    pool = await postgres.open_pool(system.urls().database_url)
    async with pool.transaction() as tx:
        kept = await tx.value("select count(*) from clicks")
        lost = await tx.value("select coalesce(sum(lost), 0)::bigint from link_hours")
    await pool.close()
    return kept + lost, lost


@contextmanager
def _serving(program: str | None) -> Generator[int | None]:
    if program is None:
        yield None
        return
    port, folder = free_port(), Path(tempfile.mkdtemp(prefix="pista-nginx-"))
    written = folder / "nginx.conf"
    written.write_text(CONFIG.format(processes=PROCESSES, folder=folder, port=port))
    server = subprocess.Popen([program, "-c", str(written), "-e", "/dev/null"])
    try:
        until_listening(port)
        yield port
    finally:
        server.terminate()
        server.wait(10)
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    from bench import system, table

    with system.running() as pista:
        table.show("Redirects", measure(pista))
