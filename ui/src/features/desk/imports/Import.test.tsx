import { screen, within } from "@testing-library/react";
import { describe, expect, it, vi } from "vitest";

import {
  makeBecame,
  makeClienteImport,
  makeClienteImports,
  makeFound,
} from "../../../../dev/fake-cliente-imports";
import { ANA } from "../../../../dev/fake-desk";
import { makeState } from "../../../../dev/fake-pista";
import { expectAccessible, open } from "../../../test/render";
import { serve } from "../../../test/server";
import { outlook, SKIPPED } from "./choices";
import { mappingOf, rolesOf } from "./mapping";

// Many people and programs may share the cores that this runs on.
vi.setConfig({ testTimeout: 120_000 });

const PATH = "/desk/import";

describe("importing clientes", () => {
  it("leads from a file over what is known to what became of it", async () => {
    const made = makeClienteImport();
    const state = makeState({ clienteImports: makeClienteImports({ items: [made] }) });
    serve(state);
    const { user } = open(`${PATH}?id=${made.id}`);

    const preview = within(await screen.findByRole("table"));
    expect(await preview.findByText("Open case")).toBeVisible();
    expect(preview.getByText(/the phone is not valid/)).toBeVisible();
    await expectAccessible();
    await user.click(screen.getByRole("button", { name: "Check all 7 rows" }));

    const finished = await screen.findByLabelText("1 done or come back");
    expect(screen.getByRole("button", { name: "Import 3" })).toBeEnabled();
    await user.selectOptions(finished, "reopen");
    await user.selectOptions(screen.getByLabelText("1 with an open case"), "update");
    await user.click(screen.getByPlaceholderText("Nobody yet"));
    await user.click(await screen.findByRole("option", { name: /Ana/ }));
    await expectAccessible();
    await user.click(screen.getByRole("button", { name: "Import 5" }));

    expect(await screen.findByText("8 of 8 rows")).toBeVisible();
    expect(state.clienteImports.started).toEqual([
      { repeated: "skip", open: "update", finished: "reopen", asesorIds: [ANA] },
    ]);
    expect(screen.getByRole("link", { name: /problems/ })).toHaveAttribute(
      "href",
      expect.stringMatching(/\/problems$/),
    );
  });

  it("has to check again what is read in another way", async () => {
    const terms = { mapping: { name: 0, phone: 1 }, header: true, country: null };
    const made = makeClienteImport({
      state: "checked",
      terms,
      found: makeFound({ new: 3 }),
    });
    serve(makeState({ clienteImports: makeClienteImports({ items: [made] }) }));
    const { user } = open(`${PATH}?id=${made.id}`);
    await screen.findByRole("button", { name: "Import 3" });

    await user.selectOptions(screen.getByLabelText("Zona"), "campaign");

    expect(screen.queryByRole("button", { name: "Import 3" })).not.toBeInTheDocument();
    expect(screen.getByRole("button", { name: /Check all/ })).toBeEnabled();
    await user.selectOptions(screen.getByLabelText("Celular"), "skip");
    expect(screen.getByRole("button", { name: /Check all/ })).toBeDisabled();
  });

  it("names those that an undo left", async () => {
    const made = makeClienteImport({ state: "done", became: makeBecame({ created: 3 }) });
    const kept = { items: [{ id: 7, nombre: "Eva Ríos", why: "touched" as const }] };
    serve(makeState({ clienteImports: makeClienteImports({ items: [made], kept }) }));
    const { user } = open(`${PATH}?id=${made.id}`);

    await user.click(await screen.findByRole("button", { name: "Undo" }));

    expect(await screen.findByText(/2 taken back or as they were; 1 stay/)).toBeVisible();
    expect(await screen.findByRole("link", { name: "Eva Ríos" })).toHaveAttribute(
      "href",
      "/desk?cliente=7",
    );
  });
});

describe("what is known", () => {
  it("becomes what was chosen", () => {
    const known = { new: 3, repeated: 1, open: 20, finished: 300, refused: 4 };
    const found = makeFound(known);

    expect(outlook(found, SKIPPED)).toEqual({
      created: 3,
      updated: 0,
      reopened: 0,
      skipped: 321,
      refused: 4,
    });
    expect(
      outlook(found, { repeated: "update", open: "skip", finished: "reopen" }),
    ).toEqual({ created: 3, updated: 1, reopened: 300, skipped: 20, refused: 4 });
  });

  it("has columns that go there and back", () => {
    const roles = rolesOf({ phone: 1, nextAction: 0 }, 3);

    expect(roles).toEqual(["nextAction", "phone", "skip"]);
    expect(mappingOf(roles)).toEqual({ phone: 1, nextAction: 0 });
  });
});
