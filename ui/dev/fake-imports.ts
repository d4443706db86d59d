/** Files of contacts, and erasing a contact, for the fake Pista. */
import type {
  ContactErasure,
  ContactImport,
  ImportPreview,
  ImportTerms,
} from "../src/api/model";
import type { Answer, Request } from "./fake-pista.ts";

export interface FakeImports {
  items: ContactImport[];
  preview: ImportPreview;
  erasures: ContactErasure[];
}

export function makeImport(changes: Partial<ContactImport> = {}): ContactImport {
  return {
    id: "0190a000-0000-7000-8000-0000000000f1",
    file: "feria.csv",
    encoding: "utf-8",
    separator: ";",
    header: true,
    sample: [
      ["Nombre", "Correo", "Zona"],
      ["Ana", "ana@mail.pe", "Norte"],
      ["", "anonymous", ""],
    ],
    rows: 3,
    guessed: { name: 0, email: 1, attributes: { Zona: 2 } },
    mapping: null,
    country: null,
    tags: [],
    state: "uploaded",
    rowsDone: 0,
    created: 0,
    updated: 0,
    unchanged: 0,
    refused: 0,
    takenBack: 0,
    kept: 0,
    askedBy: "Ana",
    createdAt: "2025-11-30T13:05:00Z",
    startedAt: null,
    finishedAt: null,
    ...changes,
  };
}

export function makeImports(changes: Partial<FakeImports> = {}): FakeImports {
  const row = { name: null, email: null, phone: null, contactId: null, sameAs: null };
  return {
    items: [],
    preview: {
      rows: [
        {
          ...row,
          row: 2,
          name: "Ana",
          email: "ana@mail.pe",
          outcome: "created",
          ignored: [],
        },
        {
          ...row,
          row: 3,
          outcome: "refused",
          ignored: [{ kind: "email", why: "blocked" }],
        },
      ],
    },
    erasures: [],
    ...changes,
  };
}

export function imports(state: FakeImports, request: Request): Answer | undefined {
  const { method, path, body } = request;
  if (path === "/api/privacy/contact-erasures") return erasures(state, request);
  if (!path.startsWith("/api/contacts/imports")) return undefined;
  const [, , , , id, step] = path.split("/");
  if (id === undefined && method === "GET") {
    return { status: 200, body: { items: state.items } };
  }
  if (id === undefined) {
    const made = makeImport();
    state.items.unshift(made);
    return { status: 201, body: made };
  }
  const one = state.items.find((made) => made.id === id);
  if (one === undefined)
    return { status: 404, body: { code: "contact_import_not_found" } };
  if (step === "preview") return { status: 200, body: state.preview };
  if (step === "start") start(one, body as ImportTerms);
  if (step === "undo") Object.assign(one, { state: "undone", takenBack: one.created });
  return { status: 200, body: one };
}

function start(one: ContactImport, terms: ImportTerms): void {
  Object.assign(one, {
    mapping: terms.mapping,
    state: "done",
    rowsDone: one.rows,
    created: 1,
    refused: 1,
  });
}

function erasures(state: FakeImports, { method, body }: Request): Answer {
  if (method === "GET") return { status: 200, body: { items: state.erasures } };
  const asked: ContactErasure = {
    id: crypto.randomUUID(),
    state: "waiting",
    contactId: (body as { contactId: string }).contactId,
    contactHash: "00",
    askedBy: "Ana",
    askedAt: "2025-11-30T13:05:00Z",
    finishedAt: null,
    visitors: 0,
    counts: {},
    error: null,
  };
  state.erasures.unshift(asked);
  return { status: 202, body: asked };
}
