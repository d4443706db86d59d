"""What a visitor reads where a link leads nowhere, in their language."""

HTML = (b"content-type", b"text/html; charset=utf-8")

_PAGE = """<!doctype html>
<html lang="{language}"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex"><title>{title}</title>
<style>
:root {{ color-scheme: light dark }}
body {{ margin: 0; min-height: 100vh; display: grid; place-items: center;
  font: 1.05rem/1.5 system-ui, sans-serif; text-align: center }}
main {{ padding: 2rem; max-width: 26rem }}
h1 {{ font-size: 1.4rem; margin: 0 0 .5rem }}
p {{ margin: 0; opacity: .75 }}
</style></head><body><main><h1>{title}</h1><p>{text}</p></main></body></html>
"""

_UNKNOWN = {
    "es": (
        "Este enlace ya no está disponible",
        "Puede que haya terminado o que la dirección tenga un error."
        " Pide el enlace de nuevo a quien te lo envió.",
    ),
    "pt": (
        "Este link não está mais disponível",
        "Ele pode ter terminado, ou o endereço pode ter um erro."
        " Peça o link de novo a quem o enviou.",
    ),
    "en": (
        "This link is not available any more",
        "It may have ended, or there may be a mistake in the address."
        " Ask whoever sent it for the link again.",
    ),
}
_LATER = {
    "es": ("Un momento, por favor", "Te llevamos enseguida: esta página se recarga sola."),
    "pt": ("Um momento, por favor", "Já levamos você: esta página recarrega sozinha."),
    "en": ("One moment, please", "We will take you there: this page reloads by itself."),
}


def unknown(accepted: bytes) -> bytes:
    return _written(_UNKNOWN, accepted)


def unavailable(accepted: bytes) -> bytes:
    return _written(_LATER, accepted)


def _written(texts: dict[str, tuple[str, str]], accepted: bytes) -> bytes:
    language = _chosen(accepted)
    title, text = texts[language]
    return _PAGE.format(language=language, title=title, text=text).encode()


def _chosen(accepted: bytes) -> str:
    """The first of the browser's languages that there is; else Spanish."""
    for part in accepted.decode("latin-1").lower().split(","):
        language = part.strip()[:2]
        if language in _UNKNOWN:
            return language
    return "es"
