/** Files of clientes, for the fake Pista. */
import type { ClienteImport, ClientePreview, KeptClientes } from "../src/api/model";
import type { Answer, Request } from "./fake-pista.ts";

export interface FakeClienteImports {
  items: ClienteImport[];
  preview: ClientePreview;
  kept: KeptClientes;
  /** What imports were started with. */
  started: unknown[];
}

type Found = ClienteImport["found"];
type Became = ClienteImport["became"];

export function makeFound(changes: Partial<Found> = {}): Found {
  const none = { new: 0, repeated: 0, open: 0, finished: 0, refused: 0, problems: 0 };
  return { ...none, ...changes };
}

export function makeBecame(changes: Partial<Became> = {}): Became {
  const none = { created: 0, updated: 0, reopened: 0, skipped: 0, refused: 0 };
  return { ...none, assigned: 0, problems: 0, ...changes };
}

export function makeClienteImport(changes: Partial<ClienteImport> = {}): ClienteImport {
  return {
    id: "0190a000-0000-7000-8000-0000000000f2",
    file: "feria.csv",
    encoding: "utf-8",
    separator: ";",
    header: true,
    sample: [
      ["Nombre", "Celular", "Zona"],
      ["Ana", "991234877", "Norte"],
      ["Luz", "123", "Sur"],
    ],
    rows: 8,
    guessed: { name: 0, phone: 1 },
    terms: null,
    choices: null,
    state: "uploaded",
    rowsDone: 0,
    found: makeFound(),
    became: makeBecame(),
    takenBack: 0,
    kept: 0,
    askedBy: "Ana",
    createdAt: "2025-11-30T13:05:00Z",
    startedAt: null,
    finishedAt: null,
    ...changes,
  };
}

const PREVIEW: ClientePreview = {
  rows: [
    {
      row: 2,
      nombre: "Ana",
      telefono: "+51991234877",
      email: null,
      campaign: null,
      asesor: null,
      group: "open",
      clienteId: 3,
      sameAs: null,
      problems: [],
    },
    {
      row: 3,
      nombre: "Luz",
      telefono: "123",
      email: null,
      campaign: null,
      asesor: null,
      group: "refused",
      clienteId: null,
      sameAs: null,
      problems: ["phone invalid", "no phone or e-mail"],
    },
  ],
};

export function makeClienteImports(
  changes: Partial<FakeClienteImports> = {},
): FakeClienteImports {
  return { items: [], preview: PREVIEW, kept: { items: [] }, started: [], ...changes };
}

const FOUND = makeFound({ new: 3, repeated: 1, open: 1, finished: 1, refused: 1 });

export function clienteImports(
  state: FakeClienteImports,
  { method, path, body }: Request,
): Answer | undefined {
  if (path === "/api/clientes/export") return { status: 200, body: "id,nombre" };
  if (!path.startsWith("/api/clientes/imports")) return undefined;
  const [, , , , id, step] = path.split("/");
  if (id === undefined && method === "GET") {
    return { status: 200, body: { items: state.items } };
  }
  if (id === undefined) {
    const made = makeClienteImport();
    state.items.unshift(made);
    return { status: 201, body: made };
  }
  const one = state.items.find((made) => made.id === id);
  if (one === undefined)
    return { status: 404, body: { code: "cliente_import_not_found" } };
  if (step === "preview") return { status: 200, body: state.preview };
  if (step === "kept") return { status: 200, body: state.kept };
  if (step === "check") Object.assign(one, checked(body as ClienteImport["terms"]));
  if (step === "start") {
    state.started.push(body);
    Object.assign(one, {
      state: "done",
      rowsDone: one.rows,
      became: makeBecame({ created: 3 }),
    });
  }
  if (step === "undo") Object.assign(one, { state: "undone", takenBack: 2, kept: 1 });
  return { status: 200, body: { ...one } };
}

function checked(terms: ClienteImport["terms"]): Partial<ClienteImport> {
  return { terms, state: "checked", found: FOUND };
}
