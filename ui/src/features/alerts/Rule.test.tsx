import { act, screen, waitFor, within } from "@testing-library/react";
import { describe, expect, it } from "vitest";

import { makeState } from "../../../dev/fake-pista";
import { expectAccessible, open } from "../../test/render";
import { fail, serve } from "../../test/server";
import { FakeSocket } from "../../test/socket";

const ruleOf = (state: ReturnType<typeof makeState>, id: string) =>
  state.alerts.rules.find((rule) => rule.id === id)!;
const HOW = /Expected is the median of the same hour of the same weekday/;

describe("a new alert", () => {
  it("is drawn while it is written, and says how expected is worked out", async () => {
    const asked = serve(makeState());
    const { user } = open("/alerts/new");

    expect(await screen.findByText(HOW)).toBeVisible();
    expect(
      screen.getByText("In the past 14 days it would have fired 1 time."),
    ).toBeVisible();
    expect(screen.getByText("Within the usual")).toBeVisible();
    await expectAccessible();

    await user.click(screen.getByRole("radio", { name: "4 weeks" }));
    await waitFor(() =>
      expect(
        asked.filter((one) => one.startsWith("POST /api/alerts/preview?from=")),
      ).toHaveLength(2),
    );
  });

  it("asks for a limit when it has one, and shows what is usual until then", async () => {
    const state = makeState();
    serve(state);
    const { user, place } = open("/alerts/new?kind=threshold");

    expect(
      await screen.findByText("This is what is usual: choose a limit."),
    ).toBeVisible();
    await user.click(screen.getByRole("button", { name: "Create alert" }));
    expect(await screen.findByText(/Write a number/)).toBeVisible();
    expect(place()).toBe("/alerts/new?kind=threshold");

    await user.type(screen.getByLabelText("Limit"), "450");
    expect(
      (await screen.findAllByText(/it would have fired \d+ times?\./))[0],
    ).toBeVisible();
    await user.click(screen.getByRole("button", { name: "Create alert" }));

    const rule = await waitFor(() => {
      const made = state.alerts.rules.at(-1)!;
      expect(made.threshold).toBe(450);
      return made;
    });
    expect(rule).toMatchObject({
      name: "Events: above 450 in 1 hr",
      kind: "threshold",
      comparison: "above",
      windowMinutes: 60,
      webhookUrl: null,
    });
    await waitFor(() => expect(place()).toBe(`/alerts/${rule.id}`));
    expect(
      await screen.findByRole("heading", { name: "Events: above 450 in 1 hr" }),
    ).toBeVisible();
  });

  it("with a webhook shows its secret once, and can try it", async () => {
    const state = makeState();
    serve(state);
    const { user, place } = open("/alerts/new?kind=silence");

    await user.type(await screen.findByLabelText("Webhook"), "avisos.example");
    await user.click(screen.getByRole("button", { name: "Create alert" }));
    expect(await screen.findByText("Write a whole address: https://…")).toBeVisible();

    await user.clear(screen.getByLabelText("Webhook"));
    await user.type(screen.getByLabelText("Webhook"), "https://avisos.example/a");
    await user.type(screen.getByLabelText("Name"), "Silencio");
    await user.click(screen.getByRole("button", { name: "Create alert" }));

    const dialog = await screen.findByRole("dialog", { name: "The webhook's secret" });
    expect(within(dialog).getByText("whsec_3q7Vb1s0nTzYxk9")).toBeVisible();
    await user.click(within(dialog).getByRole("button", { name: "Send a test" }));
    expect(
      await within(dialog).findByText("It arrived: answered 200 in 48 ms."),
    ).toBeVisible();
    await expectAccessible();

    await user.click(within(dialog).getByRole("button", { name: "I have kept it" }));
    await waitFor(() => expect(place()).toBe(`/alerts/${state.alerts.rules.at(-1)!.id}`));
    expect(screen.queryByText("whsec_3q7Vb1s0nTzYxk9")).not.toBeInTheDocument();
  });

  it("keeps what was written when the server refuses the address", async () => {
    serve(makeState());
    fail("/api/alerts/rules", 422, "bad_webhook_url");
    const { user } = open("/alerts/new?kind=silence");

    await user.type(await screen.findByLabelText("Webhook"), "http://10.0.0.1/");
    await user.click(screen.getByRole("button", { name: "Create alert" }));

    expect(await screen.findByText(/This address is not accepted/)).toBeVisible();
    expect(screen.getByLabelText("Webhook")).toHaveValue("http://10.0.0.1/");
  });

  it("is an administrator's to make", async () => {
    const state = makeState();
    state.me.user.role = "gtr";
    serve(state);
    const { place } = open("/alerts/new");

    expect(
      await screen.findByRole("heading", { name: /not for your role/ }),
    ).toBeVisible();
    expect(place()).toBe("/alerts/new");
  });
});

