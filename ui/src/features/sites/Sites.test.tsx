import { act, screen, waitFor, within } from "@testing-library/react";
import { describe, expect, it, vi } from "vitest";

import { makeSite, makeState } from "../../../dev/fake-pista";
import { expectAccessible, open } from "../../test/render";
import { fail, serve } from "../../test/server";
import { FakeSocket } from "../../test/socket";

const waiting = (id = "new") => makeSite({ id, firstEventAt: null, lastEventAt: null });

describe("sites", () => {
  it("are listed with their domains and whether events arrive", async () => {
    serve(makeState({ sites: [makeSite({ id: "a" }), waiting()] }));
    open("/settings/sites?site=none");

    expect(await screen.findAllByText("aurora.example")).toHaveLength(2);
    expect(screen.getByText("Receiving")).toBeVisible();
    expect(screen.getByText("No events yet")).toBeVisible();
    await expectAccessible();
  });

  it("are created from a domain, and their code is shown at once", async () => {
    const state = makeState({ sites: [] });
    serve(state);
    const { user, place } = open("/settings/sites");

    await user.click(await screen.findByRole("button", { name: "New site" }));
    await user.type(
      await screen.findByRole("combobox", { name: "Domains" }),
      "https://Tienda.com/x{Enter}",
    );
    await expectAccessible();
    await user.click(screen.getByRole("button", { name: "Create site" }));

    expect(await screen.findByText("Waiting for the first event…")).toBeVisible();
    expect(state.sites[0]?.domains).toEqual(["tienda.com"]);
    expect(place()).toBe(`/settings/sites?site=${state.sites[0]?.id ?? ""}`);
  });

  it("are not sent while a domain is wrong", async () => {
    const asked = serve(makeState({ sites: [] }));
    const { user } = open("/settings/sites?new=true");

    await user.type(
      await screen.findByRole("combobox", { name: "Domains" }),
      "nonsense{Enter}",
    );
    await user.click(screen.getByRole("button", { name: "Create site" }));

    expect(screen.getByText("Not a domain: nonsense")).toBeVisible();
    expect(asked).not.toContain("POST /api/sites");
  });

  it("say what the server has against them", async () => {
    serve(makeState({ sites: [] }));
    const { user } = open("/settings/sites?new=true");
    const domains = await screen.findByRole("combobox", { name: "Domains" });

    fail("/api/sites", 403, "forbidden");
    await user.type(domains, "tienda.com{Enter}");
    await user.click(screen.getByRole("button", { name: "Create site" }));

    expect(await screen.findByText("Your account may not do this.")).toBeVisible();
  });

  it("are renamed", async () => {
    const state = makeState({ sites: [makeSite({ id: "a" })] });
    serve(state);
    const { user } = open("/settings/sites");

    await user.click(await screen.findByRole("button", { name: "Edit Tienda Aurora" }));
    const name = await screen.findByLabelText("Name");
    await user.clear(name);
    await user.type(name, "Aurora");
    await user.click(screen.getByRole("button", { name: "Save" }));

    expect(await screen.findByRole("heading", { name: "Aurora" })).toBeVisible();
    expect(state.sites[0]?.name).toBe("Aurora");
  });

  it("can't be changed by those who are no administrators", async () => {
    const state = makeState();
    state.me.user.role = "gtr";
    serve(state);
    open("/settings/sites?new=true");

    expect(await screen.findByRole("button", { name: "New site" })).toHaveAttribute(
      "aria-disabled",
      "true",
    );
    expect(screen.queryByRole("dialog")).not.toBeInTheDocument();
    expect(screen.queryByRole("button", { name: /^Edit/ })).not.toBeInTheDocument();
  });

  it("offer to try again when the list can't be had", async () => {
    const state = makeState();
    serve(state);
    fail("/api/sites", 403, "forbidden");
    const { user } = open("/settings/sites");
    expect(await screen.findByText("Could not load")).toBeVisible();

    serve(state);
    await user.click(screen.getByRole("button", { name: "Try again" }));

    expect(await screen.findByText("Tienda Aurora")).toBeVisible();
  });
});

describe("the code of a site", () => {
  it("is copied, and the button says so", async () => {
    const site = makeSite({ id: "a" });
    serve(makeState({ sites: [site] }));
    const { user } = open("/settings/sites?site=a");

    await user.click(await screen.findByRole("button", { name: "Copy code" }));

    expect(await screen.findByRole("button", { name: "Copied" })).toBeVisible();
    expect(await navigator.clipboard.readText()).toBe(site.snippet);
  });

  it("comes with the steps for each system", async () => {
    serve(makeState({ sites: [makeSite({ id: "a" })] }));
    const { user } = open("/settings/sites?site=a");

    await user.click(await screen.findByRole("button", { name: "GoHighLevel" }));

    expect(screen.getByText(/Head tracking code/)).toBeInTheDocument();
    await expectAccessible();
  });
});

describe("is it working?", () => {
  it("turns green when news of the first event comes", async () => {
    const site = waiting();
    serve(makeState({ sites: [site] }));
    open("/settings/sites");
    await screen.findByText("Waiting for the first event…");

    site.firstEventAt = "2025-11-30T15:07:00Z";
    act(() => FakeSocket.last.say({ type: "site_first_event", siteId: site.id }));

    expect(await screen.findByText("It works")).toBeVisible();
    expect(screen.getByText(/First event: Nov 30, 2025, 12:07/)).toBeVisible();
    expect(screen.getByText("Receiving")).toBeVisible();
    expect(screen.getByRole("link", { name: "See the overview" })).toBeVisible();
  });

  it("turns green without a socket too, and leads advisors nowhere", async () => {
    const site = waiting();
    const state = makeState({ sites: [site] });
    state.me.user.role = "asesor";
    const asked = serve(state);
    open("/settings/sites");
    await screen.findByText("Waiting for the first event…");

    site.firstEventAt = "2025-11-30T15:07:00Z";

    await waitFor(() => expect(screen.getByText("It works")).toBeVisible());
    expect(screen.queryByRole("link", { name: "See the overview" })).toBeNull();
    expect(asked.filter((one) => one === "GET /api/sites").length).toBeGreaterThan(1);
  });

  it("gives hints when it takes more than a minute", async () => {
    vi.useFakeTimers({ shouldAdvanceTime: true });
    try {
      serve(makeState({ sites: [waiting()] }));
      open("/settings/sites");
      const check = await screen.findByText("Waiting for the first event…");
      expect(screen.queryByText(/Still nothing/)).not.toBeInTheDocument();

      await act(() => vi.advanceTimersByTimeAsync(60_500));

      const panel = check.closest<HTMLElement>("[aria-live]")!;
      expect(within(panel).getAllByRole("listitem").length).toBeGreaterThanOrEqual(5);
    } finally {
      vi.useRealTimers();
    }
  });
});
