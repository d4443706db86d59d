"""Says in the API's description which bodies may be left out."""

from litestar.openapi.spec import OpenAPI, RequestBody

WITHOUT = ("lock", "heartbeat", "activity", "unlock")


def describe(api: OpenAPI) -> None:
    """The framework says of every body that it is needed."""
    for path, item in (api.paths or {}).items():
        of_cliente = path.startswith("/api/clientes/") and path.endswith(WITHOUT)
        if of_cliente and item.post and isinstance(item.post.request_body, RequestBody):
            item.post.request_body.required = False
