import { act, screen, waitFor, within } from "@testing-library/react";
import { describe, expect, it } from "vitest";

import { makeDelivery, makeFiring, makeRule } from "../../../dev/fake-alerts";
import { makeState } from "../../../dev/fake-pista";
import { expectAccessible, open } from "../../test/render";
import { fail, serve } from "../../test/server";
import { FakeSocket } from "../../test/socket";

const item = async (name: RegExp) =>
  (await screen.findByRole("link", { name })).closest("li")!;
const changed = (ruleId: string, state: string) =>
  act(() => FakeSocket.last.say({ type: "alert_changed", ruleId, state }));
const ruleOf = (state: ReturnType<typeof makeState>, id: string) =>
  state.alerts.rules.find((rule) => rule.id === id)!;

describe("the rules", () => {
  it("tell their state, their condition and their last value; what fires comes first", async () => {
    serve(makeState());
    const { user } = open("/");
    await user.click(await screen.findByRole("link", { name: /^Alerts/ }));

    const silence = await item(/La tienda no envía nada/);
    expect(within(silence).getByText("Firing")).toBeVisible();
    expect(within(silence).getByText("Events: none in 30 min")).toBeVisible();
    expect(within(silence).getByText("for 12 min")).toBeVisible();
    expect(silence.previousElementSibling).toBeNull();

    const bots = await item(/Demasiados bots/);
    expect(within(bots).getByText("Paused")).toBeVisible();
    expect(within(bots).getByText("Bot events: above 1,500 in 1 hr")).toBeVisible();
    expect(bots.nextElementSibling).toBeNull();

    const visitors = (await screen.findByText("expected 198.5")).closest("li")!;
    expect(within(visitors).getByText("212")).toBeVisible();
    expect(within(visitors).getByText("expected 198.5")).toBeVisible();
    await expectAccessible();
  });

  it("are paused and resumed on the spot", async () => {
    const state = makeState();
    serve(state);
    const { user } = open("/alerts");

    await user.click(
      await screen.findByRole("switch", {
        name: "Watch with Visitantes fuera de lo normal",
      }),
    );

    await waitFor(() => expect(screen.getAllByText("Paused")).toHaveLength(2));
    expect(ruleOf(state, "rule-anomaly").enabled).toBe(false);
  });

  it("say it when the server refuses, and stay as they are", async () => {
    serve(makeState());
    const { user } = open("/alerts");
    const watch = await screen.findByRole("switch", { name: "Watch with Carritos" });

    fail("/api/alerts/rules/rule-young", 403, "forbidden");
    await user.click(watch);

    expect(await screen.findByText("Your account may not do this.")).toBeVisible();
    await waitFor(() => expect(watch).toBeChecked());
  });

  it("can be looked at by a supervisor, and not changed", async () => {
    const state = makeState();
    state.me.user.role = "gtr";
    serve(state);
    const { place } = open("/alerts");

    await item(/Demasiados bots/);
    expect(screen.queryByRole("switch")).not.toBeInTheDocument();
    expect(screen.queryByRole("link", { name: "New alert" })).not.toBeInTheDocument();
    expect(screen.queryByRole("button", { name: "Resend" })).not.toBeInTheDocument();
    expect(place()).toBe("/alerts");
  });

  it("are none at first, and there is something to begin with", async () => {
    const state = makeState();
    state.alerts.rules = [];
    state.alerts.firings = [];
    serve(state);
    const { user, place } = open("/alerts");

    await user.click(
      await screen.findByRole("link", { name: "Create an alert: Nothing arrives" }),
    );

    expect(await screen.findByRole("radio", { name: /Nothing arrives/ })).toBeChecked();
    expect(place()).toBe("/alerts/new?kind=silence");
  });

  it("offer to try again what failed", async () => {
    const state = makeState();
    serve(state);
    fail("/api/alerts/rules", 403, "forbidden");
    const { user } = open("/alerts");
    await screen.findByText("Could not load");

    serve(state);
    await user.click(screen.getByRole("button", { name: "Try again" }));

    expect(await item(/Carritos/)).toBeVisible();
  });

  it("are nothing for an advisor", async () => {
    const state = makeState();
    state.me.user.role = "asesor";
    const asked = serve(state);
    const { place } = open("/alerts/rule-anomaly");

    expect(
      await screen.findByRole("heading", { name: /not for your role/ }),
    ).toBeVisible();
    expect(place()).toBe("/alerts/rule-anomaly");
    expect(screen.queryByRole("link", { name: /^Alerts/ })).not.toBeInTheDocument();
    expect(asked.filter((one) => one.includes("/api/alerts"))).toEqual([]);
  });
});

