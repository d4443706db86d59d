import { screen, waitFor, within } from "@testing-library/react";
import { describe, expect, it } from "vitest";

import { makeContact, makeContacts } from "../../../../dev/fake-contacts";
import { makeState } from "../../../../dev/fake-pista";
import { expectAccessible, open } from "../../../test/render";
import { fail, serve } from "../../../test/server";
import { readValue } from "./values";

const PATH = "/contacts/cntct_a";
const part = (name: string) => screen.findByRole("region", { name });

describe("a contact", () => {
  it("is changed where it stands: Enter keeps it, Escape does not", async () => {
    const state = makeState();
    serve(state);
    const { user } = open(PATH);
    const details = within(await part("Details"));
    expect(details.getByRole("link", { name: "+51 987 612 345" })).toBeVisible();
    await expectAccessible();

    await user.click(details.getByRole("button", { name: "Change: Name" }));
    await user.clear(details.getByLabelText("Name"));
    await user.type(details.getByLabelText("Name"), "Ana N.{Enter}");

    expect(
      await screen.findByRole("heading", { level: 1, name: "Ana N." }),
    ).toBeVisible();
    expect(details.getByRole("button", { name: "Change: Name" })).toHaveFocus();
    await user.click(details.getByRole("button", { name: "Change: CRM id" }));
    await user.type(details.getByLabelText("CRM id"), "x{Escape}");
    expect(state.contacts.items[0]).toMatchObject({ name: "Ana N.", crmId: "ghl-1" });
  });

  it("keeps what was typed when somebody else has it, and says so", async () => {
    serve(makeState());
    const { user } = open(PATH);
    const details = within(await part("Details"));

    await user.click(details.getByRole("button", { name: "Change: E-mail" }));
    await user.clear(details.getByLabelText("E-mail"));
    await user.type(details.getByLabelText("E-mail"), "persona1@correo.example{Enter}");

    expect(await details.findByText(/Another contact has this already/)).toBeVisible();
    expect(details.getByLabelText("E-mail")).toHaveValue("persona1@correo.example");
  });

  it("is tagged, and has more details under names of one's own", async () => {
    const state = makeState();
    serve(state);
    const { user } = open(PATH);
    await user.type(
      await screen.findByRole("combobox", { name: "Tags" }),
      "feria{Enter}",
    );
    const more = within(await part("More details"));
    await user.click(more.getByRole("button", { name: "Add" }));
    await user.type(more.getByLabelText(/^Name/), "talla");
    await user.type(more.getByLabelText(/^Value/), "M{Enter}");
    await user.click(await more.findByRole("button", { name: "Remove: ciudad" }));

    await waitFor(() =>
      expect(state.contacts.items[0]).toMatchObject({
        tags: ["vip", "limeña", "feria"],
        attributes: { compras: 3, boletín: true, talla: "M" },
      }),
    );
  });

  it("is merged with another after both were seen, and parted again", async () => {
    const state = makeState();
    serve(state);
    const { user } = open(PATH);
    await user.click(await screen.findByRole("button", { name: "Merge with another" }));
    const dialog = within(await screen.findByRole("dialog"));
    await user.type(dialog.getByRole("searchbox"), "persona64");
    await waitFor(() => expect(dialog.getAllByRole("listitem")).toHaveLength(1));
    await user.click(dialog.getByRole("button", { name: /Otto Weber/ }));
    expect(dialog.getByText("Becomes part of it")).toBeVisible();
    expect(dialog.getByText("ana@correo.example")).toBeVisible();
    await expectAccessible();

    await user.click(dialog.getByRole("button", { name: "Merge the two" }));

    expect(await screen.findByText("The two are one contact now.")).toBeVisible();
    expect(await screen.findByText("2 merged contacts")).toBeVisible();
    const merges = within(await part("Merged contacts"));
    expect(merges.getByText(/^persona64@correo.example/)).toBeVisible();
    await user.click(merges.getByRole("button", { name: "Undo" }));
    expect(await merges.findByText(/^Taken back by Ana Souza/)).toBeVisible();
  });

  it("that was merged into another leads to that one", async () => {
    const state = makeState();
    serve(state);
    const [ana] = state.contacts.items;
    ana?.merges.push({
      id: "merge-1",
      contactId: "cntct_gone",
      intoId: ana.id,
      mergedBy: "Luis",
      mergedAt: "2025-11-29T16:00:00Z",
      undoneBy: null,
      undoneAt: null,
    });
    const { place } = open("/contacts/cntct_gone");

    await waitFor(() => expect(place()).toBe(PATH));
    expect(await screen.findByRole("heading", { level: 1 })).toHaveTextContent("Ana");
  });

  it("becomes part of the other, if one likes it better the other way round", async () => {
    serve(makeState());
    const { user, place } = open(PATH);
    await user.click(await screen.findByRole("button", { name: "Merge with another" }));
    const dialog = within(await screen.findByRole("dialog"));
    await user.type(dialog.getByRole("searchbox"), "persona64");
    await waitFor(() => expect(dialog.getAllByRole("listitem")).toHaveLength(1));
    await user.click(dialog.getByRole("button", { name: /Otto Weber/ }));
    await user.click(dialog.getByRole("button", { name: "Swap" }));
    await user.click(dialog.getByRole("button", { name: "Merge the two" }));

    await waitFor(() => expect(place()).toBe("/contacts/cntct_64"));
  });

  it("tells of questions about it, and leads to them", async () => {
    serve(makeState());
    const { user, place } = open(PATH);
    await screen.findByText("There are 2 questions about this contact");
    await user.click(screen.getByRole("link", { name: "Decide" }));

    await waitFor(() => expect(place()).toBe("/linking"));
  });

  it("is read by an advisor, without anything to change", async () => {
    const state = makeState({
      contacts: makeContacts({ items: [makeContact({ attributes: {}, tags: [] })] }),
    });
    state.me.user.role = "asesor";
    const asked = serve(state);
    open(PATH);

    const details = within(await part("Details"));
    expect(details.queryByRole("button")).toBeNull();
    expect(screen.getByText("No tags")).toBeVisible();
    expect(screen.queryByRole("button", { name: "Merge with another" })).toBeNull();
    expect(asked.some((one) => one.includes("/api/linking"))).toBe(false);
  });

  it("that is not there says so; one that does not come can be tried again", async () => {
    serve(makeState());
    open("/contacts/cntct_none");
    expect(await screen.findByText("There is no such contact")).toBeVisible();

    fail(`/api${PATH}`, 503, "unavailable");
    open(PATH);
    expect(await screen.findByText("Could not load")).toBeVisible();
  });
});

it.each([
  ["", 3, null],
  ["4.5", 3, 4.5],
  ["four", 3, "four"],
  ["false", true, false],
  ["12", "11", "12"],
])("reads %j, where %j was, as %j", (text, was, value) => {
  expect(readValue(text, was)).toBe(value);
});
