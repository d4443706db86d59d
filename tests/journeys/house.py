"""A real `pista up` of its own, and what a person or a program does with it."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import httpx

from pista.store.embedded.process import free_port


class House:
    """`pista up` in a fresh data folder; `close` stops it as Ctrl-C does."""

    def __init__(self, folder: Path) -> None:
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.environment = os.environ | {
            "PISTA_PORT": str(self.port),
            "PISTA_DATA_DIR": str(folder / "data"),
            "PISTA_WEB_WORKERS": "2",
        }
        self._log = (folder / "log").open("w+")
        self._process = subprocess.Popen(
            [sys.executable, "-m", "pista.cli", "up"],
            env=self.environment,
            stdout=subprocess.PIPE,
            stderr=self._log,
            text=True,
        )

    def ready(self) -> str:
        """Wait for the block that a person reads, and return it."""
        assert self._process.stdout is not None
        said = ""
        for line in self._process.stdout:
            said += line
            if "Ctrl-C" in line:
                return said
        raise AssertionError(f"Pista ended: {said}{self.log()}")

    def log(self) -> str:
        self._log.seek(0)
        return self._log.read()

    def close(self) -> None:
        self._process.terminate()
        assert self._process.wait(15) == 0
        assert self._process.stdout is not None
        self._process.stdout.close()
        self._log.close()

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

    def __init__(self, house: House, domain: str) -> None:
        self.email, self.password = "ana@tienda.example", "una-clave-de-prueba"
        name = "Tienda de prueba"
        self.tenant: str = house.pista("tenant", "create", name)["tenantId"]
        of_tenant = ("--tenant", self.tenant)
        self.site = house.pista("site", "create", *of_tenant, "--domain", domain)
        who = ("--email", self.email, "--role", "admin", "--password", self.password)
        house.pista("user", "create", *of_tenant, *who)
        self._key: str = house.pista("apikey", "create", *of_tenant, "--scope", "admin")["key"]
        self._url = house.url

    @property
    def snippet(self) -> str:
        return self.site["snippet"]

    def client(self) -> httpx.AsyncClient:
        headers = {"Authorization": f"Bearer {self._key}"}
        return httpx.AsyncClient(base_url=self._url, headers=headers)

    async def keep_all(self, client: httpx.AsyncClient, event_type: str) -> None:
        """Have no event of this type thinned out."""
        path = f"/tracking-v2/throttling/{event_type}"
        answer = await client.put(path, json={"samplingRate": 100, "alwaysKeep": True})
        assert answer.status_code == 200, answer.text

    async def stats(self, client: httpx.AsyncClient) -> Any:
        answer = await client.get(f"/tracking-v2/stats/tenant/{self.tenant}")
        assert answer.status_code == 200, answer.text
        return answer.json()
