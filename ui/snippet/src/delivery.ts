import type { Config } from "./config";
import { later, listen } from "./guard";
import { exclusively, hold, release } from "./lock";
import * as queue from "./queue";
import { retryDelay, verdict } from "./rules";
import { read } from "./storage";

// With the server's five seconds, and its flush, an action is in the statistics within six.
const QUIET_MS = 400;
const ANSWER_MS = 30e3;
/** By then the batches of a page that has gone may be sent by another. */
const ORPHANS_MS = 11e3;

/** Sends what the queue holds. Answers the function that takes in one event, as JSON. */
export function startDelivery({ tag, url }: Config): (line: string) => void {
  let quiet: ReturnType<typeof setTimeout>;
  let failures = 0;
  let paused = false;
  let busy = false;

  const stopped = () => paused || !navigator.onLine;

  const body = (key: string) =>
    `{"tenantId":"${tag.dataset.tenant!}","siteId":"${tag.dataset.site!}","batchId":"${queue.batchId(key)}",` +
    `"sentAt":"${new Date().toJSON()}","events":[${queue.contents(key)}]}`;

  async function send(key: string): Promise<void> {
    let answer: Response | undefined;
    try {
      answer = await Promise.race([
        // A plain string is text/plain, which needs no preflight.
        fetch(url, {
          method: "POST",
          body: body(key),
          // Browsers limit what may outlive a page; when that may be why it failed, do without.
          keepalive: !failures,
        }),
        new Promise<never>((_, reject) => setTimeout(reject, ANSWER_MS)),
      ]);
    } catch {
      // No answer: as good as a failure, and the batch keeps its id.
    }
    const means = verdict(answer ? answer.status : 0);
    if (means == "retry") {
      queue.mark(key, queue.FAILED);
      paused = true;
      later(retryDelay(failures++, answer && answer.headers.get("Retry-After"), Math.random()), () => {
        paused = false;
        drain();
      });
    } else {
      failures = 0;
      if (means == "split") queue.split(key);
      else queue.remove(key);
    }
  }

  async function sendAll(): Promise<void> {
    for (let key; !stopped() && hold() && (key = queue.next()); ) await send(key);
  }

  function drain(): void {
    if (busy || stopped()) return;
    busy = true;
    const done = () => {
      busy = false;
      // Another tab holds the lease, or something came in while the lock was given back.
      if (queue.own()[0]) later(QUIET_MS, drain);
    };
    exclusively(sendAll).then(done, done);
  }

  function flush(): void {
    queue.seal();
    drain();
  }

  /** A beacon gets no answer: what it carries stays queued, and is sent again until one comes. */
  function leave(): void {
    queue.seal();
    release();
    if (stopped()) return;
    for (const key of queue.own())
      if (read(key)[0] != queue.HANDED && navigator.sendBeacon(url, body(key)))
        queue.mark(key, queue.HANDED);
  }

  listen("pagehide", leave);
  listen("visibilitychange", () => (document.hidden ? leave() : drain()));
  listen("online", drain);
  later(ORPHANS_MS, drain);

  return (line) => {
    clearTimeout(quiet);
    if (queue.add(line) < queue.GATHERED) quiet = later(QUIET_MS, flush);
    else flush();
  };
}
