"""Makes the API's description say what the app really does."""

from typing import Any

from litestar import Litestar
from litestar.openapi.spec import OpenAPI, Operation

from pista import accounts

METHODS = ("get", "post", "put", "patch", "delete")


def correct(app: Litestar) -> None:
    """Public routes need no key, and a bad parameter is a 422 and not the framework's 400."""
    declared = accounts.declarations(app)
    for path, method, operation in _operations(app.openapi_schema):
        may = declared.get(f"{method.upper()} {path}")
        if may is not None and not may.roles:
            operation.security = [{}]
        _drop_framework_refusal(operation)


def _operations(openapi: OpenAPI) -> list[tuple[str, str, Operation]]:
    return [
        (path, method, operation)
        for path, item in (openapi.paths or {}).items()
        for method in METHODS
        if (operation := getattr(item, method)) is not None
    ]


def _drop_framework_refusal(operation: Operation) -> None:
    responses: dict[str, Any] = operation.responses or {}
    refusal = responses.get("400")
    if refusal is not None and "application/json" in (getattr(refusal, "content", None) or {}):
        del responses["400"]
