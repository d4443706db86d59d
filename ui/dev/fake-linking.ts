/** Claims, what waits for a person, and the report on linking, for the fake Pista. */
import type {
  LinkClaim,
  LinkingReport,
  LinkReview,
  VisitorActivity,
} from "../src/api/model";
import { makeContact } from "./fake-contacts.ts";
import type { Answer, Request } from "./fake-pista.ts";

export interface FakeLinking {
  /** Every review, decided ones too. */
  reviews: LinkReview[];
  claims: LinkClaim[];
  report: LinkingReport;
}

type Totals = LinkingReport["totals"];

const COUNTS = {
  claims: 0,
  linked: 0,
  confirmed: 0,
  displaced: 0,
  forked: 0,
  already: 0,
  waiting: 0,
  conflicts: 0,
  refused: 0,
  undone: 0,
  formToLink: { links: 0, withForm: 0, p50Seconds: null, p95Seconds: null },
};

export function makeTotals(changes: Partial<Totals> = {}): Totals {
  return {
    ...COUNTS,
    links: 0,
    contacts: 0,
    contactsLinked: 0,
    successRate: null,
    ...changes,
  };
}

export function makeReport(changes: Partial<LinkingReport> = {}): LinkingReport {
  const days = Array.from({ length: 7 }, (_, index) => {
    const contacts = 20 + ((index * 13) % 17);
    const contactsLinked = contacts - ((index * 5) % 6);
    return {
      day: `2025-11-${String(24 + index)}`,
      links: contactsLinked + 4,
      contacts,
      contactsLinked,
      successRate: contactsLinked / contacts,
    };
  });
  return {
    dateRange: { from: "2025-11-24T03:00:00Z", to: "2025-12-01T03:00:00Z" },
    timeZone: "America/Sao_Paulo",
    totals: makeTotals({
      claims: 412,
      links: 196,
      linked: 190,
      displaced: 4,
      forked: 2,
      confirmed: 41,
      already: 120,
      waiting: 9,
      conflicts: 2,
      refused: 14,
      contacts: 182,
      contactsLinked: 169,
      successRate: 169 / 182,
      formToLink: { links: 196, withForm: 180, p50Seconds: 2.4, p95Seconds: 41 },
    }),
    before: makeTotals({
      claims: 380,
      links: 171,
      contacts: 170,
      contactsLinked: 150,
      successRate: 150 / 170,
      formToLink: { links: 171, withForm: 150, p50Seconds: 3.1, p95Seconds: 52 },
    }),
    beforeRange: { from: "2025-11-17T03:00:00Z", to: "2025-11-24T03:00:00Z" },
    methods: [
      {
        ...COUNTS,
        method: "webhook",
        claims: 300,
        linked: 168,
        confirmed: 41,
        displaced: 4,
        already: 87,
        formToLink: { links: 172, withForm: 165, p50Seconds: 2.1, p95Seconds: 18 },
      },
      {
        ...COUNTS,
        method: "ud",
        claims: 96,
        linked: 22,
        already: 51,
        waiting: 9,
        refused: 14,
        formToLink: { links: 22, withForm: 15, p50Seconds: 6.4, p95Seconds: 380 },
      },
      { ...COUNTS, method: "manual", claims: 2, forked: 2 },
    ],
    days,
    partial: false,
    ...changes,
  };
}

export function makeClaim(changes: Partial<LinkClaim> = {}): LinkClaim {
  return {
    id: "01a20000-0000-7000-8000-00000000c001",
    visitorId: "v1758565884546_x7Gk2Qp",
    contactId: "cntct_a",
    crmId: null,
    method: "ud",
    strength: "provisional",
    evidence: { location: "ve9EPM428h8vShlRW1KT", submission: "0d5f1c0e-77aa-4c1e" },
    claimedAt: "2025-11-29T11:00:00Z",
    decidedAt: "2025-11-29T11:00:01Z",
    outcome: "waiting",
    decidedBy: null,
    undoes: null,
    follows: null,
    review: "open",
    reviewedBy: null,
    ...changes,
  };
}

