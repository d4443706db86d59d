import { QueryClient } from "@tanstack/react-query";
import { act, screen, waitFor, within } from "@testing-library/react";
import { http } from "msw";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";

import { makeState } from "../../dev/fake-pista";
import { ApiError } from "../api/client";
import { expectAccessible, open } from "../test/render";
import { serve, server } from "../test/server";
import { FakeSocket } from "../test/socket";
import { isNews, newsFor } from "./live";
import { mayHelpToRetry } from "./queryClient";

describe("live news", () => {
  it("of a flush brings new figures without a reload", async () => {
    const state = makeState();
    const asked = serve(state);
    open("/overview");
    await screen.findByRole("button", { name: /^Visitors \d/ });

    state.perDay = 0;
    asked.length = 0;
    act(() => FakeSocket.last.say({ type: "events_flushed", events: 3 }));

    expect(await screen.findByText("No events in this period")).toBeVisible();
    await waitFor(() =>
      expect(screen.getByTestId("visitors-now")).toHaveTextContent("0"),
    );
    expect(asked.some((one) => one.includes("/now"))).toBe(true);
  });

  it("shows whether it comes, and refetches after a loss", async () => {
    const asked = serve(makeState());
    open("/settings/events");
    await screen.findByText("PAGE_VIEW");

    act(() => FakeSocket.last.open());
    expect(screen.getAllByText("Live")[0]).toBeInTheDocument();
    act(() => FakeSocket.last.drop(1012));
    expect(screen.getAllByText("Reconnecting…")[0]).toBeInTheDocument();

    asked.length = 0;
    await waitFor(() => expect(FakeSocket.all).toHaveLength(2));
    act(() => FakeSocket.last.open());

    await waitFor(() => expect(asked).toContain("GET /tracking-v2/throttling"));
  });

  it("of an ended session leads to the door", async () => {
    const state = makeState();
    serve(state);
    const { place } = open("/settings/events");
    await screen.findByText("PAGE_VIEW");

    act(() => FakeSocket.last.drop(4401));

    await waitFor(() => expect(place()).toBe("/sign-in?next=%2Fsettings%2Fevents"));
  });
});

describe("news under load", () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  it("refetches what is now once a second, the period every three, the breakdown every five", () => {
    const queries = new QueryClient();
    const asked: unknown[] = [];
    vi.spyOn(queries, "invalidateQueries").mockImplementation((filters) => {
      asked.push(filters?.queryKey?.[0]);
      return Promise.resolve();
    });
    const apply = newsFor(queries);

    for (let tenth = 0; tenth < 60; tenth += 1) {
      apply({ type: "events_flushed", tenantId: "t", events: 1, at: "" });
      vi.advanceTimersByTime(100);
    }

    expect(asked.filter((key) => key === "now")).toHaveLength(7);
    expect(asked.filter((key) => key === "stats")).toHaveLength(3);
    expect(asked.filter((key) => key === "breakdown")).toHaveLength(2);
  });

  it("does not hide that something fails", () => {
    const queries = new QueryClient();
    const failing = queries.getQueryCache().build(queries, { queryKey: ["stats", "x"] });
    failing.setState({ status: "error", error: new ApiError(503, "unavailable", "") });

    newsFor(queries)({ type: "events_flushed", tenantId: "t", events: 1, at: "" });

    expect(failing.state.isInvalidated).toBe(false);
    expect(failing.state.status).toBe("error");
  });

  it("leaves alone what it does not know", () => {
    const apply = newsFor(new QueryClient());
    const message: unknown = { type: "from_a_newer_server" };
    expect(isNews(message)).toBe(true);
    if (isNews(message)) expect(() => apply(message)).not.toThrow();
    expect(isNews(null)).toBe(false);
    expect(isNews([1])).toBe(false);
  });
});

