import { screen, waitFor, within } from "@testing-library/react";
import { describe, expect, it, vi } from "vitest";

import { makeConflict, makeContacts } from "../../../dev/fake-contacts";
import { makeState } from "../../../dev/fake-pista";
import { expectAccessible, open } from "../../test/render";
import { fail, serve } from "../../test/server";
import { FakeSocket } from "../../test/socket";
import { readColumns } from "./columns";
import { readContactFilters } from "./filters";
import { showPhone } from "./words";

const rows = async () => (await screen.findAllByRole("row")).slice(1);
const box = () => screen.findByRole("searchbox", { name: "Search" });

describe("the contacts", () => {
  it("are found as somebody types, with the words in the address", async () => {
    serve(makeState());
    const { user, place } = open("/contacts");
    expect(await rows()).toHaveLength(50);
    await expectAccessible();

    await user.keyboard("/");
    expect(await box()).toHaveFocus();
    await user.keyboard("nun ana");

    await waitFor(async () => expect(await rows()).toHaveLength(1));
    expect(place()).toBe("/contacts?q=nun+ana");
    expect(await box()).toHaveValue("nun ana");
    expect((await rows())[0]).toHaveTextContent("Ana Núñez");
    expect((await rows())[0]).toHaveTextContent("+51 987 612 345");
  });

  it("are gone through with the arrow keys and opened with Enter", async () => {
    serve(makeState());
    const { user, place } = open("/contacts");
    await rows();

    (await box()).focus();
    await user.keyboard("{ArrowDown}{ArrowDown}{ArrowUp}{ArrowUp}");
    expect(await box()).toHaveFocus();
    await user.keyboard("{ArrowDown}{ArrowDown}");
    expect((await rows())[1]).toContainElement(document.activeElement as HTMLElement);
    await user.keyboard("{Enter}");

    await waitFor(() => expect(place()).toBe("/contacts/cntct_1"));
    expect(await screen.findByRole("heading", { level: 1 })).toHaveTextContent(
      "Marta Figueroa",
    );
  });

  it("come page by page, narrowed down by what is known of them", async () => {
    const asked = serve(makeState());
    const { user, place } = open("/contacts");
    await user.click(await screen.findByRole("button", { name: "Show more" }));
    await waitFor(async () => expect(await rows()).toHaveLength(65));
    expect(asked.at(-1)).toBe("GET /api/contacts?before=50");

    await user.click(screen.getByRole("combobox", { name: "Known by" }));
    await user.click(await screen.findByRole("option", { name: "CRM id" }));

    await waitFor(async () => expect(await rows()).toHaveLength(1));
    expect(place()).toBe("/contacts?has=crm");
  });

  it("have the columns that somebody chose, also the next time", async () => {
    serve(makeState());
    const { user } = open("/contacts?q=ana");
    expect(await screen.findByRole("columnheader", { name: "Tags" })).toBeVisible();

    await user.click(screen.getByRole("button", { name: "Columns" }));
    await user.click(await screen.findByRole("checkbox", { name: "Tags" }));
    await user.click(screen.getByRole("checkbox", { name: "CRM id" }));

    expect(screen.queryByRole("columnheader", { name: "Tags" })).toBeNull();
    expect(screen.getByRole("columnheader", { name: "CRM id" })).toBeVisible();
    expect(localStorage.getItem("pista.contacts.columns")).toContain("crmId");
  });

  it("say so when nobody is known, nobody matches, or the server is away", async () => {
    serve(makeState({ contacts: makeContacts({ items: [] }) }));
    const { user, place } = open("/contacts?q=nadie");
    expect(await screen.findByText("No contact matches")).toBeVisible();
    expect(screen.getByRole("button", { name: "Export" })).toBeDisabled();
    await user.click(screen.getByRole("button", { name: "Clear filters" }));

    expect(await screen.findByText("Nobody is known yet")).toBeVisible();
    expect(place()).toBe("/contacts");
    expect(await box()).toHaveValue("");
    fail("/api/contacts", 503, "unavailable");
    await user.type(await box(), "x");
    expect(await screen.findByText("Could not load")).toBeVisible();
  });

  it("are added by hand, and what is nobody's own is said", async () => {
    const state = makeState();
    serve(state);
    const { user, place } = open("/contacts");
    await user.click(await screen.findByRole("button", { name: "Add contact" }));
    const dialog = within(await screen.findByRole("dialog"));
    await user.click(dialog.getByRole("button", { name: "Add contact" }));
    expect(dialog.getByRole("alert")).toHaveTextContent("Enter an e-mail");

    await user.type(dialog.getByLabelText("E-mail"), "nueva@correo.example");
    await user.type(dialog.getByLabelText("Phone"), "000000000");
    await user.click(dialog.getByRole("button", { name: "Add contact" }));

    expect(await dialog.findByText(/placeholder/)).toBeVisible();
    await expectAccessible();
    expect(state.contacts.items[0]).toMatchObject({ source: "person", phone: null });
    await user.click(dialog.getByRole("button", { name: "See the contact" }));
    await waitFor(() => expect(place()).toMatch(/^\/contacts\/cntct_new/));
  });

  it("are handed out as a file with what is looked for, once at a time", async () => {
    const asked = serve(makeState());
    const written: Blob[] = [];
    const read = vi.spyOn(Response.prototype, "blob");
    // The test's browser has no files.
    Object.assign(URL, {
      createObjectURL: (file: Blob) => `blob:${String(written.push(file))}`,
      revokeObjectURL: () => undefined,
    });
    const saved: string[] = [];
    const click = vi
      .spyOn(HTMLAnchorElement.prototype, "click")
      .mockImplementation(function (this: HTMLAnchorElement) {
        saved.push(`${this.download} ${this.href}`);
      });
    const { user } = open("/contacts?q=ana&has=email&source=ghl");
    await rows();
    const button = screen.getByRole("button", { name: "Export" });
    let goOn: (file: Blob) => void = () => undefined;
    read.mockImplementationOnce(() => new Promise((resolve) => (goOn = resolve)));

    await user.click(button);
    await waitFor(() => expect(button).toHaveAttribute("aria-busy", "true"));
    expect(button).toBeDisabled();
    await waitFor(() => expect(read).toHaveBeenCalledOnce());
    goOn(new Blob(["name,email"]));

    await waitFor(() => expect(saved).toEqual(["contacts.csv blob:1"]));
    expect(button).toBeEnabled();
    expect(asked).toContain("GET /api/contacts/export?q=ana&source=ghl&has=email");
    fail("/api/contacts/export", 503, "unavailable");
    await user.click(button);
    expect(await screen.findByText(/unavailable|try again/i)).toBeVisible();
    expect(saved).toHaveLength(1);
    click.mockRestore();
    read.mockRestore();
  });

  it("are fetched again when one of them changes", async () => {
    const state = makeState();
    serve(state);
    open("/contacts?q=ana");
    await screen.findByRole("link", { name: "Ana Núñez" });

    state.contacts.items[0]!.name = "Ana Núñez de Prado";
    FakeSocket.last.open();
    FakeSocket.last.say({ type: "contact_changed", contactId: "cntct_a" });

    expect(await screen.findByRole("link", { name: "Ana Núñez de Prado" })).toBeVisible();
  });

  it("can be read by an advisor, who changes none", async () => {
    const state = makeState();
    state.me.user.role = "asesor";
    const asked = serve(state);
    open("/contacts?view=review");

    expect(await rows()).toHaveLength(50);
    expect(screen.queryByRole("button", { name: "Add contact" })).toBeNull();
    expect(asked.some((one) => one.includes("/api/linking"))).toBe(false);
  });
});

