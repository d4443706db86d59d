import { screen, waitFor, within } from "@testing-library/react";
import { describe, expect, it, vi } from "vitest";

import { makeView } from "../../../../dev/fake-desk-views";
import { makeState } from "../../../../dev/fake-pista";
import { expectAccessible, open } from "../../../test/render";
import { serve } from "../../../test/server";
import { readDeskFilters } from "../filters";
import { filtersOf, isAs, termsOf } from "./views";

// Many people and programs may share the cores that this runs on.
vi.setConfig({ testTimeout: 120_000 });

const bar = async () => screen.findByRole("group", { name: "Views" });
const viewOf = async (name: string | RegExp) =>
  within(await bar()).findByRole("button", { name });

describe("saved views", () => {
  it("are one press or one key away, and say when the list is not as saved", async () => {
    const state = makeState();
    const asked = serve(state);
    const { user, place } = open("/desk");

    await user.click(await viewOf("Lo más nuevo"));
    await waitFor(() => expect(place()).toContain("asesor=none"));
    expect(asked.filter((one) => one.includes("/api/clientes?")).at(-1)).toMatch(
      /estatus=nuevo&asesorId=none&sort=created/,
    );
    expect(await viewOf("Lo más nuevo")).toHaveAttribute("aria-pressed", "true");
    await expectAccessible();

    await user.click(screen.getByRole("button", { name: "Columns" }));
    await user.click(await screen.findByRole("checkbox", { name: "Outcome" }));
    expect(await screen.findByRole("columnheader", { name: "Outcome" })).toBeVisible();
    await user.keyboard("{Escape}");
    await user.click(await screen.findByRole("button", { name: "Save changes" }));
    await waitFor(() =>
      expect(state.views.items[0]?.terms.columns).toEqual([
        ...["status", "timer", "asesor", "campaign", "returns", "outcome", "created"],
      ]),
    );

    (document.activeElement as HTMLElement | null)?.blur();
    await user.keyboard("1");
    await waitFor(() => expect(place()).toBe("/desk"));
    expect(await viewOf("All")).toHaveAttribute("aria-pressed", "true");
    await user.keyboard("5");
    await waitFor(() => expect(place()).toContain(state.views.items[1]?.id ?? "-"));
  });

  it("are saved under a name, for oneself or for all", async () => {
    const state = makeState();
    serve(state);
    const { user, place } = open("/desk?status=terminado&q=rosa");

    await user.click(await screen.findByRole("button", { name: "Save view" }));
    const dialog = await screen.findByRole("dialog", { name: "Save view" });
    await user.type(within(dialog).getByRole("textbox", { name: "Name" }), "De todos");
    await user.click(within(dialog).getByRole("checkbox", { name: /^Share/ }));
    await user.click(within(dialog).getByRole("button", { name: "Save" }));
    expect(
      await screen.findByText("You have a view of this name already."),
    ).toBeVisible();
    await user.type(within(dialog).getByRole("textbox", { name: "Name" }), " hoy");
    await user.click(within(dialog).getByRole("button", { name: "Save" }));

    expect(await viewOf(/De todos hoy/)).toHaveAttribute("aria-pressed", "true");
    const made = state.views.items.at(-1);
    expect(made).toMatchObject({ name: "De todos hoy", shared: true });
    expect(JSON.stringify(made?.terms)).not.toContain("rosa");
    expect(place()).toContain(`saved=${made?.id ?? "-"}`);
  });

  it("are deleted, and come back", async () => {
    const state = makeState();
    serve(state);
    const { user } = open("/desk");
    await user.click(await viewOf("Lo más nuevo"));

    await user.click(await screen.findByRole("button", { name: /^More about the view/ }));
    await user.click(await screen.findByRole("menuitem", { name: "Delete" }));
    expect(await screen.findByText("View deleted: Lo más nuevo")).toBeVisible();
    await waitFor(() => expect(screen.queryByText("Lo más nuevo")).toBeNull());

    await user.click(screen.getByRole("button", { name: "Undo" }));
    expect(await viewOf("Lo más nuevo")).toHaveAttribute("aria-pressed", "true");
  });

  it("are begun with, by whoever asks for nothing", async () => {
    const state = makeState();
    state.views.defaultId = state.views.items[0]?.id ?? null;
    serve(state);
    const { user, place } = open("/desk");
    await waitFor(() => expect(place()).toContain("asesor=none"));
    await user.click(await viewOf("All"));
    await waitFor(() => expect(place()).toBe("/desk"));
  });

  it("are not begun with where the address asks for something else", async () => {
    const state = makeState();
    state.views.defaultId = state.views.items[0]?.id ?? null;
    serve(state);
    const { place } = open("/desk?status=terminado");

    expect(await viewOf(/Lo más nuevo/)).toHaveAttribute("aria-pressed", "false");
    expect(place()).toContain("terminado");
  });

  it("of a colleague are looked at, and not changed", async () => {
    serve(makeState());
    const { user } = open("/desk");
    await user.click(await viewOf(/De todos/));

    await user.click(await screen.findByRole("button", { name: /^More about the view/ }));
    const menu = await screen.findByRole("menu");
    expect(within(menu).getByText(/^By Carla Vega/)).toBeVisible();
    expect(within(menu).queryByRole("menuitem", { name: "Delete" })).toBeNull();
  });
});

it("keeps of an address what is a view", () => {
  const filters = readDeskFilters({
    status: ["nuevo"],
    asesor: "none",
    mark: "late",
    q: "Ana",
    cliente: 3,
    view: "board",
    columns: ["created", "status"],
  });
  const back = filtersOf({ ...makeView(), terms: termsOf(filters) });

  expect(back).toMatchObject({ status: ["nuevo"], asesor: "none", mark: "late" });
  expect(back.columns).toEqual(["status", "created"]);
  expect([back.q, back.cliente]).toEqual([undefined, undefined]);
  expect(isAs(filters, back)).toBe(true);
  expect(isAs({ ...filters, campaign: "x" }, back)).toBe(false);
});
