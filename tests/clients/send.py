"""Sends with Segment's own Python client: `python send.py HOST WRITE_KEY COUNT SECONDS`.

Message number n is of the visitor `python-n`, and gzip every other time.
"""

import importlib
import sys
import time
from typing import Any

# Installed apart from Pista's own environment, so there is nothing for a type checker to read.
client: Any = importlib.import_module("segment.analytics.client")


def main(host: str, write_key: str, count: int, seconds: float) -> int:
    failures: list[str] = []

    def failed(error: Exception, items: list[Any]) -> None:
        failures.append(f"{len(items)}: {error}")

    clients = [
        client.Client(
            write_key,
            host=host,
            gzip=packed,
            upload_size=5,
            upload_interval=0.05,
            timeout=3,
            on_error=failed,
        )
        for packed in (False, True)
    ]
    for number in range(count):
        send(clients[number % 2], number)
        time.sleep(seconds / count)
    for one in clients:
        one.shutdown()
    print(*failures, sep="\n", end="")
    return 1 if failures else 0


def send(analytics: Any, number: int) -> None:
    user = f"python-{number}"
    match number % 3:
        case 0:
            analytics.track(user, "Order Completed", {"revenue": 89.9, "n": number})
        case 1:
            url = f"https://shop.example.com/lilies/{number}?utm_source=ig"
            analytics.page(user, name="Lilies", properties={"url": url})
        case _:
            analytics.identify(user, {"email": "m@example.com", "plan": "pro"})


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], sys.argv[2], int(sys.argv[3]), float(sys.argv[4])))
