"""Structured log lines: JSON to stderr, readable when a person is watching."""

import logging
import sys
from typing import Any

import structlog
import structlog.tracebacks

Logger = structlog.typing.FilteringBoundLogger


# Local variables hold passwords, tokens and people's data: a trace shows the lines only.
_TRACEBACKS = structlog.processors.ExceptionRenderer(
    structlog.tracebacks.ExceptionDictTransformer(show_locals=False)
)


def configure(level: str = "info") -> None:
    """Set up structlog for this process; every line carries its time, level and context."""
    if sys.stderr.isatty():
        renderer: Any = structlog.dev.ConsoleRenderer(
            exception_formatter=structlog.dev.plain_traceback
        )
    else:
        renderer = structlog.processors.JSONRenderer()
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            _TRACEBACKS if not sys.stderr.isatty() else structlog.processors.StackInfoRenderer(),
            renderer,
        ],
        wrapper_class=structlog.make_filtering_bound_logger(getattr(logging, level.upper())),
        # A line and its end in one write: several processes write to the same place.
        logger_factory=structlog.WriteLoggerFactory(sys.stderr),
        cache_logger_on_first_use=True,
    )


def get(**context: Any) -> Logger:
    return structlog.get_logger(**context)
