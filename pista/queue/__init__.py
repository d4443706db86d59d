"""Work and news between processes: durable jobs, and announcements, which may be missed."""

from pista.queue.announcements import ACCESS, CONFIG, NEWS, Listener, announce, tenant_of
from pista.queue.clearing import clear_some
from pista.queue.counting import KindNow, Point, QueueNow, history, queues_now
from pista.queue.dead import (
    about,
    dead_jobs,
    dead_kinds,
    dead_letters,
    drop_job,
    drop_jobs,
    replay_job,
    replay_jobs,
)
from pista.queue.erasing import erase_jobs
from pista.queue.jobs import enqueue, enqueue_many, hasten, kind_of
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
from pista.queue.queries import ENQUEUE, awake
from pista.queue.queues import MESSAGE, OTHER, QUEUES, WEBHOOK, Lane, queue_of
from pista.queue.rules import Patience
from pista.queue.runner import Runner
from pista.queue.standing import Standing, halt, pause, resume, standing, unhalt
from pista.queue.tally import Tally

__all__ = [
    "ACCESS",
    "CONFIG",
    "ENQUEUE",
    "MESSAGE",
    "NEWS",
    "OTHER",
    "QUEUES",
    "WEBHOOK",
    "Again",
    "DeadJob",
    "Errand",
    "Handler",
    "Handlers",
    "Job",
    "JobId",
    "KindNow",
    "Lane",
    "Listener",
    "NeverAgain",
    "Patience",
    "Point",
    "QueueNow",
    "Runner",
    "Standing",
    "Tally",
    "Together",
    "Trip",
    "about",
    "announce",
    "awake",
    "clear_some",
    "dead_jobs",
    "dead_kinds",
    "dead_letters",
    "drop_job",
    "drop_jobs",
    "enqueue",
    "enqueue_many",
    "erase_jobs",
    "halt",
    "hasten",
    "history",
    "kind_of",
    "pause",
    "queue_of",
    "queues_now",
    "replay_job",
    "replay_jobs",
    "resume",
    "standing",
    "tenant_of",
    "unhalt",
]
