import { screen, waitFor, within } from "@testing-library/react";
import { describe, expect, it } from "vitest";

import { makeCrm, makeReceived, makeSource } from "../../../dev/fake-crm";
import { makeState } from "../../../dev/fake-pista";
import { expectAccessible, open } from "../../test/render";
import { fail, serve } from "../../test/server";

const PATH = "/settings/crm";

describe("webhook sources", () => {
  it("are made, and their secret is shown once, beside the steps", async () => {
    const state = makeState({ crm: makeCrm({ sources: [] }) });
    serve(state);
    const { user, place } = open(PATH);

    expect(await screen.findByText("No CRM is connected yet")).toBeVisible();
    await user.click(screen.getByRole("button", { name: "Connect a CRM" }));
    const dialog = within(await screen.findByRole("dialog"));
    await user.click(dialog.getByRole("button", { name: "Connect a CRM" }));
    expect(dialog.getByText("Enter a name.")).toBeVisible();
    await expectAccessible();
    await user.type(dialog.getByLabelText("Name"), "GHL Lima");
    await user.click(dialog.getByRole("button", { name: "Connect a CRM" }));

    expect(await screen.findByRole("heading", { name: "GHL Lima" })).toBeVisible();
    expect(screen.getByRole("textbox", { name: "Secret" })).toHaveValue("whs_shown-once");
    expect(place()).toBe(`${PATH}/${state.crm.sources[0]?.id ?? ""}`);
    expect(screen.getByText("Waiting for the first webhook…")).toBeVisible();
    await expectAccessible();
  });

  it("say how it goes with each", async () => {
    serve(makeState());
    open(PATH);

    expect(await screen.findByText("1 failed")).toBeVisible();
    expect(screen.getAllByText("42 in 24 hours")).toHaveLength(2);
    expect(screen.getByText("Off")).toBeVisible();
  });

  it("are switched off instead of deleted, or deleted", async () => {
    const state = makeState();
    serve(state);
    const { user, place } = open(`${PATH}/ghl`);

    await user.click(await screen.findByRole("button", { name: "Delete" }));
    const dialog = within(await screen.findByRole("dialog"));
    await user.click(dialog.getByRole("button", { name: "Switch it off instead" }));
    await waitFor(() => expect(state.crm.sources[0]?.enabled).toBe(false));

    await user.click(await screen.findByRole("button", { name: "Delete" }));
    const again = within(await screen.findByRole("dialog"));
    await user.click(again.getByRole("button", { name: "Delete" }));
    await waitFor(() => expect(place()).toBe(PATH));
    expect(state.crm.sources.map(({ id }) => id)).toEqual(["own"]);
  });

  it("get a new secret", async () => {
    serve(makeState());
    const { user } = open(`${PATH}/ghl`);

    await user.click(await screen.findByRole("button", { name: "New secret" }));
    const dialog = within(await screen.findByRole("dialog"));
    await user.click(dialog.getByRole("button", { name: "New secret" }));

    expect(await screen.findByRole("textbox", { name: "Secret" })).toHaveValue(
      "whs_shown-once-2",
    );
  });

  it("can be asked for again when the server is away", async () => {
    serve(makeState());
    fail("/api/webhook-sources", 503, "unavailable");
    open(PATH);

    expect(await screen.findByRole("button", { name: "Try again" })).toBeVisible();
  });
});

describe("the steps for GoHighLevel", () => {
  it.each([
    [{ rstk_vid: "{{contact.rstk_vid}}" }, /template that nobody filled in/],
    [{ rstk_vid: "" }, /came empty/],
    [{ email: "ana@correo.example" }, /had no rstk_vid/],
  ])("say what is wrong with %j", async (payload, said) => {
    const received = makeReceived({ payload, visitorId: null, read: { email: "a" } });
    serve(makeState({ crm: makeCrm({ received: { ghl: [received] } }) }));
    open(`${PATH}/ghl`);

    expect(await screen.findByText(said)).toBeVisible();
    expect(screen.getByText(/A webhook arrived \d sec ago/)).toBeVisible();
  });

  it("say that the visitor was in it", async () => {
    serve(makeState());
    open(`${PATH}/ghl`);

    expect(await screen.findByText(/carried the visitor’s id: v17/)).toBeVisible();
  });
});

describe("send me a test", () => {
  it("shows the sample that came in by the real door", async () => {
    const state = makeState();
    const asked = serve(state);
    const { user } = open(`${PATH}/ghl`);

    await user.type(
      await screen.findByLabelText("This source’s secret"),
      "whs_shown-once",
    );
    await user.click(screen.getByRole("button", { name: "Send a sample" }));

    expect(await screen.findByText("This came")).toBeVisible();
    expect(asked).toContain("POST /webhooks/ghl/ghl");
    expect(await screen.findAllByText(/muestra\+/)).not.toHaveLength(0);
    await expectAccessible();
  });
});

