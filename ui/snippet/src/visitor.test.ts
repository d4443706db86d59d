import { afterEach, beforeEach, expect, test, vi } from "vitest";

import { continued, forget, knownVisitor, type Local, refused, remember, visit } from "./visitor";

const MINUTE = 60_000;
const NOON = Date.UTC(2026, 10, 22, 12);
const SESSION = "0190a000-0000-7000-8000-000000000001";

const visited = (last_activity: number): Local => ({
  visitor_id: "v1_a",
  session_id: SESSION,
  session_count: 3,
  first_visit: 1,
  last_activity,
});

const stored = () => JSON.parse(localStorage.getItem("rstk_local")!) as Local;

beforeEach(() => {
  vi.useFakeTimers({ now: NOON });
});

afterEach(() => {
  forget();
  remember("");
  localStorage.clear();
  vi.useRealTimers();
});

test.each([
  ["goes on within 30 minutes", NOON - 30 * MINUTE + 1, true],
  ["ends after 30 idle minutes", NOON - 30 * MINUTE, false],
  ["goes on when the clock was set back", NOON + 24 * 60 * MINUTE, true],
])("a session %s", (_, last, same) => {
  const now = continued(visited(last), "", NOON);

  expect(now.session_id === SESSION).toBe(same);
  expect(now.session_count).toBe(same ? 3 : 4);
  expect(now.last_activity).toBe(NOON);
});

test("a session outlives midnight and any length, as long as something happens", () => {
  let local = visited(NOON);
  for (let hour = 0; hour < 48; hour++) local = continued(local, "", NOON + hour * 25 * MINUTE);

  expect(local.session_id).toBe(SESSION);
});

test("a clock that jumps to and fro makes one new session, not one per event", () => {
  const sessions = new Set<string>();
  let local = visited(NOON);
  for (const jump of [0, -600, -599, 0, 1, 2]) {
    local = continued(local, "", NOON + jump * MINUTE);
    sessions.add(local.session_id);
  }

  expect(sessions.size).toBe(2);
});

test("a session id of another system is replaced, and its other fields stay", () => {
  const old = Object.assign(visited(NOON), { session_id: "s_17", utm: "kept" });

  const now = continued(old, "", NOON);

  expect(now.session_id).toMatch(/^[\da-f-]{36}$/);
  expect(now).toMatchObject({ visitor_id: "v1_a", utm: "kept" });
});

test("storage is believed before the cookie, and neither when it is no id", () => {
  expect(continued({ visitor_id: "v1_a" }, "v2_b", NOON).visitor_id).toBe("v1_a");
  expect(continued({ visitor_id: "<script>" }, "v2_b", NOON).visitor_id).toBe("v2_b");
  expect(continued({}, "no; id", NOON).visitor_id).toMatch(/^v\d+_/);
});

test("broken JSON costs the session and keeps the visitor", () => {
  const before = visit();
  localStorage.setItem("rstk_local", "{broken");

  expect(visit().visitor_id).toBe(before.visitor_id);
  expect(stored().visitor_id).toBe(before.visitor_id);
});

test("two tabs that share a storage share the session", () => {
  const one = visit();
  vi.advanceTimersByTime(29 * MINUTE);
  const two = visit();
  vi.advanceTimersByTime(29 * MINUTE);

  expect(visit().session_id).toBe(one.session_id);
  expect(two.session_id).toBe(one.session_id);
});

test("a full storage makes no new session per event", () => {
  const full = vi.spyOn(Storage.prototype, "setItem").mockImplementation(() => {
    throw new DOMException("full", "QuotaExceededError");
  });

  expect(visit().session_id).toBe(visit().session_id);
  full.mockRestore();
});

test("asking for the visitor is no activity", () => {
  visit();
  vi.advanceTimersByTime(MINUTE);

  expect(knownVisitor()).toBe(stored().visitor_id);
  expect(stored().last_activity).toBe(NOON);
});

test("opting out is remembered without storage, too", () => {
  remember("1");
  localStorage.clear();

  expect(refused()).toBeTruthy();
  remember("");
  expect(refused()).toBeFalsy();
});