describe("an alert", () => {
  it("shows what it saw against what it expected, as a table too", async () => {
    serve(makeState());
    const { user } = open("/alerts/rule-anomaly");

    expect(
      await screen.findByRole("figure", {
        name: /Visitors in 1 hr\. In the past 14 days/,
      }),
    ).toBeVisible();
    expect(screen.getByText(HOW)).toBeVisible();
    expect(await screen.findByText("Recovered after 2 hr")).toBeVisible();
    await expectAccessible();
    await user.click(screen.getByRole("button", { name: "Show as table" }));

    expect(screen.getAllByText("Fires")).toHaveLength(1 + 3);
    expect(screen.getByText("Expected", { selector: "th" })).toBeVisible();
  });

  it("is changed, and what is written is not lost to news", async () => {
    const state = makeState();
    const asked = serve(state);
    const { user, place } = open("/alerts/rule-anomaly");

    await user.click(await screen.findByRole("button", { name: "Edit" }));
    const name = await screen.findByLabelText("Name");
    await user.clear(name);
    await user.type(name, "Tráfico raro");
    ruleOf(state, "rule-anomaly").sensitivity = 9; // somebody else, meanwhile
    asked.length = 0;
    act(() => FakeSocket.last.say({ type: "alert_changed", ruleId: "rule-anomaly" }));
    await waitFor(() => expect(asked).toContain("GET /api/alerts/rules"));
    await user.click(screen.getByRole("combobox", { name: "Tell me if it is" }));
    await user.click(await screen.findByRole("option", { name: "Below the expected" }));
    await user.click(screen.getByRole("button", { name: "Save" }));

    expect(await screen.findByRole("heading", { name: "Tráfico raro" })).toBeVisible();
    expect(place()).toBe("/alerts/rule-anomaly");
    expect(ruleOf(state, "rule-anomaly")).toMatchObject({
      comparison: "below",
      sensitivity: 4,
    });
    expect(asked).toContain("PATCH /api/alerts/rules/rule-anomaly");
  });

  it("is deleted after a question", async () => {
    const state = makeState();
    serve(state);
    const { user, place } = open("/alerts/rule-young");

    await user.click(await screen.findByRole("button", { name: "Delete" }));
    const dialog = await screen.findByRole("dialog", { name: "Delete the alert" });
    await waitFor(() =>
      expect(within(dialog).getByRole("button", { name: "Cancel" })).toHaveFocus(),
    );
    expect(within(dialog).getByText(/“Carritos” will watch no more/)).toBeVisible();
    await user.click(within(dialog).getByRole("button", { name: "Delete" }));

    await waitFor(() => expect(place()).toBe("/alerts"));
    expect(state.alerts.rules.map(({ id }) => id)).not.toContain("rule-young");
    expect(await screen.findByText("Alert deleted.")).toBeVisible();
  });

  it("gets a new secret after a question, and says what a test came to", async () => {
    const state = makeState();
    state.alerts.tested = { status: 500, error: "It answered 500.", milliseconds: 9 };
    serve(state);
    const { user } = open("/alerts/rule-silence");

    await user.click(await screen.findByRole("button", { name: "Send a test" }));
    expect(await screen.findByText("It did not arrive: It answered 500.")).toBeVisible();

    await user.click(screen.getByRole("button", { name: "New secret" }));
    await user.click(await screen.findByRole("button", { name: "Make a new secret" }));
    expect(await screen.findByText("whsec_nuevo")).toBeVisible();
  });

  it("that is no more says so", async () => {
    serve(makeState());
    open("/alerts/nobody");
    expect(await screen.findByText("This alert is no more")).toBeVisible();
  });

  it("can be read by a supervisor, and not changed", async () => {
    const state = makeState();
    state.me.user.role = "gtr";
    serve(state);
    open("/alerts/rule-silence?edit=true");

    expect(await screen.findByText("https://avisos.aurora.example/pista")).toBeVisible();
    for (const name of ["Pause", "Edit", "Delete", "Send a test", "Resend", "Save"]) {
      expect(screen.queryByRole("button", { name })).not.toBeInTheDocument();
    }
  });
});
