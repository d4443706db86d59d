"""What Prometheus is told, in one place."""

from prometheus_client import Counter, Gauge, Histogram

EVENTS_RECEIVED = Counter("pista_events_received", "Events in acknowledged batches")
EVENTS_KEPT = Counter("pista_events_kept", "Events acknowledged and on their way to the statistics")
EVENTS_DISCARDED = Counter(
    "pista_events_discarded", "Events sampled out, twice in their batch, or opted out"
)
EVENTS_REJECTED = Counter("pista_events_rejected", "Events that were not valid")
BATCHES_REPEATED = Counter("pista_batches_repeated", "Batches answered as the first time")
BATCHES_REFUSED = Counter("pista_batches_refused", "Batches refused whole", ["code"])
SEGMENT_TRAITS_DROPPED = Counter(
    "pista_segment_traits_dropped", "Traits of Segment messages that name a person, not stored"
)

EVENTS_FLUSHED = Counter("pista_events_flushed", "Events written to ClickHouse")
FLUSHES = Counter("pista_flushes", "Flushes completed")
FLUSH_SECONDS = Histogram("pista_flush_seconds", "How long a flush takes")
FLUSH_FAILURES = Counter("pista_flush_failures", "Flushes that have to be tried again")
BACKLOG_EVENTS = Gauge(
    "pista_backlog_events",
    "Events acknowledged and not yet flushed",
    multiprocess_mode="mostrecent",
)

CLICKS = Counter("pista_clicks", "Hits on links, by what made them", ["nature"])
CLICKS_LOST = Counter(
    "pista_clicks_lost", "Visitors led on without a token, as nothing could be written"
)

STREAM_READERS = Gauge(
    "pista_stream_readers", "Open live streams of events", multiprocess_mode="livesum"
)
STREAM_DROPPED = Counter("pista_stream_dropped", "Events that a reader was too slow for")
STREAM_SKIPPED = Counter("pista_stream_skipped", "Events that were more than readers are given")

WEBHOOK_ATTEMPTS = Counter("pista_webhook_attempts", "Messages sent to webhooks", ["outcome"])
ALERT_CHANGES = Counter("pista_alert_changes", "Alert rules that fired or recovered", ["about"])
ALERT_EVALUATION_SECONDS = Histogram(
    "pista_alert_evaluation_seconds", "How long it takes to look at all rules that are due"
)

CONVERSIONS = Counter(
    "pista_conversions", "Conversions told to platforms, by attempt", ["kind", "outcome"]
)

JOBS = Counter("pista_jobs", "Attempts at queued jobs", ["kind", "outcome", "queue"])
JOB_SECONDS = Histogram("pista_job_seconds", "How long an attempt at a job takes", ["kind"])
JOB_AGE_SECONDS = Histogram(
    "pista_job_age_seconds", "How long it took from the job's being enqueued to its end", ["kind"]
)

QUEUE_WAITING = Gauge(
    "pista_queue_waiting",
    "Jobs that wait to be begun, tried again, or for their time",
    ["queue", "kind"],
    multiprocess_mode="mostrecent",
)
QUEUE_ACTIVE = Gauge(
    "pista_queue_active", "Jobs under way", ["queue", "kind"], multiprocess_mode="mostrecent"
)
QUEUE_DEAD = Gauge(
    "pista_queue_dead", "Dead letters", ["queue", "kind"], multiprocess_mode="mostrecent"
)
QUEUE_OLDEST_SECONDS = Gauge(
    "pista_queue_oldest_seconds",
    "The age of the oldest job that is not done yet",
    ["queue", "kind"],
    multiprocess_mode="mostrecent",
)

WEBHOOKS = Counter("pista_webhooks", "Webhooks of CRMs at the door", ["kind", "outcome"])
CLIENTES_TIMED_OUT = Counter("pista_clientes_timed_out", "Clientes that nobody did anything with")
DESK_GOALS = Counter(
    "pista_desk_goals", "Cases that are near a goal of the desk, or late", ["goal", "step"]
)
CLIENTES_SHARED = Counter("pista_clientes_shared", "Clientes given out by the company's rules")
CHAT_REPEATS = Counter(
    "pista_chat_repeats", "Messages, statuses and the like that came again, and changed nothing"
)
CLAIMS = Counter("pista_claims", "Claims of pages which contact a visitor is, taken")
