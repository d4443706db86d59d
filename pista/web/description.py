"""Makes the API's description say what the app really does."""

from typing import Any

from litestar import Litestar
from litestar.openapi.spec import (
    OpenAPI,
    OpenAPIMediaType,
    OpenAPIResponse,
    OpenAPIType,
    Operation,
    Parameter,
    Reference,
    Schema,
)

from pista import accounts

METHODS = ("get", "post", "put", "patch", "delete")


def correct(app: Litestar) -> None:
    """Public routes need no key, a bad parameter is a 422 and not the framework's 400, and an
    address whose id is none leads nowhere."""
    declared = accounts.declarations(app)
    for path, method, operation in _operations(app.openapi_schema):
        may = declared.get(f"{method.upper()} {path}")
        if may is not None and not may.roles:
            operation.security = [{}]
        _drop_framework_refusal(operation)
        _tell_of_bad_ids(operation)
    components = app.openapi_schema.components
    for schema in (components.schemas if components else {}).values():
        _tell_of_one_number(schema)


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


def _tell_of_bad_ids(operation: Operation) -> None:
    responses: dict[str, Any] = operation.responses or {}
    if any(_is_id(parameter) for parameter in operation.parameters or []):
        responses.setdefault("404", NO_SUCH_ADDRESS)


def _is_id(parameter: Parameter | Reference) -> bool:
    return (
        isinstance(parameter, Parameter)
        and parameter.param_in == "path"
        and isinstance(parameter.schema, Schema)
        and parameter.schema.format == "uuid"
    )


def _tell_of_one_number(schema: Schema | Reference | bool | None) -> None:
    """A whole number is a number: of two schemas that both fit, `oneOf` would fit neither."""
    if not isinstance(schema, Schema):
        return
    if schema.one_of and any(_is_of(one, OpenAPIType.NUMBER) for one in schema.one_of):
        schema.one_of = [one for one in schema.one_of if not _is_of(one, OpenAPIType.INTEGER)]
    for inner in [
        *(schema.properties or {}).values(),
        *(schema.one_of or []),
        schema.items,
        schema.additional_properties,
    ]:
        _tell_of_one_number(inner)


def _is_of(schema: Schema | Reference, kind: OpenAPIType) -> bool:
    return isinstance(schema, Schema) and schema.type == kind


NO_SUCH_ADDRESS = OpenAPIResponse(
    description="`not_found`: the address holds no id where one belongs.",
    content={
        "application/problem+json": OpenAPIMediaType(
            schema=Reference(ref="#/components/schemas/Problem")
        )
    },
)
