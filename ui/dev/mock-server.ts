/** `npm run dev:mock`: the interface with a server that lives in Vite's own process. */
import type { IncomingMessage, Server, ServerResponse } from "node:http";

import type { Connect, Plugin } from "vite";
import { WebSocketServer } from "ws";

import { goOnExporting } from "./fake-exports.ts";
import { goOnRemoving } from "./fake-partitions.ts";
import { answer, makeState, type FakeState } from "./fake-pista.ts";

const POLICY = [
  "default-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data:",
  "connect-src 'self' ws: wss:",
].join("; ");

/** `PISTA_MOCK=empty` starts without sites. */
function startState(): FakeState {
  const empty = process.env.PISTA_MOCK === "empty";
  return makeState({ signedIn: false, ...(empty ? { sites: [], perDay: 0 } : {}) });
}

export function mockServer(): Plugin {
  const state = startState();
  setInterval(() => {
    goOnExporting(state.exports);
    goOnRemoving(state.partitions);
  }, 1_000).unref();
  const api: Connect.NextHandleFunction = (request, response, next) => {
    const url = new URL(request.url ?? "/", "http://mock");
    if (!/^\/(api|tracking-v2)\//.test(url.pathname)) {
      next();
      return;
    }
    void respond(state, request, response, url);
  };
  return {
    name: "pista-mock",
    configureServer(server) {
      server.middlewares.use(api);
      if (server.httpServer !== null) talk(server.httpServer as Server, state);
    },
    configurePreviewServer(server) {
      server.middlewares.use((_request, response, next) => {
        response.setHeader("Content-Security-Policy", POLICY);
        next();
      });
      server.middlewares.use(api);
      talk(server.httpServer as Server, state);
    },
  };
}

async function respond(
  state: FakeState,
  request: IncomingMessage,
  response: ServerResponse,
  url: URL,
): Promise<void> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  // A file is not read; it has no JSON in it.
  const isJson = request.headers["content-type"] === "application/json";
  const text = isJson ? Buffer.concat(chunks).toString() : "";
  const { status, body } = answer(state, {
    method: request.method ?? "GET",
    path: url.pathname,
    query: url.searchParams,
    body: text === "" ? undefined : (JSON.parse(text) as unknown),
  });
  response.statusCode = status;
  response.setHeader("Content-Type", "application/json");
  response.end(body === undefined ? undefined : JSON.stringify(body));
}

/** Greets every screen, then tells it of a flush every two seconds. */
function talk(server: Server, state: FakeState): void {
  const sockets = new WebSocketServer({ noServer: true });
  server.on("upgrade", (request, socket, head) => {
    if (request.url !== "/ws") return;
    sockets.handleUpgrade(request, socket, head, (client) => {
      const tenantId = state.me.tenant.id;
      client.send(JSON.stringify({ type: "hello", tenantId }));
      const timer = setInterval(() => {
        const at = new Date().toISOString();
        client.send(JSON.stringify({ type: "events_flushed", tenantId, events: 42, at }));
        firstEvents(state, (siteId) =>
          client.send(JSON.stringify({ type: "site_first_event", tenantId, siteId, at })),
        );
      }, 2_000);
      client.on("close", () => clearInterval(timer));
    });
  });
}

const seen = new Map<string, number>();

/** A site made here gets its first event after eight seconds. */
function firstEvents(state: FakeState, tell: (siteId: string) => void): void {
  for (const site of state.sites) {
    const since = seen.get(site.id) ?? Date.now();
    seen.set(site.id, since);
    if (site.firstEventAt !== null || Date.now() - since < 8_000) continue;
    site.firstEventAt = site.lastEventAt = new Date().toISOString();
    tell(site.id);
  }
}
