import { guard, later, listen } from "../guard";
import { retryDelay, verdict } from "../rules";
import { Box } from "./box";

export type VisitorId = () => string | null | undefined;
export type Said = Record<string, unknown> & { submissionId: string };

const ANSWER_MS = 30e3;

/**
 * Sends to `/collect`, until it is answered: now, when the browser is online again, or from the next
 * page. Messages keep their ids, by which the server knows a repeat.
 */
export class Messages {
  private failures = 0;
  private paused = false;
  private busy = false;
  private readonly boxes: Record<"ids" | "person", Box>;

  constructor(
    private readonly url: URL,
    site: string,
    private readonly visitorId: VisitorId,
  ) {
    this.boxes = {
      ids: new Box(() => localStorage, `rstk_claim.${site}.`),
      // What somebody typed must not outlive the tab.
      person: new Box(() => sessionStorage, `rstk_person.${site}.`),
    };
    listen("online", () => void this.drain());
    listen("pagehide", () => {
      this.leave();
    });
    void this.drain();
  }

  /** What holds nothing but ids outlives the tab; what tells of a person does not. */
  say(box: "ids" | "person", said: Said): void {
    const visitorId = this.visitorId();
    if (!visitorId) return;
    this.boxes[box].put(said.submissionId, JSON.stringify(Object.assign({ visitorId }, said)));
    void this.drain();
  }

  private waiting(): [Box, string][] {
    const boxes = [this.boxes.ids, this.boxes.person];
    if (!this.visitorId()) boxes.forEach((box) => box.ids().forEach((id) => box.drop(id)));
    return ([] as [Box, string][]).concat(
      ...boxes.map((box) => box.ids().map((id): [Box, string] => [box, id])),
    );
  }

  private readonly stopped = () => this.paused || this.busy || !navigator.onLine;

  private async drain(): Promise<void> {
    for (let next; !this.stopped() && (next = this.waiting()[0]); ) {
      this.busy = true;
      await this.send(...next);
      this.busy = false;
    }
  }

  private async send(box: Box, id: string): Promise<void> {
    let status = 0;
    let retryAfter: string | null = null;
    try {
      const answer = await Promise.race([
        // A plain string is text/plain, which needs no preflight.
        fetch(this.url, { method: "POST", body: box.get(id), keepalive: !this.failures }),
        new Promise<never>((_, reject) => setTimeout(reject, ANSWER_MS)),
      ]);
      status = answer.status;
      retryAfter = answer.headers.get("Retry-After");
    } catch {
      // No answer: it is sent again, and the server knows it by its id.
    }
    if (verdict(status) != "retry") {
      this.failures = 0;
      box.drop(id);
      return;
    }
    this.paused = true;
    later(retryDelay(this.failures++, retryAfter, Math.random()), () => {
      this.paused = false;
      void this.drain();
    });
  }

  /** A beacon gets no answer: what it carries is sent once more from the next page. */
  private leave(): void {
    if (!navigator.onLine) return;
    this.waiting().forEach(guard(([box, id]) => navigator.sendBeacon(this.url, box.get(id))));
  }
}