describe("the shell", () => {
  it("goes places by keyboard and lists the keys", async () => {
    serve(makeState());
    const { user, place } = open("/settings/general");
    await screen.findByRole("heading", { name: "General" });

    await user.keyboard("gs");
    await waitFor(() => expect(place()).toBe("/settings/sites"));
    await screen.findByText("Tienda Aurora");
    await user.keyboard("?");

    expect(
      await screen.findByRole("dialog", { name: "Keyboard shortcuts" }),
    ).toBeVisible();
  });

  it("has keys for the places that somebody may see, and no others", async () => {
    const state = makeState();
    state.me.user.role = "asesor";
    serve(state);
    const { user, place } = open("/settings/general");
    await screen.findByRole("heading", { name: "General" });

    await user.keyboard("go");
    await user.keyboard("?");
    const keys = within(await screen.findByRole("dialog"));

    expect(keys.getByText("Go to sites")).toBeVisible();
    expect(keys.queryByText("Go to overview")).toBeNull();
    expect(keys.queryByText("Go to the report")).toBeNull();
    expect(place()).toBe("/settings/general");
  });

  it("does not take letters from somebody who writes", async () => {
    serve(makeState());
    const { user, place } = open("/settings/general");

    await user.type(await screen.findByLabelText("Name"), "gs?");

    expect(place()).toBe("/settings/general");
    expect(screen.queryByRole("dialog")).not.toBeInTheDocument();
  });

  it("has a way past the navigation", async () => {
    serve(makeState());
    open("/settings/general");

    const skip = await screen.findByRole("link", { name: "Skip to content" });
    expect(skip).toHaveAttribute("href", "#content");
    expect(document.getElementById("content")).toHaveAttribute("tabindex", "-1");
  });

  it("says when there is nothing at an address", async () => {
    serve(makeState());
    open("/no/such/place");

    expect(
      await screen.findByRole("heading", { name: "The trail ends here" }),
    ).toBeVisible();
    await expectAccessible();
  });

  it.each([
    ["/overview", "asesor", "Overview"],
    ["/settings/exports", "gtr", "Exports"],
    ["/alerts/new", "gtr", "New rule"],
  ] as const)("tells who opens %s as %s, and leads home", async (path, role, title) => {
    const state = makeState();
    state.me.user.role = role;
    const asked = serve(state);
    const { user, place } = open(path);

    const told = await screen.findByRole("heading", { level: 1 });
    expect(told).toHaveTextContent("This screen is not for your role");
    expect(place()).toBe(path);
    expect(screen.queryByRole("heading", { name: title })).not.toBeInTheDocument();
    expect(asked.filter((one) => /stats|exports/.test(one))).toEqual([]);
    await expectAccessible();
    await user.click(screen.getByRole("link", { name: "Go to my start" }));

    const home = role === "asesor" ? "/my-clients" : "/";
    await waitFor(() => expect(place()).toBe(home));
    await waitFor(() => expect(told).not.toBeInTheDocument());
  });

  it("takes a screen away from who may no longer see it", async () => {
    const state = makeState();
    serve(state);
    open("/settings/keys");
    await screen.findByRole("heading", { name: "API keys" });

    act(() => FakeSocket.last.open());
    state.me.user.role = "gtr";
    act(() => FakeSocket.last.drop(1012));
    await waitFor(() => expect(FakeSocket.all).toHaveLength(2));
    act(() => FakeSocket.last.open());

    expect(
      await screen.findByRole("heading", { name: /not for your role/ }),
    ).toBeVisible();
  });

  it("leads from /settings to the first of them", async () => {
    serve(makeState());
    const { place } = open("/settings");
    await waitFor(() => expect(place()).toBe("/settings/sites"));
  });

  it("offers to try again when the server is away at the start", async () => {
    // React and the router report what the boundary has caught.
    vi.spyOn(console, "error").mockImplementation(() => undefined);
    vi.spyOn(console, "warn").mockImplementation(() => undefined);
    server.use(http.get("*/api/me", () => new Response("", { status: 403 })));
    const { user } = open("/settings/events");
    await screen.findByRole("alert");

    serve(makeState());
    await user.click(screen.getByRole("button", { name: "Try again" }));

    expect(await screen.findByText("PAGE_VIEW")).toBeVisible();
  });
});

describe("asking again by itself", () => {
  it.each([
    [0, new ApiError(503, "unavailable", ""), true],
    [0, new ApiError(0, "unreachable", ""), true],
    [0, new ApiError(404, "not_found", ""), false],
    [0, new ApiError(401, "not_signed_in", ""), false],
    [2, new ApiError(503, "unavailable", ""), false],
    [0, new TypeError("a bug"), false],
  ])("after %i failures with %s: %s", (failures, error, expected) => {
    expect(mayHelpToRetry(failures, error)).toBe(expected);
  });
});
