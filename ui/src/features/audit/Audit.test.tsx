import { screen, waitFor } from "@testing-library/react";
import { describe, expect, it } from "vitest";

import { makePeople } from "../../../dev/fake-people";
import { makeState } from "../../../dev/fake-pista";
import { expectAccessible, open } from "../../test/render";
import { fail, serve } from "../../test/server";
import { readAuditFilters } from "./filters";

const PATH = "/settings/audit";
const lines = async () =>
  (await screen.findAllByText(/Request /)).map((one) => one.closest("li"));

describe("the audit log", () => {
  it("tells what was changed, and reads on", async () => {
    serve(makeState());
    const { user } = open(PATH);

    expect(await lines()).toHaveLength(50);
    expect((await lines())[1]).toHaveTextContent("Role changedAna Souza");
    expect(screen.getAllByText(/Advisor → /)[0]).toBeVisible();
    await expectAccessible();
    await user.click(screen.getByRole("button", { name: "Older" }));

    await waitFor(async () => expect(await lines()).toHaveLength(60));
    expect(screen.queryByRole("button", { name: "Older" })).not.toBeInTheDocument();
  });

  it("keeps what is looked for in the address", async () => {
    const asked = serve(makeState());
    const { user, place } = open(`${PATH}?from=2025-11-01`);

    // There is a lot that can happen: a part of a word narrows it down.
    await user.type(
      await screen.findByRole("combobox", { name: "What happened" }),
      "nvi",
    );
    expect(await screen.findAllByRole("option")).toHaveLength(2);
    await user.click(await screen.findByRole("option", { name: "Invited" }));

    await waitFor(() => expect(place()).toContain("action=user_invited"));
    await waitFor(() => expect(screen.queryByText(/Advisor → /)).toBeNull());
    expect(asked.at(-1)).toBe(
      "GET /api/audit?action=user_invited&from=2025-11-01T03%3A00%3A00.000Z",
    );
  });

  it("looks for what a program did", async () => {
    serve(makeState());
    const { user, place } = open(PATH);

    await user.click(await screen.findByRole("combobox", { name: "Who did it" }));
    await user.click(await screen.findByRole("option", { name: "Hoja de ventas" }));

    await waitFor(() => expect(place()).toMatch(/actor=[\w-]+/));
    await expectAccessible();
  });

  it("says so when nothing matches, and when the server is away", async () => {
    serve(makeState({ people: makePeople({ audit: [] }) }));
    open(PATH);
    expect(await screen.findByText("Nothing matches")).toBeVisible();

    fail("/api/audit", 503, "unavailable");
    open(PATH);
    expect((await screen.findAllByText("Audit log"))[0]).toBeVisible();
  });
});

it.each([
  [
    { action: "role_changed", actor: "u1" },
    { action: "role_changed", actor: "u1" },
  ],
  [{ action: "everything", actor: "a b", from: "yesterday", to: 7 }, {}],
])("reads %j as %j", (search, filters) => {
  expect(readAuditFilters(search)).toEqual(filters);
});
