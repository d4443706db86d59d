import { afterEach, beforeEach, expect, test, vi } from "vitest";

const VISITOR = "v1758565884546_x7Gk2Qp";
const CONTACT = "ocQHyuzHvysMo5N5VsXc";
const LOCATION = "ve9EPM428h8vShlRW1KT";
const HOST = "https://api.leadconnectorhq.com";
const UD = JSON.stringify({ id: CONTACT, email: "ana@x.pe", phone: "991", location_id: LOCATION });

const fetched = vi.fn<(url: URL, init: RequestInit) => Promise<Response>>();
const beacon = vi.fn<(url: URL, body: string) => boolean>();
let visitor: string | null = VISITOR;
let leave: (() => void)[] = [];
let observers: MutationObserver[] = [];

interface First {
  named: unknown[];
  identify: (who: unknown) => void;
}

const pista = () => (window as unknown as { pista: First }).pista;

async function load(forms = "", named: unknown[] = []): Promise<void> {
  document.body.insertAdjacentHTML(
    "afterbegin",
    `<script data-site=s data-key=k src="https://c.test/snip.js" data-forms="${forms}">`,
  );
  Object.assign(window, { pista: { visitorId: () => visitor, named } });
  vi.resetModules();
  await import("./main");
}

/** What was sent, in the order of the first times. */
async function sent(): Promise<Record<string, unknown>[]> {
  await vi.advanceTimersByTimeAsync(1000);
  return fetched.mock.calls.map(
    ([, init]) => JSON.parse(init.body as string) as Record<string, unknown>,
  );
}

const addFrame = (src: string) => {
  const frame = document.createElement("iframe");
  frame.setAttribute("src", src);
  document.body.append(frame);
  return frame;
};

function tell(data: unknown, origin = HOST, source: unknown = { parent: window }) {
  window.dispatchEvent(Object.assign(new Event("message"), { data, origin, source }));
}

const sticky = (submission: unknown = "0d5f1c0e-1") => [
  "set-sticky-contacts",
  "_ud",
  UD,
  LOCATION,
  submission,
];

beforeEach(() => {
  vi.useFakeTimers();
  for (const target of [window, document]) {
    const add = target.addEventListener.bind(target);
    vi.spyOn(target, "addEventListener").mockImplementation(
      (type: string, handler: EventListenerOrEventListenerObject, options?: unknown) => {
        add(type, handler, options as AddEventListenerOptions);
        leave.push(() => {
          target.removeEventListener(type, handler, { capture: true });
        });
      },
    );
  }
  const Observer = MutationObserver;
  vi.stubGlobal(
    "MutationObserver",
    class extends Observer {
      constructor(callback: MutationCallback) {
        super(callback);
        observers.push(this);
      }
    },
  );
  fetched.mockImplementation(() => Promise.resolve(new Response("{}", { status: 202 })));
  vi.stubGlobal("fetch", fetched);
  Object.assign(navigator, { sendBeacon: beacon });
});

