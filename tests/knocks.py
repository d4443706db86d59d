"""What each route is asked with that takes an id, so that another company's can be tried."""

from typing import Any, NamedTuple

from tests.companies import RULE

PERIOD = {"startDate": "2026-03-01", "endDate": "2026-03-02"}

DESK: dict[str, Any] = {
    **{"limitSeconds": 300, "warningSeconds": 9, "hours": [], "wizard": []},
    "outcomes": [],
}

ENDLESS = 0
"""Who is let in hears no end of it: tests of the room hear its beginning."""


class Knock(NamedTuple):
    """A request; `{thing}` in it is the other company's."""

    route: str
    body: dict[str, Any] | None = None
    query: dict[str, Any] | None = None
    mine: tuple[str, ...] = ()
    """Parts of the path that are one's own."""
    owner: int = 200
    """What the company itself is answered: else nothing would be tried here."""


THINGS = {
    "tenant_id": "tenant",
    "site_id": "site",
    "user_id": "user",
    "invite_id": "invite",
    "session_id": "session",
    "key_id": "key",
    "rule_id": "rule",
    "delivery_id": "delivery",
    "export_id": "export",
    "contact_id": "contact",
    "import_id": "import",
    "cliente_import_id": "cliente import",
    "spend_import_id": "spend",
    "merge_id": "merge",
    "conflict_id": "conflict",
    "claim_id": "claim",
    "visitor_id": "visitor",
    "source_id": "source",
    "channel_id": "channel",
    "media_id": "media",
    "webhook_id": "webhook",
    "conversation_id": "conversation",
    "message_id": "message",
    "note_id": "note",
    "reply_id": "reply",
    "received_id": "received",
    "secret": "secret",
    "letter_id": "letter",
    "cliente_id": "cliente",
    "sale_id": "sale",
    "result_id": "paid",
    "account_id": "account",
    "charge_id": "charge",
    "paid_id": "paid",
    "destination_id": "destination",
    "event_id": "event",
    "view_id": "view",
    "link_id": "link",
    "domain": "domain",
    "name": "file",
}
"""What a part of a path is the id of."""

STATS = "GET /tracking-v2/stats/tenant/{tenant_id}"
CLIENTE = "/api/clientes/{cliente_id}"
SALE = "/api/sales/{sale_id}"
DESTINATION = "/api/destinations/{destination_id}"
CONVERSION = "/api/conversions/{event_id}/{destination_id}"
SOLD = {"amount": 1, "currency": "BRL"}
ACCOUNT = "/api/payments/accounts/{account_id}"
CHAT = {"channelId": "{channel}", "personId": "{person}"}
VIEW = "/api/desk/views/{view_id}"
CHANNEL = "/api/chat/channels/{channel_id}"
TALKS = "/api/chat/conversations"
TALK = "/api/chat/conversations/{conversation_id}"
REPLY = "/api/chat/quick-replies/{reply_id}"
SOURCE = "/api/webhook-sources/{source_id}"
CONTACT = "/api/contacts/{contact_id}"
IMPORT = "/api/contacts/imports/{import_id}"
OF_USER = {"filters": {"asesorId": "{user}"}}
SPEND = "/api/spend/imports/{spend_import_id}"
SPENT = {"mapping": {"day": 0, "cost": 1}, "header": True, "platform": "meta", "currency": "BRL"}
FILE = "/api/clientes/imports/{cliente_import_id}"
OF_CLIENTES = {"mapping": {"email": 0}, "header": False}
COLUMNS = {"mapping": {"email": 0}, "header": False}
CLAIM = "/api/linking/claims/{claim_id}"
CONFLICT = "/api/linking/conflicts/{conflict_id}/decision"

