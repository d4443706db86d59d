"""Work and news between processes: durable jobs, and announcements, which may be missed."""

from pista.queue.announcements import ACCESS, CONFIG, NEWS, Listener, announce, tenant_of
from pista.queue.dead import dead_kinds, dead_letters, drop_jobs, replay_jobs
from pista.queue.erasing import erase_jobs
from pista.queue.jobs import dead_jobs, drop_job, enqueue, enqueue_many, hasten, replay_job
from pista.queue.model import (
    Again,
    DeadJob,
    Errand,
    Handler,
    Handlers,
    Job,
    JobId,
    NeverAgain,
    Together,
    Trip,
)
from pista.queue.rules import Patience
from pista.queue.runner import Runner

__all__ = [
    "ACCESS",
    "CONFIG",
    "NEWS",
    "Again",
    "DeadJob",
    "Errand",
    "Handler",
    "Handlers",
    "Job",
    "JobId",
    "Listener",
    "NeverAgain",
    "Patience",
    "Runner",
    "Together",
    "Trip",
    "announce",
    "dead_jobs",
    "dead_kinds",
    "dead_letters",
    "drop_job",
    "drop_jobs",
    "enqueue",
    "enqueue_many",
    "erase_jobs",
    "hasten",
    "replay_job",
    "replay_jobs",
    "tenant_of",
]
