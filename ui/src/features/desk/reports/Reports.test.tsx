import { screen, waitFor, within } from "@testing-library/react";
import { describe, expect, it, vi } from "vitest";

import { BRUNO, CARLA, makeDesk } from "../../../../dev/fake-desk";
import { makeState } from "../../../../dev/fake-pista";
import * as files from "../../../lib/files";
import { expectAccessible, open } from "../../../test/render";
import { fail, serve } from "../../../test/server";
import { readReportFilters } from "./filters";

// Many people and programs may share the cores that this runs on.
vi.setConfig({ testTimeout: 120_000 });

const last = (asked: readonly string[], part: string) =>
  asked.filter((one) => one.includes(part)).at(-1) ?? "";

describe("lead reports", () => {
  it("tell how soon leads are opened, and lead to the very ones", async () => {
    const asked = serve(makeState());
    const { user, place } = open("/lead-reports");

    const figure = (await screen.findAllByText("Within the goal", { selector: "dt" }))[0];
    expect(figure?.parentElement).toHaveTextContent(/60%Goal: 5 minBefore: 40%/);
    await expectAccessible();

    await user.click(screen.getByRole("button", { name: /^Opened late: .*, see$/ }));
    const dialog = await screen.findByRole("dialog", { name: "Opened late" });
    const lead = await within(dialog).findByRole("link", { name: "Marta Figueroa" });
    expect(lead).toHaveAttribute("href", "/desk?cliente=1");
    expect(within(dialog).getAllByText(/Bruno Salas/)[0]).toHaveTextContent("10 min");
    expect(last(asked, "/lines?")).toContain("figure=late");
    expect(place()).toBe("/lead-reports?figure=late");
    await expectAccessible();

    await user.click(within(dialog).getByRole("button", { name: "Close" }));
    await waitFor(() => expect(place()).toBe("/lead-reports"));
  });

  it("are narrowed, and the address remembers it", async () => {
    const asked = serve(makeState());
    const { user, place } = open("/lead-reports?view=outcomes&range=30d");
    await screen.findByRole("region", { name: "Table: Outcomes" });

    await user.click(screen.getByRole("combobox", { name: "Advisor" }));
    await user.click(await screen.findByRole("option", { name: "Carla Vega" }));
    await user.click(screen.getByRole("combobox", { name: "Source" }));
    await user.click(await screen.findByRole("option", { name: "WhatsApp" }));
    await user.click(screen.getByRole("radio", { name: "Campaign" }));

    await waitFor(() => {
      const question = last(asked, `outcomes?`);
      expect(question).toContain(`asesorId=${CARLA}&source=whatsapp&by=campaign`);
    });
    for (const part of [`asesor=${CARLA}`, "by=campaign", "source=whatsapp", "range=30d"])
      expect(place()).toContain(part);
    expect(await screen.findByRole("row", { name: /^No campaign/ })).toBeVisible();
  });

  it("open what is behind a group of a table", async () => {
    const asked = serve(makeState());
    const { user } = open("/lead-reports?view=outcomes");
    const table = await screen.findByRole("region", { name: "Table: Outcomes" });
    await expectAccessible();

    await user.click(
      within(table).getByRole("button", { name: /^Bruno Salas, Venta: .*, see$/ }),
    );
    await screen.findByRole("dialog", { name: "Done: Venta" });
    await waitFor(() => expect(last(asked, "/lines?")).toContain(`asesorId=${BRUNO}`));
    expect(last(asked, "/lines?")).toContain("figure=completed&outcome=Venta");
  });

  it("tell how long they stay, and why they come back", async () => {
    serve(makeState());
    const { user, place } = open("/lead-reports?view=stays");
    const table = await screen.findByRole("region", {
      name: "Table: Time in each state",
    });
    expect(within(table).getByRole("row", { name: /^Done 0/ })).toBeVisible();
    await expectAccessible();

    await user.click(screen.getByRole("radio", { name: "Returns" }));
    expect(await screen.findByRole("row", { name: /^No contesta/ })).toBeVisible();
    expect(screen.getByText("Came back more than once").parentElement).toHaveTextContent(
      "4",
    );
    expect(place()).toBe("/lead-reports?view=returns");
    await expectAccessible();
  });

  it("show advisors their own, and nobody to choose", async () => {
    const state = makeState();
    state.me.user = { ...state.me.user, id: BRUNO, role: "asesor" };
    serve(state);
    open("/lead-reports?figure=opened");

    const dialog = await screen.findByRole("dialog", { name: "Opened" });
    expect(await within(dialog).findByText(/Marta Figueroa/)).toBeVisible();
    expect(within(dialog).queryByRole("link")).toBeNull();
    expect(screen.queryByRole("combobox", { name: "Advisor", hidden: true })).toBeNull();
  });

  it("can be taken away as a file", async () => {
    const asked = serve(makeState());
    const saved: string[] = [];
    vi.spyOn(files, "saveFile").mockImplementation((_file, name) => {
      saved.push(name);
    });
    const { user } = open("/lead-reports?view=returns");

    await user.click(await screen.findByRole("button", { name: "CSV" }));

    await waitFor(() => expect(saved).toEqual(["returns.csv"]));
    expect(last(asked, "/csv?")).toContain("report=returns");
  });

  it("say so when nothing happened, and can be loaded again", async () => {
    const state = makeState({ desk: makeDesk({ clientes: [] }) });
    serve(state);
    fail("/first-touch", 503, "unavailable");
    const { user } = open("/lead-reports");
    const retry = await screen.findByRole("button", { name: "Try again" });
    serve(state);
    await user.click(retry);

    expect(await screen.findByText("No lead came in on these days")).toBeVisible();
    await expectAccessible();
  });
});

it("takes what it understands from an address", () => {
  expect(
    readReportFilters({ view: "touch", by: "asesor", hour: 3, asesor: "x" }),
  ).toEqual(
    expect.objectContaining({ view: undefined, by: undefined, asesor: undefined }),
  );
  expect(readReportFilters({ figure: "late", hour: 24 }).hour).toBeUndefined();
  expect(readReportFilters({ figure: "completed", hour: 0, result: "" })).toMatchObject({
    hour: 0,
    result: "",
  });
  expect(readReportFilters({ move: "open" }).move).toBeUndefined();
});
