"""What a file is, by its first bytes. What somebody says it is, is only a hint."""

import re

HEAD = 512
UNKNOWN = "application/octet-stream"
INLINE = frozenset(
    {
        *("image/jpeg", "image/png", "image/gif", "image/webp"),
        *("video/mp4", "video/webm", "video/3gpp"),
        *("audio/ogg", "audio/mpeg", "audio/mp4", "audio/aac", "audio/amr", "audio/wav"),
    }
)
"""What a browser may show or play by itself; none of them can hold a script."""
STARTS = (
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"GIF87a", "image/gif"),
    (b"GIF89a", "image/gif"),
    (b"OggS", "audio/ogg"),
    (b"ID3", "audio/mpeg"),
    (b"#!AMR", "audio/amr"),
    (b"\x1aE\xdf\xa3", "video/webm"),
    (b"%PDF-", "application/pdf"),
    (b"PK\x03\x04", "application/zip"),
    (b"\x1f\x8b", "application/gzip"),
)
MARKUP = re.compile(rb"\s*<(?:!|\?|[a-z]+[\s>/])", re.IGNORECASE)
# Of a zip, what it holds stands in its name only.
ZIPPED = ("application/vnd.openxmlformats-officedocument.", "application/vnd.oasis.opendocument.")


def kind_of(head: bytes, told: str | None) -> str:
    """The type under which the file is kept."""
    found = _found(head)
    told = (told or "").partition(";")[0].strip().lower()
    if found == "application/zip" and told.startswith(ZIPPED):
        return told
    if found == "video/mp4" and told in ("audio/mp4", "audio/aac"):
        return "audio/mp4"
    if found is not None:
        return found
    # A text is a text only if it is nothing that a browser would run.
    if told in ("text/plain", "text/csv") and b"\0" not in head and not MARKUP.match(head):
        return told
    return UNKNOWN


def may_be_inline(mime_type: str | None) -> bool:
    return mime_type in INLINE


def _found(head: bytes) -> str | None:
    for start, kind in STARTS:
        if head.startswith(start):
            return kind
    if head[:4] == b"RIFF":
        return {b"WEBP": "image/webp", b"WAVE": "audio/wav"}.get(head[8:12])
    if head[4:8] == b"ftyp":
        brand = head[8:12]
        return "video/3gpp" if brand.startswith(b"3g") else _mp4(brand)
    if len(head) > 1 and head[0] == 0xFF and head[1] & 0xE0 == 0xE0:
        # Both begin with the same bits; the layer tells AAC from MP3.
        return "audio/aac" if head[1] & 0x06 == 0 else "audio/mpeg"
    return None


def _mp4(brand: bytes) -> str:
    return "audio/mp4" if brand.startswith((b"M4A", b"M4B")) else "video/mp4"
