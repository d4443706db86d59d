"""`make chaos-chat`: kill everything while people write and are answered, then count.

It ends with 1 if a message is missing, doubled, sent twice or out of order.
"""

import argparse
import asyncio
import random
import shutil
import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from tests.chaos.chat import report
from tests.chaos.chat.run import Run
from tests.chaos.plan import Role


def main() -> None:
    asked = arguments()
    folder = asked.results / f"{datetime.now(UTC):%Y-%m-%d-%H%M%S}-chat-{asked.seed}"
    folder.mkdir(parents=True)
    home = Path(tempfile.mkdtemp(prefix="pista-chaos-"))
    home.chmod(0o755)
    print(f"seed {asked.seed}; ledgers, log and report in {folder}", flush=True)
    found = asyncio.run(Run(asked, folder, home).run())
    print("\n" + report.write(found, folder))
    if found.is_good:
        shutil.rmtree(home, ignore_errors=True)
        return
    sys.exit(f"What was acknowledged and what is there differ; the data is kept in {home}.")


def arguments(given: list[str] | None = None) -> Any:
    parser = argparse.ArgumentParser(prog="python -m tests.chaos.chat", description=__doc__)
    parser.add_argument("--webhooks", type=int, default=50_000, help="at least so many come in")
    parser.add_argument("--messages", type=int, default=5_000, help="at least so many go out")
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--seed", type=int, default=random.randrange(10**6))
    parser.add_argument("--minutes", type=float, default=10, help="in which all of it comes")
    parser.add_argument("--away", type=float, default=20, help="seconds without ClickHouse")
    parser.add_argument(
        "--silence", type=float, default=22, help="seconds that WhatsApp says nothing at times"
    )
    parser.add_argument("--kills-only", action="store_true", help="pause and restart nothing")
    parser.add_argument("--no-hangs", action="store_true", help="leave nothing stopped for good")
    parser.add_argument("--only", type=Role, help="nothing but kills of this: " + ", ".join(Role))
    parser.add_argument("--people", type=int, default=250, help="who are written to")
    parser.add_argument("--metas", type=int, default=4, help="processes that send webhooks")
    parser.add_argument("--agents", type=int, default=2, help="processes that write messages")
    parser.add_argument("--tasks", type=int, default=6, help="under way at once in each")
    parser.add_argument("--web-workers", type=int, default=2)
    parser.add_argument("--results", type=Path, default=Path("chaos-results"))
    return parser.parse_args(given)


if __name__ == "__main__":
    main()
