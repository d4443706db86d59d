"""The environment becomes settings, or a sentence that names what is wrong."""

from pathlib import Path

import pytest

from pista import settings
from pista.errors import StartError

DOCUMENTATION = Path(__file__).parent.parent / "docs" / "settings.md"


def test_an_empty_environment_is_enough():
    """
    Everything has a default, and document 2's are its own.
    """
    found = settings.load({})

    assert (found.host, found.port, found.database_url) == ("127.0.0.1", 8000, None)
    assert found.data_dir == Path.cwd() / "data"
    assert found.meta_graph_url == "https://graph.facebook.com/v26.0"
    assert found.tracking.buffer_max_size == 500
    assert found.tracking.buffer_flush_interval_ms == 5000
    assert found.tracking.retention_months == 12
    assert found.tracking.cleanup_older_than_months == 13


def test_every_value_is_read():
    """
    What is set is what is used.
    """
    found = settings.load(
        {
            "PISTA_HOST": "0.0.0.0",
            "PISTA_PORT": "9000",
            "PISTA_DATA_DIR": "/srv/pista",
            "PISTA_WEB_WORKERS": "4",
            "DATABASE_URL": "postgresql://u:p@db/pista",
            "CLICKHOUSE_URL": "https://u:p@ch:8443/pista",
            "CLICKHOUSE_READONLY_URL": "https://r:p@ch:8443/pista",
            "PISTA_TRUSTED_PROXIES": "10.0.0.1, 10.0.0.2",
            "PISTA_GEOIP_DB": "/srv/countries.mmdb",
            "TRACKING_ENABLE_THROTTLING": "off",
            "PISTA_META_GRAPH_URL": "http://127.0.0.1:9/v99.0",
            "PISTA_TELEGRAM_API_URL": "http://127.0.0.1:8",
        }
    )

    assert (found.host, found.port, found.web_workers) == ("0.0.0.0", 9000, 4)
    assert found.data_dir == Path("/srv/pista")
    assert found.database_url == "postgresql://u:p@db/pista"
    assert found.clickhouse_readonly_url == "https://r:p@ch:8443/pista"
    assert found.geoip_db == Path("/srv/countries.mmdb")
    assert found.trusted_proxies == ("10.0.0.1", "10.0.0.2")
    assert found.tracking.enable_throttling is False
    assert found.meta_graph_url == "http://127.0.0.1:9/v99.0"
    assert found.telegram_api_url == "http://127.0.0.1:8"


@pytest.mark.parametrize(
    ("name", "value", "sentence"),
    [
        ("PISTA_PORT", "eighty", "PISTA_PORT must be a whole number from 1 to 65535, not 'eighty'"),
        ("PISTA_PORT", "0", "PISTA_PORT must be a whole number"),
        ("PISTA_PORT", "70000", "PISTA_PORT must be a whole number"),
        ("PISTA_WEB_WORKERS", "0", "PISTA_WEB_WORKERS must be a whole number from 1 to 64"),
        ("PISTA_LOG_LEVEL", "loud", "PISTA_LOG_LEVEL must be one of debug, info, warning, error"),
        ("TRACKING_ENABLE_AGGREGATION", "perhaps", "must be true or false, not 'perhaps'"),
        ("TRACKING_CLEANUP_OLDER_THAN_MONTHS", "3", "must not be less than TRACKING_RETENTION"),
        ("DATABASE_URL", "mysql://u:hunter2@db/x", "DATABASE_URL is not a URL that begins with"),
        ("DATABASE_URL", "postgresql://u:hunter2@db:x/x", "DATABASE_URL is not a URL with a"),
        ("DATABASE_URL", "postgresql://u:hun/ter2@db/x", "such as / # [ are written percent"),
        ("DATABASE_URL", "postgresql://u:hunter2@a..b/x", "DATABASE_URL is not a URL with a"),
        ("CLICKHOUSE_URL", "hunter2", "CLICKHOUSE_URL is not a URL that begins with http://"),
        ("PISTA_PUBLIC_URL", "pista.example", "PISTA_PUBLIC_URL is not a URL"),
    ],
)
def test_what_cannot_be_used_is_named(name: str, value: str, sentence: str):
    """
    One sentence with the variable's name; a URL is never repeated, it may hold a password.
    """
    with pytest.raises(StartError) as refused:
        settings.load({name: value})

    assert sentence.replace("http://", "http") in str(refused.value).replace("http://", "http")
    assert "hunter2" not in str(refused.value)


def test_a_bucket_needs_keys():
    """
    Files of messages are not called kept where nobody can put them.
    """
    keys = {"PISTA_S3_ACCESS_KEY_ID": "k", "PISTA_S3_SECRET_ACCESS_KEY": "s"}
    assert settings.load({"PISTA_MEDIA_BUCKET": "files", **keys}).media_bucket == "files"

    with pytest.raises(StartError, match="PISTA_MEDIA_BUCKET needs PISTA_S3_ACCESS_KEY_ID"):
        settings.load({"PISTA_MEDIA_BUCKET": "files"})


@pytest.mark.parametrize(
    ("environment", "url"),
    [
        ({}, "http://127.0.0.1:8000"),
        ({"PISTA_HOST": "0.0.0.0"}, "http://localhost:8000"),
        ({"PISTA_HOST": "::1", "PISTA_PORT": "80"}, "http://[::1]:80"),
        ({"PISTA_PUBLIC_URL": "https://pista.example/"}, "https://pista.example"),
    ],
)
def test_the_address_can_be_opened_in_a_browser(environment: dict[str, str], url: str):
    """
    Not the address that is bound, but the one that answers.
    """
    assert settings.load(environment).url == url


def test_every_setting_is_documented():
    """
    docs/settings.md names each variable that is read.
    """
    source = Path(settings.__file__).read_text()
    read = {
        word.strip('"(),')
        for word in source.replace("(", " ").split()
        if word.startswith(
            ('"PISTA_', '"TRACKING_', '"WHATSAPP_', '"WEBHOOK_', '"DATABASE_URL', '"CLICKHOUSE_')
        )
    }

    documented = DOCUMENTATION.read_text()

    assert len(read) > 15
    assert [name for name in sorted(read) if f"`{name}`" not in documented] == []
