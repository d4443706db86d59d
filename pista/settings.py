"""What the environment says, read once at the start and passed in."""

import os
from collections.abc import Mapping
from ipaddress import ip_address
from pathlib import Path
from urllib.parse import urlsplit

import msgspec

from pista.errors import StartError

SHORTEST_SECRET_KEY = 32
LONGEST_NUMBER_ID = 40
META_GRAPH_URL = "https://graph.facebook.com/v26.0"
TELEGRAM_API_URL = "https://api.telegram.org"
MERCADOPAGO_URL = "https://api.mercadopago.com"
ASAAS_URL = "https://api.asaas.com"
PUSHINPAY_URL = "https://api.pushinpay.com.br"


class TrackingSettings(msgspec.Struct, frozen=True, kw_only=True):
    """Document 2's settings, with its names and defaults (`TRACKING_*`)."""

    buffer_max_size: int = 500
    """Events that may wait before a flush begins."""
    buffer_flush_interval_ms: int = 5000
    """The longest an event waits for its flush, in milliseconds."""
    enable_throttling: bool = True
    enable_aggregation: bool = True
    auto_cleanup_enabled: bool = True
    retention_months: int = 12
    """How far back events are accepted and statistics are answered."""
    cleanup_older_than_months: int = 13
    """Partitions older than this many months are dropped at 03:00."""


class PlatformUrls(msgspec.Struct, frozen=True, kw_only=True):
    """Where conversions are told, with the versions of the interfaces."""

    google: str = "https://googleads.googleapis.com/v25"
    google_data: str = "https://datamanager.googleapis.com/v1"
    google_token: str = "https://oauth2.googleapis.com/token"  # noqa: S105 - an address
    tiktok: str = "https://business-api.tiktok.com"
    ga4: str = "https://www.google-analytics.com"
    utmify: str = "https://api.utmify.com.br/api"


class S3Settings(msgspec.Struct, frozen=True, kw_only=True):
    """An S3-compatible store for exports and files of messages (`PISTA_S3_*`)."""

    endpoint: str
    region: str
    bucket: str | None
    access_key_id: str
    secret_access_key: str
    path_style: bool
    """Whether the bucket stands in the path, not in the host's name."""


class FirstNumber(msgspec.Struct, frozen=True, kw_only=True):
    """The first company's first WhatsApp number, with document 4's names of the variables."""

    phone_number_id: str
    """`WHATSAPP_PHONE_NUMBER_ID`."""
    token: str | None
    """`WHATSAPP_API_TOKEN`: what its messages are sent with."""
    app_secret: str | None
    """`WHATSAPP_APP_SECRET`: what its webhooks are signed with."""
    verify_token: str | None
    """`WEBHOOK_VERIFY_TOKEN`: what Meta says when the address is entered there."""

    def __repr__(self) -> str:
        return f"FirstNumber(phone_number_id={self.phone_number_id!r}, …)"


