/** Saved views of the lead desk, from memory. */
import type { ChangedDeskView, DeskView, NewDeskView } from "../src/api/model";
import { CARLA } from "./fake-desk.ts";
import type { Answer, Request } from "./fake-pista.ts";

export interface FakeViews {
  items: DeskView[];
  defaultId: string | null;
  deleted: DeskView[];
}

const PATH = "/api/desk/views";

export function makeView(changes: Partial<DeskView> = {}): DeskView {
  return {
    id: crypto.randomUUID(),
    name: "Lo más nuevo",
    shared: false,
    owner: { id: "u1", name: "Ana Souza" },
    mine: true,
    terms: {
      filters: { status: ["nuevo"], nobodys: true },
      sort: "created",
      layout: "table",
      columns: null,
    },
    updatedAt: "2026-03-01T12:00:00Z",
    ...changes,
  };
}

export function makeViews(): FakeViews {
  const owner = { id: CARLA, name: "Carla Vega" };
  const shared = makeView({ name: "De todos", shared: true, mine: false, owner });
  return { items: [makeView(), shared], defaultId: null, deleted: [] };
}

export function deskViews(state: FakeViews, request: Request): Answer | undefined {
  const { method, path, body } = request;
  if (path === "/api/desk/default-view") {
    state.defaultId = (body as { viewId: string | null }).viewId;
    return ok(state);
  }
  if (!path.startsWith(PATH)) return undefined;
  if (path === PATH && method === "GET") return ok(state);
  if (path === PATH) return added(state, body as NewDeskView);
  return ofOne(state, request);
}

function added(state: FakeViews, view: NewDeskView): Answer {
  if (state.items.some(({ name }) => name === view.name)) {
    return {
      status: 409,
      body: { title: "x", status: 409, code: "view_name_taken", detail: "x" },
    };
  }
  const made = makeView(view);
  state.items.push(made);
  return { status: 201, body: made };
}

function ofOne(state: FakeViews, { method, path, body }: Request): Answer {
  const [, id, restore] = /^\/api\/desk\/views\/([^/]+)(\/restore)?$/.exec(path) ?? [];
  const from = restore === undefined ? state.items : state.deleted;
  const found = from.find((one) => one.id === id);
  if (found === undefined) return { status: 404 };
  if (restore !== undefined) {
    state.items.push(found);
    return ok(found);
  }
  if (method === "PATCH") return ok(Object.assign(found, body as ChangedDeskView));
  state.items = state.items.filter((one) => one !== found);
  state.deleted.push(found);
  return { status: 204 };
}

function ok(body: unknown): Answer {
  return { status: 200, body };
}
