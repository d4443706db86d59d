import { screen, waitFor } from "@testing-library/react";
import { describe, expect, it } from "vitest";

import { makeState } from "../../../dev/fake-pista";
import { expectAccessible, open } from "../../test/render";
import { fail, serve } from "../../test/server";

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

  it("store addresses only when an administrator says so", async () => {
    const state = makeState();
    serve(state);
    const { user } = open("/settings/general");

    const store = await screen.findByRole("switch", { name: /Store the IP address/ });
    expect(store).not.toBeChecked();
    expect(screen.getByText(/no new event stores the address/)).toBeVisible();
    await user.click(store);

    expect(await screen.findByText(/New events store the address/)).toBeVisible();
    expect(store).toBeChecked();
    expect(state.me.tenant.storeIp).toBe(true);
    await expectAccessible();
  });

  it("keep the switch as it was when the server refuses", async () => {
    const state = makeState();
    serve(state);
    fail("/api/tenant", 500, "internal");
    const { user } = open("/settings/general");

    const store = await screen.findByRole("switch", { name: /Store the IP address/ });
    await user.click(store);

    expect(await screen.findByRole("alert")).toBeVisible();
    await waitFor(() => expect(store).not.toBeChecked());
  });

  it("show supervisors whether addresses are stored, and no more", async () => {
    const state = makeState();
    state.me.user.role = "gtr";
    serve(state);
    open("/settings/general");

    expect(
      await screen.findByRole("switch", { name: /Store the IP address/ }),
    ).toBeDisabled();
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
