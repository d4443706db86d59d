import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";

import { FakeSocket } from "../test/socket";
import { afterClose, keepOpen, type Kept, type Say, type SocketStatus } from "./socket";

describe("what a closed socket means", () => {
  it.each([
    [4401, { do: "sign_in" }],
    [4403, { do: "stop" }],
    [1002, { do: "stop" }],
    [1003, { do: "stop" }],
    [1007, { do: "stop" }],
    [1000, { do: "retry", after: 250 }], // the server only says goodbye
    [1001, { do: "retry", after: 250 }], // the server restarts
    [1012, { do: "retry", after: 250 }],
    [1006, { do: "retry", after: 250 }], // the network is gone
    [1011, { do: "retry", after: 250 }],
    [4999, { do: "retry", after: 250 }], // a newer server's code
  ])("%i", (code, closing) => {
    expect(afterClose(code, 0, 0)).toEqual(closing);
  });

  it.each([
    [0, 0, 250],
    [0, 1, 500],
    [1, 1, 1_000],
    [3, 0, 2_000],
    [3, 0.5, 3_000],
    [6, 1, 15_000],
    [500, 1, 15_000], // a night without a server
  ])("waits longer after try %i, with luck %f", (attempt, luck, after) => {
    expect(afterClose(1006, attempt, luck)).toEqual({ do: "retry", after });
  });
});

describe("a socket that is kept open", () => {
  let seen: SocketStatus[];
  const listeners = {
    onMessage: vi.fn(),
    onStatus: (status: SocketStatus) => seen.push(status),
    onReturn: vi.fn(),
    onSignIn: vi.fn(),
  };

  const closing: (() => void)[] = [];

  function keep(): Kept {
    const kept = keepOpen("ws://pista/ws", listeners);
    closing.push(kept.close);
    return kept;
  }

  beforeEach(() => {
    seen = [];
    vi.useFakeTimers();
    vi.clearAllMocks();
  });
  afterEach(() => {
    for (const close of closing.splice(0)) close();
    vi.useRealTimers();
  });

  it("comes back after a loss and says that news may have been missed", () => {
    keep();
    FakeSocket.last.open();
    expect(listeners.onReturn).not.toHaveBeenCalled();

    FakeSocket.last.drop(1012);
    vi.advanceTimersByTime(600);
    FakeSocket.last.open();

    expect(FakeSocket.all).toHaveLength(2);
    expect(seen).toEqual(["connecting", "live", "reconnecting", "live"]);
    expect(listeners.onReturn).toHaveBeenCalledOnce();
  });

  it("does not come back when the session is over", () => {
    keep();
    FakeSocket.last.open();

    FakeSocket.last.drop(4401);
    vi.advanceTimersByTime(120_000);

    expect(FakeSocket.all).toHaveLength(1);
    expect(listeners.onSignIn).toHaveBeenCalledOnce();
    expect(seen.at(-1)).toBe("stopped");
  });

  it("does not wait when the network is back", () => {
    keep();
    for (let loss = 0; loss < 6; loss += 1) {
      FakeSocket.last.drop(1006);
      vi.advanceTimersByTime(30_000);
    }
    const before = FakeSocket.all.length;
    FakeSocket.last.drop(1006);

    window.dispatchEvent(new Event("online"));

    expect(FakeSocket.all).toHaveLength(before + 1);
  });

  it("stays closed when nobody needs it any more", () => {
    const { close } = keep();
    FakeSocket.last.open();

    close();
    FakeSocket.last.drop(1006);
    vi.advanceTimersByTime(60_000);

    expect(FakeSocket.all).toHaveLength(1);
    expect(FakeSocket.last.closedWith).toBe(1000);
  });

  it("passes on what is JSON and leaves out what is not", () => {
    keep();
    FakeSocket.last.onmessage?.({ data: "not json" });
    FakeSocket.last.onmessage?.({ data: new Blob() });
    FakeSocket.last.say({ type: "hello" });

    expect(listeners.onMessage).toHaveBeenCalledExactlyOnceWith(
      { type: "hello" },
      expect.any(Function),
    );
  });

  it("lets the screen answer", () => {
    listeners.onMessage.mockImplementationOnce((_message, say: Say) =>
      say({ type: "here" }),
    );
    keep();
    FakeSocket.last.open();

    FakeSocket.last.say({ type: "still_here" });

    expect(FakeSocket.last.sent).toEqual([{ type: "here" }]);
  });

  it("begins anew when nothing is heard, though nobody closed it", () => {
    keep();
    const first = FakeSocket.last;
    first.open();
    for (let time = 0; time < 60; time += 15) {
      vi.advanceTimersByTime(15_000);
      first.say({ type: "still_here" });
    }
    expect(FakeSocket.last).toBe(first);

    vi.advanceTimersByTime(40_000);
    expect(FakeSocket.last).not.toBe(first);
    expect(first.closedWith).toBeDefined();
    expect(seen.at(-1)).toBe("reconnecting");
    FakeSocket.last.open();

    expect(seen.at(-1)).toBe("live");
    expect(listeners.onReturn).toHaveBeenCalledOnce();
  });

  it("begins anew at once when the laptop was asleep", () => {
    keep();
    const first = FakeSocket.last;
    first.open();
    vi.advanceTimersByTime(9_000);

    // Timers stand still meanwhile; what was on its way is heard before they go on.
    vi.setSystemTime(Date.now() + 5 * 60_000);
    first.say({ type: "still_here" });
    vi.advanceTimersByTime(1_000);

    expect(FakeSocket.last).not.toBe(first);
  });

  it("looks as soon as somebody comes back to the page", () => {
    keep();
    const first = FakeSocket.last;
    first.open();
    vi.setSystemTime(Date.now() + 5 * 60_000);

    document.dispatchEvent(new Event("visibilitychange"));

    expect(FakeSocket.last).not.toBe(first);
  });

  it("says when the server was last heard, and does not wait if it is asked to", () => {
    const heard: number[] = [];
    const { tryNow, close } = keepOpen("ws://pista/ws", {
      ...listeners,
      onStatus: (_status, heardAt) => heard.push(heardAt),
    });
    closing.push(close);
    FakeSocket.last.open();
    const last = Date.now();
    vi.advanceTimersByTime(4_000);
    FakeSocket.last.drop(1006);
    const before = FakeSocket.all.length;

    tryNow();

    expect(FakeSocket.all).toHaveLength(before + 1);
    FakeSocket.last.drop(1006);
    expect(heard.slice(2)).toEqual([last, last]);
  });

  it("is lost as soon as the browser has no network", () => {
    keep();
    FakeSocket.last.open();

    window.dispatchEvent(new Event("offline"));

    expect(seen.at(-1)).toBe("reconnecting");
  });
});
