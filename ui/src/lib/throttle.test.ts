import { afterEach, beforeEach, expect, it, vi } from "vitest";

import { throttle } from "./throttle";

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

it("works at once, at most once a pause, and never loses the last call", () => {
  const work = vi.fn();
  const call = throttle(work, 1_000);

  call();
  call();
  call();
  expect(work).toHaveBeenCalledTimes(1);

  vi.advanceTimersByTime(1_000);
  expect(work).toHaveBeenCalledTimes(2);

  vi.advanceTimersByTime(5_000);
  expect(work).toHaveBeenCalledTimes(2);

  call();
  expect(work).toHaveBeenCalledTimes(3);
});
