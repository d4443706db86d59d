"""`make bench`: every measurement, one after the other, each with what it is measured against."""

import os
import time

from bench import (
    chat,
    contacts,
    credit,
    desk,
    flow,
    ingest,
    redirects,
    reports,
    system,
    table,
    webhooks,
)

IDLE_SECONDS = 5


def main() -> None:
    print(f"{os.cpu_count()} cores; machines are shared, so read the ratios.")
    with system.running() as pista:
        time.sleep(IDLE_SECONDS)
        memory = system.resident_mb(pista)
        rows = ingest.measure(pista)
        through = flow.measure(pista)
        linked = webhooks.measure(pista)
        chatted = chat.measure(pista)
        opened = contacts.measure(pista)
        told = desk.measure(pista)
        many = desk.measure_many(pista)
        credited = credit.measure(pista)
        led = redirects.measure(pista)
        answers = reports.measure(pista)
    table.show("Ingestion", rows)
    table.show("From the door to the statistics, 20 events a request", through)
    table.show("From a CRM's webhook to the visitor linked", linked)
    for title, found in chatted.items():
        table.show(title, found)
    table.show("Contacts, through HTTP", opened)
    table.show("Moves on the desk, to every open screen", told)
    table.show("Among a million open clientes", many)
    table.show("From the ad to the sale", credited)
    table.show("Clicks on links", led)
    table.show("Reports, through HTTP", answers)
    memory["whole tree"] = sum(memory.values())
    table.show(
        "Idle memory (proportional set size)",
        [{"process": name, "MB": f"{size:,.0f}"} for name, size in memory.items()],
    )


if __name__ == "__main__":
    main()
