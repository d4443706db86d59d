"""A stand-in for an S3-compatible store: it checks each signature, and can misbehave.

`fail(what, how, times)` lets the next requests of a kind (`put`, `part`, `complete`, …) meet with:
`slow_down`, `error`, `lost` (it is done, but the answer never comes), `cut` (the connection ends
before it is done), `in_the_body` (status 200 with an error inside), `slow`, `another` (an object
that nobody put there) or `halved` (the connection ends in the middle of the answer).
"""

import base64
import hashlib
import hmac
import http.server
import re
import threading
import time
from collections import defaultdict
from typing import Any, cast
from urllib.parse import parse_qsl, quote, unquote, urlsplit

import msgspec

from pista.settings import S3Settings

KEY, SECRET, REGION, BUCKET = "fake-key", "fake-secret/with+signs", "sa-east-1", "warehouse"


class Store(http.server.ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.objects: dict[str, bytes] = {}
        self.uploads: dict[str, tuple[str, dict[int, bytes]]] = {}
        self.heard: list[str] = []
        self.faults: dict[str, list[str]] = defaultdict(list)
        self.aborted = 0
        self.largest = 0
        self.allow_listing_uploads = True
        self._numbers = iter(range(1, 1_000_000))

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"

    def fail(self, what: str, how: str, times: int = 1) -> None:
        self.faults[what] += [how] * times

    def new_upload(self, key: str) -> str:
        upload = f"upload-{next(self._numbers)}"
        self.uploads[upload] = (key, {})
        return upload

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that has gone is no news."""


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    @property
    def _store(self) -> Store:
        return cast("Store", self.server)

    def log_request(self, code: object = "-", size: object = "-") -> None:
        return None

    def do_GET(self) -> None:
        self._serve()

    do_PUT = do_POST = do_DELETE = do_HEAD = do_GET  # noqa: N815 - the library's names

    def _serve(self) -> None:
        body = self.rfile.read(int(self.headers.get("content-length") or 0))
        self._store.largest = max(self._store.largest, len(body))
        asked = urlsplit(self.path)
        query = dict(parse_qsl(asked.query, keep_blank_values=True))
        bucket, _, key = unquote(asked.path).lstrip("/").partition("/")
        what = _kind(self.command, key, query)
        self._store.heard.append(what)
        fault = self._store.faults[what].pop(0) if self._store.faults[what] else ""
        if why := self._wrong(asked.path, asked.query, body):
            self._refuse(403, why)
        elif bucket != BUCKET:
            self._refuse(404, "NoSuchBucket")
        elif fault == "slow_down":
            self._refuse(503, "SlowDown")
        elif fault == "error":
            self._refuse(500, "InternalError")
        elif fault == "in_the_body":
            self._say(200, _error("InternalError"))
        elif fault == "cut":
            self.close_connection = True
        else:
            if fault == "slow":
                time.sleep(0.3)
            status, text, headers = self._do(what, key, query, body)
            if fault == "lost":
                self.close_connection = True
            elif fault == "another":
                self._say(status, b"<html>Welcome to the store!</html>", headers)
            elif fault == "halved":
                self._say(status, text, headers, half=True)
            else:
                self._say(status, text, headers)

    def _do(
        self, what: str, key: str, query: dict[str, str], body: bytes
    ) -> tuple[int, bytes, dict[str, str]]:
        store = self._store
        upload = query.get("uploadId", "")
        if upload and (upload not in store.uploads or store.uploads[upload][0] != key):
            return 404, _error("NoSuchUpload"), {}
        match what:
            case "put":
                store.objects[key] = body
            case "get" | "head" if key not in store.objects:
                return 404, _error("NoSuchKey"), {}
            case "get" if found := re.fullmatch(r"bytes=(\d+)-(\d+)", self.headers["range"] or ""):
                whole, first, last = store.objects[key], int(found[1]), int(found[2])
                if first >= len(whole):
                    return 416, _error("InvalidRange"), {}
                part = whole[first : last + 1]
                told = f"bytes {first}-{first + len(part) - 1}/{len(whole)}"
                return 206, part, {"Content-Range": told}
            case "get" | "head":
                return 200, store.objects[key], {}
            case "delete":
                store.objects.pop(key, None)
                return 204, b"", {}
            case "list":
                return 200, self._listed(query), {}
            case "uploads" if not store.allow_listing_uploads:
                return 403, _error("AccessDenied"), {}
            case "uploads":
                return 200, self._uploads(query["prefix"]), {}
            case "begin":
                made = store.new_upload(key)
                return 200, f"<R><UploadId>{made}</UploadId></R>".encode(), {}
            case "part":
                store.uploads[upload][1][int(query["partNumber"])] = body
                return 200, b"", {"ETag": f'"{hashlib.md5(body).hexdigest()}"'}
            case "complete":
                return self._complete(upload, body)
            case "abort":
                del store.uploads[upload]
                store.aborted += 1
                return 204, b"", {}
            case _:
                return 405, _error("MethodNotAllowed"), {}
        return 200, b"", {}

    def _complete(self, upload: str, body: bytes) -> tuple[int, bytes, dict[str, str]]:
        key, parts = self._store.uploads[upload]
        named = re.findall(r"<PartNumber>(\d+)</PartNumber><ETag>(.*?)</ETag>", body.decode())
        mine = [
            (str(n), f"&quot;{hashlib.md5(part).hexdigest()}&quot;")
            for n, part in sorted(parts.items())
        ]
        if named != mine:
            return 400, _error("InvalidPart"), {}
        self._store.objects[key] = b"".join(part for _, part in sorted(parts.items()))
        del self._store.uploads[upload]
        return 200, b"<CompleteMultipartUploadResult/>", {}

    def _listed(self, query: dict[str, str]) -> bytes:
        keys = sorted(k for k in self._store.objects if k.startswith(query["prefix"]))
        after = query.get("continuation-token", "")
        page = [k for k in keys if k > after][:3]
        items = "".join(
            f"<Contents><Key>{k}</Key><Size>{len(self._store.objects[k])}</Size></Contents>"
            for k in page
        )
        more = page and page[-1] != keys[-1]
        token = f"<NextContinuationToken>{page[-1]}</NextContinuationToken>" if more else ""
        return f"<ListBucketResult>{items}{token}</ListBucketResult>".encode()

    def _uploads(self, prefix: str) -> bytes:
        items = "".join(
            f"<Upload><Key>{key}</Key><UploadId>{name}</UploadId></Upload>"
            for name, (key, _) in self._store.uploads.items()
            if key.startswith(prefix)
        )
        return f"<ListMultipartUploadsResult>{items}</ListMultipartUploadsResult>".encode()

    def _wrong(self, path: str, query: str, body: bytes) -> str:
        """Why the request is not believed, judged by what was really received."""
        proof = self.headers.get("authorization", "")
        found = re.fullmatch(
            r"AWS4-HMAC-SHA256 Credential=([^/]+)/(\d{8})/([^/]+)/s3/aws4_request,"
            r"SignedHeaders=([a-z0-9;-]+),Signature=([0-9a-f]{64})",
            proof,
        )
        if found is None or found[1] != KEY or found[3] != REGION:
            return "InvalidAccessKeyId"
        if not {"host", "x-amz-date", "x-amz-content-sha256"} <= set(found[4].split(";")):
            return "AccessDenied"
        digest = hashlib.sha256(body).hexdigest()
        if self.headers["x-amz-content-sha256"] != digest:
            return "XAmzContentSHA256Mismatch"
        if (
            body
            and self.headers["content-md5"] != base64.b64encode(hashlib.md5(body).digest()).decode()
        ):
            return "BadDigest"
        expected = _signature(self, found[2], found[4], path, query, digest)
        return "" if hmac.compare_digest(expected, found[5]) else "SignatureDoesNotMatch"

    def _refuse(self, status: int, code: str) -> None:
        self._say(status, _error(code))

    def _say(
        self,
        status: int,
        text: bytes,
        headers: dict[str, str] | None = None,
        *,
        half: bool = False,
    ) -> None:
        self.send_response(status)
        for name, value in (headers or {}).items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(text)))
        self.end_headers()
        if half:
            self.wfile.write(text[: len(text) // 2])
            self.close_connection = True
        elif self.command != "HEAD":
            self.wfile.write(text)


def _kind(method: str, key: str, query: dict[str, str]) -> str:
    if "uploadId" in query:
        return {"PUT": "part", "POST": "complete", "DELETE": "abort"}.get(method, "other")
    if "uploads" in query:
        return "begin" if method == "POST" else "uploads"
    return "list" if "list-type" in query else method.lower()


def _signature(asked: Handler, day: str, names: str, path: str, query: str, digest: str) -> str:
    pairs = sorted(parse_qsl(query, keep_blank_values=True))
    canonical_query = "&".join(f"{quote(n, safe='-_.~')}={quote(v, safe='-_.~')}" for n, v in pairs)
    canonical = [asked.command, quote(unquote(path), safe="/-_.~"), canonical_query]
    canonical += [f"{name}:{asked.headers[name].strip()}" for name in names.split(";")]
    canonical += ["", names, digest]
    scope = f"{day}/{REGION}/s3/aws4_request"
    hashed = hashlib.sha256("\n".join(canonical).encode()).hexdigest()
    key = f"AWS4{SECRET}".encode()
    for part in scope.split("/"):
        key = hmac.new(key, part.encode(), hashlib.sha256).digest()
    to_sign = f"AWS4-HMAC-SHA256\n{asked.headers['x-amz-date']}\n{scope}\n{hashed}"
    return hmac.new(key, to_sign.encode(), hashlib.sha256).hexdigest()


def _error(code: str) -> bytes:
    return f"<Error><Code>{code}</Code><Message>As told.</Message></Error>".encode()


def settings_for(store: Store, **more: Any) -> S3Settings:
    """What Pista has to know of this store; `more` is what is different about it."""
    given = S3Settings(
        endpoint=store.url,
        region=REGION,
        bucket=BUCKET,
        access_key_id=KEY,
        secret_access_key=SECRET,
        path_style=True,
    )
    return msgspec.structs.replace(given, **more)


def start() -> Store:
    store = Store()
    threading.Thread(target=store.serve_forever, args=(0.02,), daemon=True).start()
    return store
