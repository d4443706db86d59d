import { screen, waitFor, within } from "@testing-library/react";
import { describe, expect, it } from "vitest";

import { makeState } from "../../../dev/fake-pista";
import { makeFigures, makeLine, makeReport } from "../../../dev/fake-report";
import { expectAccessible, open } from "../../test/render";
import { serve } from "../../test/server";

describe("the report from the ad to the sale", () => {
  it("is the front page, with each campaign and what it brought", async () => {
    serve(makeState());
    const { user, place } = open("/");

    expect(
      await screen.findByRole("heading", { name: "From the ad to the sale" }),
    ).toBeVisible();
    const table = await screen.findByRole("table");
    const row = within(table).getByRole("row", { name: /Otoño/ });
    expect(within(row).getByText("5×")).toBeVisible();
    expect(within(row).getByText("PEN 50.00")).toBeVisible();
    expect(within(table).getByRole("row", { name: /No click known/ })).toBeVisible();
    await expectAccessible();

    await user.click(screen.getByRole("button", { name: /^Clicks 1,400/ }));
    expect(place()).toContain("metric=clicks");
    await user.click(within(row).getByRole("button", { name: "Otoño" }));
    expect(place()).toContain("line=");
  });

  it("puts lines in order by a column, and what is not known last", async () => {
    serve(makeState());
    const { user } = open("/");

    const table = await screen.findByRole("table");
    const names = () =>
      within(table)
        .getAllByRole("row")
        .slice(1)
        .map((row) => within(row).getByRole("rowheader").textContent);
    await user.click(within(table).getByRole("button", { name: "ROAS" }));
    expect(names()[0]).toContain("Otoño");
    await user.click(within(table).getByRole("button", { name: "ROAS" }));
    expect(names()[0]).toContain("Otoño");
    await user.click(within(table).getByRole("button", { name: "Clicks" }));
    await user.click(within(table).getByRole("button", { name: "Clicks" }));
    expect(names()[0]).toContain("No click known");
  });

  it("shows who is behind a number, and why it is credited so", async () => {
    serve(makeState());
    const { user, place } = open("/");

    await user.click(
      await screen.findByRole("button", { name: "Sales of Otoño: see 20" }),
    );
    const drawer = within(await screen.findByRole("dialog", { name: "Otoño" }));
    expect(await drawer.findByRole("link", { name: "Rosa Vega" })).toHaveAttribute(
      "href",
      "/sales?sale=sale-1",
    );
    await user.click(drawer.getByRole("button", { name: "Why?" }));
    expect(await drawer.findByText("the click that counts was here.")).toBeVisible();
    // By its name with the id behind it, or by the id alone where nobody told a name.
    expect(drawer.getByText("Rosas BR")).toHaveTextContent("Rosas BR 120210");
    expect(drawer.getByText("77")).toBeVisible();
    await user.click(drawer.getByText("Leads"));
    expect(await drawer.findByRole("link", { name: "Rosa Vega" })).toHaveAttribute(
      "href",
      "/desk?cliente=7",
    );
    // Whoever comes back from there finds the same list.
    expect(place()).toContain("kind=lead");
    await expectAccessible();
  });

  it("tells clicks without a campaign from what has no click, and says what is left out", async () => {
    const others = [
      { currency: "USD", sales: 3, revenueCents: 12_000, costCents: 700 },
      { currency: "EUR", sales: 0, revenueCents: 0, costCents: 500 },
    ];
    const figures = makeFigures({ clicks: 90, sales: 5, costCents: 900 });
    figures.salesOfCurrency = 3;
    const unnamed = makeLine({ campaign: null, figures });
    const lines = [...makeReport().lines, unnamed];
    serve(makeState({ report: makeReport({ lines, others }) }));
    const { user, place } = open("/");

    const table = await screen.findByRole("table");
    expect(within(table).getByRole("row", { name: /^No click known/ })).toBeVisible();
    const row = within(table).getByRole("row", { name: /^No campaign/ });
    expect(within(row).getByText("90")).toBeVisible();
    expect(within(row).getByText("PEN 3.00")).toBeVisible();
    expect(screen.getByText("7 more lines are in the CSV.")).toBeVisible();
    const note = screen.getByRole("note");
    expect(note).toHaveTextContent("Amounts are of PEN only.");
    expect(note).toHaveTextContent("sales of $120.00 (3), costs of $7.00");
    expect(note).toHaveTextContent("costs of €5.00");
    await user.click(within(note).getByRole("button", { name: "Show USD" }));
    expect(place()).toContain("currency=USD");
  });

  it("leads supervisors nowhere that they may not go", async () => {
    const state = makeState({ report: makeReport({ lines: [] }) });
    state.me.user.role = "gtr";
    serve(state);
    open("/");

    const step = await screen.findByText("Connect WhatsApp or Telegram");
    expect(step.closest("a")).toBeNull();
  });

  it("says what is to be set up while something is missing", async () => {
    serve(makeState({ report: makeReport({ lines: [] }) }));
    open("/");

    expect(await screen.findByText("For the report to be complete")).toBeVisible();
    expect(screen.getByRole("link", { name: /Make a link/ })).toHaveAttribute(
      "href",
      "/links",
    );
    expect(screen.getByText("Nothing in these days")).toBeVisible();
    await expectAccessible();
  });
});

describe("what ads cost", () => {
  it("is looked at, imported, and taken back", async () => {
    const state = makeState();
    serve(state);
    const { user } = open("/report/costs");

    const file = new File(["Día,Campaña\n"], "meta.csv", { type: "text/csv" });
    await screen.findByLabelText("CSV file");
    const input = document.querySelector<HTMLInputElement>("input[type=file]");
    if (input === null) throw new Error("there is no field for a file");
    await user.upload(input, file);
    await user.click(screen.getByRole("button", { name: "Upload and review" }));

    expect(await screen.findByText("What would be kept")).toBeVisible();
    expect(await screen.findByText(/PEN 25.00 of/)).toBeVisible();
    expect(screen.getByText(/^Of 1 the same campaign and day/)).toBeVisible();
    await expectAccessible();

    await user.click(screen.getByRole("button", { name: "Import" }));
    await user.click(await screen.findByRole("button", { name: /undo/i }));
    await waitFor(() => expect(state.report.imports[0]?.state).toBe("undone"));
  });
});
