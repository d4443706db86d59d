import { act, screen, waitFor, within } from "@testing-library/react";
import { describe, expect, it, vi } from "vitest";

import { makeSite, makeState } from "../../../dev/fake-pista";
import { expectAccessible, open } from "../../test/render";
import { fail, serve } from "../../test/server";
import { FakeSocket } from "../../test/socket";

const row = (name: RegExp) => screen.findByRole("row", { name });
const values = () => screen.getAllByRole("rowheader").map((header) => header.textContent);
const asksFor = (asked: string[], part: string) =>
  waitFor(() =>
    expect(
      asked.filter((one) => decodeURIComponent(one).includes(part)),
    ).not.toHaveLength(0),
  );
const path = ({ me }: ReturnType<typeof makeState>) =>
  `/tracking-v2/stats/tenant/${me.tenant.id}/breakdown`;

describe("the events", () => {
  it("stand under the overview and begin with pages", async () => {
    serve(makeState());
    const { user, place } = open("/");

    await user.click(await screen.findByRole("link", { name: "Events" }));

    expect(await row(/\/producto\/1\b/)).toBeVisible();
    expect(place()).toBe("/events");
    expect(screen.getByRole("link", { name: "Sampling" })).toHaveAttribute(
      "href",
      "/settings/events",
    );
    expect(screen.getByRole("button", { name: "Page" })).toHaveAttribute(
      "aria-pressed",
      "true",
    );
    await expectAccessible();
  });

  it("are broken down by another property", async () => {
    serve(makeState());
    const { user, place } = open("/events?page=2");

    await user.click(await screen.findByRole("button", { name: "Channel" }));

    expect(await row(/Paid social/)).toBeVisible();
    expect(place()).toBe("/events?by=channel");
  });

  it("are broken down by a key of one's own", async () => {
    const asked = serve(makeState());
    const { user, place } = open("/events");

    await user.type(await screen.findByLabelText("Metadata key"), "plan{Enter}");

    expect(await row(/mensual/)).toBeVisible();
    expect(values()[0]).toBe("(none)");
    expect(place()).toBe("/events?by=metadata.plan");
    await asksFor(asked, "by=metadata.plan&");
    expect(screen.getByLabelText("Metadata key")).toHaveValue("plan");
  });

  it("say why no country is known when there is no database", async () => {
    const asked = serve(makeState({ geoip: false }));
    open("/events?by=country");

    expect(await screen.findByText(/no country database/)).toBeVisible();
    expect(asked).toContain("GET /api/tenant");
    await expectAccessible();
  });

  it("name countries, and say nothing of databases, when there is one", async () => {
    const asked = serve(makeState());
    open("/events?by=country");

    expect(await row(/Brazil/)).toBeVisible();
    expect(asked).not.toContain("GET /api/tenant");
  });

  it("speak the reader's language", async () => {
    localStorage.setItem("pista.language", "pt");
    serve(makeState());
    open("/events?by=channel&filter=device!:mobile&filter=country:");

    expect(await row(/Redes sociais pagas/)).toBeVisible();
    expect(
      screen.getByRole("button", { name: "Remover o filtro Dispositivo: não Celular" }),
    ).toBeVisible();
    expect(
      screen.getByRole("button", { name: "Remover o filtro País: (nenhum)" }),
    ).toBeVisible();
  });
});

describe("on a phone", () => {
  it("the property is chosen from a list", async () => {
    vi.spyOn(window, "matchMedia").mockImplementation(
      (media) =>
        Object.assign(new EventTarget(), { matches: true, media }) as MediaQueryList,
    );
    serve(makeState());
    const { user, place } = open("/events");
    const list = await screen.findByRole("combobox", { name: "Break down by" });

    await user.click(list);
    await user.click(await screen.findByRole("option", { name: "Metadata key…" }));
    await user.type(await screen.findByLabelText("Metadata key"), "plan");
    await user.click(screen.getByRole("button", { name: "Show" }));
    expect(await row(/mensual/)).toBeVisible();

    await user.click(list);
    await user.click(await screen.findByRole("option", { name: "System" }));
    expect(await row(/Android/)).toBeVisible();
    expect(place()).toBe("/events?by=os");
    expect(screen.queryByLabelText("Metadata key")).not.toBeInTheDocument();
    await expectAccessible();
  });
});

describe("a row", () => {
  it("is a filter, which can be taken away", async () => {
    const asked = serve(makeState());
    const { user, place } = open("/events?by=channel");

    await user.click(await screen.findByRole("button", { name: "Show only Direct" }));

    const chip = await screen.findByRole("button", {
      name: "Remove the filter Channel: Direct",
    });
    await waitFor(() => expect(values()).toEqual(["Direct"]));
    expect(decodeURIComponent(place())).toBe(
      '/events?by=channel&filter=["channel:direct"]',
    );
    await asksFor(asked, "filter=channel:direct");
    await expectAccessible();

    await user.click(chip);
    await waitFor(() => expect(values()).toHaveLength(5));
    expect(place()).toBe("/events?by=channel");
    expect(screen.getByRole("group", { name: "Filters" })).toHaveFocus();
  });

  it("can be left out, by keyboard too", async () => {
    const asked = serve(makeState());
    const { user, place } = open("/events?by=channel&page=1");

    (await screen.findByRole("button", { name: "Show only Paid social" })).focus();
    await user.tab();
    expect(screen.getByRole("button", { name: "Leave out Paid social" })).toHaveFocus();
    await user.keyboard("{Enter}");

    await waitFor(() => expect(values()).not.toContain("Paid social"));
    expect(decodeURIComponent(place())).toContain('["channel!:paid_social"]');
    await asksFor(asked, "filter=channel!:paid_social");
    expect(screen.getByRole("group", { name: "Filters" })).toHaveFocus();
  });

  it("is no filter any more when there are ten", async () => {
    serve(makeState());
    const search = Array.from({ length: 10 }, (_, n) => `filter=page!:/${n}`).join("&");
    const { user, place } = open(`/events?by=os&${search}`);

    expect(await row(/Android/)).toBeVisible();
    expect(screen.queryByRole("button", { name: /^Show only/ })).not.toBeInTheDocument();
    expect(screen.getByText(/Up to 10 filters at once/)).toBeVisible();

    await user.click(screen.getByRole("button", { name: "Clear all" }));
    expect(await screen.findByRole("button", { name: "Show only iOS" })).toBeVisible();
    expect(place()).toBe("/events?by=os");
  });
});

