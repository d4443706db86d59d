import { act, screen, waitFor, within } from "@testing-library/react";
import { describe, expect, it } from "vitest";

import { makeSite, makeState } from "../../../dev/fake-pista";
import { expectAccessible, open } from "../../test/render";
import { fail, serve } from "../../test/server";
import { FakeSocket } from "../../test/socket";

const now = () => screen.findByTestId("visitors-now");
const card = (name: RegExp) => screen.findByRole("button", { name });

describe("the overview", () => {
  it("shows who is here now and what happened", async () => {
    serve(makeState());
    open("/overview");

    expect(await now()).toHaveTextContent(/^\d+$/);
    expect(await card(/^Visitors [\d,]+/)).toHaveAttribute("aria-pressed", "true");
    expect(screen.getByText("Times in Sao Paulo (GMT-3)")).toBeVisible();
    expect(screen.getByRole("cell", { name: "PAGE_VIEW" })).toBeVisible();
    expect(screen.getByText(/events from bots are not in these figures/)).toBeVisible();
    expect(screen.getByText("Estimated")).toBeVisible();
    await expectAccessible();
  });

  it("keeps what is chosen in the URL and asks the server for it", async () => {
    const asked = serve(makeState());
    const { user, place } = open("/overview");

    await user.click(await card(/^Page views/));
    await user.click(screen.getByRole("button", { name: "Period: Last 7 days" }));
    await user.click(await screen.findByRole("menuitem", { name: "Last 30 days" }));

    await waitFor(() => expect(place()).toBe("/overview?metric=pageViews&range=30d"));
    const spans = asked.filter((one) => one.includes("granularity=auto"));
    await waitFor(() => expect(new Set(spans).size).toBeGreaterThan(0));
    expect(
      await screen.findByRole("button", { name: "Period: Last 30 days" }),
    ).toBeVisible();
  });

  it("takes days of one's own choice", async () => {
    const asked = serve(makeState());
    const { user, place } = open("/overview?range=custom&from=2025-11-01&to=2025-11-03");

    await user.click(
      await screen.findByRole("button", { name: "Period: Nov 1, 2025 – Nov 3, 2025" }),
    );
    await user.click(await screen.findByRole("menuitem", { name: "Other dates…" }));
    const from = await screen.findByLabelText("From");
    await user.clear(from);
    await user.type(from, "2025-11-02");
    await user.click(screen.getByRole("button", { name: "Apply" }));

    await waitFor(() =>
      expect(place()).toBe("/overview?range=custom&from=2025-11-02&to=2025-11-03"),
    );
    await waitFor(() =>
      expect(asked.some((one) => one.includes("from=2025-11-02&to=2025-11-03"))).toBe(
        true,
      ),
    );
  });

  it("can be read as a table", async () => {
    serve(makeState());
    const { user } = open("/overview");

    const plot = await screen.findByRole("figure", { name: /^Visitors over time/ });
    await user.click(within(plot).getByRole("button", { name: "Show as table" }));

    expect(within(plot).getAllByRole("row")).toHaveLength(8);
    await expectAccessible();
  });

  it("leads a new user to a first site", async () => {
    serve(makeState({ sites: [], perDay: 0 }));
    const { user, place } = open("/overview");

    await user.click(await screen.findByRole("link", { name: "Create a site" }));

    expect(place()).toBe("/settings/sites?new=true");
    expect(await screen.findByRole("dialog", { name: "New site" })).toBeVisible();
  });

  it("leads to the code while no event has come", async () => {
    serve(makeState({ sites: [makeSite({ firstEventAt: null, lastEventAt: null })] }));
    open("/overview");

    expect(
      await screen.findByText("One step left: paste the code into your site"),
    ).toBeVisible();
    expect(screen.getByRole("link", { name: "Copy the code" })).toHaveAttribute(
      "href",
      "/settings/sites",
    );
    await expectAccessible();
  });

  it("says so when a period is empty", async () => {
    serve(makeState({ perDay: 0 }));
    open("/overview");

    expect(await screen.findByText("No events in this period")).toBeVisible();
    expect(screen.getByText("No activity in the last 30 minutes")).toBeVisible();
  });

  it("offers to try again what failed", async () => {
    const state = makeState();
    serve(state);
    fail(`/tracking-v2/stats/tenant/${state.me.tenant.id}`, 403, "forbidden");
    const { user } = open("/overview");
    expect(await screen.findByText("Your account may not do this.")).toBeVisible();

    serve(state);
    await user.click(screen.getByRole("button", { name: "Try again" }));

    expect(await card(/^Visitors \d/)).toBeVisible();
  });

  it("keeps old figures when new ones can't be had", async () => {
    const state = makeState();
    serve(state);
    open("/overview");
    await card(/^Visitors \d/);

    fail(`/tracking-v2/stats/tenant/${state.me.tenant.id}`, 403, "forbidden");
    act(() => FakeSocket.last.say({ type: "events_flushed", events: 1 }));

    expect(await screen.findByText(/These are the last data received/)).toBeVisible();
    expect(await card(/^Visitors \d/)).toBeVisible();
  });

  it("sends those who may not see figures to where they may be", async () => {
    const state = makeState();
    state.me.user.role = "asesor";
    serve(state);
    const { place } = open("/");

    expect(await screen.findByRole("heading", { name: "My leads" })).toBeVisible();
    expect(place()).toBe("/my-clients");
    expect(screen.queryByRole("link", { name: "Overview" })).not.toBeInTheDocument();
  });
});
