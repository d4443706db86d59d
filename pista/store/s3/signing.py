"""AWS Signature Version 4, which every S3-compatible store knows: no I/O, no clock."""

import hashlib
import hmac
from collections.abc import Mapping
from datetime import datetime
from urllib.parse import quote

ALGORITHM = "AWS4-HMAC-SHA256"


def path(*parts: str) -> str:
    """A path as it is both sent and signed."""
    return "/" + "/".join(quote(part, safe="/-_.~") for part in parts if part)


def query(parameters: Mapping[str, str]) -> str:
    pairs = sorted((_quoted(name), _quoted(value)) for name, value in parameters.items())
    return "&".join(f"{name}={value}" for name, value in pairs)


def _quoted(text: str) -> str:
    return quote(text, safe="-_.~")


def signed(
    method: str,
    host: str,
    path: str,
    query: str,
    headers: Mapping[str, str],
    body_sha256: str,
    *,
    region: str,
    key: str,
    secret: str,
    now: datetime,
) -> dict[str, str]:
    """The headers with those that prove who sends them, and that nothing was changed."""
    moment = now.strftime("%Y%m%dT%H%M%SZ")
    all_headers = {name.lower(): " ".join(value.split()) for name, value in headers.items()} | {
        "host": host,
        "x-amz-content-sha256": body_sha256,
        "x-amz-date": moment,
    }
    names = ";".join(sorted(all_headers))
    lines = "".join(f"{name}:{all_headers[name]}\n" for name in sorted(all_headers))
    request = "\n".join([method, path, query, lines, names, body_sha256])
    scope = f"{moment[:8]}/{region}/s3/aws4_request"
    to_sign = "\n".join([ALGORITHM, moment, scope, hashlib.sha256(request.encode()).hexdigest()])
    signature = hmac.new(_key(secret, scope), to_sign.encode(), "sha256").hexdigest()
    proof = f"{ALGORITHM} Credential={key}/{scope},SignedHeaders={names},Signature={signature}"
    return all_headers | {"authorization": proof}


def _key(secret: str, scope: str) -> bytes:
    key = b"AWS4" + secret.encode()
    for part in scope.split("/"):
        key = hmac.digest(key, part.encode(), "sha256")
    return key