describe("the table", () => {
  it("is sorted by any of its counts", async () => {
    const asked = serve(makeState());
    const { user, place } = open("/events?by=os");
    const head = await screen.findByRole("columnheader", { name: "Events" });

    await user.click(within(head).getByRole("button"));

    await waitFor(() => expect(head).toHaveAttribute("aria-sort", "descending"));
    expect(place()).toBe("/events?by=os&sort=events");
    await asksFor(asked, "sort=events");
  });

  it("is compared with the period before, in signs and in words", async () => {
    const asked = serve(makeState());
    const { user, place } = open("/events?by=channel");

    await user.click(
      await screen.findByRole("switch", { name: "Compare with the period before" }),
    );

    expect((await screen.findAllByText("+25%"))[0]).toBeVisible();
    expect(screen.getAllByText(/^25% more than before \(/)[0]).toBeInTheDocument();
    expect(screen.getAllByText(/^20% less than before \(/)[0]).toBeInTheDocument();
    expect(screen.getAllByText(/^the same as before \(/)[0]).toBeInTheDocument();
    expect(screen.getAllByText("there was none before")[0]).toBeInTheDocument();
    expect(
      screen.getByText("5 values · against Nov 9, 2025 – Nov 15, 2025"),
    ).toBeVisible();
    expect(place()).toBe("/events?by=channel&compare=true");
    await asksFor(asked, "compare=true");
    await expectAccessible();
  });

  it("has pages", async () => {
    const asked = serve(makeState());
    const { user, place } = open("/events");
    const next = await screen.findByRole("button", { name: "Next" });
    expect(screen.getByText("1–25 of 60")).toBeVisible();

    await user.click(next);
    expect(await screen.findByText("26–50 of 60")).toBeVisible();
    await user.click(next);
    expect(await screen.findByText("51–60 of 60")).toBeVisible();
    await user.click(next);

    expect(place()).toBe("/events?page=3");
    expect(next).toHaveFocus();
    expect(next).toHaveAttribute("aria-disabled", "true");
    await asksFor(asked, "offset=50");
  });

  it("leads back from beyond its end", async () => {
    serve(makeState());
    const { user, place } = open("/events?by=os&page=9");

    await user.click(await screen.findByRole("button", { name: "Go to the first page" }));

    expect(await row(/Android/)).toBeVisible();
    expect(place()).toBe("/events?by=os");
  });

  it("says so when there is nothing", async () => {
    const state = makeState({ perDay: 0 });
    serve(state);
    const { user } = open("/events?filter=os:iOS");

    expect(await screen.findByText("Nothing matches these filters")).toBeVisible();
    await user.click(screen.getByRole("button", { name: "Clear all" }));

    expect(await screen.findByText("No events in this period")).toBeVisible();
  });

  it("offers to try again what failed", async () => {
    const state = makeState();
    serve(state);
    fail(path(state), 403, "forbidden");
    const { user } = open("/events");
    expect(await screen.findByText("Your account may not do this.")).toBeVisible();

    serve(state);
    await user.click(screen.getByRole("button", { name: "Try again" }));

    expect(await row(/\/producto\/1\b/)).toBeVisible();
  });

  it("keeps old rows when new ones can't be had", async () => {
    const state = makeState();
    serve(state);
    open("/events");
    await row(/\/producto\/1\b/);

    fail(path(state), 403, "forbidden");
    act(() => FakeSocket.last.say({ type: "events_flushed", events: 1 }));

    expect(await screen.findByText(/These are the last data received/)).toBeVisible();
    expect(await row(/\/producto\/1\b/)).toBeVisible();
  });

  it("comes up to date with the news", async () => {
    const state = makeState();
    serve(state);
    open("/events");
    await row(/\/producto\/1\b/);

    state.perDay = 0;
    act(() => FakeSocket.last.say({ type: "events_flushed", events: 3 }));

    expect(await screen.findByText("No events in this period")).toBeVisible();
  });
});

describe("who opens the events", () => {
  it("before the first one is led to the sites", async () => {
    serve(makeState({ sites: [makeSite({ firstEventAt: null, lastEventAt: null })] }));
    open("/events");

    expect(await screen.findByText("No event has arrived yet")).toBeVisible();
    expect(screen.getByRole("link", { name: "Go to sites" })).toHaveAttribute(
      "href",
      "/settings/sites",
    );
    await expectAccessible();
  });

  it("and may not see figures is told so", async () => {
    const state = makeState();
    state.me.user.role = "asesor";
    serve(state);
    open("/events");

    expect(
      await screen.findByRole("heading", { name: /not for your role/ }),
    ).toBeVisible();
  });
});
