import { screen, waitFor } from "@testing-library/react";
import { describe, expect, it } from "vitest";

import { makeState } from "../../../dev/fake-pista";
import { expectAccessible, open } from "../../test/render";
import { serve } from "../../test/server";

describe("general settings", () => {
  it("rename the company everywhere on the screen", async () => {
    const state = makeState();
    serve(state);
    const { user } = open("/settings/general");

    const name = await screen.findByLabelText("Name");
    await expectAccessible();
    await user.clear(name);
    await user.type(name, "Aurora SA");
    await user.click(screen.getByRole("button", { name: "Save" }));

    expect(await screen.findByText("Aurora SA")).toBeVisible();
    expect(state.me.tenant.name).toBe("Aurora SA");
  });

  it("move the company to another time zone", async () => {
    const state = makeState();
    serve(state);
    const { user } = open("/settings/general");

    const zone = await screen.findByRole("combobox", { name: "Time zone" });
    await user.clear(zone);
    await user.type(zone, "bogota");
    await user.click(await screen.findByRole("option", { name: "America/Bogota" }));
    await user.click(screen.getByRole("button", { name: "Save" }));

    await waitFor(() => expect(state.me.tenant.timeZone).toBe("America/Bogota"));
  });

  it("change the language at once and remember it", async () => {
    serve(makeState());
    const { user } = open("/settings/general");

    await user.click(await screen.findByRole("radio", { name: "Português" }));

    expect(await screen.findByRole("heading", { name: "Geral" })).toBeVisible();
    expect(document.documentElement.lang).toBe("pt-BR");
    expect(localStorage.getItem("pista.language")).toBe("pt");
  });
});
