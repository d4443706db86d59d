"""Every room that holds something of people, in the order in which it is erased.

A test walks all tables of PostgreSQL and fails for one that holds people's data and is in no room.
"""

from collections.abc import Mapping

from pista.attribution import rights as attribution
from pista.chat import rights as chat
from pista.clicks import rights as clicks
from pista.contacts import rights as contacts
from pista.contacts.imports import rights as imports
from pista.contacts.rights import Held
from pista.crm import rights as crm
from pista.desk import rights as desk
from pista.identity import rights as identity
from pista.sales import rights as sales

HELD: Mapping[str, Held] = {
    # By whose the sales were.
    "attribution": attribution.RIGHTS,
    # Whose a sale was is found through whom they wrote as.
    "sales": sales.RIGHTS,
    # By whom somebody wrote as and which browsers were theirs, which others let go of below.
    "clicks": clicks.RIGHTS,
    "chat": chat.RIGHTS,
    "crm": crm.RIGHTS,
    "desk": desk.RIGHTS,
    "identity": identity.RIGHTS,
    "imports": imports.RIGHTS,
    # The rows of all others point at the contacts.
    "contacts": contacts.RIGHTS,
}

TABLES = frozenset(
    {
        # attribution
        *("credits", "conversions", "deliveries", "delivery_attempts"),
        *("credit_due", "report_shares"),
        # chat
        *("chat_people", "chat_person_keys", "chat_starts", "chat_memberships", "chat_webhooks"),
        *("conversations", "messages", "message_changes", "chat_media", "chat_news"),
        *("chat_notes", "chat_drafts"),
        # clicks
        *("clicks", "click_arrivals"),
        # crm
        *("webhooks", "webhook_contacts", "jobs", "introductions"),
        # desk
        *("clientes", "cliente_words", "cliente_drafts", "desk_history"),
        *("cliente_imports", "cliente_import_chunks", "cliente_import_people"),
        "cliente_import_results",
        # identity
        *("visitor_contact", "link_claims", "visitor_forks", "contact_vouchers"),
        "claim_reviews",
        # sales
        *("sales", "sale_changes", "charges", "payment_notices"),
        # contacts
        *("contacts", "contact_identities", "contact_merges", "contact_reviews"),
        *("contact_imports", "contact_import_chunks", "contact_import_results"),
        # Here, until it is done.
        *("erasures", "contact_erasures"),
        # Visitors' events, wherever they are.
        *("events", "sessions", "visitor_weeks", "import_rows", "incoming"),
        *("journal", "journal_recent", "journal_quarantine"),
    }
)
"""The tables that are emptied of a person."""

NOBODYS: Mapping[str, str] = {
    "account_links": "of the company's own people",
    "alert_deliveries": "counts of events",
    "alert_firings": "counts of events",
    "alert_rules": "names that the company gives",
    "api_keys": "names that the company gives",
    "attribution_settings": "numbers",
    "audit_log": "of the company's own people",
    "bots": "of bots alone, by page",
    "chat_channels": "the company's own numbers and bots",
    "chat_files_gone": "hashes",
    "chat_objects_gone": "random ids",
    "chat_flow": "how fast a number may send",
    "chat_presence": "of the company's own people",
    "chat_quick_replies": "texts of the company's own",
    "contact_settings": "a country",
    "cliente_locks": "of the company's own people",
    "event_ids": "random ids",
    "cliente_goals": "numbers and times",
    "desk_asesores": "of the company's own people",
    "desk_assignments": "numbers and states",
    "desk_default_views": "of the company's own people",
    "destinations": "the company's own accounts",
    "desk_messages": "numbers, states and times",
    "desk_moves": "names of our own",
    "desk_presence": "of the company's own people",
    "desk_settings": "of the company's own",
    "desk_views": "of the company's own people",
    "event_throttles": "types of events",
    "events_hourly": "counts and hashes",
    "link_domains": "the company's own domains",
    "links": "names that the company gives",
    "month_removals": "of the company's own people",
    "people_hourly": "counts and hashes",
    "export_files": "names of days",
    "export_schedules": "names that the company gives",
    "exports": "names that the company gives",
    "imports": "names of files",
    "ingest_batches": "counts and hashes",
    "job_keys": "hashes",
    "journal_flushes": "numbers",
    "known_logins": "hashes",
    "login_attempts": "hashes",
    "maintenance_runs": "names of our own",
    "payment_accounts": "the company's own accounts",
    "report_days": "counts, by campaign",
    "report_deltas": "counts, by campaign",
    "report_hours": "counts, by campaign",
    "report_places": "names of campaigns",
    "report_zones": "time zones",
    "spend": "what ads cost",
    "spend_import_chunks": "what ads cost",
    "spend_import_lines": "what ads cost",
    "spend_import_results": "what ads cost",
    "spend_imports": "what ads cost",
    "queue_counts": "kinds of work",
    "queue_halts": "names of our own",
    "queue_pauses": "of the company's own people",
    "queue_ticks": "kinds of work",
    "recovery_codes": "hashes",
    "refunds": "amounts, and random ids",
    "sale_moves": "names of our own",
    "schema_migrations": "names of our own",
    "second_factors": "of the company's own people",
    "sites": "names that the company gives",
    "tenants": "names that the company gives",
    "user_sessions": "of the company's own people",
    "users": "of the company's own people",
    "webhook_sources": "names that the company gives",
}
"""Tables with text in which nothing of a contact can be, and what it is instead."""