describe("what was received", () => {
  it("is tried again where it failed", async () => {
    const received = makeReceived({ state: "failed", detail: "The disk was full." });
    const state = makeState({ crm: makeCrm({ received: { ghl: [received] } }) });
    serve(state);
    const { user } = open(`${PATH}/ghl`);

    expect(await screen.findByText("The disk was full.")).toBeVisible();
    await user.click(screen.getByRole("button", { name: /^Try the one of/ }));

    await waitFor(() => expect(received.state).toBe("done"));
    expect(await screen.findByText("It is being tried again.")).toBeVisible();
  });

  it("is shown as it came", async () => {
    serve(makeState());
    const { user } = open(`${PATH}/ghl`);

    await user.click(await screen.findByRole("button", { name: /^Show the webhook/ }));
    const dialog = within(await screen.findByRole("dialog"));

    expect(await dialog.findByText(/"contact_id": "ghl-1"/)).toBeVisible();
    expect(
      dialog.getByText("The visitor is linked, with all of its visits."),
    ).toBeVisible();
  });
});

describe("the mapping of any other system", () => {
  it("is made by clicks, tried at once, saved and applied", async () => {
    const payload = { data: { mail: "luz@correo.example", plan: "anual" } };
    const received = makeReceived({ id: "r1", payload, state: "ignored" });
    const source = makeSource({ id: "own", kind: "generic", mapping: {} });
    const state = makeState({
      crm: makeCrm({ sources: [source], received: { own: [received] } }),
    });
    serve(state);
    const { user } = open(`${PATH}/own`);

    expect(
      await screen.findByText("It names nobody: no contact id, e-mail or phone."),
    ).toBeVisible();
    await user.click(screen.getByRole("button", { name: /^mail: luz.* is: E-mail/ }));
    await user.type(screen.getByLabelText("New attribute"), "plan");
    await user.click(screen.getByRole("button", { name: "Add attribute" }));
    await user.click(screen.getByRole("button", { name: "plan: anual is: plan" }));
    await expectAccessible();

    expect(screen.getByLabelText("Place of: E-mail")).toHaveValue("data.mail");
    await user.click(screen.getByRole("button", { name: "Save" }));
    await waitFor(() =>
      expect(source.mapping).toEqual({
        email: "data.mail",
        attributes: { plan: "data.plan" },
      }),
    );
    await user.click(screen.getByRole("button", { name: "Apply to 1 received" }));
    await waitFor(() => expect(state.crm.replayed).toEqual(["r1"]));
  });
});

describe("the mapping of a shop's sales", () => {
  it("takes the shop's own words for states, and applies them to what came", async () => {
    const payload = { order: { code: "77", total: 15990, state: "Embalado" } };
    const received = makeReceived({ id: "r1", payload, state: "ignored" });
    const source = makeSource({
      id: "loja",
      kind: "sale",
      saleMapping: {
        externalId: "order.code",
        amount: "order.total",
        amountInCents: false,
        defaultCurrency: "BRL",
        status: "order.state",
        statuses: { Enviado: "pending" },
      },
    });
    const state = makeState({
      crm: makeCrm({ sources: [source], received: { loja: [received] } }),
    });
    serve(state);
    const { user } = open(`${PATH}/loja`);

    expect(
      await screen.findByText("It says no state that is known: add the shop’s word."),
    ).toBeVisible();
    expect(screen.getByLabelText("Word")).toHaveValue("Embalado");
    await user.click(screen.getByRole("button", { name: "Add word" }));
    expect(await screen.findByText(/^R\$15,990.00 · Paid · 77/)).toBeVisible();
    await user.click(screen.getByRole("combobox", { name: "“Enviado” means" }));
    await user.click(await screen.findByRole("option", { name: "Paid" }));
    await user.click(
      screen.getByRole("combobox", { name: "Currency, where the order names none" }),
    );
    await user.click(await screen.findByRole("option", { name: "CLP" }));
    await expectAccessible();
    await user.click(screen.getByRole("button", { name: "Save" }));

    await waitFor(() =>
      expect(source.saleMapping).toMatchObject({
        defaultCurrency: "CLP",
        statuses: { Enviado: "paid", Embalado: "paid" },
      }),
    );
    await user.click(screen.getByRole("button", { name: "Take away: Enviado" }));
    expect(screen.queryByText("Enviado")).toBeNull();
    await user.click(screen.getByRole("button", { name: "Apply to 1 received" }));
    await waitFor(() => expect(state.crm.replayed).toEqual(["r1"]));
  });

  it("says how a time is understood, and whose numbers the orders have", async () => {
    const source = makeSource({
      id: "loja",
      kind: "sale",
      saleMapping: {
        externalId: null,
        amount: null,
        status: null,
        amountInCents: false,
        defaultCurrency: "BRL",
        occurredAt: "at",
        timeZone: "Europe/Madrid",
        numbers: "own",
      },
    });
    const received = makeReceived({ payload: { at: "2025-11-29 10:00" } });
    serve(
      makeState({ crm: makeCrm({ sources: [source], received: { loja: [received] } }) }),
    );
    const { user } = open(`${PATH}/loja`);

    expect(
      await screen.findByText(
        "“2025-11-29 10:00”, read in the time of Madrid, is Nov 29, 2025, 6:00 AM (Sao Paulo).",
      ),
    ).toBeVisible();
    await user.click(screen.getByLabelText("Its order numbers are the company’s"));
    await user.click(screen.getByRole("button", { name: "Save" }));

    await waitFor(() => expect(source.saleMapping).toMatchObject({ numbers: "shared" }));
  });
});
