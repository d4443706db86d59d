import { screen } from "@testing-library/react";
import { describe, expect, it } from "vitest";

import { makeSite, makeState } from "../../../dev/fake-pista";
import { expectAccessible, open } from "../../test/render";
import { serve } from "../../test/server";

describe("forms of a site", () => {
  it("make contacts once basis and text are there, and the code says so", async () => {
    const site = makeSite({ id: "a" });
    serve(makeState({ sites: [site] }));
    const { user } = open("/settings/sites?site=a");

    await user.click(
      await screen.findByRole("switch", { name: "Make contacts of forms" }),
    );
    await user.click(screen.getByRole("button", { name: "Save forms" }));
    expect(await screen.findByText(/choose the legal basis/)).toBeVisible();
    expect(site.formContacts).toBe(false);
    await expectAccessible();

    await user.click(screen.getByRole("combobox", { name: "Legal basis" }));
    await user.click(await screen.findByText("Consent: the person agreed"));
    await user.click(screen.getByRole("button", { name: "Save forms" }));

    expect(await screen.findByText(/Copy the code above again/)).toBeVisible();
    expect(site.formContacts).toBe(true);
    expect(await screen.findByText(/data-forms="contacts"/)).toBeVisible();
  });

  it("propose what to tell the visitors, in each language, and keep what was changed", async () => {
    serve(makeState({ sites: [makeSite({ id: "a" })] }));
    const { user } = open("/settings/sites?site=a");

    await user.click(
      await screen.findByRole("switch", { name: "Make contacts of forms" }),
    );
    const spanish = screen.getByRole("textbox", { name: "In Spanish" });
    expect((spanish as HTMLTextAreaElement).value).toMatch(
      /^Al enviar este formulario, /,
    );
    await user.clear(spanish);
    await user.type(spanish, "Te escribimos.");
    await user.clear(screen.getByRole("textbox", { name: "In Portuguese" }));
    await user.click(screen.getByRole("combobox", { name: "Legal basis" }));
    await user.click(await screen.findByText("Consent: the person agreed"));
    await user.click(screen.getByRole("button", { name: "Save forms" }));
    await screen.findAllByText("Saved");
    await user.click(screen.getByRole("button", { name: "Code and set-up" }));
    await user.click(screen.getByRole("button", { name: "Code and set-up" }));

    expect(await screen.findByRole("textbox", { name: "In Spanish" })).toHaveValue(
      "Te escribimos.",
    );
    expect(screen.getByRole("textbox", { name: "In Portuguese" })).toHaveValue("");
  });

  it("can't be changed by those who are no administrators", async () => {
    const state = makeState({ sites: [makeSite({ id: "a" })] });
    state.me.user.role = "gtr";
    serve(state);
    open("/settings/sites?site=a");

    expect(
      await screen.findByRole("switch", { name: "Make contacts of forms" }),
    ).toBeDisabled();
    expect(screen.queryByRole("button", { name: "Save forms" })).not.toBeInTheDocument();
  });
});
