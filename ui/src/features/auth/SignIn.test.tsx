import { screen, waitFor } from "@testing-library/react";
import { describe, expect, it } from "vitest";

import { makeState } from "../../../dev/fake-pista";
import { expectAccessible, open } from "../../test/render";
import { fail, serve } from "../../test/server";

const email = () => screen.findByLabelText("E-mail");
const password = () => screen.getByLabelText("Password");
const send = () => screen.getByRole("button", { name: "Sign in" });

describe("signing in", () => {
  it("leads back to the place that was asked for", async () => {
    serve(makeState({ signedIn: false }));
    const { user, place } = open("/settings/sites?site=none");

    await user.type(await email(), "ana@aurora.example");
    await user.type(password(), "correcto-caballo");
    await user.click(send());

    expect(await screen.findByRole("heading", { name: "Sites" })).toBeVisible();
    expect(place()).toBe("/settings/sites?site=none");
  });

  it("says in words what the server says in a code, and can be tried again", async () => {
    serve(makeState({ signedIn: false }));
    const { user } = open("/");

    await user.type(await email(), "ana@aurora.example");
    await user.type(password(), "wrong");
    await user.click(send());

    expect(await screen.findByRole("alert")).toHaveTextContent(
      "The e-mail or the password is not right.",
    );
    expect(send()).toBeEnabled();
  });

  it("tells a server that is away from a wrong password", async () => {
    serve(makeState({ signedIn: false }));
    fail("/api/login", 503, "unavailable");
    const { user } = open("/sign-in");

    await user.type(await email(), "ana@aurora.example");
    await user.type(password(), "correcto-caballo");
    await user.click(send());

    expect(await screen.findByRole("alert")).toHaveTextContent("not available right now");
  });

  it("asks for the code of whoever has a second factor", async () => {
    const state = makeState({ signedIn: false });
    state.people.factor = ["123456"];
    serve(state);
    const { user } = open("/settings/general");

    await user.type(await email(), "ana@aurora.example");
    await user.type(password(), "correcto-caballo");
    await user.click(send());
    const code = await screen.findByLabelText("Code");
    expect(screen.queryByRole("alert")).not.toBeInTheDocument();
    await expectAccessible();
    await user.type(code, "654321");
    await user.click(send());
    expect(await screen.findByRole("alert")).toHaveTextContent("The code is not right");
    await user.type(code, "123456");
    await user.click(send());

    expect(await screen.findByRole("heading", { name: "General" })).toBeVisible();
  });

  it("asks for what is missing before it asks the server", async () => {
    const asked = serve(makeState({ signedIn: false }));
    const { user } = open("/sign-in");

    await email();
    await user.click(send());

    expect(screen.getByText("Enter your e-mail.")).toBeVisible();
    expect(asked).not.toContain("POST /api/login");
  });

  it("is made for password managers and for everybody", async () => {
    serve(makeState({ signedIn: false }));
    open("/sign-in");

    expect(await email()).toHaveAttribute("autocomplete", "username");
    expect(password()).toHaveAttribute("autocomplete", "current-password");
    await expectAccessible();
  });

  it("ends with signing out, and nothing of the session is left", async () => {
    serve(makeState());
    const { user, place } = open("/settings/general");

    await user.click(
      await screen.findByRole("button", { name: /Account and preferences/ }),
    );
    await user.click(await screen.findByRole("menuitem", { name: "Sign out" }));

    await waitFor(() => expect(place()).toBe("/sign-in"));
    expect(await email()).toBeVisible();
  });

  it("comes up by itself when the session is over", async () => {
    const state = makeState();
    serve(state);
    const { user, place } = open("/settings/sites");
    await screen.findByText("Tienda Aurora");

    state.signedIn = false;
    await user.click(screen.getByRole("link", { name: "Sampling" }));

    expect(await email()).toBeVisible();
    expect(place()).toBe("/sign-in?next=%2Fsettings%2Fevents");
    expect(screen.getByText(/Your session has ended/)).toBeVisible();
  });
});
