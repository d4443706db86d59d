import { screen, waitFor, within } from "@testing-library/react";
import { describe, expect, it } from "vitest";

import { makePeople, makePerson } from "../../../dev/fake-people";
import { makeState } from "../../../dev/fake-pista";
import { expectAccessible, open } from "../../test/render";
import { fail, serve } from "../../test/server";

const PATH = "/settings/people";
const row = async (name: string) =>
  within(await screen.findByRole("listitem", { name: name }));

describe("people", () => {
  it("shows who may sign in and how, and who no longer may", async () => {
    const state = makeState();
    state.people.items[0] = makePerson({
      id: "u1",
      name: "Ana Souza",
      secondFactor: true,
    });
    serve(state);
    open(PATH);

    const luis = await row("Luis Prado");
    expect(luis.getByText("luis@aurora.example")).toBeVisible();
    expect(luis.queryByText("Second factor")).toBeNull();
    expect((await row("Ana Souza")).getByText("Second factor")).toBeVisible();
    const marta = await row("Marta Figueroa");
    expect(marta.getByText("Deactivated")).toBeVisible();
    expect(marta.getByText("Has not signed in yet")).toBeVisible();
    expect(await screen.findByText("nuevo@aurora.example")).toBeVisible();
    await expectAccessible();
  });

  it("invites with a link that is shown once", async () => {
    const state = makeState();
    serve(state);
    const { user } = open(PATH);

    await user.click(await screen.findByRole("button", { name: "Invite" }));
    const dialog = within(await screen.findByRole("dialog"));
    await user.click(dialog.getByRole("button", { name: "Make the link" }));
    expect(dialog.getByText("Enter your e-mail.")).toBeVisible();
    await user.type(dialog.getByLabelText("E-mail"), "eva@aurora.example");
    await user.click(dialog.getByRole("radio", { name: /Supervisor/ }));
    await expectAccessible();
    await user.click(dialog.getByRole("button", { name: "Make the link" }));

    expect(await dialog.findByLabelText(/shown only now/)).toHaveValue(
      "https://pista.aurora.example/join#token-1",
    );
    expect(dialog.getByText(/Hand this link to eva@aurora.example/)).toBeVisible();
    expect(state.people.invites[0]?.role).toBe("gtr");
    await user.click(dialog.getByRole("button", { name: "Done" }));
    expect(await screen.findByText("eva@aurora.example")).toBeVisible();
  });

  it("asks everybody for a second factor, its own admin first", async () => {
    const state = makeState();
    serve(state);
    const { user } = open(PATH);

    await user.click(await screen.findByRole("switch", { name: /Require it/ }));

    expect(
      await screen.findByRole("heading", { name: "Set up your second factor" }),
    ).toBeVisible();
    expect(state.me.tenant.requireSecondFactor).toBe(true);
  });

  it("says why somebody cannot be invited", async () => {
    serve(makeState());
    const { user } = open(PATH);

    await user.click(await screen.findByRole("button", { name: "Invite" }));
    const dialog = within(await screen.findByRole("dialog"));
    await user.type(dialog.getByLabelText("E-mail"), "luis@aurora.example");
    await user.click(dialog.getByRole("button", { name: "Make the link" }));

    expect(await dialog.findByRole("alert")).toHaveTextContent(
      "There is somebody with this e-mail already.",
    );
  });

  it("withdraws an invitation", async () => {
    serve(makeState());
    const { user } = open(PATH);

    await user.click(await screen.findByRole("button", { name: /Withdraw/ }));

    expect(await screen.findByText("There are no open invitations.")).toBeVisible();
  });

  it("gives another role, but not the last administrator", async () => {
    const state = makeState();
    serve(state);
    const { user } = open(PATH);

    await user.click(await screen.findByRole("combobox", { name: "Role of Luis Prado" }));
    await user.click(await screen.findByRole("option", { name: "Advisor" }));
    await waitFor(() => expect(state.people.items[1]?.role).toBe("asesor"));
    await user.click(screen.getByRole("combobox", { name: "Role of Ana Souza" }));
    await user.click(await screen.findByRole("option", { name: "Advisor" }));

    expect(await screen.findByText(/This is the company's last/)).toBeVisible();
    expect(state.people.items[0]?.role).toBe("admin");
  });

  it("shuts somebody out after a question, and lets them in again", async () => {
    const state = makeState();
    serve(state);
    const { user } = open(PATH);

    await user.click(
      await screen.findByRole("button", { name: "Actions for Luis Prado" }),
    );
    await user.click(await screen.findByRole("menuitem", { name: "Deactivate" }));
    const dialog = within(await screen.findByRole("dialog"));
    await user.click(dialog.getByRole("button", { name: "Deactivate" }));
    expect(await screen.findByText("Luis Prado can no longer sign in.")).toBeVisible();
    expect(state.people.items[1]?.deactivatedAt).not.toBeNull();

    await user.click(screen.getByRole("button", { name: "Actions for Luis Prado" }));
    await user.click(await screen.findByRole("menuitem", { name: "Reactivate" }));
    await waitFor(() => expect(state.people.items[1]?.deactivatedAt).toBeNull());
  });

  it("makes a link for a new password", async () => {
    serve(makeState());
    const { user } = open(PATH);

    await user.click(
      await screen.findByRole("button", { name: "Actions for Luis Prado" }),
    );
    await user.click(await screen.findByRole("menuitem", { name: /new password/ }));

    expect(await screen.findByLabelText(/shown only now/)).toHaveValue(
      "https://pista.aurora.example/join#token-1",
    );
  });

  it("can be asked for again when the server is away", async () => {
    serve(makeState({ people: makePeople({ invites: [] }) }));
    fail("/api/users", 503, "unavailable");
    open(PATH);

    expect(await screen.findByRole("button", { name: "Try again" })).toBeVisible();
  });

  it("is for administrators", async () => {
    const state = makeState();
    state.me.user.role = "gtr";
    serve(state);
    open(PATH);

    expect(
      await screen.findByRole("heading", { name: /not for your role/ }),
    ).toBeVisible();
    expect(screen.queryByRole("link", { name: "People" })).not.toBeInTheDocument();
  });
});
