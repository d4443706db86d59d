/** The lead desk, from memory. */
import type {
  Answers,
  Asesor,
  Cliente,
  DeskCounts,
  DeskSettings,
  HistoryLine,
  SharePreview,
  ShareRules,
  Status,
} from "../src/api/model";
import type { Answer, Request } from "./fake-pista.ts";

export interface FakeDesk {
  clientes: Cliente[];
  history: Record<number, HistoryLine[]>;
  asesores: Asesor[];
  settings: DeskSettings;
  drafts: Record<number, { answers: Answers; revision: number }>;
  /** What each assignment was before, by its undo. */
  undo: Record<string, Cliente[]>;
  /** What calls with the lock are refused with. */
  refuses: Answer | undefined;
  completed: Record<string, unknown>[];
}

export const ANA = "a5e50000-0000-7000-8000-000000000001";
export const BRUNO = "a5e50000-0000-7000-8000-000000000002";
export const CARLA = "a5e50000-0000-7000-8000-000000000003";

const at = (seconds: number) => new Date(Date.now() + seconds * 1_000).toISOString();

export function makeCliente(id: number, fields: Partial<Cliente> = {}): Cliente {
  return {
    id,
    nombre: `Cliente ${String(id)}`,
    telefono: `+5198761${String(2000 + id)}`,
    email: null,
    contact_id: null,
    campaign: "Día de la madre",
    source: "form",
    seguimiento_status: "nuevo",
    asesor_asignado: null,
    asesor_nombre: null,
    created_at: at(-3_600 - id * 60),
    derivado_at: null,
    opened_at: null,
    last_activity: null,
    due_at: null,
    fecha_wizard_completado: null,
    wizard_completado: false,
    returns: 0,
    escalated_at: null,
    assign_by: null,
    touch_by: null,
    late: false,
    version: 1,
    notas: null,
    outcome: null,
    next_action: null,
    next_action_at: null,
    state_since: at(-600 - id * 13),
    lock: null,
    ...fields,
  };
}

function makeAsesor(id: string, name: string, fields: Partial<Asesor> = {}): Asesor {
  return {
    id,
    name,
    role: "asesor",
    present: true,
    state: "available",
    reason: null,
    since: at(-900),
    derivado: 0,
    enGestion: 0,
    limit: 5,
    ownLimit: null,
    skills: [],
    ...fields,
  };
}

export function makeDesk(changes: Partial<FakeDesk> = {}): FakeDesk {
  const bruno = { asesor_asignado: BRUNO, asesor_nombre: "Bruno Salas" };
  return {
    clientes: [
      makeCliente(1, {
        ...bruno,
        nombre: "Marta Figueroa",
        email: "marta@flores.example",
        contact_id: "cntct_1",
        seguimiento_status: "en_gestion",
        due_at: at(42),
        version: 3,
        lock: {
          holder: { id: BRUNO, name: "Bruno Salas" },
          since: at(-70),
          expires_at: at(100),
        },
      }),
      makeCliente(2, {
        ...bruno,
        nombre: "Óscar Ibáñez",
        seguimiento_status: "derivado",
        due_at: at(245),
        version: 2,
      }),
      makeCliente(3, { nombre: "Rosa Díaz", campaign: null, source: "whatsapp" }),
      makeCliente(4, {
        nombre: "Julián Peña",
        seguimiento_status: "no_gestionado",
        returns: 2,
      }),
      makeCliente(5, {
        nombre: "Inés Robles",
        seguimiento_status: "terminado",
        wizard_completado: true,
        fecha_wizard_completado: at(-1_000),
        outcome: "Venta",
      }),
      ...Array.from({ length: 6 }, (_, n) => makeCliente(n + 6)),
    ],
    history: {
      1: [line(2, "open", "derivado", "en_gestion"), line(1, "create", null, "nuevo")],
    },
    asesores: [
      makeAsesor(BRUNO, "Bruno Salas", { derivado: 1, enGestion: 1 }),
      makeAsesor(CARLA, "Carla Vega", {
        state: "paused",
        reason: "Almuerzo",
        present: false,
      }),
      makeAsesor(ANA, "Ana Lía Ñáñez", { state: "away", present: false, derivado: 3 }),
    ],
    settings: makeDeskSettings(),
    drafts: {},
    undo: {},
    refuses: undefined,
    completed: [],
    ...changes,
  };
}

function line(
  id: number,
  move: HistoryLine["move"],
  from: Status | null,
  to: Status,
): HistoryLine {
  return {
    id,
    move,
    from,
    to,
    at: at(-1_000 + id * 100),
    seconds: id * 75,
    by: { kind: "user", person: { id: BRUNO, name: "Bruno Salas" } },
    asesorBefore: null,
    asesorAfter: null,
    why: null,
    dueAt: null,
  };
}

