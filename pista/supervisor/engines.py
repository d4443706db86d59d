"""The stores of this machine: which of them are ours to run, and where all of them are."""

import os
import signal
from functools import partial

import msgspec

from pista.settings import Settings
from pista.store.embedded import clickhouse, postgres
from pista.store.embedded.account import serving_account
from pista.store.embedded.process import free_port
from pista.store.runtime import Urls
from pista.supervisor import folder, health
from pista.supervisor.child import Spec
from pista.supervisor.folder import Secrets

EMBEDDED_PATIENCE = 60.0
SERVER_PATIENCE = 5.0
"""Seconds: a server that starts together with Pista, in one compose file, is there soon."""


class Engines(msgspec.Struct, frozen=True, kw_only=True):
    postgres: Spec | None
    clickhouse: Spec | None
    urls: Urls

    @property
    def patience(self) -> tuple[float, float]:
        """How long to wait for PostgreSQL, and for ClickHouse."""
        return (
            EMBEDDED_PATIENCE if self.postgres else SERVER_PATIENCE,
            EMBEDDED_PATIENCE if self.clickhouse else SERVER_PATIENCE,
        )


def plan(settings: Settings, secrets: Secrets) -> Engines:
    """What to run and where it will be; nothing is started yet, but PostgreSQL's folder is made."""
    postgres_spec, database_url = _postgres(settings, secrets)
    clickhouse_spec, clickhouse_url, readonly_url = _clickhouse(settings, secrets)
    return Engines(
        postgres=postgres_spec,
        clickhouse=clickhouse_spec,
        urls=Urls(
            database_url=database_url,
            clickhouse_url=clickhouse_url,
            clickhouse_readonly_url=readonly_url,
        ),
    )


def _postgres(settings: Settings, secrets: Secrets) -> tuple[Spec | None, str]:
    if settings.database_url:
        return None, settings.database_url
    cluster = postgres.Cluster(
        folder=settings.data_dir / "postgres",
        port=free_port(),
        password=secrets.postgres_password,
        account=serving_account(),
    )
    postgres.prepare(cluster)
    spec = Spec(
        name="postgres",
        command=postgres.command(cluster),
        options=postgres.launch(cluster),
        # Fast: sessions are ended, not waited for. At once: the log makes up for the rest.
        stop_signal=signal.SIGINT,
        abort_signal=signal.SIGQUIT,
        clean_up=partial(postgres.clear_leftovers, cluster.folder),
        question=partial(health.postgres_lives, cluster.port),
    )
    return spec, cluster.url


def _clickhouse(settings: Settings, secrets: Secrets) -> tuple[Spec | None, str, str | None]:
    if settings.clickhouse_url:
        return None, settings.clickhouse_url, settings.clickhouse_readonly_url
    port = free_port()
    environment = os.environ | {
        "PISTA_CLICKHOUSE_PASSWORD": secrets.clickhouse_password,
        "PISTA_CLICKHOUSE_READONLY_PASSWORD": secrets.clickhouse_readonly_password,
    }
    spec = Spec(
        name="clickhouse",
        command=clickhouse.command(str(folder.private(settings.data_dir / "clickhouse")), port),
        options={"env": environment},
        question=partial(health.clickhouse_lives, port),
    )
    place = f"127.0.0.1:{port}"
    return (
        spec,
        f"http://pista:{secrets.clickhouse_password}@{place}",
        f"http://pista_ro:{secrets.clickhouse_readonly_password}@{place}",
    )