export function makeReview(changes: Partial<LinkReview> = {}): LinkReview {
  return {
    claim: makeClaim(),
    contact: makeContact(),
    holder: null,
    openedAt: "2025-11-29T11:00:01Z",
    decision: null,
    decidedBy: null,
    decidedAt: null,
    ...changes,
  };
}

const LUIS = makeContact({
  id: "cntct_b",
  name: "Luis Prado",
  email: "luis@correo.example",
  phone: "+51955111222",
  crmId: "ghl-2",
});

export function makeLinking(changes: Partial<FakeLinking> = {}): FakeLinking {
  const conflict = makeClaim({
    id: "01a20000-0000-7000-8000-00000000c002",
    visitorId: "v1758565999999_shared0",
    method: "form",
    evidence: {},
    outcome: "conflict",
  });
  return {
    reviews: [
      makeReview({ openedAt: "2025-11-29T14:00:01Z" }),
      makeReview({
        claim: conflict,
        holder: {
          contact: LUIS,
          method: "ud",
          strength: "provisional",
          linkedAt: "2025-11-28T18:30:00Z",
          claimId: "01a20000-0000-7000-8000-00000000c009",
        },
        openedAt: "2025-11-29T13:00:01Z",
      }),
    ],
    claims: [
      makeClaim(),
      conflict,
      makeClaim({
        id: "01a20000-0000-7000-8000-00000000c003",
        contactId: "cntct_b",
        method: "webhook",
        strength: "strong",
        evidence: { webhook: "01a2000000007000800000000000d001" },
        outcome: "linked",
        review: null,
      }),
      makeClaim({
        id: "01a20000-0000-7000-8000-00000000c004",
        contactId: null,
        crmId: "ocQHyuzHvysMo5N5VsXc",
        outcome: "refused_repeated",
        review: null,
      }),
    ],
    report: makeReport(),
    ...changes,
  };
}

function activity(visitorId: string): VisitorActivity {
  return {
    visitorId,
    sessions: 3,
    events: 41,
    firstSeenAt: "2025-11-20T12:00:00Z",
    lastSeenAt: "2025-11-29T10:59:00Z",
    lastFormAt: "2025-11-29T10:58:30Z",
    latest: [],
  };
}

export function linking(state: FakeLinking, request: Request): Answer | undefined {
  const { method, path, query, body } = request;
  const [, , , kind, id = "", what] = path.split("/");
  if (!path.startsWith("/api/linking/")) return undefined;
  const open = state.reviews.filter(({ decision }) => decision === null);
  if (kind === "report") return { status: 200, body: state.report };
  if (kind === "visitors") return { status: 200, body: activity(id) };
  if (kind === "reviews") return { status: 200, body: { items: open, next: null } };
  if (kind === "open") {
    return { status: 200, body: { claims: open.length, conflicts: 0 } };
  }
  if (kind !== "claims") return undefined;
  if (method === "GET") {
    const outcome = query.get("outcome");
    const visitor = query.get("visitorId");
    const items = state.claims.filter(
      (claim) =>
        (outcome === null || claim.outcome === outcome) &&
        (visitor === null || claim.visitorId === visitor),
    );
    return { status: 200, body: { items, next: null } };
  }
  if (what === "undo") return { status: 200, body: undo(state, id) };
  return decide(state, id, method === "DELETE" ? null : body);
}

function undo(state: FakeLinking, id: string): LinkClaim {
  const line = makeClaim({
    id: `undo-${id}`,
    outcome: "undone",
    undoes: id,
    review: null,
  });
  state.claims.unshift(line);
  return line;
}

function decide(state: FakeLinking, id: string, body: unknown): Answer {
  const review = state.reviews.find(({ claim }) => claim.id === id);
  if (review === undefined) return { status: 409, body: { code: "nothing_to_decide" } };
  const decision =
    (body as { decision: LinkReview["decision"] } | null)?.decision ?? null;
  Object.assign(review, { decision, decidedBy: decision === null ? null : "Ana Souza" });
  const claim = state.claims.find((one) => one.id === id);
  if (claim !== undefined) {
    Object.assign(claim, {
      review: decision ?? "open",
      reviewedBy: decision === null ? null : "Ana Souza",
    });
  }
  return { status: 200, body: review };
}
