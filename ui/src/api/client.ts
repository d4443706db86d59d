import { noteAnswer } from "../lib/connection";
import { hearServerDate } from "../lib/serverClock";
import type { Problem } from "./model";

interface Holder {
  id: string;
  name: string;
}

/** How something is by now, for who came too late. */
interface Current {
  seguimiento_status: string;
  asesor_asignado: string | null;
  asesor_nombre: string | null;
}

const AT_THE_DOOR: readonly string[] = [
  "invalid_credentials",
  "second_factor_needed",
  "second_factor_wrong",
];

/** What went wrong with a request, with the code that the server names it by. */
export class ApiError extends Error {
  readonly status: number;
  readonly code: string;
  /** Who has what was asked for, where somebody was faster. */
  readonly holder: Holder | undefined;
  readonly current: Current | undefined;

  constructor(
    status: number,
    code: string,
    detail: string,
    known: { holder?: Holder | undefined; current?: Current | undefined } = {},
  ) {
    super(detail);
    this.name = "ApiError";
    this.status = status;
    this.code = code;
    this.holder = known.holder;
    this.current = known.current;
  }

  /** The session is missing or over; a wrong password at the door is another matter. */
  get needsSignIn(): boolean {
    return this.status === 401 && !AT_THE_DOOR.includes(this.code);
  }
}

type Method = "GET" | "POST" | "PUT" | "PATCH" | "DELETE";

async function send<T>(
  method: Method,
  path: string,
  options: {
    body?: unknown;
    signal?: AbortSignal;
    headers?: Readonly<Record<string, string>> | undefined;
  } = {},
): Promise<T> {
  const response = await reach(path, {
    method,
    credentials: "same-origin",
    headers: {
      Accept: "application/json",
      ...(options.body === undefined ? {} : { "Content-Type": "application/json" }),
      ...options.headers,
    },
    body: options.body === undefined ? undefined : JSON.stringify(options.body),
    signal: options.signal,
  });
  if (!response.ok) throw await problemOf(response);
  const text = await response.text();
  return (text === "" ? undefined : JSON.parse(text)) as T;
}

/** A file as it is, and not as JSON. */
export async function sendFile<T>(path: string, file: Blob): Promise<T> {
  const response = await reach(path, {
    method: "POST",
    credentials: "same-origin",
    headers: { Accept: "application/json", "Content-Type": "text/csv" },
    body: file,
  });
  if (!response.ok) throw await problemOf(response);
  return (await response.json()) as T;
}

/** A file that the server writes, once all of it is here. */
export async function fetchFile(path: string): Promise<Blob> {
  const response = await reach(path, { credentials: "same-origin" });
  if (!response.ok) throw await problemOf(response);
  try {
    return await response.blob();
  } catch {
    throw new ApiError(0, "unreachable", "The server ended in the middle of the file.");
  }
}

/** What a proxy answers where nobody is behind it. */
const OF_PROXIES: readonly number[] = [502, 504];

/** Whether the server answers at all. */
export async function knock(): Promise<boolean> {
  try {
    return (await reach("/health/live", { cache: "no-store" })).ok;
  } catch {
    return false;
  }
}

async function reach(path: string, init: RequestInit): Promise<Response> {
  const askedAt = Date.now();
  try {
    const response = await fetch(path, init);
    hearServerDate(response.headers.get("date"), askedAt, Date.now());
    noteAnswer(!OF_PROXIES.includes(response.status));
    return response;
  } catch (error) {
    if (init.signal?.aborted) throw error;
    noteAnswer(false);
    throw new ApiError(0, "unreachable", "The server did not answer.");
  }
}

let onSessionOver: () => void = () => undefined;

/** Whatever was asked, by whomever: who has no session any more is told so once. */
export function whenSessionIsOver(handler: () => void): void {
  onSessionOver = handler;
}

async function problemOf(response: Response): Promise<ApiError> {
  const problem = await readProblem(response);
  if (problem.needsSignIn) onSessionOver();
  return problem;
}

/** A proxy in front of Pista may answer with a page of its own instead of a problem. */
async function readProblem(response: Response): Promise<ApiError> {
  try {
    const problem = (await response.json()) as Partial<Problem> & {
      holder?: Holder;
      current?: Current;
    };
    return new ApiError(
      response.status,
      problem.code ?? `http_${String(response.status)}`,
      problem.detail ?? problem.title ?? response.statusText,
      problem,
    );
  } catch {
    return new ApiError(
      response.status,
      `http_${String(response.status)}`,
      response.statusText,
    );
  }
}

/** Puts the given values behind a path, a list as one after the other; what is undefined stays out. */
export function withQuery(
  path: string,
  values: Record<string, string | readonly string[] | undefined>,
): string {
  const query = new URLSearchParams();
  for (const [name, value = []] of Object.entries(values)) {
    for (const one of typeof value === "string" ? [value] : value) {
      query.append(name, one);
    }
  }
  const text = query.toString();
  return text === "" ? path : `${path}?${text}`;
}

export const api = {
  get: <T>(path: string, signal?: AbortSignal) => send<T>("GET", path, { signal }),
  post: <T>(path: string, body?: unknown, headers?: Readonly<Record<string, string>>) =>
    send<T>("POST", path, { body, headers }),
  put: <T>(path: string, body: unknown) => send<T>("PUT", path, { body }),
  patch: <T>(path: string, body: unknown) => send<T>("PATCH", path, { body }),
  delete: <T = undefined>(path: string) => send<T>("DELETE", path),
};
