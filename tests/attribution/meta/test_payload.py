from datetime import UTC, datetime, timedelta
from typing import Any

import msgspec
import pytest

from pista.attribution.destinations.probing import made_up
from pista.attribution.meta.payload import MetaSettings
from pista.attribution.meta.platform import MetaPlatform
from pista.attribution.told import Told
from pista.clicks import Click, ClickId
from pista.ids import uuid7

NOW = datetime(2026, 3, 14, 12, tzinfo=UTC)
PAGE = "https://loja.example/obrigado"


def click(**told: Any) -> Click:
    given: dict[str, Any] = {"user_agent": "Mozilla/5.0", "ip": "203.0.113.9"}
    given |= {"url": "https://loja.example/?fbclid=x", **told}
    given = {"at": NOW, **given}
    return Click(id=ClickId(uuid7()), token=uuid7().hex, source="go", paid=True, **given)


def event(told: Told, **settings: Any) -> dict[str, Any]:
    body = MetaPlatform().write(told, MetaSettings(pixel_id="1", **settings), NOW)
    assert isinstance(body, bytes)
    return msgspec.json.decode(body)


@pytest.mark.parametrize(
    ("told", "settings", "source"),
    [
        ({"chat": "telegram"}, {}, "chat"),
        ({"chat": None, "click": click()}, {}, "website"),
        ({"chat": None, "page_url": PAGE, "user_agent": "Mozilla/5.0"}, {}, "website"),
        # A website without a browser would be refused.
        ({"chat": None, "page_url": PAGE}, {}, "system_generated"),
        ({"chat": None}, {}, "system_generated"),
        ({"chat": "telegram", "click": click()}, {"action_source": "website"}, "website"),
        ({"chat": None}, {"action_source": "phone_call"}, "phone_call"),
        # An ad that leads to WhatsApp, with the account that it leads to.
        ({"click": click(ctwa_clid="ARA")}, {"whatsapp_account_id": "55"}, "business_messaging"),
        ({"chat": "whatsapp", "click": click(ctwa_clid="ARA")}, {}, "chat"),
        # Longer ago than Meta takes it as one of an ad.
        (
            {"chat": "whatsapp", "click": click(ctwa_clid="ARA", at=NOW - timedelta(days=8))},
            {"whatsapp_account_id": "55"},
            "chat",
        ),
    ],
)
def test_where_it_happened(told: dict[str, Any], settings: dict[str, Any], source: str):
    """
    A sale is said to have happened where it did, as far as Meta takes that.
    """
    assert event(made_up(NOW)._replace(**told), **settings)["action_source"] == source


def test_an_ad_that_leads_to_whatsapp():
    """
    The click and the account are raw, and the channel is named.
    """
    told = made_up(NOW)._replace(click=click(ctwa_clid="ARA0"), name="Lead")

    sent = event(told, whatsapp_account_id="102290129340398")

    assert (sent["event_name"], sent["messaging_channel"]) == ("LeadSubmitted", "whatsapp")
    assert sent["user_data"]["ctwa_clid"] == "ARA0"
    assert sent["user_data"]["whatsapp_business_account_id"] == "102290129340398"


def test_what_it_says_of_money_time_and_consent():
    """
    Cents are told digit by digit, nothing is of the future, and consent is told.
    """
    told = made_up(NOW)._replace(value_cents=1999, at=NOW + timedelta(minutes=5), limited=True)

    sent = event(told)

    assert sent["custom_data"]["value"] == 19.99
    assert sent["event_time"] == int(NOW.timestamp())
    assert sent["data_processing_options"] == ["LDU"]
