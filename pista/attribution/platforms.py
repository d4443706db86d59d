"""All kinds of destinations, by name. A new one is a folder, and a line here."""

from collections.abc import Mapping
from typing import Literal, get_args

from pista.attribution.meta.platform import MetaPlatform
from pista.attribution.told import Platform

DestinationKind = Literal["meta"]
KINDS: tuple[DestinationKind, ...] = get_args(DestinationKind)

PLATFORMS: Mapping[DestinationKind, Platform] = {"meta": MetaPlatform()}
