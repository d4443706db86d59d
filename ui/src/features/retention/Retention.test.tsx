import { screen, waitFor, within } from "@testing-library/react";
import { describe, expect, it } from "vitest";

import { makeSite, makeState } from "../../../dev/fake-pista";
import { expectAccessible, open } from "../../test/render";
import { fail, serve } from "../../test/server";

const table = async () =>
  within(await screen.findByRole("region", { name: "Table of weeks" })).findByRole(
    "table",
  );

const last = <T,>(all: readonly T[]): T => {
  const one = all.at(-1);
  if (one === undefined) throw new Error("There is none.");
  return one;
};

describe("retention of visitors", () => {
  it("is a triangle of weeks, with numbers and not only shades", async () => {
    serve(makeState());
    open("/retention");

    const rows = within(await table()).getAllByRole("row");
    // A head, twelve cohorts and their average.
    expect(rows).toHaveLength(14);
    const oldest = rows[12] ?? document.body;
    expect(within(oldest).getByRole("rowheader")).toHaveTextContent(/visitors$/);
    expect(within(oldest).getAllByRole("cell")).toHaveLength(12);
    expect(within(oldest).getByText("100%")).toBeVisible();
    expect(within(last(rows)).getByRole("rowheader")).toHaveTextContent("Average");
    expect(await screen.findByText(/come back in the week after/)).toBeVisible();
    await expectAccessible();
  });

  it("marks the weeks under way, for those who don't see it too", async () => {
    serve(makeState());
    open("/retention");

    const rows = within(await table()).getAllByRole("row");
    // Every cohort has one: the week that is now.
    for (const row of rows.slice(1, 13)) {
      expect(within(row).getAllByText("(week under way)")).toHaveLength(1);
    }
    expect(screen.getByText(/it may still grow/)).toBeVisible();
  });

  it("tells visitors instead of shares, and keeps that in the address", async () => {
    serve(makeState());
    const { user, place } = open("/retention");

    await user.click(await screen.findByRole("radio", { name: "Visitors" }));

    expect(place()).toBe("/retention?numbers=visitors");
    expect(within(await table()).queryByText("100%")).not.toBeInTheDocument();
    await user.click(screen.getByRole("radio", { name: "Percent" }));
    expect(place()).toBe("/retention");
  });

  it("asks for what the address says", async () => {
    const asked = serve(makeState());
    open("/retention?weeks=8&first=PURCHASE&returns=PAGE_VIEW&site=site-2");

    expect(within(await table()).getAllByRole("row")).toHaveLength(10);
    const question = asked.find((one) => one.includes("/retention?")) ?? "";
    expect(question).toContain("siteId=site-2&eventType=PURCHASE&returnType=PAGE_VIEW");
    expect(question).toMatch(/weeks=7$/);
    expect(screen.getByRole("combobox", { name: "Coming back is" })).toHaveValue(
      "PAGE_VIEW",
    );
  });

  it("is narrowed by hand", async () => {
    const asked = serve(makeState());
    const { user, place } = open("/retention");

    await user.click(await screen.findByRole("combobox", { name: "Coming back is" }));
    await user.click(await screen.findByRole("option", { name: "ADD_TO_CART" }));
    await user.click(screen.getByRole("combobox", { name: "First visits of" }));
    await user.click(await screen.findByRole("option", { name: "8 weeks" }));

    await waitFor(() => expect(place()).toBe("/retention?returns=ADD_TO_CART&weeks=8"));
    expect(last(asked.filter((one) => one.includes("/retention?")))).toMatch(
      /returnType=ADD_TO_CART&weeks=7$/,
    );
  });

  it("says so when nobody came", async () => {
    serve(makeState({ perDay: 0 }));
    open("/retention");

    expect(await screen.findByText(/Nobody came for the first time/)).toBeVisible();
  });

  it("leads to the snippet before the first event", async () => {
    serve(makeState({ sites: [makeSite({ firstEventAt: null })] }));
    open("/retention");

    expect(await screen.findByText("There are no visitors yet")).toBeVisible();
    await expectAccessible();
  });

  it("can be loaded again", async () => {
    const state = makeState();
    serve(state);
    fail("/retention", 503, "unavailable");
    const { user } = open("/retention");

    const retry = await screen.findByRole("button", { name: "Try again" });
    serve(state);
    await user.click(retry);

    expect(await table()).toBeVisible();
  });
});
