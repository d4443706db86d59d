import { http, HttpResponse } from "msw";
import { setupServer } from "msw/node";

import { answer, type FakeState } from "../../dev/fake-pista";

export const server = setupServer();

/** Every request that reached the server, as `GET /api/me`. */
export type Asked = string[];

/** Lets the server answer like Pista in this state, and tells what it was asked. */
export function serve(state: FakeState): Asked {
  const asked: Asked = [];
  server.use(
    http.all("*", async ({ request }) => {
      const url = new URL(request.url);
      asked.push(`${request.method} ${url.pathname}${url.search}`);
      // A file is not read; it has no JSON in it.
      const isJson = request.headers.get("content-type") === "application/json";
      const text = isJson ? await request.text() : "";
      const { status, body } = answer(state, {
        method: request.method,
        path: url.pathname,
        query: url.searchParams,
        body: text === "" ? undefined : JSON.parse(text),
      });
      return body === undefined
        ? new HttpResponse(null, { status })
        : HttpResponse.json(body as object, { status });
    }),
  );
  return asked;
}

/** Lets one path fail until the handlers are reset or served anew. */
export function fail(path: string, status: number, code: string): void {
  server.use(
    http.all(`*${path}`, () =>
      HttpResponse.json(
        { type: "about:blank", title: code, status, code, detail: code },
        { status },
      ),
    ),
  );
}