class Settings(msgspec.Struct, frozen=True, kw_only=True):
    host: str = "127.0.0.1"
    port: int = 8000
    public_url: str | None = None
    """How visitors' browsers reach this server, for the snippet line (`PISTA_PUBLIC_URL`)."""
    data_dir: Path = Path("data")
    web_workers: int = 2
    database_url: str | None = None
    clickhouse_url: str | None = None
    clickhouse_readonly_url: str | None = None
    """A user of the same ClickHouse that may only read, if there is one."""
    admin_email: str | None = None
    admin_password: str | None = None
    trusted_proxies: tuple[str, ...] = ()
    """Addresses whose `X-Forwarded-For` is believed (`PISTA_TRUSTED_PROXIES`, comma-separated)."""
    geoip_db: Path | None = None
    """The user's country database, in MaxMind's format (`PISTA_GEOIP_DB`)."""
    log_level: str = "info"
    secret_keys: tuple[str, ...] = ()
    """What seals secrets at rest, the newest first (`PISTA_SECRET_KEY`, comma-separated)."""
    name_servers: tuple[tuple[str, int], ...] = ()
    """Who is asked what proves a domain (`PISTA_NAME_SERVERS`); none: those of the machine."""
    webhook_private: bool = False
    """Whether webhooks may go to addresses of internal networks (`PISTA_WEBHOOK_PRIVATE`)."""
    meta_graph_url: str = META_GRAPH_URL
    """Where WhatsApp's API is, with its version (`PISTA_META_GRAPH_URL`)."""
    telegram_api_url: str = TELEGRAM_API_URL
    """Where Telegram's Bot API is (`PISTA_TELEGRAM_API_URL`)."""
    mercadopago_url: str = MERCADOPAGO_URL
    """Where Mercado Pago is (`PISTA_MERCADOPAGO_URL`)."""
    asaas_url: str = ASAAS_URL
    """Where Asaas is (`PISTA_ASAAS_URL`)."""
    pushinpay_url: str = PUSHINPAY_URL
    """Where PushinPay is (`PISTA_PUSHINPAY_URL`)."""
    platforms: PlatformUrls = PlatformUrls()
    first_number: FirstNumber | None = None
    media_max_bytes: int = 16 * 2**20
    """Larger files of people are not fetched, and larger ones not sent (`PISTA_MEDIA_MAX_MB`)."""
    media_bucket: str | None = None
    """The bucket of the S3 store that files of messages are kept in (`PISTA_MEDIA_BUCKET`)."""
    read_receipts: bool = False
    """Whether people on WhatsApp see that they were read (`PISTA_WHATSAPP_READ_RECEIPTS`)."""
    s3: S3Settings | None = None
    webhook_concurrency: int = 10
    """Webhooks under way at once in one worker (`PISTA_QUEUE_WEBHOOK_CONCURRENCY`)."""
    message_concurrency: int = 5
    other_concurrency: int = 8
    tracking: TrackingSettings = TrackingSettings()

    @property
    def s3_configured(self) -> bool:
        """Whether exports can go to a bucket without being told which."""
        return self.s3 is not None and self.s3.bucket is not None

    @property
    def url(self) -> str:
        """The address to open in a browser."""
        if self.public_url:
            return self.public_url.rstrip("/")
        host = "localhost" if self.host in ("0.0.0.0", "::") else self.host  # noqa: S104 - compared, not bound
        return f"http://{f'[{host}]' if ':' in host else host}:{self.port}"


def load(environ: Mapping[str, str] | None = None) -> Settings:
    """Read the settings; a value that cannot be used is a `StartError` that names it."""
    env = os.environ if environ is None else environ
    return Settings(
        host=env.get("PISTA_HOST") or "127.0.0.1",
        port=_whole(env, "PISTA_PORT", 8000, 1, 65535),
        public_url=_url(env, "PISTA_PUBLIC_URL", "http", "https"),
        data_dir=Path(env.get("PISTA_DATA_DIR") or "data").expanduser().absolute(),
        web_workers=_whole(env, "PISTA_WEB_WORKERS", min(2, os.cpu_count() or 1), 1, 64),
        database_url=_url(env, "DATABASE_URL", "postgres", "postgresql"),
        clickhouse_url=_url(env, "CLICKHOUSE_URL", "http", "https"),
        clickhouse_readonly_url=_url(env, "CLICKHOUSE_READONLY_URL", "http", "https"),
        admin_email=env.get("PISTA_ADMIN_EMAIL") or None,
        admin_password=env.get("PISTA_ADMIN_PASSWORD") or None,
        trusted_proxies=_list(env, "PISTA_TRUSTED_PROXIES"),
        geoip_db=_path(env, "PISTA_GEOIP_DB"),
        log_level=_choice(env, "PISTA_LOG_LEVEL", "info", "debug", "info", "warning", "error"),
        secret_keys=_secret_keys(env),
        name_servers=tuple(
            _address(one, "PISTA_NAME_SERVERS", 53) for one in _list(env, "PISTA_NAME_SERVERS")
        ),
        webhook_private=_flag(env, "PISTA_WEBHOOK_PRIVATE", False),
        meta_graph_url=_url(env, "PISTA_META_GRAPH_URL", "http", "https") or META_GRAPH_URL,
        telegram_api_url=_url(env, "PISTA_TELEGRAM_API_URL", "http", "https") or TELEGRAM_API_URL,
        mercadopago_url=_url(env, "PISTA_MERCADOPAGO_URL", "http", "https") or MERCADOPAGO_URL,
        asaas_url=_url(env, "PISTA_ASAAS_URL", "http", "https") or ASAAS_URL,
        pushinpay_url=_url(env, "PISTA_PUSHINPAY_URL", "http", "https") or PUSHINPAY_URL,
        platforms=_platforms(env),
        first_number=_first_number(env),
        media_max_bytes=_whole(env, "PISTA_MEDIA_MAX_MB", 16, 1, 2000) * 2**20,
        read_receipts=_flag(env, "PISTA_WHATSAPP_READ_RECEIPTS", False),
        s3=_s3(env),
        media_bucket=_media_bucket(env),
        webhook_concurrency=_whole(env, "PISTA_QUEUE_WEBHOOK_CONCURRENCY", 10, 1, 100),
        message_concurrency=_whole(env, "PISTA_QUEUE_MESSAGE_CONCURRENCY", 5, 1, 100),
        other_concurrency=_whole(env, "PISTA_QUEUE_OTHER_CONCURRENCY", 8, 1, 100),
        tracking=_tracking(env),
    )


