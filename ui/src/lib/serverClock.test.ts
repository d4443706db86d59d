import { afterEach, describe, expect, it, vi } from "vitest";

import { forgetServerClock, hearServerDate, narrowed, serverNow } from "./serverClock";

const NOON = Date.parse("2025-11-22T12:00:00Z");
const said = (time: number) => new Date(time).toUTCString();

afterEach(() => {
  forgetServerClock();
  vi.useRealTimers();
});

describe("the server's clock", () => {
  it("is this one's as long as nothing else is known, or they agree", () => {
    vi.useFakeTimers({ now: NOON });
    expect(serverNow()).toBe(NOON);
    hearServerDate(said(NOON), NOON - 40, NOON + 10);
    expect(serverNow()).toBe(NOON);
  });

  it("is known though the laptop is three minutes ahead", () => {
    vi.useFakeTimers({ now: NOON + 180_000 });
    hearServerDate(said(NOON), NOON + 179_950, NOON + 180_000);
    expect(Math.abs(serverNow() - NOON)).toBeLessThan(1_100);
  });

  it("is narrowed down with each answer", () => {
    let known = narrowed(undefined, { least: -181_000, most: -179_900 });
    known = narrowed(known, { least: -180_100, most: -179_100 });
    expect(known).toEqual({ least: -180_100, most: -179_900 });
  });

  it("is learned anew when the laptop's clock was set", () => {
    const known = narrowed(
      { least: -180_100, most: -179_900 },
      { least: -300, most: 800 },
    );
    expect(known).toEqual({ least: -300, most: 800 });
  });

  it("is not learned from an answer without a date", () => {
    vi.useFakeTimers({ now: NOON });
    hearServerDate(null, NOON, NOON);
    expect(serverNow()).toBe(NOON);
  });
});