export function makeDeskSettings(changes: Partial<DeskSettings> = {}): DeskSettings {
  return {
    limitSeconds: 300,
    warningSeconds: 60,
    hours: [1, 2, 3, 4, 5].map((day) => ({ day, opens: "09:00", closes: "18:00" })),
    wizard: [
      {
        id: "need",
        title: "Necesidad",
        fields: [
          {
            id: "flower",
            label: "¿Qué flor busca?",
            kind: "text",
            required: true,
            choices: [],
          },
          {
            id: "for",
            label: "¿Para qué?",
            kind: "choice",
            required: false,
            choices: ["Regalo", "Boda", "Negocio"],
          },
        ],
      },
      {
        id: "money",
        title: "Presupuesto",
        fields: [
          {
            id: "budget",
            label: "Presupuesto",
            kind: "number",
            required: false,
            choices: [],
          },
          {
            id: "card",
            label: "Paga con tarjeta",
            kind: "yes_no",
            required: false,
            choices: [],
          },
        ],
      },
    ],
    leads: { sources: [], reopenAfterDays: null },
    assigning: {
      on: false,
      rules: [],
      rest: true,
      method: "round_robin",
      limit: 5,
      newestFirst: false,
      returnedHours: 0,
    },
    goals: { assignSeconds: null, touchSeconds: null, warningSeconds: 60 },
    escalation: { afterReturns: null, asesorId: null },
    pauses: [],
    outcomes: ["Venta", "Volver a llamar", "No le interesa"],
    timeZone: "America/Lima",
    ...changes,
  };
}

const ONE = /^\/api\/clientes\/(\d+)(?:\/(.+))?$/;

export function desk(state: FakeDesk, request: Request, me: string): Answer | undefined {
  const { method, path, query, body } = request;
  if (!path.startsWith("/api/clientes") && !path.startsWith("/api/desk/"))
    return undefined;
  switch (`${method} ${path}`) {
    case "GET /api/clientes":
      return ok({ items: listed(state, query, me), next: null });
    case "POST /api/clientes":
      return entered(state, body as Partial<Cliente>);
    case "POST /api/clientes/assign":
      return assigned(state, body as { ids: number[]; asesorId: string });
    case "POST /api/clientes/assign/undo":
      return undone(state, (body as { undo: string }).undo);
    case "GET /api/desk/counts":
      return ok(counted(state));
    case "GET /api/desk/asesores":
      return ok({ items: state.asesores });
    case "POST /api/desk/assigning/preview":
      return ok(previewed(state, body as { assigning: ShareRules }));
    case "PUT /api/desk/presence":
      return present(state, me, body as Partial<Asesor>);
    case "GET /api/desk/settings":
      return ok(state.settings);
    case "PUT /api/desk/settings":
      Object.assign(state.settings, body);
      return ok(state.settings);
  }
  if (method === "PUT" && path.startsWith("/api/desk/asesores/")) {
    const who = state.asesores.find((one) => path.endsWith(one.id));
    if (who === undefined) return refused(404, "user_not_found");
    const given = body as { limit: number | null; skills: string[] };
    Object.assign(who, {
      ownLimit: given.limit,
      limit: given.limit ?? state.settings.assigning.limit,
      skills: given.skills,
    });
    return ok(who);
  }
  const [, id = "", rest = ""] = ONE.exec(path) ?? [];
  const cliente = state.clientes.find((one) => one.id === Number(id));
  if (cliente === undefined) return refused(404, "cliente_not_found");
  return ofOne(
    state,
    cliente,
    `${method} ${rest}`,
    (body ?? {}) as Record<string, unknown>,
    me,
  );
}

function ofOne(
  state: FakeDesk,
  cliente: Cliente,
  route: string,
  given: Record<string, unknown>,
  me: string,
): Answer {
  if (state.refuses !== undefined && "lockToken" in given) return state.refuses;
  switch (route) {
    case "GET ":
      return ok(cliente);
    case "GET historial":
      return ok({ items: state.history[cliente.id] ?? [], next: null });
    case "POST estatus":
      move(
        cliente,
        String(given.estatus) as Status,
        (given.asesorId as string | undefined) ?? null,
        state,
      );
      return ok(cliente);
    case "POST lock":
      return ok({
        ...lockedBy(state, cliente, me),
        lockToken: "token-1",
        leaseSeconds: 120,
      });
    case "POST unlock":
      cliente.lock = null;
      return { status: 204 };
    case "POST open-wizard":
      move(cliente, "en_gestion", me, state);
      cliente.due_at = at(300);
      return ok(cliente);
    case "POST heartbeat":
    case "POST activity":
      if (route === "POST activity") cliente.due_at = at(300);
      return ok({ expiresAt: at(120), lastActivity: at(0), dueAt: cliente.due_at });
    case "GET draft":
      return ok(
        state.drafts[cliente.id] ?? { answers: {}, revision: 0, updatedAt: null },
      );
    case "PUT draft":
      state.drafts[cliente.id] = {
        answers: given.answers as Answers,
        revision: Number(given.revision),
      };
      return ok(state.drafts[cliente.id]);
    case "PUT ":
      Object.assign(cliente, { notas: given.notas ?? cliente.notas });
      cliente.version += 1;
      return ok(cliente);
    case "POST complete-wizard":
      state.completed.push({ id: cliente.id, ...given });
      move(cliente, "terminado", null, state);
      return ok(cliente);
    case "POST give-back":
      move(cliente, "no_gestionado", null, state);
      return ok(cliente);
    case "POST transfer":
      move(cliente, "derivado", String(given.toAsesorId), state);
      return ok(cliente);
    default:
      return refused(404, "not_found");
  }
}