def _tracking(env: Mapping[str, str]) -> TrackingSettings:
    tracking = TrackingSettings(
        buffer_max_size=_whole(env, "TRACKING_BUFFER_MAX_SIZE", 500, 1, 1_000_000),
        buffer_flush_interval_ms=_whole(
            env, "TRACKING_BUFFER_FLUSH_INTERVAL_MS", 5000, 10, 600_000
        ),
        enable_throttling=_flag(env, "TRACKING_ENABLE_THROTTLING", True),
        enable_aggregation=_flag(env, "TRACKING_ENABLE_AGGREGATION", True),
        auto_cleanup_enabled=_flag(env, "TRACKING_AUTO_CLEANUP_ENABLED", True),
        retention_months=_whole(env, "TRACKING_RETENTION_MONTHS", 12, 1, 120),
        cleanup_older_than_months=_whole(env, "TRACKING_CLEANUP_OLDER_THAN_MONTHS", 13, 1, 121),
    )
    if tracking.cleanup_older_than_months < tracking.retention_months:
        raise StartError(
            "TRACKING_CLEANUP_OLDER_THAN_MONTHS must not be less than TRACKING_RETENTION_MONTHS."
        )
    return tracking


def _platforms(env: Mapping[str, str]) -> PlatformUrls:
    names = {
        "google": "PISTA_GOOGLE_ADS_URL",
        "google_data": "PISTA_GOOGLE_DATA_URL",
        "google_token": "PISTA_GOOGLE_TOKEN_URL",
        "tiktok": "PISTA_TIKTOK_URL",
        "ga4": "PISTA_GA4_URL",
        "utmify": "PISTA_UTMIFY_URL",
    }
    given = {name: _url(env, variable, "http", "https") for name, variable in names.items()}
    return msgspec.structs.replace(
        PlatformUrls(), **{name: url.rstrip("/") for name, url in given.items() if url}
    )


def _s3(env: Mapping[str, str]) -> S3Settings | None:
    key = env.get("PISTA_S3_ACCESS_KEY_ID")
    secret = env.get("PISTA_S3_SECRET_ACCESS_KEY")
    if not key and not secret:
        return None
    if not key or not secret:
        raise StartError(
            "PISTA_S3_ACCESS_KEY_ID and PISTA_S3_SECRET_ACCESS_KEY must both be set, or neither."
        )
    endpoint = _url(env, "PISTA_S3_ENDPOINT", "http", "https")
    region = env.get("PISTA_S3_REGION") or "us-east-1"
    return S3Settings(
        endpoint=(endpoint or f"https://s3.{region}.amazonaws.com").rstrip("/"),
        region=region,
        bucket=env.get("PISTA_S3_BUCKET") or None,
        access_key_id=key,
        secret_access_key=secret,
        path_style=_flag(env, "PISTA_S3_PATH_STYLE", endpoint is not None),
    )


