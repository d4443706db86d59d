import { screen, waitFor, within } from "@testing-library/react";
import { describe, expect, it } from "vitest";

import { makeSite, makeState } from "../../../dev/fake-pista";
import { expectAccessible, open } from "../../test/render";
import { fail, serve } from "../../test/server";

const TWO = "/funnels?step=PAGE_VIEW&step=ADD_TO_CART";
const place = (of: ReturnType<typeof open>) => decodeURIComponent(of.place());
const table = () => screen.findByRole("table");
const cells = async () =>
  within(await table())
    .getAllByRole("row")
    .slice(1)
    .map((row) => row.textContent);
const path = ({ me }: ReturnType<typeof makeState>) =>
  `/tracking-v2/stats/tenant/${me.tenant.id}/funnel`;

describe("a funnel", () => {
  it("begins with an example of the tenant's own types", async () => {
    const asked = serve(makeState());
    const opened = open("/");

    await opened.user.click(await screen.findByRole("link", { name: "Funnels" }));

    expect(
      await screen.findByText(/An example of what your visitors do most/),
    ).toBeVisible();
    expect(await cells()).toEqual([
      expect.stringContaining("1. PAGE_VIEW"),
      expect.stringContaining("2. ADD_TO_CART"),
    ]);
    expect(place(opened)).toBe("/funnels");
    expect(asked.some((one) => one.includes("step=PAGE_VIEW&step=ADD_TO_CART"))).toBe(
      true,
    );
    await expectAccessible();
  });

  it("tells how many go on, how many are lost, and how long it takes", async () => {
    serve(makeState());
    open("/funnels?step=PAGE_VIEW&step=CLICK&step=ADD_TO_CART");

    const rows = within(await table()).getAllByRole("row");
    const told = within(rows[2]!)
      .getAllByRole("cell")
      .map((cell) => cell.textContent);

    expect(told[0]).toContain("1,564");
    expect(told.slice(2)).toEqual(["34%", "3,036", "48 sec"]);
    expect(screen.getByText("813 of 4,600 visitors got to the end")).toBeVisible();
    expect(
      screen.getByText("Most are lost between PAGE_VIEW and CLICK (66%)."),
    ).toBeVisible();
    expect(
      screen.getByRole("img", {
        name: /PAGE_VIEW → CLICK → ADD_TO_CART: 18% get to the end/,
      }),
    ).toBeVisible();
    expect(
      within(rows[2]!).getByRole("link", { name: /CLICK/ }).getAttribute("href"),
    ).toContain(encodeURIComponent("eventType:CLICK"));
  });

  it("is whole in its link", async () => {
    const asked = serve(makeState());
    open(
      `${TWO}&filter=2:channel!:direct&window=4320&range=30d&site=site-2&filter=1:page:/`,
    );

    expect(
      await screen.findByRole("button", {
        name: "Remove the filter Channel: not Direct",
      }),
    ).toBeVisible();
    expect(screen.getByLabelText("Time to finish")).toHaveValue("3");
    await waitFor(() =>
      expect(
        asked.some(
          (one) =>
            decodeURIComponent(one).includes(
              "funnel?step=PAGE_VIEW&step=ADD_TO_CART&filter=1:page:/&filter=2:channel!:direct&windowMinutes=4320",
            ) && one.includes("siteId=site-2"),
        ),
      ).toBe(true),
    );
  });
});

describe("the steps", () => {
  it("are added, from the types there are or in one's own words", async () => {
    serve(makeState());
    const opened = open(TWO);
    const { user } = opened;

    await user.click(await screen.findByRole("combobox", { name: "Add a step" }));
    await user.click(await screen.findByRole("option", { name: /^CLICK/ }));
    await waitFor(() => expect(place(opened)).toContain('"ADD_TO_CART","CLICK"]'));
    await user.type(
      screen.getByRole("combobox", { name: "Add a step" }),
      "sign up{Enter}",
    );

    await waitFor(() =>
      expect(place(opened)).toBe(
        '/funnels?step=["PAGE_VIEW","ADD_TO_CART","CLICK","SIGN_UP"]',
      ),
    );
    await waitFor(async () => expect((await cells())[3]).toMatch(/^4\. SIGN_UP/));
  });

  it("move by keyboard, and the focus with them", async () => {
    serve(makeState());
    const opened = open(`${TWO}&filter=2:os:iOS`);

    (await screen.findByRole("button", { name: "Move step 2 up" })).focus();
    await opened.user.keyboard("{Enter}");

    await waitFor(() =>
      expect(place(opened)).toBe(
        '/funnels?step=["ADD_TO_CART","PAGE_VIEW"]&filter=["1:os:iOS"]',
      ),
    );
    expect(screen.getByRole("button", { name: "Move step 1 up" })).toHaveFocus();
    expect(screen.getByText("Step 2 is now step 1.")).toBeInTheDocument();

    await opened.user.keyboard("{Enter}"); // it is at the top already
    expect(place(opened)).toContain('["ADD_TO_CART","PAGE_VIEW"]');
  });

  it("are taken away, and back", async () => {
    serve(makeState());
    const opened = open(`${TWO}&filter=1:os:iOS`);
    const { user } = opened;

    await user.click(await screen.findByRole("button", { name: "Remove step 1" }));
    expect(await screen.findByText("One more step is needed")).toBeVisible();
    expect(place(opened)).toBe('/funnels?step=["ADD_TO_CART"]');
    await expectAccessible();

    await user.click(screen.getByRole("button", { name: "Undo" }));
    await waitFor(() =>
      expect(place(opened)).toBe(
        '/funnels?step=["PAGE_VIEW","ADD_TO_CART"]&filter=["1:os:iOS"]',
      ),
    );
    expect(await cells()).toHaveLength(2);
  });

  it("keep their type when what is written is none", async () => {
    serve(makeState());
    const opened = open(TWO);
    const type = await screen.findByRole("combobox", { name: "Event type of step 1" });

    await opened.user.clear(type);
    await opened.user.type(type, "¿qué?{Enter}");

    expect(type).toHaveValue("PAGE_VIEW");
    expect(place(opened)).toBe(TWO);
  });

  it("all gone, an example helps again", async () => {
    serve(makeState());
    const opened = open("/funnels?step=[]");

    await opened.user.click(
      await screen.findByRole("button", { name: "Begin with an example" }),
    );

    await waitFor(() =>
      expect(place(opened)).toBe('/funnels?step=["PAGE_VIEW","ADD_TO_CART"]'),
    );
  });
});

