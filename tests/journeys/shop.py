"""A small shop on an origin of its own, whose pages carry the snippet line."""

import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

PAGE = """<!doctype html>
<html lang="es">
<head><meta charset="utf-8"><title>{title} · Tienda</title>{snippet}</head>
<body style="font-family: sans-serif; max-width: 40rem; margin: 2rem auto">{body}</body>
</html>"""

HOME = """
<h1>Tienda</h1>
<button id="buy">Comprar ahora</button>
<div style="height: 3000px; background: linear-gradient(#fff3e0, #ffcc80)"></div>
<form id="contact" method="post" action="/gracias">
  <input name="email" type="email"> <button id="send">Enviar</button>
</form>
"""
THANKS = '<h1>Gracias</h1><a id="to-catalogue" href="/catalogo">Catálogo</a>'
CATALOGUE = """
<h1>Catálogo</h1>
<button id="next" onclick="history.pushState({}, '', '/catalogo/2'); document.title = 'Más'">
  Más</button>
<button id="add" onclick="pista.track('ADD_TO_CART', {sku: 'SOL-1', price: 349.5})">
  Agregar</button>
<p id="more">Sombreros de sol</p>
"""


class Shop:
    """Serves the pages and remembers the forms that it was sent."""

    def __init__(self, snippet: str) -> None:
        self.forms: list[dict[str, list[str]]] = []
        self.pages = {
            "/": _page("Inicio", HOME, snippet),
            "/gracias": _page("Gracias", THANKS, snippet),
            "/catalogo": _page("Catálogo", CATALOGUE, snippet),
        }
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        # The name, not the number: another site than Pista's, and not just another port.
        self.origin = f"http://localhost:{self._server.server_address[1]}"
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.05,))
        self._thread.start()

    def close(self) -> None:
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        shop = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                page = shop.pages.get(urlsplit(self.path).path)
                self.send_response(404 if page is None else 200)
                self.send_header("Content-Type", "text/html; charset=utf-8")
                self.send_header("Content-Length", str(len(page or b"")))
                self.end_headers()
                self.wfile.write(page or b"")

            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"])).decode()
                shop.forms.append(parse_qs(body))
                self.do_GET()

            def log_request(self, code: object = "-", size: object = "-") -> None:
                return None

        return Handler


def _page(title: str, body: str, snippet: str) -> bytes:
    return PAGE.format(title=title, body=body, snippet=snippet).encode()