describe("the history", () => {
  it("tells how far off it was, for how long, and who heard of it", async () => {
    serve(makeState());
    open("/alerts");

    const list = await screen.findByRole("list", { name: "History" });
    const [now, then] = within(list)
      .getAllByRole("listitem")
      .filter(({ parentElement }) => parentElement === list);
    expect(within(now!).getByText("Firing for 12 min")).toBeVisible();
    expect(within(now!).getByText("Alert: not delivered · 12 attempts")).toBeVisible();
    expect(within(now!).getByText("The webhook answered 503.")).toBeVisible();
    expect(within(then!).getByText("Recovered after 2 hr")).toBeVisible();
    expect(then!).toHaveTextContent("Visitors: 611 · expected 203");
    expect(within(then!).getByText("Recovery: delivered · 3 attempts")).toBeVisible();
  });

  it("is filtered, in the URL too", async () => {
    const asked = serve(makeState());
    const { user, place } = open("/alerts");

    await user.click(await screen.findByRole("radio", { name: "Over" }));
    await waitFor(() =>
      expect(screen.queryByText("Firing for 12 min")).not.toBeInTheDocument(),
    );
    await user.click(screen.getByRole("combobox", { name: "Alert" }));
    await user.click(await screen.findByRole("option", { name: "Carritos" }));

    await screen.findByText("Nothing matches these filters");
    expect(place()).toBe("/alerts?state=recovered&rule=rule-young");
    expect(asked.some((one) => one.includes("ruleId=rule-young&state=recovered"))).toBe(
      true,
    );
    await user.click(screen.getByRole("button", { name: "Show all" }));
    expect(await screen.findByText("Firing for 12 min")).toBeVisible();
  });

  it("goes back as far as somebody wants", async () => {
    const state = makeState();
    const [rule] = state.alerts.rules;
    state.alerts.firings = Array.from({ length: 45 }, (_, index) =>
      makeFiring(rule!, { value: 1000 + index }),
    );
    serve(state);
    const { user } = open("/alerts");
    const list = await screen.findByRole("list", { name: "History" });
    expect(list.children).toHaveLength(20);

    await user.click(screen.getByRole("button", { name: "Show earlier" }));
    await waitFor(() => expect(list.children).toHaveLength(40));
    await user.click(screen.getByRole("button", { name: "Show earlier" }));
    await waitFor(() => expect(list.children).toHaveLength(45));

    expect(screen.queryByRole("button", { name: "Show earlier" })).toBeNull();
  });

  it("has what did not arrive sent again", async () => {
    serve(makeState());
    const { user } = open("/alerts");

    await user.click(await screen.findByRole("button", { name: "Resend" }));

    expect(await screen.findByText("It is being sent again.")).toBeVisible();
    expect(await screen.findByText("Alert: on its way")).toBeVisible();
  });

  it("keeps the name of a rule that is no more", async () => {
    const state = makeState();
    const gone = makeRule({ id: "gone", name: "Campaña de verano" });
    state.alerts.firings = [makeFiring(gone, { deliveries: [makeDelivery()] })];
    serve(state);
    open("/alerts");

    expect(await screen.findByText("Campaña de verano")).toBeVisible();
    expect(
      screen.queryByRole("link", { name: "Campaña de verano" }),
    ).not.toBeInTheDocument();
  });
});

describe("a firing alert", () => {
  it("is seen on every screen, and said when it begins and when it is over", async () => {
    const state = makeState();
    ruleOf(state, "rule-silence").state = "ok";
    serve(state);
    const { user, place } = open("/settings/general");
    await screen.findByRole("heading", { name: "General" });
    await waitFor(() => expect(FakeSocket.all).not.toHaveLength(0));
    expect(screen.queryByText("1 alert firing")).not.toBeInTheDocument();

    Object.assign(ruleOf(state, "rule-anomaly"), { state: "firing", lastValue: 611 });
    changed("rule-anomaly", "firing");

    expect(await screen.findByText("Alert: Visitantes fuera de lo normal")).toBeVisible();
    expect(screen.getByText("Visitors: far from the expected (now 611)")).toBeVisible();
    expect(screen.getByText("1 alert firing")).toBeInTheDocument();
    expect(screen.getByRole("link", { name: "1 alert firing" })).toHaveAttribute(
      "href",
      "/alerts",
    );

    await user.click(screen.getByRole("link", { name: "See the alert" }));
    await waitFor(() => expect(place()).toBe("/alerts/rule-anomaly"));

    ruleOf(state, "rule-anomaly").state = "ok";
    changed("rule-anomaly", "ok");
    expect(
      await screen.findByText("Recovered: Visitantes fuera de lo normal"),
    ).toBeVisible();
    expect(screen.queryByText("1 alert firing")).not.toBeInTheDocument();
  });

  it("that fired before says nothing again", async () => {
    serve(makeState());
    open("/settings/general");
    expect(await screen.findByText("1 alert firing")).toBeInTheDocument();
    expect(screen.queryByText(/^Alert: /)).not.toBeInTheDocument();
  });
});