const cards = () =>
  waitFor(() => {
    const found = [...document.querySelectorAll<HTMLElement>("[data-review]")];
    expect(found).not.toHaveLength(0);
    return found;
  });

describe("the questions about contacts", () => {
  it("show both sides, are settled with one press, and that is undone", async () => {
    const state = makeState();
    const asked = serve(state);
    const { user, place } = open("/contacts");
    await user.click(await screen.findByRole("radio", { name: "To review · 2" }));
    expect(place()).toBe("/contacts?view=review");
    const [card] = await cards();
    const first = within(card!);
    expect(first.getByText("Phone: +51 987 612 345")).toBeVisible();
    expect(first.getAllByRole("link").map((one) => one.textContent)).toEqual([
      "Ana Núñez",
      "Marta Figueroa",
    ]);
    await expectAccessible();

    const [ana, marta] = first.getAllByRole("radio");
    expect(ana).toBeChecked();
    await user.click(marta!);
    await user.click(first.getByRole("button", { name: "Merge" }));
    await waitFor(() =>
      expect(state.contacts.conflicts[0]).toMatchObject({ decision: "merge" }),
    );
    expect(state.contacts.into).toBe("cntct_1");
    await user.click(await screen.findByRole("button", { name: "Undo" }));

    await waitFor(() => expect(state.contacts.conflicts[0]?.decision).toBeNull());
    expect(asked.some((one) => one.includes("/api/linking/reviews"))).toBe(false);
  });

  it("are those of linking with the same keys, but not about browsers", async () => {
    const state = makeState();
    const shared = makeConflict({ id: "browser", reason: "shared_browser" });
    state.contacts.conflicts.push(shared);
    serve(state);
    const { user, place } = open("/contacts?view=review");
    expect(await cards()).toHaveLength(2);

    await user.keyboard("js");
    await waitFor(async () => expect(await cards()).toHaveLength(1));
    await user.keyboard("u");
    await waitFor(async () => expect(await cards()).toHaveLength(2));

    await user.click(
      within(screen.getByRole("main")).getByRole("link", { name: "Linking" }),
    );
    await waitFor(() => expect(place()).toBe("/linking"));
    const everything = state.linking.reviews.length + 3;
    await waitFor(async () => expect(await cards()).toHaveLength(everything));
  });

  it("that were decided can be opened again, also with the keyboard", async () => {
    const state = makeState();
    serve(state);
    const { user, place } = open("/contacts?view=review");
    const [, one] = await cards();
    expect(within(one!).queryByRole("radio")).toBeNull();
    await user.click(within(one!).getByRole("button", { name: "Leave as they are" }));
    await waitFor(async () => expect(await cards()).toHaveLength(1));
    await user.click(screen.getByRole("radio", { name: "Decided" }));
    expect(place()).toBe("/contacts?view=review&state=decided");

    const [decided] = await cards();
    expect(decided).toHaveTextContent("Left as it isAna Souza");
    await user.keyboard("js");
    expect(state.contacts.conflicts[1]?.decision).toBe("separate");
    await user.click(screen.getByRole("button", { name: "Open again" }));

    expect(await screen.findByText("Nothing has been decided yet")).toBeVisible();
    expect(state.contacts.conflicts[1]?.decision).toBeNull();
  });
});

it.each([
  [
    { q: 987612, has: "email", view: "review" },
    { q: "987612", has: "email", view: "review" },
  ],
  [{ q: "  ", has: "soul", source: "A B", view: "x", tag: ["a"] }, {}],
])("reads %j as %j", (search, filters) => {
  expect(readContactFilters(search)).toEqual(filters);
});

it.each([
  ["+51987612345", "+51 987 612 345"],
  ["+14155552671", "+1 415 555 2671"],
  ["+5511988776655", "+55 11 98877 6655"],
  ["987", "987"],
])("writes the phone %s as %s", (phone, shown) => {
  expect(showPhone(phone)).toBe(shown);
});

it.each([
  [null, ["email", "phone", "tags", "source", "createdAt"]],
  ["", []],
  ["crmId,email,soul", ["email", "crmId"]],
])("remembers the columns %j as %j", (stored, columns) => {
  expect(readColumns(stored)).toEqual(columns);
});