/** In turn, whoever is there. */
function previewed(
  state: FakeDesk,
  { assigning }: { assigning: ShareRules },
): SharePreview {
  const candidates = state.asesores.map((one, at) => ({
    id: one.id,
    name: one.name,
    load: one.derivado + one.enGestion,
    limit: one.limit,
    skills: one.skills,
    refusal: one.state === "available" ? null : one.state,
    place: one.present ? at + 1 : null,
  }));
  return {
    on: assigning.on,
    waiting: state.clientes.filter((one) => one.seguimiento_status === "nuevo").length,
    rule: assigning.rules?.[0]?.name ?? null,
    shared: true,
    method: "round_robin",
    asesor: candidates.find(({ place }) => place !== null)?.id ?? null,
    candidates,
  };
}

function lockedBy(state: FakeDesk, cliente: Cliente, me: string) {
  const holder = { id: me, name: nameOf(state, me) ?? "Yo" };
  cliente.lock = { holder, since: at(0), expires_at: at(120) };
  return { holder, expiresAt: at(120) };
}

function nameOf(state: FakeDesk, id: string | null): string | null {
  return state.asesores.find((one) => one.id === id)?.name ?? null;
}

function move(
  cliente: Cliente,
  to: Status,
  asesor: string | null,
  state: FakeDesk,
): void {
  cliente.seguimiento_status = to;
  cliente.asesor_asignado = asesor;
  cliente.asesor_nombre = nameOf(state, asesor);
  cliente.due_at = to === "derivado" || to === "en_gestion" ? at(300) : null;
  cliente.state_since = at(0);
  cliente.version += 1;
  if (to !== "en_gestion") cliente.lock = null;
}

function listed(state: FakeDesk, query: URLSearchParams, me: string): Cliente[] {
  const statuses = query.getAll("estatus");
  const asesor = query.get("asesorId");
  const words = (query.get("q") ?? "").toLowerCase();
  const whose = asesor === "me" ? me : asesor === "none" ? null : asesor;
  return state.clientes
    .filter((one) => statuses.length === 0 || statuses.includes(one.seguimiento_status))
    .filter((one) => !query.has("mark") || has(one, query.get("mark")!))
    .filter((one) => asesor === null || one.asesor_asignado === whose)
    .filter(({ nombre, telefono, email }) =>
      [nombre, telefono, email].some((one) => one?.toLowerCase().includes(words)),
    )
    .sort((one, other) => (one.due_at ?? "z").localeCompare(other.due_at ?? "z"));
}

function entered(state: FakeDesk, given: Partial<Cliente>): Answer {
  const made = makeCliente(state.clientes.length + 1, {
    ...given,
    source: "manual",
    campaign: given.campaign ?? null,
  });
  state.clientes.push(made);
  return { status: 201, body: made };
}

function assigned(
  state: FakeDesk,
  { ids, asesorId }: { ids: number[]; asesorId: string },
): Answer {
  const undo = crypto.randomUUID();
  const wanted = state.clientes.filter((one) => ids.includes(one.id));
  state.undo[undo] = wanted.map((one) => ({ ...one }));
  for (const one of wanted) move(one, "derivado", asesorId, state);
  return ok({ undo, items: ids.map((id) => ({ id, ok: true })) });
}

function undone(state: FakeDesk, undo: string): Answer {
  const before = state.undo[undo] ?? [];
  for (const was of before) {
    const one = state.clientes.find(({ id }) => id === was.id);
    if (one !== undefined) move(one, was.seguimiento_status, was.asesor_asignado, state);
  }
  return ok({ undo: null, items: before.map(({ id }) => ({ id, ok: true })) });
}

function has(cliente: Cliente, mark: string): boolean {
  return mark === "late" ? cliente.late : cliente.escalated_at !== null;
}

function counted(state: FakeDesk): DeskCounts {
  const counts = { nuevo: 0, derivado: 0, en_gestion: 0, terminado: 0, no_gestionado: 0 };
  for (const one of state.clientes) counts[one.seguimiento_status] += 1;
  const marked = (mark: string) => state.clientes.filter((one) => has(one, mark)).length;
  return { ...counts, escalated: marked("escalated"), late: marked("late") };
}

function present(state: FakeDesk, me: string, given: Partial<Asesor>): Answer {
  const one = state.asesores.find(({ id }) => id === me);
  if (one !== undefined) Object.assign(one, { reason: null, since: at(0), ...given });
  return ok(given);
}

function ok(body: unknown): Answer {
  return { status: 200, body };
}

export function refused(status: number, code: string, fields: object = {}): Answer {
  return {
    status,
    body: { type: "about:blank", title: code, status, code, detail: code, ...fields },
  };
}