KNOCKS = [
    # What only reads, and what adds.
    Knock("GET /api/sites/{site_id}"),
    Knock("GET /api/sites/{site_id}/forms"),
    Knock("GET /api/audit", query={"actorId": "{user}"}),
    Knock("GET /api/audit", query={"subjectId": "{user}"}),
    *(
        Knock(f"{STATS}{view}", query={**PERIOD, **more, "siteId": "{site}"}, mine=mine)
        for view, more in (
            ("", {}),
            ("/now", {}),
            ("/breakdown", {"by": "page"}),
            ("/funnel", {"step": ["CLICK", "PAGE_VIEW"]}),
            ("/retention", {}),
            ("/bots", {}),
        )
        for mine in ((), ("tenant_id",))
    ),
    Knock("GET /api/exports/{export_id}"),
    # There is no such file of anybody.
    Knock("GET /api/exports/{export_id}/files/{name}", owner=404),
    Knock("GET /tracking-v2/stream", query={"tenantId": "{tenant}", "limit": "0"}, owner=422),
    Knock(
        "GET /tracking-v2/stream",
        query={"tenantId": "{my tenant}", "siteId": "{site}", "limit": "0"},
        owner=422,
    ),
    Knock("POST /api/alerts/rules", {**RULE, "name": "x", "siteId": "{site}"}, owner=201),
    Knock("POST /api/alerts/preview", {**RULE, "siteId": "{site}"}),
    Knock("GET /api/alerts/rules/{rule_id}/history"),
    Knock("GET /api/alerts/firings", query={"ruleId": "{rule}"}),
    Knock("POST /api/alerts/rules/{rule_id}/test", owner=409),
    Knock("GET /api/privacy/visitors/{visitor_id}"),
    Knock("GET /api/privacy/contacts/{contact_id}"),
    Knock(f"GET {IMPORT}"),
    Knock(f"GET {IMPORT}/problems"),
    Knock(f"POST {IMPORT}/preview", COLUMNS),
    Knock(f"GET {CONTACT}"),
    Knock(f"GET {CONTACT}/sessions"),
    Knock(f"GET {CONTACT}/timeline"),
    Knock(f"GET {CONTACT}/stream", owner=ENDLESS),
    Knock(f"GET {CONTACT}/sessions/{{session_id}}/events", owner=404),
    Knock("GET /api/linking/conflicts", query={"contactId": "{contact}"}),
    Knock("GET /api/linking/claims", query={"contactId": "{contact}"}),
    Knock("GET /api/linking/claims", query={"visitorId": "{visitor}"}),
    Knock("GET /api/linking/claims", query={"before": "{claim}"}),
    Knock("GET /api/linking/visitors/{visitor_id}"),
    Knock("GET /api/linking/report", query={"siteId": "{site}"}),
    Knock(f"GET {SOURCE}/webhooks"),
    Knock(f"GET {SOURCE}/webhooks/{{received_id}}"),
    Knock(f"GET {SOURCE}/webhooks/{{received_id}}", mine=("source_id",)),
    Knock(f"GET {SOURCE}/last"),
    Knock(f"POST {SOURCE}/mapping", {"mapping": {"email": "email"}}),
    Knock(f"POST {SOURCE}/sale-mapping", {"mapping": {}}),
    Knock(f"POST {CHANNEL}/check"),
    Knock("GET /api/chat/webhooks/{webhook_id}"),
    Knock("POST /api/chat/webhooks/{webhook_id}/retry", owner=202),
    # It lies in no folder.
    Knock("GET /api/chat/media/{media_id}", owner=409),
    Knock("GET /api/chat/media/{media_id}/state"),
    Knock("POST /api/chat/media/{media_id}/retry", owner=409),
    Knock(f"GET {TALKS}", query={"channelId": "{channel}"}),
    Knock(f"GET {TALKS}", query={"contactId": "{contact}"}),
    Knock(f"GET {TALKS}", query={"assigned": "{user}"}),
    Knock(f"GET {TALK}"),
    Knock(f"GET {TALK}/messages"),
    Knock(f"GET {TALK}/draft"),
    Knock("GET /api/dead-letters/{letter_id}"),
    Knock("GET /api/sales", query={"contactId": "{contact}"}),
    Knock(f"GET {SALE}"),
    Knock(f"GET {SALE}/credit"),
    Knock("GET /api/conversions", query={"destinationId": "{destination}"}),
    Knock("GET /api/conversions", query={"saleId": "{paid}"}),
    Knock(f"GET {CONVERSION}"),
    Knock(f"POST {DESTINATION}/test"),
    Knock("GET /api/clientes", query={"asesorId": "{user}"}),
    Knock("GET /api/clientes", query={"contactId": "{contact}"}),
    Knock(f"GET {CLIENTE}"),
    Knock(f"GET {CLIENTE}/historial"),
    Knock(f"GET {CLIENTE}/draft"),
    *(
        Knock(f"GET /api/desk/reports/{report}", query={**more, "asesorId": "{admin}"})
        for report, more in (
            ("first-touch", {}),
            ("stays", {}),
            ("returns", {}),
            ("outcomes", {}),
            ("csv", {"report": "outcomes"}),
            ("lines", {"figure": "left"}),
            ("lines/csv", {"figure": "left"}),
        )
    ),
    Knock("GET /api/clientes/export", query={"contactId": "{contact}"}),
    Knock("GET /api/clientes/export", query={"asesorId": "{user}"}),
    *(Knock(f"GET {FILE}{view}") for view in ("", "/kept", "/problems")),
    Knock(f"POST {FILE}/preview", OF_CLIENTES),
    Knock("GET /api/links/{link_id}"),
    Knock("GET /api/links/{link_id}/hours"),
    Knock("GET /api/links/{link_id}/qr"),
    Knock("GET /api/clicks", query={"linkId": "{link}"}),
    Knock("GET /api/clicks", query={"visitorId": "{visitor}"}),
    Knock("GET /api/clicks", query={"before": "{link}"}),
    # What changes.
    Knock("PATCH /api/links/{link_id}", {"name": "mine"}),
    Knock("PATCH /api/links/{link_id}", {"channelId": "{channel}"}, mine=("link_id",), owner=422),
    Knock("PATCH /api/links/{link_id}", {"domain": "{domain}"}, mine=("link_id",)),
    Knock(
        "POST /api/links",
        {"kind": "telegram", "name": "x", "bot": "some_bot", "domain": "{domain}"},
        owner=201,
    ),
    Knock(
        "POST /api/links", {"kind": "whatsapp", "name": "x", "channelId": "{channel}"}, owner=201
    ),
    Knock("POST /api/links/{link_id}/archive"),
    Knock("POST /api/links/{link_id}/restore"),
    Knock("DELETE /api/link-domains/{domain}", owner=409),
    Knock("POST /api/link-domains/{domain}/check"),
    Knock("POST /api/clientes", {"nombre": "x", "contactId": "{contact}"}, owner=201),
    Knock("POST /api/clientes/assign", {"ids": ["{cliente}"], "asesorId": "{my user}"}),
    Knock("POST /api/clientes/assign", {"ids": ["{my cliente}"], "asesorId": "{user}"}),
    Knock("PUT /api/desk/settings", {**DESK, "escalation": {"asesorId": "{user}"}}),
    Knock("PUT /api/desk/asesores/{user_id}", {"limit": 0, "skills": []}),
    Knock("POST /api/clientes/assign/undo", {"undo": "{assignment}"}),
    Knock("POST /api/clientes/assign", {"ids": ["{cliente}"], "asesorId": "{my admin}"}),
    *(
        Knock(f"POST {CLIENTE}/{what}", body)
        for what in ("lock", "heartbeat", "activity", "open-wizard")
        for body in ({}, {"asesorId": "{admin}"})
    ),
    Knock(f"PUT {CLIENTE}/draft", {"answers": {}, "revision": 1}),
    Knock(f"PUT {CLIENTE}/draft", {"answers": {}, "revision": 2, "asesorId": "{admin}"}),
    Knock(f"PUT {CLIENTE}", {"version": 5, "notas": "mine"}),
    Knock(f"PUT {CLIENTE}", {"version": 6, "notas": "mine now", "asesorId": "{admin}"}),
    Knock(f"POST {CLIENTE}/complete-wizard", {}),
    Knock(f"POST {CLIENTE}/complete-wizard", {"asesorId": "{admin}"}, owner=409),
    Knock(f"POST {CLIENTE}/unlock", {}, owner=204),
    Knock(f"POST {CLIENTE}/unlock", {"asesorId": "{admin}"}, owner=204),
    Knock(
        f"POST {CLIENTE}/estatus",
        {"estatus": "derivado", "asesorId": "{admin}"},
        mine=("cliente_id",),
    ),
    Knock(f"POST {CLIENTE}/give-back", {"why": "x"}),
    Knock(f"POST {CLIENTE}/give-back", {"why": "x", "asesorId": "{admin}"}, owner=409),
    Knock(f"POST {CLIENTE}/reopen", {"asesorId": "{user}"}, mine=("cliente_id",)),
    Knock(f"PATCH {CLIENTE}/estatus", {"estatus": "nuevo"}),
    Knock(
        f"POST {CLIENTE}/estatus",
        {"estatus": "derivado", "asesorId": "{user}"},
        mine=("cliente_id",),
    ),
    Knock(
        f"PATCH {CLIENTE}/estatus",
        {"estatus": "derivado", "asesorId": "{admin}"},
        mine=("cliente_id",),
    ),
    Knock(
        f"POST {CLIENTE}/transfer",
        {"toAsesorId": "{user}", "why": "x", "asesorId": "{my admin}"},
        mine=("cliente_id",),
    ),
    Knock(f"POST {CLIENTE}/transfer", {"toAsesorId": "{my user}", "why": "x"}, owner=409),
    Knock(
        f"POST {CLIENTE}/transfer",
        {"toAsesorId": "{my user}", "why": "x", "asesorId": "{admin}"},
        owner=409,
    ),
    Knock(f"POST {CLIENTE}/estatus", {"estatus": "no_gestionado"}),
    Knock(f"POST {CLIENTE}/reopen", {}),
    Knock("POST /api/desk/views", {"name": "x", "terms": OF_USER}, owner=201),
    Knock(f"PATCH {VIEW}", {"name": "mine now"}),
    Knock(f"PATCH {VIEW}", {"terms": OF_USER}, mine=("view_id",)),
    Knock("PUT /api/desk/default-view", {"viewId": "{view}"}),
    Knock("POST /api/sales", {**SOLD, "contactId": "{contact}"}, owner=201),
    Knock("POST /api/sales", {**SOLD, "visitorId": "{visitor}"}, owner=201),
    Knock("POST /api/sales", {**SOLD, "chat": CHAT}, owner=201),
    Knock(f"POST {CONVERSION}/resend", {}, owner=202),
    Knock(f"PUT {DESTINATION}/test-events", {"code": "TEST1"}),
    Knock(f"POST {DESTINATION}/backfill", {}),
    Knock(f"PATCH {DESTINATION}", {"name": "n"}),
    Knock(f"DELETE {DESTINATION}", owner=204),
    Knock(f"GET {ACCOUNT}/notices"),
    Knock(f"POST {ACCOUNT}/check"),
    Knock(f"POST {ACCOUNT}/address"),
    Knock(f"PATCH {ACCOUNT}", {"name": "mine now"}),
    Knock("GET /api/payments/{charge_id}"),
    Knock("POST /api/payments/pix", {"amount": 1, "accountId": "{account}"}, owner=201),
    Knock("POST /api/payments/pix", {"saleId": "{sale}"}, owner=201),
    Knock("POST /api/payments/pix", {"saleId": "{pix sale}"}),
    Knock("POST /api/payments/pix", {"amount": 1, "contactId": "{contact}"}, owner=201),
    Knock(
        "POST /api/payments/pix",
        {"amount": 1, "visitorId": "{visitor}", "accountId": "{account}"},
        owner=201,
    ),
    Knock("POST /api/payments/pix", {"amount": 1, "chat": CHAT}, owner=201),
    Knock(f"POST {TALK}/pix", {"amount": 1}, owner=201),
    Knock(
        f"POST {TALK}/pix",
        {"amount": 1, "accountId": "{account}"},
        mine=("conversation_id",),
        owner=201,
    ),
    Knock(f"GET {TALK}/charges"),
    Knock(f"POST {SALE}/paid", {}),
    Knock(f"POST {SALE}/refund", {}),
    Knock(f"POST {SALE}/cancel", {}, owner=409),
    Knock(f"GET {CHANNEL}/templates", owner=409),
    Knock(f"POST {CHANNEL}/resume"),
    Knock(f"POST {TALK}/messages", {"type": "text", "text": "x"}, owner=201),
    Knock(
        f"POST {TALK}/messages",
        {"type": "media", "media": {"kind": "image", "mediaId": "{media}"}},
        mine=("conversation_id",),
        owner=201,
    ),
    Knock(f"POST {TALK}/messages/{{message_id}}/resend"),
    Knock(f"POST {TALK}/messages/{{message_id}}/resend", mine=("conversation_id",), owner=409),
    Knock(f"PUT {TALK}/messages/{{message_id}}/reaction", {"emoji": "👍"}, owner=409),
    Knock(
        f"PUT {TALK}/messages/{{message_id}}/reaction",
        {"emoji": "👍"},
        mine=("conversation_id",),
        owner=409,
    ),
    Knock(f"POST {TALK}/read", {"through": 1}),
    Knock(f"PUT {TALK}/assignment", {"userId": None}),
    Knock(f"PUT {TALK}/assignment", {"userId": "{user}"}, mine=("conversation_id",)),
    Knock(
        f"PUT {TALK}/assignment",
        {"userId": None, "expected": "{my user}"},
        mine=("conversation_id",),
    ),
    Knock(f"PUT {TALK}/status", {"status": "closed"}),
    Knock(f"POST {TALK}/notes", {"text": "mine"}, owner=201),
    Knock(f"PUT {TALK}/draft", {"text": "mine", "revision": 1}),
    Knock(f"POST {TALK}/typing", {"doing": "typing"}),
    Knock(f"PATCH {REPLY}", {"text": "mine now"}),
    Knock(f"PATCH {CHANNEL}", {"name": "mine now"}),
    Knock(f"POST {CHANNEL}/secrets", {"appSecret": "another-secret"}),
    Knock(f"DELETE {CHANNEL}/secrets"),
    Knock(f"POST {CHANNEL}/verify-token"),
    Knock(f"POST {CHANNEL}/connect", owner=422),
    Knock("PATCH /api/sites/{site_id}", {"name": "mine now"}),
    Knock("PUT /api/sites/{site_id}/forms", {"enabled": False}),
    Knock("PATCH /api/users/{user_id}", {"name": "mine now"}),
    Knock("POST /api/users/{user_id}/reset", owner=201),
    Knock("POST /api/users/{user_id}/second-factor/off", owner=204),
    Knock("PATCH /api/alerts/rules/{rule_id}", {"name": "mine now"}),
    Knock("PATCH /api/alerts/rules/{rule_id}", {"siteId": "{site}"}, mine=("rule_id",)),
    Knock("POST /api/alerts/rules/{rule_id}/secret", owner=409),
    Knock("POST /api/alerts/deliveries/{delivery_id}/retry", owner=409),
    Knock("POST /api/exports/{export_id}/cancel"),
    Knock("POST /api/exports/{export_id}/retry", owner=202),
    Knock(f"PATCH {CONTACT}", {"name": "mine now"}),
    Knock(f"POST {CONTACT}/merge", {"contactId": "{third}"}),
    Knock(f"POST {CONTACT}/merge", {"contactId": "{my third}"}, owner=409),
    Knock(f"POST {CONTACT}/merge", {"contactId": "{third}"}, mine=("contact_id",), owner=409),
    Knock(f"DELETE {CONTACT}/merge/{{merge_id}}"),
    Knock(f"DELETE {CONTACT}/merge/{{merge_id}}", mine=("contact_id",)),
    Knock(f"POST {CONFLICT}", {"decision": "separate"}),
    Knock(
        f"POST {CONFLICT}",
        {"decision": "merge", "into": "{contact}"},
        mine=("conflict_id",),
        owner=409,
    ),
    Knock(f"DELETE {CONFLICT}"),
    Knock("POST /api/linking/links", {"visitorId": "new", "contactId": "{contact}"}),
    Knock("POST /api/linking/links", {"visitorId": "{visitor}", "contactId": "{contact}"}),
    Knock(f"POST {CLAIM}/decision", {"decision": "keep"}),
    Knock(f"DELETE {CLAIM}/decision"),
    Knock(f"POST {CLAIM}/undo"),
    Knock(f"PATCH {SOURCE}", {"name": "mine now"}),
    Knock(f"POST {SOURCE}/secret"),
    Knock(f"POST {SOURCE}/replay", {"ids": ["{received}"]}, owner=202),
    Knock(f"POST {SOURCE}/replay", {"ids": ["{received}"]}, mine=("source_id",), owner=202),
    Knock(f"POST {SOURCE}/webhooks/{{received_id}}/retry", owner=202),
    Knock(f"POST {SOURCE}/webhooks/{{received_id}}/retry", mine=("source_id",), owner=409),
    Knock("POST /api/dead-letters/replay", {"ids": ["{letter}"]}),
    Knock("POST /api/dead-letters/drop", {"ids": ["{letter}"]}),
    Knock(f"POST {FILE}/start", {"asesorIds": ["{user}"]}, owner=409),
    Knock(f"POST {FILE}/check", OF_CLIENTES, owner=202),
    Knock(f"POST {FILE}/cancel"),
    Knock(f"POST {FILE}/undo", owner=202),
    Knock(f"POST {IMPORT}/start", COLUMNS, owner=202),
    Knock(f"POST {IMPORT}/cancel"),
    Knock(f"POST {IMPORT}/undo", owner=202),
    Knock("GET /api/report/credits/{result_id}", query={"kind": "sale"}),
    Knock(f"POST {SPEND}/preview", SPENT),
    Knock(f"GET {SPEND}/problems"),
    Knock(f"POST {SPEND}/start", SPENT),
    Knock(f"POST {SPEND}/cancel", owner=409),
    Knock(f"POST {SPEND}/undo"),
    Knock("POST /api/privacy/erasures", {"visitorId": "{visitor}"}, owner=202),
    Knock("POST /api/privacy/contact-erasures", {"contactId": "{contact}"}, owner=202),
    # What takes away, and brings back.
    Knock(f"DELETE {VIEW}", owner=204),
    Knock(f"POST {VIEW}/restore"),
    Knock(f"DELETE {TALK}/notes/{{note_id}}", owner=204),
    Knock(f"DELETE {TALK}/notes/{{note_id}}", mine=("conversation_id",), owner=404),
    Knock(f"DELETE {REPLY}", owner=204),
    Knock("DELETE /api/alerts/rules/{rule_id}", owner=204),
    Knock("DELETE /api/invites/{invite_id}", owner=204),
    Knock("DELETE /api/keys/{key_id}", owner=204),
    Knock(f"DELETE {SOURCE}", owner=204),
    Knock(f"DELETE {ACCOUNT}", owner=204),
    Knock(f"DELETE {CHANNEL}", owner=204),
    Knock("DELETE /api/me/sessions/{session_id}", owner=204),
]

