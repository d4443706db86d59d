import { http, HttpResponse } from "msw";

import { server } from "./server";

/** A stream of events whose other end is the test. */
export class FakeStream {
  readonly asked: { search: URLSearchParams; lastId: string | null }[] = [];
  private controller: ReadableStreamDefaultController<Uint8Array> | undefined;
  private id = 0;

  /** Lets the server answer with this stream, or refuse with a status. */
  serve(status = 200, path = "/tracking-v2/stream"): this {
    server.use(
      http.get(`*${path}`, ({ request }) => {
        const lastId = request.headers.get("last-event-id");
        this.asked.push({ search: new URL(request.url).searchParams, lastId });
        if (status !== 200) return HttpResponse.json({ code: "refused" }, { status });
        const body = new ReadableStream<Uint8Array>({
          start: (controller) => {
            this.controller = controller;
          },
        });
        return new HttpResponse(body, {
          headers: { "Content-Type": "text/event-stream" },
        });
      }),
    );
    return this;
  }

  say(event: string, data: unknown): void {
    this.id += 1;
    const text = `id: ${String(this.id)}\nevent: ${event}\ndata: ${JSON.stringify(data)}\n\n`;
    this.controller?.enqueue(new TextEncoder().encode(text));
  }

  end(): void {
    this.controller?.close();
  }
}
