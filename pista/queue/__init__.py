"""Work and news between processes: durable jobs, and announcements, which may be missed."""

from pista.queue.announcements import CONFIG, NEWS, Listener, announce
from pista.queue.jobs import dead_jobs, drop_job, enqueue, replay_job
from pista.queue.model import DeadJob, Handler, Handlers, Job, JobId, NeverAgain
from pista.queue.runner import Runner

__all__ = [
    "CONFIG",
    "NEWS",
    "DeadJob",
    "Handler",
    "Handlers",
    "Job",
    "JobId",
    "Listener",
    "NeverAgain",
    "Runner",
    "announce",
    "dead_jobs",
    "drop_job",
    "enqueue",
    "replay_job",
]
