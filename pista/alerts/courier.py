"""The courier: brings messages to webhooks, through hours in which these are away.

A message is a row, so nothing is lost with a process. Each attempt is taken on under a lease: what
a courier had in hand when it was killed is sent again when the lease is over, under the same id.
"""

import asyncio
import random
from datetime import UTC, datetime, timedelta

from pista import logs, metrics, queue
from pista.alerts import outbox
from pista.alerts.model import AlertChanged
from pista.alerts.outbox import Due
from pista.alerts.service import secret_purpose
from pista.alerts.webhook import LONGEST_RETRY_AFTER, Sender, Sent
from pista.errors import StartError
from pista.ids import TenantId
from pista.store import postgres
from pista.store.postgres import Postgres
from pista.store.secrets import Sealer, SecretUnreadable

POLL_SECONDS = 1.0
LEASE = timedelta(seconds=60)
MOST_ATTEMPTS = 8
FIRST_WAIT_SECONDS = 30.0
LONGEST_WAIT_SECONDS = 4 * 3600.0
JITTER = 0.25
FARTHEST = timedelta(seconds=LONGEST_RETRY_AFTER * (1 + JITTER)) + timedelta(hours=1)
AT_ONCE = 20
OF_A_TENANT = 4
STOP_SECONDS = 1.5

log = logs.get()


def wait_after(attempt: int, retry_after: float | None, chance: float) -> timedelta:
    """How long after a failed attempt the next one comes; `chance` is between 0 and 1.

    30 s, 2 min, 8 min, 32 min, 2 h, 4 h, 4 h, each up to a quarter longer or shorter, so that
    those who failed together do not come back together; never sooner than the receiver asked.
    """
    wait = min(FIRST_WAIT_SECONDS * 4 ** (attempt - 1), LONGEST_WAIT_SECONDS)
    spread = wait * (1 - JITTER + 2 * JITTER * chance)
    asked = (retry_after or 0.0) * (1 + JITTER * chance)
    return timedelta(seconds=max(spread, asked))


class Courier:
    """Any number of these may run beside each other."""

    def __init__(self, pool: Postgres, sealer: Sealer, sender: Sender) -> None:
        self._postgres = pool
        self._sealer = sealer
        self._sender = sender
        self._under_way: dict[asyncio.Task[None], TenantId] = {}
        self._stopping = asyncio.Event()

    async def run(self) -> None:
        """Until `stop`; then what is under way is ended first."""
        while not self._stopping.is_set():
            try:
                await self.tick(datetime.now(UTC))
            except postgres.AWAY as error:
                log.warning("courier_interrupted", error=str(error)[:500])
            except Exception:
                # A mistake in here must not end the messages of all days to come.
                log.exception("courier_failed")
            await self._pause()
        if self._under_way:
            await asyncio.wait(self._under_way, timeout=STOP_SECONDS)

    def stop(self) -> None:
        self._stopping.set()

    async def tick(self, now: datetime) -> None:
        """Take on what is due, as much as there are hands for, and begin to send it."""
        free = AT_ONCE - len(self._under_way)
        if free <= 0:
            return
        async with self._postgres.transaction() as tx:
            found = await outbox.take(
                tx,
                now,
                lease=LEASE,
                far=FARTHEST,
                busy=self._busy(),
                of_a_tenant=OF_A_TENANT,
                most=free,
            )
        for due in found:
            task = asyncio.create_task(self._deliver(due), name=f"webhook-{due.id}")
            self._under_way[task] = due.tenant_id
            task.add_done_callback(self._under_way.pop)

    async def settled(self) -> None:
        """Wait for all that is under way."""
        while self._under_way:
            await asyncio.wait(self._under_way)

    def _busy(self) -> list[TenantId]:
        """Tenants whose webhooks hold us up: they must not hold up the others'."""
        tenants = list(self._under_way.values())
        return [tenant for tenant in set(tenants) if tenants.count(tenant) >= OF_A_TENANT]

    async def _deliver(self, due: Due) -> None:
        try:
            sent = await self._send(due)
            await self._note(due, sent)
        except postgres.AWAY as error:
            # The lease ends, and then it is sent again under the same id.
            log.warning("delivery_not_noted", delivery=str(due.id), error=str(error)[:500])
        except Exception:
            log.exception("delivery_failed", delivery=str(due.id))

    async def _send(self, due: Due) -> Sent:
        try:
            secret = self._sealer.open(due.webhook_secret, secret_purpose(due.rule_id))
        except SecretUnreadable:
            return Sent(error="The key that sealed its secret is not here: make a new secret.")
        except StartError as error:
            return Sent(error=str(error))
        message = f"{due.firing_id}:{due.about}"
        return await self._sender.send(due.webhook_url, secret, message, due.body)

    async def _note(self, due: Due, sent: Sent) -> None:
        now = datetime.now(UTC)
        again = None
        if not sent.is_final and due.attempts < MOST_ATTEMPTS:
            again = now + wait_after(due.attempts, sent.retry_after, random.random())  # noqa: S311
        async with self._postgres.transaction() as tx:
            if sent.error is None:
                state = await outbox.note_delivered(tx, due, sent.status, now)
            else:
                state = await outbox.note_failed(tx, due, sent.status, sent.error, again)
            if state is not None:
                news = AlertChanged(
                    tenant_id=due.tenant_id, rule_id=due.rule_id, state=state, at=now
                )
                await queue.announce(tx, news)
        outcome = "delivered" if sent.error is None else "failed" if again else "dead"
        metrics.WEBHOOK_ATTEMPTS.labels(outcome).inc()
        log.info(
            "webhook_attempt",
            delivery=str(due.id),
            rule=str(due.rule_id),
            attempt=due.attempts,
            outcome=outcome,
            status=sent.status,
            error=sent.error,
            milliseconds=sent.milliseconds,
        )

    async def _pause(self) -> None:
        try:
            async with asyncio.timeout(POLL_SECONDS):
                await self._stopping.wait()
        except TimeoutError:
            return