def _media_bucket(env: Mapping[str, str]) -> str | None:
    bucket = env.get("PISTA_MEDIA_BUCKET") or None
    if bucket is not None and _s3(env) is None:
        raise StartError(
            "PISTA_MEDIA_BUCKET needs PISTA_S3_ACCESS_KEY_ID and PISTA_S3_SECRET_ACCESS_KEY."
        )
    return bucket


def _first_number(env: Mapping[str, str]) -> FirstNumber | None:
    number = env.get("WHATSAPP_PHONE_NUMBER_ID")
    if not number:
        return None
    if not (number.isascii() and number.isdigit() and len(number) <= LONGEST_NUMBER_ID):
        raise StartError(
            "WHATSAPP_PHONE_NUMBER_ID is the id of a number, in digits, and not the number itself:"
            " see API setup in Meta's developer pages."
        )
    return FirstNumber(
        phone_number_id=number,
        token=env.get("WHATSAPP_API_TOKEN") or None,
        app_secret=env.get("WHATSAPP_APP_SECRET") or None,
        verify_token=env.get("WEBHOOK_VERIFY_TOKEN") or None,
    )


def _secret_keys(env: Mapping[str, str]) -> tuple[str, ...]:
    keys = _list(env, "PISTA_SECRET_KEY")
    if any(len(key) < SHORTEST_SECRET_KEY for key in keys):
        raise StartError(
            f"PISTA_SECRET_KEY must have at least {SHORTEST_SECRET_KEY} characters: make one with"
            " `openssl rand -base64 32`."
        )
    return keys


def _whole(env: Mapping[str, str], name: str, default: int, low: int, high: int) -> int:
    text = env.get(name) or str(default)
    try:
        value = int(text)
    except ValueError:
        value = low - 1
    if not low <= value <= high:
        raise StartError(f"{name} must be a whole number from {low} to {high}, not {text!r}.")
    return value


def _flag(env: Mapping[str, str], name: str, default: bool) -> bool:
    text = (env.get(name) or str(default)).lower()
    if text in ("true", "1", "yes", "on"):
        return True
    if text in ("false", "0", "no", "off"):
        return False
    raise StartError(f"{name} must be true or false, not {text!r}.")


def _choice(env: Mapping[str, str], name: str, default: str, *choices: str) -> str:
    text = (env.get(name) or default).lower()
    if text not in choices:
        raise StartError(f"{name} must be one of {', '.join(choices)}, not {text!r}.")
    return text


def _path(env: Mapping[str, str], name: str) -> Path | None:
    return Path(env[name]).expanduser().absolute() if env.get(name) else None


def _list(env: Mapping[str, str], name: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in env.get(name, "").split(",") if part.strip())


def _address(text: str, name: str, port: int) -> tuple[str, int]:
    """`9.9.9.9`, `2620:fe::fe`, `127.0.0.1:5353` or `[::1]:5353`."""
    try:
        return str(ip_address(text)), port
    except ValueError:
        host, _, given = text.rpartition(":")
    try:
        return str(ip_address(host.strip("[]"))), int(given)
    except ValueError:
        raise StartError(f"{name} must be addresses such as 9.9.9.9, not {text!r}.") from None


def _url(env: Mapping[str, str], name: str, *schemes: str) -> str | None:
    text = env.get(name)
    if not text:
        return None
    try:
        parts = urlsplit(text)
        known = parts.scheme in schemes
        usable = parts.port is None or parts.port > 0
        (parts.hostname or "").encode("idna")
    except ValueError:
        known, usable = text.startswith(tuple(f"{scheme}://" for scheme in schemes)), False
    # The value may hold a password, so it is not repeated.
    if not known:
        raise StartError(f"{name} is not a URL that begins with {':// or '.join(schemes)}://.")
    if not usable:
        raise StartError(
            f"{name} is not a URL with a usable host and port; in its password, characters such as"
            " / # [ are written percent-encoded."
        )
    return text
