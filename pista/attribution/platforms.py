"""All kinds of destinations, by name. A new one is a folder, and a line here."""

from collections.abc import Mapping
from typing import Literal

from pista.attribution.ga4.platform import Ga4Platform
from pista.attribution.google.platform import GooglePlatform
from pista.attribution.meta.platform import MetaPlatform
from pista.attribution.tiktok.platform import TikTokPlatform
from pista.attribution.told import Platform
from pista.attribution.utmify.platform import UtmifyPlatform
from pista.attribution.webhook.platform import WebhookPlatform

DestinationKind = Literal["meta", "google", "tiktok", "ga4", "utmify", "webhook"]

PLATFORMS: Mapping[DestinationKind, Platform] = {
    "meta": MetaPlatform(),
    "google": GooglePlatform(),
    "tiktok": TikTokPlatform(),
    "ga4": Ga4Platform(),
    "utmify": UtmifyPlatform(),
    "webhook": WebhookPlatform(),
}
