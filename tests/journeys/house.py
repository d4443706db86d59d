"""A real `pista up` of its own, and what a person or a program does with it."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import httpx

from tests.processes import Up


class House(Up):
    """`pista up` in a fresh data folder, and its command line."""

    def __init__(self, folder: Path, **environment: str) -> None:
        command = [sys.executable, "-m", "pista.cli", "up"]
        super().__init__(command, folder / "data", **environment)
        self.url = f"http://127.0.0.1:{self.port}"

    def pista(self, *arguments: str) -> Any:
        """Run a command of the real command line; the answer is its JSON."""
        command = [sys.executable, "-m", "pista.cli", *arguments, "--json"]
        done = subprocess.run(
            command, env=self.environment, capture_output=True, text=True, check=False, timeout=60
        )
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout)


class Company:
    """A tenant of its own, made on the command line, seen through the API."""

    def __init__(self, house: House, domain: str, email: str = "ana@tienda.example") -> None:
        self.email, self.password = email, "una-clave-de-prueba"
        name = "Tienda de prueba"
        self.tenant: str = house.pista("tenant", "create", name)["tenantId"]
        of_tenant = ("--tenant", self.tenant)
        self.site = house.pista("site", "create", *of_tenant, "--domain", domain)
        who = ("--email", self.email, "--role", "admin", "--password", self.password)
        house.pista("user", "create", *of_tenant, *who)
        self.key: str = house.pista("apikey", "create", *of_tenant, "--scope", "admin")["key"]
        self.url = house.url

    @property
    def snippet(self) -> str:
        return self.site["snippet"]

    def client(self) -> httpx.AsyncClient:
        headers = {"Authorization": f"Bearer {self.key}"}
        return httpx.AsyncClient(base_url=self.url, headers=headers)

    async def keep_all(self, client: httpx.AsyncClient, event_type: str) -> None:
        """Have no event of this type thinned out."""
        path = f"/tracking-v2/throttling/{event_type}"
        answer = await client.put(path, json={"samplingRate": 100, "alwaysKeep": True})
        assert answer.status_code == 200, answer.text

    async def stats(self, client: httpx.AsyncClient) -> Any:
        answer = await client.get(f"/tracking-v2/stats/tenant/{self.tenant}")
        assert answer.status_code == 200, answer.text
        return answer.json()
