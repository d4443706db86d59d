import { screen, waitFor, within } from "@testing-library/react";
import { describe, expect, it } from "vitest";

import { makePeople } from "../../../dev/fake-people";
import { makeState } from "../../../dev/fake-pista";
import { expectAccessible, open } from "../../test/render";
import { fail, serve } from "../../test/server";

const PATH = "/settings/keys";

describe("API keys", () => {
  it("are shown once, when they are made", async () => {
    const state = makeState({ people: makePeople({ keys: [] }) });
    serve(state);
    const { user } = open(PATH);

    expect(await screen.findByText("There are no keys yet")).toBeVisible();
    await user.click(screen.getByRole("button", { name: "Make a key" }));
    const dialog = within(await screen.findByRole("dialog"));
    await user.click(dialog.getByRole("checkbox", { name: "Read the statistics" }));
    await user.click(dialog.getByRole("button", { name: "Make a key" }));
    expect(dialog.getByText("Enter a name.")).toBeVisible();
    expect(dialog.getByText("Choose at least one thing.")).toBeVisible();
    await user.click(dialog.getByRole("checkbox", { name: "Read the statistics" }));
    await user.type(dialog.getByLabelText("Name"), "Informe");
    await expectAccessible();
    await user.click(dialog.getByRole("button", { name: "Make a key" }));

    expect(await dialog.findByLabelText(/shown only now/)).toHaveValue("pk_shown-once");
    await user.click(dialog.getByRole("button", { name: "Done" }));
    expect(await screen.findByText("Informe")).toBeVisible();
    expect(state.people.keys[0]?.scopes).toEqual(["stats:read"]);
  });

  it("are revoked after a question", async () => {
    const state = makeState();
    serve(state);
    const { user } = open(PATH);

    await user.click(
      await screen.findByRole("button", { name: "Revoke the key Hoja de ventas" }),
    );
    const dialog = within(await screen.findByRole("dialog"));
    await user.click(dialog.getByRole("button", { name: "Revoke" }));

    await waitFor(() => expect(state.people.keys[0]?.revokedAt).not.toBeNull());
    await waitFor(() => expect(screen.getAllByText(/^Revoked/)).toHaveLength(2));
  });

  it("can be asked for again when the server is away", async () => {
    serve(makeState());
    fail("/api/keys", 503, "unavailable");
    open(PATH);

    expect(await screen.findByRole("button", { name: "Try again" })).toBeVisible();
  });
});
