import { screen, waitFor, within } from "@testing-library/react";
import { describe, expect, it } from "vitest";

import { makeState } from "../../../dev/fake-pista";
import { expectAccessible, open } from "../../test/render";
import { serve } from "../../test/server";

const PATH = "/settings/account";

describe("the own password", () => {
  it("is changed by whoever knows the current one", async () => {
    const state = makeState();
    state.me.user.role = "asesor";
    serve(state);
    const { user } = open(PATH);

    await user.type(await screen.findByLabelText("Current password"), "wrong");
    await user.type(screen.getByLabelText("New password"), "una frase corta");
    await user.click(screen.getByRole("button", { name: "Change the password" }));
    expect(await screen.findByRole("alert")).toHaveTextContent(
      "The current password is not right.",
    );
    await user.clear(screen.getByLabelText("Current password"));
    await user.type(screen.getByLabelText("Current password"), "correcto-caballo");
    await user.click(screen.getByRole("button", { name: "Change the password" }));

    expect(await screen.findByText("Your password is changed.")).toBeVisible();
    expect(state.password).toBe("una frase corta");
    expect(screen.getByLabelText("New password")).toHaveValue("");
  });

  it("is not sent while something is missing", async () => {
    const asked = serve(makeState());
    const { user } = open(PATH);

    await user.type(await screen.findByLabelText("New password"), "corta");
    await user.click(screen.getByRole("button", { name: "Change the password" }));

    expect(screen.getByText("5 more characters.")).toBeVisible();
    expect(asked).not.toContain("POST /api/me/password");
    await expectAccessible();
  });
});

describe("the own sessions", () => {
  it("tell where, and end one by one", async () => {
    const state = makeState();
    serve(state);
    const { user } = open(PATH);

    const phone = await screen.findByRole("listitem", { name: "Mobile Safari · iOS" });
    expect(phone).toHaveTextContent("Brazil · Last active");
    expect(screen.getByRole("listitem", { name: "Unknown device" })).toBeVisible();
    await user.click(screen.getByRole("button", { name: /End the session: Mobile/ }));

    await waitFor(() => expect(phone).not.toBeInTheDocument());
    expect(state.people.sessions).toHaveLength(2);
  });

  it("end all at once, but for this one", async () => {
    const state = makeState();
    serve(state);
    const { user } = open(PATH);

    await user.click(await screen.findByRole("button", { name: "End all others" }));

    expect(await screen.findByText("The other sessions have ended.")).toBeVisible();
    expect(state.people.sessions.map((one) => one.current)).toEqual([true]);
    await waitFor(() =>
      expect(
        screen.queryByRole("button", { name: "End all others" }),
      ).not.toBeInTheDocument(),
    );
  });
});

describe("the second factor", () => {
  it("is set up with the password, a picture and a code", async () => {
    const state = makeState();
    serve(state);
    const { user } = open(PATH);

    await user.click(await screen.findByRole("button", { name: "Set up" }));
    const dialog = within(await screen.findByRole("dialog"));
    await user.type(dialog.getByLabelText("Password"), "correcto-caballo");
    await user.click(dialog.getByRole("button", { name: "Continue" }));
    expect(await dialog.findByRole("img", { name: /QR code/ })).toBeVisible();
    await expectAccessible();
    await user.type(dialog.getByLabelText("Code"), "000000");
    await user.click(dialog.getByRole("button", { name: "Switch on" }));
    expect(await dialog.findByRole("alert")).toHaveTextContent("clock of your phone");
    await user.clear(dialog.getByLabelText("Code"));
    await user.type(dialog.getByLabelText("Code"), "123456");
    await user.click(dialog.getByRole("button", { name: "Switch on" }));

    expect(await dialog.findByLabelText(/Recovery codes/)).toHaveValue(
      "abcd-abcd-abcd-abcd",
    );
    await user.click(dialog.getByRole("button", { name: "Done" }));
    expect(await screen.findByText("10 recovery codes are left.")).toBeVisible();
  });

  it("comes first where the company requires it", async () => {
    const state = makeState();
    state.me.tenant.requireSecondFactor = true;
    const asked = serve(state);
    const { user, place } = open("/settings/sites");

    expect(
      await screen.findByRole("heading", { name: "Set up your second factor" }),
    ).toBeVisible();
    expect(screen.queryByRole("navigation")).not.toBeInTheDocument();
    expect(asked).not.toContain("GET /api/sites");
    await expectAccessible();
    await user.click(await screen.findByRole("button", { name: "Set up" }));
    const dialog = within(await screen.findByRole("dialog"));
    await user.type(dialog.getByLabelText("Password"), "correcto-caballo");
    await user.click(dialog.getByRole("button", { name: "Continue" }));
    await user.type(await dialog.findByLabelText("Code"), "123456");
    await user.click(dialog.getByRole("button", { name: "Switch on" }));
    expect(await dialog.findByLabelText(/Recovery codes/)).toBeVisible();
    await user.click(dialog.getByRole("button", { name: "Done" }));
    await user.click(await screen.findByRole("button", { name: "Continue" }));

    expect(await screen.findByText("Tienda Aurora")).toBeVisible();
    expect(place()).toBe("/settings/sites");
  });

  it("can be left for the door", async () => {
    const state = makeState();
    state.me.tenant.requireSecondFactor = true;
    serve(state);
    const { user, place } = open("/");

    await user.click(await screen.findByRole("button", { name: "Sign out" }));

    await waitFor(() => expect(place()).toBe("/sign-in"));
  });

  it("stays on while the company requires it", async () => {
    const state = makeState();
    state.people.factor = ["123456"];
    state.me.tenant.requireSecondFactor = true;
    serve(state);
    open(PATH);

    expect(await screen.findByText("10 recovery codes are left.")).toBeVisible();
    expect(screen.queryByRole("button", { name: "Switch off" })).toBeNull();
  });

  it("is switched off by whoever knows the password", async () => {
    const state = makeState();
    state.people.factor = ["123456"];
    serve(state);
    const { user } = open(PATH);

    await user.click(await screen.findByRole("button", { name: "Switch off" }));
    const dialog = within(await screen.findByRole("dialog"));
    await user.type(dialog.getByLabelText("Password"), "wrong");
    await user.click(dialog.getByRole("button", { name: "Continue" }));
    expect(await dialog.findByRole("alert")).toBeVisible();
    await user.clear(dialog.getByLabelText("Password"));
    await user.type(dialog.getByLabelText("Password"), "correcto-caballo");
    await user.click(dialog.getByRole("button", { name: "Continue" }));

    expect(await screen.findByRole("button", { name: "Set up" })).toBeVisible();
    expect(state.people.factor).toEqual([]);
  });
});
