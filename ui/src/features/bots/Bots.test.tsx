import { screen, within } from "@testing-library/react";
import { describe, expect, it } from "vitest";

import { makeSite, makeState } from "../../../dev/fake-pista";
import { expectAccessible, open } from "../../test/render";
import { fail, serve } from "../../test/server";

const part = async (name: string) => within(await screen.findByRole("region", { name }));

describe("the bots", () => {
  it("are told by kind, in words, and by name and page", async () => {
    serve(makeState());
    const { user } = open("/");

    await user.click(await screen.findByRole("link", { name: "Bots" }));

    const kinds = await part("Why");
    expect(kinds.getByRole("rowheader", { name: /^Search engine/ })).toHaveTextContent(
      /Google or Bing/,
    );
    // The list of crawlers may invent kinds faster than we find words.
    expect(kinds.getByRole("rowheader", { name: /brand-new-kind/ })).toBeVisible();
    const names = await part("Who");
    expect(names.getByRole("rowheader", { name: /GPTBot/ })).toHaveTextContent(
      "Artificial intelligence",
    );
    expect(names.getByRole("rowheader", { name: /No known name/ })).toBeVisible();
    const pages = await part("Where");
    expect(pages.getByRole("rowheader", { name: /\/ofertas/ })).toBeVisible();
    expect(pages.getByRole("rowheader", { name: "No page" })).toBeVisible();
    await expectAccessible();
  });

  it("are set beside people, to look at and to read", async () => {
    serve(makeState());
    const { user } = open("/bots");

    const plot = within(
      await screen.findByRole("figure", { name: /people and from bots/ }),
    );
    await user.click(plot.getByRole("button", { name: /table/i }));

    const heads = plot.getAllByRole("columnheader").map(({ textContent }) => textContent);
    expect(heads.slice(1)).toEqual([
      "Events from bots",
      "Events from people",
      "Share of bots",
    ]);
    expect(plot.getAllByRole("row").length).toBeGreaterThan(2);
    expect(plot.getAllByText(/%$/).length).toBeGreaterThan(0);
  });

  it("are those of the period and the site in the address", async () => {
    const asked = serve(makeState());
    open("/bots?range=30d&site=site-2");

    await screen.findByRole("heading", { name: "Why" });

    const [request] = asked.filter((one) => one.includes("/bots?"));
    const query = new URLSearchParams(request?.split("?")[1]);
    expect(query.get("siteId")).toBe("site-2");
    const days = Date.parse(query.get("to") ?? "") - Date.parse(query.get("from") ?? "");
    expect(days / 86_400_000).toBe(29);
  });

  it.each([true, false])("are not all that sampling leaves out: %s", async (sampled) => {
    serve(makeState({ sampled }));
    open("/bots");

    expect(await screen.findByRole("heading", { name: "Why" })).toBeVisible();
    expect(screen.queryAllByText(/sampling left out about/)).toHaveLength(
      sampled ? 1 : 0,
    );
    expect(screen.queryAllByRole("link", { name: "See the sampling" })).toHaveLength(
      sampled ? 1 : 0,
    );
  });

  it("are explained where none were seen", async () => {
    serve(makeState({ bots: 0 }));
    open("/bots");

    expect(await screen.findByText("No bots were seen")).toBeVisible();
    expect(
      screen.getByText(/All [\d,]+ events of this period are people's/),
    ).toBeVisible();
    expect(screen.getByText(/By their User-Agent/)).toBeVisible();
    expect(screen.queryByRole("heading", { name: "Why" })).not.toBeInTheDocument();
    await expectAccessible();
  });

  it("are not called absent where nobody came at all", async () => {
    serve(makeState({ perDay: 0 }));
    open("/bots");

    expect(await screen.findByText(/Nor did any event of a person arrive/)).toBeVisible();
  });

  it("wait for the first event of all", async () => {
    const site = makeSite({ firstEventAt: null, lastEventAt: null });
    serve(makeState({ sites: [site], perDay: 0 }));
    open("/bots");

    expect(await screen.findByText("No event has arrived yet")).toBeVisible();
    expect(screen.getByRole("link", { name: "Go to sites" })).toBeVisible();
  });

  it("can be asked for again when the answer failed", async () => {
    const state = makeState();
    serve(state);
    fail(`/tracking-v2/stats/tenant/${state.me.tenant.id}/bots`, 503, "unavailable");
    const { user } = open("/bots");

    const again = await screen.findByRole("button", { name: /Try again/ });
    serve(state);
    await user.click(again);

    expect(await screen.findByRole("heading", { name: "Why" })).toBeVisible();
  });

  it("are not for advisors", async () => {
    const state = makeState();
    state.me.user.role = "asesor";
    serve(state);
    open("/bots");

    expect(
      await screen.findByRole("heading", { name: /not for your role/ }),
    ).toBeVisible();
  });
});
