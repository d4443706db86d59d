import { screen, waitFor, within } from "@testing-library/react";
import { describe, expect, it } from "vitest";

import { makeState } from "../../../dev/fake-pista";
import { expectAccessible, open } from "../../test/render";
import { serve } from "../../test/server";

const PATH = "/contacts/cntct_a";

describe("a person's data", () => {
  it("is erased only when the word is typed", async () => {
    const state = makeState();
    serve(state);
    const { user } = open(PATH);
    const panel = within(await screen.findByRole("region", { name: "Personal data" }));

    await user.click(panel.getByRole("button", { name: "Erase for good" }));
    const dialog = within(await screen.findByRole("dialog"));
    const erase = dialog.getByRole("button", { name: "Erase" });
    expect(erase).toBeDisabled();
    await user.type(dialog.getByLabelText("Type ERASE to confirm"), "ERAS");
    expect(erase).toBeDisabled();
    await user.type(dialog.getByLabelText("Type ERASE to confirm"), "E");
    await user.click(erase);

    expect(await panel.findByText(/It is being erased/)).toBeVisible();
    expect(state.imports.erasures[0]?.contactId).toBe("cntct_a");
    await expectAccessible();
  });

  it("is a file for an admin", async () => {
    serve(makeState());
    open(PATH);

    expect(
      await screen.findByRole("link", { name: "Download everything" }),
    ).toHaveAttribute("href", "/api/privacy/contacts/cntct_a");
  });

  it("is not offered of somebody who is not there", async () => {
    serve(makeState());
    open("/contacts/cntct_nobody");

    expect(await screen.findByText("There is no such contact")).toBeVisible();
    await waitFor(() => expect(screen.queryByText("Personal data")).toBeNull());
  });
});
