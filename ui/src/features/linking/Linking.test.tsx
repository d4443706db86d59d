import { act, screen, waitFor, within } from "@testing-library/react";
import { describe, expect, it } from "vitest";

import { makeContacts } from "../../../dev/fake-contacts";
import {
  makeLinking,
  makeReport,
  makeReview,
  makeTotals,
} from "../../../dev/fake-linking";
import { makeState } from "../../../dev/fake-pista";
import { expectAccessible, open } from "../../test/render";
import { fail, serve } from "../../test/server";
import { FakeSocket } from "../../test/socket";
import { readLinkingFilters } from "./filters";
import { choicesOf, itemsOf } from "./items";

const quiet = () => makeContacts({ conflicts: [] });
const cards = async () => {
  await screen.findByText("To review");
  const found = await waitFor(() => {
    const all = [...document.querySelectorAll<HTMLElement>("[data-review]")];
    expect(all.length).toBeGreaterThan(0);
    return all;
  });
  return found;
};

describe("linking", () => {
  it("tells how well it works, beside the period before", async () => {
    serve(makeState({ contacts: quiet() }));
    open("/linking");

    const figures = await screen.findByText("169 of 182 new");
    expect(figures.parentElement).toHaveTextContent(/93%.*before: 88%/);
    expect((await screen.findAllByText(/^2 sec$/))[0]).toBeVisible();
    const table = screen.getByRole("region", { name: /^How it was said/ });
    expect(within(table).getByRole("row", { name: /Page's claim/ })).toHaveTextContent(
      "96 claims2200914",
    );
    await expectAccessible();
  });

  it("asks with both sides, and decides with one click", async () => {
    const asked = serve(makeState({ contacts: quiet() }));
    const { user } = open("/linking");
    const [first, second] = await cards();
    expect(first).toHaveTextContent("Is this visitor Ana Núñez?");
    expect(first).toHaveTextContent("Nobody: the visitor is anonymous");
    expect(second).toHaveTextContent("Is this visitor Ana Núñez, or Luis Prado?");
    expect(second).toHaveTextContent("nobody signed it · provisional");
    await waitFor(() => expect(first).toHaveTextContent("3 visits, from Nov 20"));

    await user.click(screen.getByRole("button", { name: "Another person" }));

    await waitFor(async () => expect(await cards()).toHaveLength(1));
    expect(asked).toContain(
      "POST /api/linking/claims/01a20000-0000-7000-8000-00000000c002/decision",
    );
    await user.click(await screen.findByRole("button", { name: "Undo" }));
    await waitFor(async () => expect(await cards()).toHaveLength(2));
  });

  it("is done with the keyboard alone", async () => {
    const asked = serve(makeState({ contacts: quiet() }));
    const { user } = open("/linking");
    const [first, second] = await cards();

    await user.keyboard("a");
    expect(asked.filter((one) => one.startsWith("POST"))).toEqual([]);
    await user.keyboard("j");
    expect(first).toHaveFocus();
    await user.keyboard("{ArrowDown}");
    expect(second).toHaveFocus();
    await user.keyboard("k");
    expect(first).toHaveFocus();
    await user.keyboard("r");

    await waitFor(async () => expect(await cards()).toHaveLength(1));
    await waitFor(async () => expect((await cards())[0]).toHaveFocus());
    await user.keyboard("{Enter}");
    expect(await screen.findByText("There is nothing to review")).toBeVisible();
    await user.keyboard("u");
    await waitFor(async () => expect(await cards()).toHaveLength(1));
  });

  it("leaves keys alone that lead elsewhere or are written", async () => {
    const asked = serve(makeState({ contacts: quiet() }));
    const { user, place } = open("/linking");
    await cards();
    await user.keyboard("j");
    await user.keyboard("ga");
    await waitFor(() => expect(place()).toBe("/alerts"));
    expect(asked.filter((one) => one.startsWith("POST"))).toEqual([]);
  });

  it("takes a decision back from the log, and a link", async () => {
    serve(makeState({ contacts: quiet() }));
    const { user } = open("/linking");
    await cards();
    await user.keyboard("ja");

    await user.click(await screen.findByRole("button", { name: "Undo the decision" }));
    await waitFor(async () => expect(await cards()).toHaveLength(2));
    await user.click(await screen.findByRole("button", { name: "Unlink" }));

    expect(await screen.findByText(/only a person can link them again/)).toBeVisible();
    await waitFor(() =>
      expect(screen.queryByRole("button", { name: "Unlink" })).not.toBeInTheDocument(),
    );
  });

  it("keeps what is looked for in the address", async () => {
    const asked = serve(makeState({ contacts: quiet() }));
    const { user, place } = open("/linking?range=30d");
    await user.click(await screen.findByRole("combobox", { name: "Outcome" }));
    await user.click(await screen.findByRole("option", { name: "Waiting" }));

    await waitFor(() => expect(place()).toContain("outcome=waiting"));
    expect(place()).toContain("range=30d");
    await waitFor(() =>
      expect(asked.at(-1)).toBe("GET /api/linking/claims?outcome=waiting&limit=20"),
    );
  });

  it("counts in the navigation, and hears of more", async () => {
    const state = makeState({ contacts: quiet() });
    serve(state);
    open("/linking");
    const link = await screen.findByRole("link", { name: /Linking.*2 to review/ });

    state.linking.reviews.push(
      makeReview({ claim: { ...makeReview().claim, id: "new", visitorId: "v3" } }),
    );
    act(() =>
      FakeSocket.last.say({ type: "link_reviews_changed", tenantId: "t", at: "now" }),
    );

    await waitFor(() => expect(link).toHaveTextContent("3 to review"));
    await waitFor(async () => expect(await cards()).toHaveLength(3));
  });

  it("explains what is empty, and says what fails", async () => {
    const report = makeReport({ totals: makeTotals(), methods: [], days: [] });
    const linking = makeLinking({ reviews: [], claims: [], report });
    serve(makeState({ contacts: quiet(), linking }));
    open("/linking");
    expect(await screen.findByText("There is nothing to review")).toBeVisible();
    expect(
      await screen.findByText("Nobody has been linked in this period yet"),
    ).toBeVisible();
    expect(await screen.findByText("Nothing has been said yet")).toBeVisible();

    fail("/api/linking/report", 503, "unavailable");
    open("/linking");
    expect(
      (await screen.findAllByRole("button", { name: "Try again" }))[0],
    ).toBeVisible();
  });
});

it("reads what it understands of an address", () => {
  expect(
    readLinkingFilters({ outcome: "waiting", visitor: "v1", contact: "a b", site: 7 }),
  ).toEqual({ outcome: "waiting", visitor: "v1", contact: undefined });
  expect(readLinkingFilters({ outcome: "all", visitor: "" }).outcome).toBeUndefined();
});

it("offers what can be decided, the likeliest first", () => {
  const [conflict] = makeContacts().conflicts;
  const items = itemsOf(makeLinking().reviews, conflict === undefined ? [] : [conflict]);
  const letters = items.map((item) =>
    choicesOf(item)
      .map(({ letter }) => letter)
      .join(""),
  );
  expect(letters).toEqual(["ar", "arf", "ms"]);
});