afterEach(() => {
  leave.forEach((remove) => {
    remove();
  });
  observers.forEach((observer) => {
    observer.disconnect();
  });
  [leave, observers] = [[], []];
  visitor = VISITOR;
  document.body.innerHTML = "";
  localStorage.clear();
  sessionStorage.clear();
  fetched.mockReset();
  beacon.mockReset();
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

test("a form's message becomes a claim of three ids, and nothing of the person", async () => {
  await load();
  tell(sticky());

  expect(await sent()).toEqual([
    {
      event: "ghl_update",
      visitorId: VISITOR,
      contactId: CONTACT,
      locationId: LOCATION,
      submissionId: "0d5f1c0e-1",
    },
  ]);
  expect(String(fetched.mock.calls[0]![0])).toBe("https://c.test/collect?k=k");
  expect(fetched.mock.calls[0]![1]).toMatchObject({ method: "POST", keepalive: true });
  expect(fetched.mock.calls[0]![1].headers).toBeUndefined();
});

test("the same submission is told once, also on the next page", async () => {
  await load();
  tell(sticky());
  tell(sticky());
  await sent();
  await load();
  tell(sticky());

  expect(await sent()).toHaveLength(1);
});

test.each<[string, unknown, string?, unknown?]>([
  ["another origin", sticky(), "https://evil.test"],
  ["an origin that only ends alike", sticky(), "https://xapi.leadconnectorhq.com"],
  ["a subdomain", sticky(), "https://a.api.leadconnectorhq.com"],
  ["the same without https", sticky(), "http://api.leadconnectorhq.com"],
  ["a port", sticky(), HOST + ":8443"],
  ["a sandbox", sticky(), "null"],
  ["the page itself", sticky(), HOST, window],
  ["nobody", sticky(), HOST, null],
  ["a window that is no frame of this page", sticky(), HOST, { parent: {} }],
  ["no submission", sticky("")],
  ["no text as submission", sticky(7)],
  ["a strange submission", sticky("a b c d e f g h")],
  ["a text", JSON.stringify(sticky())],
  ["nothing", null],
  ["an object", { 0: "set-sticky-contacts", 1: "_ud", length: 5 }],
  ["another message", ["msgsndr-booking-complete", "_ud", UD, LOCATION, "0d5f1c0e-1"]],
  ["another key", ["set-sticky-contacts", "embedded_iframe_x", UD, LOCATION, "0d5f1c0e-1"]],
  ["no JSON", ["set-sticky-contacts", "_ud", "{", LOCATION, "0d5f1c0e-1"]],
  ["an array too short", ["set-sticky-contacts"]],
])("a message from or of %s is no claim", async (_, data, origin = HOST, source) => {
  await load();
  if (source === undefined) tell(data, origin);
  else tell(data, origin, source);

  expect(await sent()).toEqual([]);
});

test("whoever refuses is told of to nobody, and what waited is forgotten", async () => {
  fetched.mockImplementation(() => Promise.reject(new TypeError("offline")));
  await load("contacts");
  tell(sticky());
  await sent();
  visitor = null;
  tell(sticky("0d5f1c0e-2"));
  pista().identify({ email: "ana@x.pe" });
  const frame = addFrame(HOST + "/widget/form/a");
  await vi.advanceTimersByTimeAsync(120_000);

  expect(fetched).toHaveBeenCalledOnce();
  expect(frame.getAttribute("src")).toBe(HOST + "/widget/form/a");
  expect(Object.keys(localStorage).filter((key) => key.startsWith("rstk_claim"))).toEqual([]);
});

test("what was not answered goes again, from the next page too, under its id", async () => {
  fetched.mockImplementation(() => Promise.reject(new TypeError("offline")));
  await load();
  tell(sticky());
  await vi.advanceTimersByTimeAsync(10_000);
  expect(fetched.mock.calls.length).toBeGreaterThan(2);
  fetched.mockReset();
  fetched.mockImplementation(() => Promise.resolve(new Response("{}", { status: 202 })));
  await load();

  expect((await sent()).map((said) => said.submissionId)).toContain("0d5f1c0e-1");
  expect(Object.keys(localStorage).filter((key) => key.startsWith("rstk_claim"))).toEqual([]);
});

test.each([
  [202, 1],
  [403, 1],
  [422, 1],
  [429, 2],
  [503, 2],
])("after %i it was sent %i times", async (status, times) => {
  fetched.mockImplementationOnce(() => Promise.resolve(new Response("{}", { status })));
  await load();
  tell(sticky());
  await vi.advanceTimersByTimeAsync(5000);

  expect(fetched).toHaveBeenCalledTimes(times);
});

test("on leaving, what waits goes as a beacon", async () => {
  fetched.mockImplementation(() => new Promise(() => undefined));
  await load();
  tell(sticky());
  await vi.advanceTimersByTimeAsync(10);
  window.dispatchEvent(new Event("pagehide"));

  expect(JSON.parse(beacon.mock.calls[0]![1])).toMatchObject({ submissionId: "0d5f1c0e-1" });
});

const submit = (html: string) => {
  document.body.insertAdjacentHTML("beforeend", html);
  document.querySelector("form:last-of-type")!.dispatchEvent(new Event("submit", { bubbles: true }));
};

test("a `_ud` that changes after a submit is a claim", async () => {
  localStorage.setItem("_ud", JSON.stringify({ id: "theOneBefore00000000", location_id: LOCATION }));
  await load();
  submit("<form id=_builder-form></form>");
  await vi.advanceTimersByTimeAsync(3000);
  localStorage.setItem("_ud", UD);

  expect(await sent()).toMatchObject([{ event: "ghl_update", contactId: CONTACT }]);
  expect(JSON.stringify(sessionStorage)).not.toContain("ana@");
});

test("a `_ud` that changes on the page after the submit is a claim", async () => {
  await load();
  submit("<form id=_builder-form></form>");
  await vi.advanceTimersByTimeAsync(100);
  leave.forEach((remove) => {
    remove();
  });
  localStorage.setItem("_ud", UD);
  await load();

  expect(await sent()).toMatchObject([{ contactId: CONTACT }]);
});

test("a `_ud` of whoever was here before is none", async () => {
  localStorage.setItem("_ud", UD);
  await load();
  await sent();
  submit("<form></form>");
  await vi.advanceTimersByTimeAsync(60_000);
  localStorage.setItem("_ud", JSON.stringify({ id: "muchTooLate000000000", location_id: LOCATION }));

  expect(await sent()).toEqual([]);
});

test("the message and the `_ud` of one submit are one claim", async () => {
  await load();
  submit("<form></form>");
  tell(sticky());
  localStorage.setItem("_ud", UD);
  await vi.advanceTimersByTimeAsync(5000);

  expect(await sent()).toHaveLength(1);
});

test.each([
  ["https://api.leadconnectorhq.com/widget/form/a", "?rstk_vid=" + VISITOR],
  ["https://link.msgsndr.com/widget/booking/a?x=%20y", "&rstk_vid=" + VISITOR],
  ["https://forms.shop.pe/widget/form/a?", "?rstk_vid=" + VISITOR],
])("a frame of %s gets the visitor", async (src, added) => {
  const before = addFrame(src);
  await load("https://forms.shop.pe");
  const after = addFrame(src + "#part");
  await vi.advanceTimersByTimeAsync(1);

  const base = src.replace(/\?$/, "");
  expect(before.getAttribute("src")).toBe(base + added);
  expect(after.getAttribute("src")).toBe(base + added + "#part");
});

test.each([
  ["https://evil.test/widget/form/a"],
  ["https://forms.shop.pe/widget/form/a"],
  ["http://api.leadconnectorhq.com/widget/form/a"],
  [location.origin + "/widget/form/a"],
  ["about:blank"],
  ["javascript:void 0"],
  ["https://"],
  ["https://api.leadconnectorhq.com/widget/form/a?rstk_vid=mine"],
])("a frame of %s stays as it is", async (src) => {
  await load();
  const frame = addFrame(src);
  await vi.advanceTimersByTimeAsync(1);

  expect(frame.getAttribute("src")).toBe(src);
});

test.each([
  ["touched by somebody", { hasBeenActive: true }, false],
  ["in a browser that does not say", undefined, false],
  ["touched by nobody", { hasBeenActive: false }, true],
])("a frame that another origin's page is in, %s", async (_, userActivation, told) => {
  const frame = addFrame(HOST + "/widget/form/a");
  Object.defineProperty(frame, "contentDocument", { value: null });
  Object.defineProperty(navigator, "userActivation", { value: userActivation, configurable: true });
  await load();
  await vi.advanceTimersByTimeAsync(1);

  Reflect.deleteProperty(navigator, "userActivation");
  expect(frame.getAttribute("src")!.includes("rstk_vid")).toBe(told);
});

test("a frame inside of what is ignored is left alone", async () => {
  document.body.innerHTML = `<p data-pista-ignore><iframe src="${HOST}/widget/form/a"></iframe></p>`;
  await load();

  expect(document.querySelector("iframe")!.getAttribute("src")).toBe(HOST + "/widget/form/a");
});

test("a page that takes the id away again has its way", async () => {
  await load();
  const frame = addFrame(HOST + "/widget/form/a");
  await vi.advanceTimersByTimeAsync(1);
  for (let time = 0; time < 5; time++) {
    frame.setAttribute("src", HOST + "/widget/form/a");
    await vi.advanceTimersByTimeAsync(1);
  }

  expect(frame.getAttribute("src")).toBe(HOST + "/widget/form/a");
});

const CONTACT_FORM =
  "<form><input type=email value=ana@x.pe><input type=password value=secret><input name=card value=4111></form>";

test("forms make contacts where the site says so, of what may be read", async () => {
  await load("contacts");
  submit(CONTACT_FORM);

  const [said] = await sent();
  expect(said).toMatchObject({ event: "form", visitorId: VISITOR, email: "ana@x.pe" });
  expect(JSON.stringify(said)).not.toMatch(/secret|4111/);
  expect(Object.keys(sessionStorage).filter((key) => key.startsWith("rstk_person"))).toEqual([]);
  expect(JSON.stringify(localStorage)).not.toContain("ana@");
});

test.each<[string, string]>([
  ["", CONTACT_FORM],
  ["https://forms.shop.pe", CONTACT_FORM],
  ["contacts", "<form><input name=name value=Ana></form>"],
  ["contacts", "<form><input type=email></form>"],
  ["contacts", "<div data-pista-ignore>" + CONTACT_FORM + "</div>"],
])("with data-forms=%j %s makes nobody", async (forms, html) => {
  await load(forms);
  submit(html);

  expect(await sent()).toEqual([]);
});

test("identify says who it is, once a tab, also what was said before", async () => {
  await load("", [{ email: "ana@x.pe", plan: "pro" }]);
  pista().identify({ email: "ana@x.pe", plan: "pro" });
  await sent();
  await load();
  pista().identify({ email: "ana@x.pe", plan: "pro" });
  pista().identify({ email: "ana@x.pe", plan: "max" });

  const said = await sent();
  expect(said).toMatchObject([
    { event: "identify", email: "ana@x.pe", traits: { plan: "pro" } },
    { event: "identify", email: "ana@x.pe", traits: { plan: "max" } },
  ]);
});

test.each([[undefined], [null], ["ana@x.pe"], [7]])("identify(%j) does no harm", async (who) => {
  await load();

  expect(() => {
    pista().identify(who);
  }).not.toThrow();
  expect(await sent()).toEqual([]);
});
