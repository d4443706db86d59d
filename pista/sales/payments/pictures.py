"""The picture of a code, for cameras of phones."""

import io
from functools import lru_cache

import segno

QUIET = 4
"""Empty squares around it, without which some cameras find nothing."""


@lru_cache(maxsize=256)
def svg(code: str) -> bytes:
    """Black on white in any theme: cameras expect it."""
    out = io.BytesIO()
    _made(code).save(out, kind="svg", border=QUIET, light="#fff", omitsize=True, xmldecl=False)
    return out.getvalue()


@lru_cache(maxsize=64)
def png(code: str) -> bytes:
    out = io.BytesIO()
    _made(code).save(out, kind="png", border=QUIET, scale=8)
    return out.getvalue()


def data_url(code: str) -> str:
    return _made(code).svg_data_uri(border=QUIET, light="#fff", omitsize=True)


def _made(code: str) -> segno.QRCode:
    return segno.make_qr(code, error="m")