NO_ID = {
    # Names and places, of which everybody has the same.
    "path:month",
    "path:event_type",
    "path:path",
    "query:before",
    # Of other systems, and within a company.
    "body:crmId",
    "body:mapping.crmId",
    # Ad platforms' own, and in which column they are.
    *(f"body:{at}.{what}Id" for at in ("items", "mapping") for what in ("campaign", "adset", "ad")),
    "body:mapping.userId",
    "body:userId",
    "body:locationId",
    "body:phoneNumberId",
    "body:accountId",
    "body:externalId",
    "body:chat.externalId",
    "body:items.id",
    "body:customerId",
    "body:mapping.contactId",
    "body:mapping.visitorId",
    "body:mapping.externalId",
    "body:saleMapping.externalId",
    "body:saleMapping.visitorId",
    # Names in a company's own form.
    "body:wizard.id",
    "body:wizard.fields.id",
    # Yes or no.
    "body:paid",
    # What somebody's button is called by whoever sends it.
    "body:interactive.buttons.id",
    "body:interactive.rows.id",
}

WITHOUT_A_CALLER = (
    *("/webhooks/", "/api/telegram/webhook/", "/pay/"),
    *("/collect", "/tracking-v2/events", "/tracking-v2/arrivals", "/v1/"),
)
"""Let in by a key or secret of a company, which is what tells the company."""