describe("a condition", () => {
  it("is put on a step, with values to choose from", async () => {
    const asked = serve(makeState());
    const opened = open(TWO);
    const { user } = opened;

    await user.click(
      await screen.findByRole("button", { name: "Add a condition to step 2" }),
    );
    await user.click(screen.getByRole("combobox", { name: "Property" }));
    await user.click(await screen.findByRole("option", { name: "Channel" }));
    await user.click(screen.getByRole("combobox", { name: "Value" }));
    await user.click(await screen.findByRole("option", { name: "Paid social" }));
    await user.click(screen.getByRole("button", { name: "Add" }));

    await waitFor(() =>
      expect(place(opened)).toBe(
        '/funnels?step=["PAGE_VIEW","ADD_TO_CART"]&filter=["2:channel:paid_social"]',
      ),
    );
    expect(asked.some((one) => one.includes("by=channel&eventType=ADD_TO_CART"))).toBe(
      true,
    );
    const chip = await screen.findByRole("button", {
      name: "Remove the filter Channel: Paid social",
    });
    await expectAccessible();

    await user.click(chip);
    await waitFor(() => expect(place(opened)).toBe(TWO_WRITTEN));
  });

  it("may be that something is there at all, by a key of one's own", async () => {
    serve(makeState());
    const opened = open(TWO);
    const { user } = opened;

    await user.click(
      await screen.findByRole("button", { name: "Add a condition to step 1" }),
    );
    await user.click(screen.getByRole("combobox", { name: "Property" }));
    await user.click(await screen.findByRole("option", { name: "Metadata key…" }));
    await user.type(screen.getByLabelText("Metadata key"), "plan");
    await user.click(screen.getByRole("combobox", { name: "Comparison" }));
    await user.click(await screen.findByRole("option", { name: "is not empty" }));
    await user.click(screen.getByRole("button", { name: "Add" }));

    await waitFor(() => expect(place(opened)).toContain('filter=["1:metadata.plan!:"]'));
    expect(
      screen.getByRole("button", { name: "Remove the filter plan: not (none)" }),
    ).toBeVisible();
  });
});

const TWO_WRITTEN = '/funnels?step=["PAGE_VIEW","ADD_TO_CART"]';

describe("the time to finish", () => {
  it("is told when it is written, in its own unit", async () => {
    serve(makeState());
    const opened = open(TWO);
    const { user } = opened;
    const field = await screen.findByLabelText("Time to finish");
    expect(field).toHaveValue("1");

    await user.clear(field);
    await user.type(field, "14{Enter}");
    await waitFor(() => expect(place(opened)).toContain("window=20160"));

    await user.click(screen.getByRole("combobox", { name: "Time to finish: unit" }));
    await user.click(await screen.findByRole("option", { name: "hours" }));
    await waitFor(() => expect(place(opened)).toContain("window=840"));
  });
});

describe("who opens the funnels", () => {
  it("and nobody began is told so", async () => {
    serve(makeState({ perDay: 0 }));
    open(TWO);
    expect(await screen.findByText("Nobody began this funnel")).toBeVisible();
  });

  it("and few began is warned", async () => {
    serve(makeState({ perDay: 40 }));
    open(TWO);
    expect(await screen.findByText(/Only 10 visitors began/)).toBeVisible();
  });

  it("before the first event is led to the sites", async () => {
    serve(makeState({ sites: [makeSite({ firstEventAt: null, lastEventAt: null })] }));
    open("/funnels");
    expect(await screen.findByText("No event has arrived yet")).toBeVisible();
  });

  it("may try again what failed", async () => {
    const state = makeState();
    serve(state);
    fail(path(state), 422, "bad_funnel");
    const { user } = open(TWO);
    await screen.findByText("The server did not accept these data.");

    serve(state);
    await user.click(screen.getByRole("button", { name: "Try again" }));

    expect(await table()).toBeVisible();
  });

  it("and may not see figures is told so", async () => {
    const state = makeState();
    state.me.user.role = "asesor";
    serve(state);
    open("/funnels");

    expect(
      await screen.findByRole("heading", { name: /not for your role/ }),
    ).toBeVisible();
  });
});
