"""The wheel is not built without the interface inside it."""

from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class InterfaceInside(BuildHookInterface[Any]):
    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        if self.target_name != "wheel" or version == "editable":
            return
        if not (Path(self.root) / "pista/web/dist/index.html").is_file():
            raise RuntimeError("pista/web/dist is empty: run `make interface` before building.")
