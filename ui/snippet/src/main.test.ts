import { afterEach, beforeEach, expect, test, vi } from "vitest";

const fetched = vi.fn<(url: URL, init: RequestInit) => Promise<Response>>();

interface Sent {
  eventType: string;
  metadata: Record<string, unknown>;
}

/** All events that were sent so far, once the quiet second is over. */
async function sent(type?: string): Promise<Sent[]> {
  await vi.advanceTimersByTimeAsync(1500);
  return fetched.mock.calls
    .flatMap(([, init]) => (JSON.parse(init.body as string) as { events: Sent[] }).events)
    .filter((event) => !type || event.eventType === type);
}

async function load(): Promise<void> {
  vi.resetModules();
  await import("./main");
}

const unwrapped = { ...Object.getOwnPropertyDescriptors(History.prototype) };
let leave: (() => void)[] = [];

beforeEach(() => {
  vi.useFakeTimers();
  const listen = window.addEventListener.bind(window);
  // Each test's snippet goes with its test.
  vi.spyOn(window, "addEventListener").mockImplementation(
    (type: string, handler: EventListenerOrEventListenerObject, options?: unknown) => {
      listen(type, handler, options as AddEventListenerOptions);
      leave.push(() => {
        window.removeEventListener(type, handler, { capture: true });
      });
    },
  );
  fetched.mockImplementation(() => Promise.resolve(new Response("{}", { status: 202 })));
  vi.stubGlobal("fetch", fetched);
  history.replaceState(null, "", "/");
  document.title = "Tienda";
  document.body.innerHTML = "<script data-tenant=t data-site=s data-key=k data-api=https://c.test>";
  document.body.firstElementChild!.setAttribute("src", "https://cdn.test/snip.js");
});

afterEach(() => {
  leave.forEach((remove) => {
    remove();
  });
  leave = [];
  document.cookie = "rstk_vid=;max-age=0;path=/;domain=localhost";
  document.cookie = "rstk_vid=;max-age=0;path=/";
  delete (window as { pista?: unknown }).pista;
  delete (document as { prerendering?: boolean }).prerendering;
  Object.defineProperties(History.prototype, unwrapped);
  localStorage.clear();
  fetched.mockReset();
  vi.useRealTimers();
});

test("data-api says where events go", async () => {
  await load();
  await sent();

  expect(String(fetched.mock.calls[0]![0])).toBe("https://c.test/tracking-v2/events?k=k");
});

test("a page brought back by the back button counts again", async () => {
  await load();
  window.dispatchEvent(Object.assign(new Event("pageshow"), { persisted: true }));
  window.dispatchEvent(Object.assign(new Event("pageshow"), { persisted: false }));

  expect(await sent("PAGE_VIEW")).toHaveLength(2);
});

test("a page that is only prepared counts when somebody sees it", async () => {
  Object.assign(document, { prerendering: true });
  await load();
  const { pista } = window as unknown as {
    pista: { track(type: string): void; visitorId(): string | null };
  };
  pista.track("EARLY");
  expect(await sent()).toEqual([]);
  expect(pista.visitorId()).toBeNull();
  expect(localStorage).toHaveLength(0);

  document.dispatchEvent(new Event("prerenderingchange"));

  expect((await sent()).map((event) => event.eventType)).toEqual(["EARLY", "PAGE_VIEW"]);
  expect(pista.visitorId()).not.toBeNull();
});

test("history behaves as before", async () => {
  await load();

  history.pushState({ n: 1 }, "", "/a");
  expect(history.state).toEqual({ n: 1 });
  expect(() => history.pushState(null, "", "https://other.test/")).toThrow(DOMException);
});

test.each([
  ["/a", 2],
  ["/?a=1", 2],
  ["/#/route", 2],
  ["/#!/route", 2],
  ["/#part", 1],
  ["/", 1],
])("going to %s makes %i page views", async (address, views) => {
  await load();
  history.pushState(null, "", address);

  expect(await sent("PAGE_VIEW")).toHaveLength(views);
});

test("redirects of a router count as one page", async () => {
  await load();
  history.pushState(null, "", "/a");
  history.replaceState(null, "", "/a/b");

  const views = await sent("PAGE_VIEW");

  expect(views.map((view) => new URL(view.metadata.url as string).pathname)).toEqual(["/", "/a/b"]);
});

test("a field of the author's own is filled, not doubled", async () => {
  document.body.insertAdjacentHTML("beforeend", "<form><input name=rstk_vid></form>");
  await load();

  const fields = document.querySelectorAll<HTMLInputElement>("[name=rstk_vid]");

  expect(fields).toHaveLength(1);
  expect(fields[0]!.value).toMatch(/^v\d/);
});

test("a form whose fields are named like its properties is told right", async () => {
  document.body.insertAdjacentHTML(
    "beforeend",
    "<form id=f action=/go><input name=action value=x><input name=id value=secret></form>",
  );
  await load();
  document.querySelector("form")!.dispatchEvent(new Event("submit", { bubbles: true }));

  const [form] = await sent("FORM_SUBMIT");

  expect(form!.metadata).toMatchObject({
    id: "f",
    action: location.host + "/go",
    fields: "action,id",
  });
});

test.each([
  ["<button><b>Buy</b> now</button>", "b", { tag: "button", text: "Buy now" }],
  ["<p>Some words</p>", "p", { tag: "p" }],
  ["<input value=typed>", "input", { tag: "input" }],
  ["<select><option>chosen</select>", "option", { tag: "option" }],
  ["<a href=/x contenteditable>typed</a>", "a", { tag: "a", href: location.origin + "/x" }],
  ["<div contenteditable><a href=/x>typed</a></div>", "a", { tag: "a", href: location.origin + "/x" }],
])("a click in %s tells nothing that was typed", async (html, selector, told) => {
  document.body.insertAdjacentHTML("beforeend", html);
  await load();
  document
    .querySelector(selector)!
    .dispatchEvent(new MouseEvent("click", { bubbles: true, composed: true }));

  const [click] = await sent("CLICK");

  expect(click!.metadata).toEqual({ url: location.href, ...told });
});

test("without its attributes the script says so and does nothing", async () => {
  document.body.innerHTML = '<script data-site=s src="https://cdn.test/snip.js"></script>';
  const warn = vi.spyOn(console, "warn").mockImplementation(() => undefined);

  await load();

  expect(warn).toHaveBeenCalledOnce();
  expect(localStorage).toHaveLength(0);
});
