import { screen, within } from "@testing-library/react";
import { describe, expect, it } from "vitest";

import { makeImport, makeImports } from "../../../dev/fake-imports";
import { makeState } from "../../../dev/fake-pista";
import { expectAccessible, open } from "../../test/render";
import { serve } from "../../test/server";
import { namesOf, withRole } from "../../components/sheets/columns";
import { mappingOf, rolesOf } from "./mapping";

const PATH = "/contacts/import";

describe("importing contacts", () => {
  it("leads from a file over a preview to what became of it", async () => {
    const state = makeState();
    serve(state);
    const { user } = open(PATH);

    const file = new File(["Nombre;Correo;Zona"], "feria.csv", { type: "text/csv" });
    await screen.findByLabelText("CSV file");
    const input = document.querySelector<HTMLInputElement>("input[type=file]");
    if (input === null) throw new Error("there is no field for a file");
    await user.upload(input, file);
    await user.click(screen.getByRole("button", { name: "Upload and review" }));

    expect(await screen.findByLabelText("Correo")).toHaveValue("email");
    const preview = within(await screen.findByRole("table"));
    expect(await preview.findByText("New")).toBeVisible();
    expect(preview.getByText("e-mail: is a placeholder")).toBeVisible();
    await expectAccessible();
    await user.selectOptions(screen.getByLabelText("Zona"), "skip");
    await user.click(screen.getByRole("button", { name: "Import 2 rows" }));

    expect(await screen.findByText("3 of 3 rows")).toBeVisible();
    expect(state.imports.items[0]?.mapping).toEqual({
      name: 0,
      email: 1,
      attributes: {},
    });
    expect(screen.getByRole("link", { name: /problems/ })).toHaveAttribute(
      "href",
      expect.stringMatching(/\/problems$/),
    );
    await expectAccessible();
  });

  it("takes back what it made", async () => {
    const made = makeImport({ state: "done", rowsDone: 3, created: 2 });
    serve(makeState({ imports: makeImports({ items: [made] }) }));
    const { user } = open(`${PATH}?id=${made.id}`);

    await user.click(await screen.findByRole("button", { name: "Undo" }));

    expect(await screen.findByText(/2 contacts taken back/)).toBeVisible();
  });

  it("does not begin before a column says who somebody is", async () => {
    const made = makeImport();
    serve(makeState({ imports: makeImports({ items: [made] }) }));
    const { user } = open(`${PATH}?id=${made.id}`);

    await user.selectOptions(await screen.findByLabelText("Correo"), "skip");

    expect(screen.getByRole("button", { name: /Import 2 rows/ })).toBeDisabled();
    expect(screen.getByText(/Say in which column/)).toBeVisible();
  });
});

describe("columns", () => {
  it("are one field each, and back the same mapping", () => {
    const roles = rolesOf({ email: 1, name: 0, attributes: { Zona: 2 } }, 4);

    expect(roles).toEqual(["name", "email", "attribute", "skip"]);
    const rest = { none: "skip", several: "attribute" } as const;
    expect(withRole(roles, 3, "email", rest)).toEqual([
      "name",
      "skip",
      "attribute",
      "email",
    ]);
    expect(mappingOf(roles, ["Nombre", "Correo", "Zona", "x"])).toEqual({
      name: 0,
      email: 1,
      attributes: { Zona: 2 },
    });
  });

  it("have a name each, whatever the file says", () => {
    const numbered = (column: number) => `Column ${String(column)}`;

    expect(namesOf(["a", "", "a"], 4, true, numbered)).toEqual([
      "a",
      "Column 2",
      "a 3",
      "Column 4",
    ]);
    expect(namesOf(["a"], 1, false, numbered)).toEqual(["Column 1"]);
  });
});
