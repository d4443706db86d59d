"""Lets Schemathesis in at the doors for events: by chance it would never name a site that there is.

And has it count a value of another type for no mistake that must be refused: 0 is read as false,
and a number as the seconds since 1970 (docs/decisions/json-bodies.md). Its answer is looked at like
any other.

It imports this file by itself; the environment names the site.
"""

import os
from importlib import import_module
from typing import Any

# Its decorators are only partly typed.
schemathesis: Any = import_module("schemathesis")
modes: Any = import_module("schemathesis.generation").GenerationMode

TENANT, SITE, KEY = (os.environ[f"PISTA_TEST_{name}"] for name in ("TENANT", "SITE", "KEY"))


@schemathesis.hook
def before_call(context: Any, case: Any, kwargs: Any) -> None:
    """Put the site's own ids in the place of texts; what is no text stays wrong."""
    if getattr(case.meta.phase.data, "scenario", None) == "incorrect_type":
        case.meta.generation.mode = modes.POSITIVE
    if case.operation.path != "/tracking-v2/events" or not hasattr(case.body, "get"):
        return
    case.headers["X-Write-Key"] = KEY
    for name, value in (("tenantId", TENANT), ("siteId", SITE)):
        if isinstance(case.body.get(name), str):
            case.body[name] = value
