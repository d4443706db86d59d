import { screen, waitFor } from "@testing-library/react";
import { describe, expect, it } from "vitest";

import { makePeople } from "../../../dev/fake-people";
import { makeState } from "../../../dev/fake-pista";
import { expectAccessible, open } from "../../test/render";
import { fail, serve } from "../../test/server";

function holding(kind: "invite" | "reset") {
  const email = "eva@aurora.example";
  const name = kind === "reset" ? "Eva" : "";
  return makeState({
    signedIn: false,
    people: makePeople({ links: { "t-1": { kind, email, name } } }),
  });
}

describe("a link", () => {
  it("of an invitation leads in", async () => {
    serve(holding("invite"));
    const { user, place } = open("/join#t-1");

    expect(
      await screen.findByRole("heading", { name: "Join Aurora Cosméticos" }),
    ).toBeVisible();
    expect(screen.getByLabelText("E-mail")).toHaveValue("eva@aurora.example");
    await expectAccessible();
    await user.click(screen.getByRole("button", { name: "Join" }));
    expect(screen.getByText("Enter your name.")).toBeVisible();
    expect(screen.getByText("10 more characters.")).toBeVisible();
    await user.type(screen.getByLabelText("Name"), "Eva Ríos");
    await user.type(screen.getByLabelText("New password"), "password123");
    await user.click(screen.getByRole("button", { name: "Join" }));
    expect(await screen.findByRole("alert")).toHaveTextContent("easy to guess");
    await user.clear(screen.getByLabelText("New password"));
    await user.type(screen.getByLabelText("New password"), "una frase corta");
    await user.click(screen.getByRole("button", { name: "Join" }));

    await waitFor(() => expect(place()).toMatch(/^\/(\?|$)/));
    expect(await screen.findByText("Eva Ríos")).toBeVisible();
  });

  it("of a reset leads to the door", async () => {
    serve(holding("reset"));
    const { user, place } = open("/join#t-1");

    await user.type(await screen.findByLabelText("New password"), "una frase corta");
    await user.click(screen.getByRole("button", { name: "Save the password" }));
    await user.click(await screen.findByRole("button", { name: "Sign in" }));

    await waitFor(() => expect(place()).toBe("/sign-in"));
  });

  it.each(["/join", "/join#", "/join#t-2"])("that is void says so: %s", async (path) => {
    serve(holding("invite"));
    open(path);

    expect(
      await screen.findByRole("heading", { name: "This link is not valid" }),
    ).toBeVisible();
    await expectAccessible();
  });

  it("can be tried again when the server is away", async () => {
    serve(holding("invite"));
    fail("/api/join/look", 503, "unavailable");
    open("/join#t-1");

    expect(await screen.findByRole("button", { name: "Try again" })).toBeVisible();
  });
});
