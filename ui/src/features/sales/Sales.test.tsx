import { act, screen, waitFor, within } from "@testing-library/react";
import { describe, expect, it } from "vitest";

import { makeState } from "../../../dev/fake-pista";
import { makeAccount, makeSale, makeSales } from "../../../dev/fake-sales";
import { expectAccessible, open } from "../../test/render";
import { serve } from "../../test/server";

describe("sales and payments", () => {
  it("are listed with what they come to, and refunded after a question", async () => {
    const state = makeState({ sales: makeSales() });
    serve(state);
    const { user } = open("/sales");

    await user.click(await screen.findByRole("button", { name: /Ana Flores/ }));
    const drawer = within(await screen.findByRole("dialog", { name: "Sale" }));
    expect(await drawer.findByText("It was paid")).toBeVisible();
    expect(drawer.getByText("endToEndId: E123")).toBeVisible();
    expect(await drawer.findByText("the click that counts was here.")).toBeVisible();
    expect(
      drawer.getByRole("link", { name: "Which platforms were told" }),
    ).toHaveAttribute("href", `/conversions?sale=${state.sales.items[0]?.id ?? ""}`);
    await user.click(drawer.getByRole("button", { name: "Note a refund" }));
    const sure = within(await screen.findByRole("dialog", { name: "Note a refund" }));
    const amount = sure.getByLabelText("Amount");
    await user.clear(amount);
    await user.type(amount, "20,00");
    await user.click(sure.getByRole("button", { name: "Note a refund" }));
    expect(sure.getByText("At most R$19.99.")).toBeVisible();
    await expectAccessible();
    await user.clear(amount);
    await user.type(amount, "5,00");
    await user.click(sure.getByRole("button", { name: "Note a refund" }));

    await waitFor(() => expect(state.sales.items[0]?.refundedCents).toBe(500));
  });

  it("are won back after a question that says how much", async () => {
    const sale = makeSale({ status: "charged_back", refundedCents: 1999 });
    const refund = { id: "r1", externalId: null, at: sale.createdAt };
    sale.refunds = [
      { ...refund, kind: "refund", amountCents: 500 },
      { ...refund, kind: "chargeback", amountCents: 1499 },
    ];
    const state = makeState({ sales: makeSales({ items: [sale] }) });
    serve(state);
    const { user } = open(`/sales?sale=${sale.id}`);

    await user.click(
      await screen.findByRole("button", { name: "The chargeback was won" }),
    );
    const sure = within(
      await screen.findByRole("dialog", { name: "The chargeback was won" }),
    );
    expect(sure.getByText(/are the R\$14.99 in your account again/)).toBeVisible();
    await user.click(sure.getByRole("button", { name: "The chargeback was won" }));

    await waitFor(() => expect(state.sales.items[0]?.status).toBe("paid"));
  });

  it("are none at first; a Pix needs an account, and says so", async () => {
    const state = makeState({ sales: makeSales({ items: [] }) });
    serve(state);
    const { user } = open("/sales");

    expect(await screen.findByText("There are no sales yet")).toBeVisible();
    await user.click(screen.getByRole("button", { name: "Ask for a Pix" }));
    const dialog = within(await screen.findByRole("dialog"));
    await user.click(dialog.getByRole("button", { name: "Make the Pix" }));
    expect(dialog.getByText("Enter an amount, such as 19.99.")).toBeVisible();
    await user.type(dialog.getByLabelText("Amount"), "19,99");
    await user.click(dialog.getByRole("button", { name: "Make the Pix" }));

    expect(await screen.findByText(/No account can take a payment/)).toBeVisible();
  });

  it("are entered as paid, unless somebody says otherwise, in the usual money", async () => {
    const state = makeState({ sales: makeSales() });
    serve(state);
    const { user } = open("/sales");

    await screen.findByRole("button", { name: /Ana Flores/ });
    await user.click(screen.getByRole("button", { name: "Enter a sale" }));
    const dialog = within(await screen.findByRole("dialog", { name: "Enter a sale" }));
    expect(dialog.getByRole("combobox", { name: "Currency" })).toHaveValue("BRL");
    await user.type(dialog.getByLabelText("Amount"), "50");
    await user.type(dialog.getByLabelText("The buyer's phone"), "+51 987 654 321");
    await expectAccessible();
    await user.click(dialog.getByRole("button", { name: "Save" }));

    expect(await screen.findByRole("dialog", { name: "Sale" })).toBeVisible();
    expect(state.sales.items[0]).toMatchObject({
      status: "paid",
      amountCents: 5000,
      buyer: { phone: "+51 987 654 321" },
    });
  });

  it("are paid by a Pix of their own, if they wait and are in reais", async () => {
    const waits = { status: "pending" as const, charges: [] };
    const items = [
      makeSale({ ...waits, id: "in-reais" }),
      makeSale({ ...waits, id: "in-soles", currency: "PEN", contactName: "Bob" }),
    ];
    serve(makeState({ sales: makeSales({ items }) }));
    const { user, back } = open("/sales");

    await user.click(await screen.findByRole("button", { name: /Bob/ }));
    const bobs = within(await screen.findByRole("dialog", { name: "Sale" }));
    await bobs.findByRole("button", { name: "Mark as paid" });
    expect(bobs.queryByRole("button", { name: "Ask for a Pix" })).toBeNull();
    act(back);
    await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
    await user.click(screen.getByRole("button", { name: /Ana Flores/ }));
    const anas = within(await screen.findByRole("dialog", { name: "Sale" }));
    await user.click(await anas.findByRole("button", { name: "Ask for a Pix" }));

    expect(await screen.findByText(/No account can take a payment/)).toBeVisible();
  });

  it("are closed by the way back, on the same screen", async () => {
    serve(makeState({ sales: makeSales() }));
    const { user, place, back } = open("/sales?status=paid");

    await user.click(await screen.findByRole("button", { name: /Ana Flores/ }));
    await screen.findByRole("dialog", { name: "Sale" });
    act(back);

    await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
    expect(place()).toBe("/sales?status=paid");
  });

  it("are narrowed down by what stands in the address", async () => {
    const items = [makeSale(), makeSale({ status: "refunded", contactName: "Bob" })];
    serve(makeState({ sales: makeSales({ items }) }));
    open("/sales?status=refunded");

    expect(await screen.findByText("Bob")).toBeVisible();
    expect(screen.queryByText("Ana Flores")).toBeNull();
  });
});

describe("where payments are taken", () => {
  it("is a key of one's own, with what is missing said", async () => {
    const state = makeState({ sales: makeSales() });
    serve(state);
    const { user } = open("/settings/pix");

    await user.click(await screen.findByRole("button", { name: "Add an account" }));
    const dialog = within(await screen.findByRole("dialog"));
    await user.click(dialog.getByRole("button", { name: "Save" }));
    expect(dialog.getAllByText("This is needed.")).toHaveLength(4);
    await expectAccessible();
    await user.type(dialog.getByLabelText("Name"), "Caixa");
    await user.type(dialog.getByLabelText("Pix key"), "vendas@loja.example");
    await user.type(dialog.getByLabelText("Name that whoever pays sees"), "Loja");
    await user.type(dialog.getByLabelText("City"), "Lima");
    await user.click(dialog.getByRole("button", { name: "Save" }));

    expect(await screen.findByText("Key: vendas@loja.example")).toBeVisible();
  });

  it("gets a new token without being made again, and never shows the old one", async () => {
    const account = makeAccount({
      gateway: "pushinpay",
      name: "PushinPay",
      hasAccessToken: true,
      pausedReason: "It answered 401. The token is wrong, or may not do this.",
    });
    const state = makeState({ sales: makeSales({ accounts: [account] }) });
    serve(state);
    const { user } = open("/settings/pix");

    await user.click(await screen.findByRole("button", { name: "Change" }));
    const dialog = within(await screen.findByRole("dialog", { name: "PushinPay" }));
    expect(dialog.getByLabelText("Token for the API")).toHaveValue("");
    await user.type(dialog.getByLabelText("Token for the API"), "new-token");
    await user.click(dialog.getByRole("button", { name: "Save" }));

    await waitFor(() =>
      expect(state.sales.accounts[0]).toMatchObject({
        name: "PushinPay",
        accessToken: "new-token",
      }),
    );
    expect(
      screen.getByText(
        "The gateway answered 401: the token is wrong, or may not do this.",
      ),
    ).toBeVisible();
  });

  it("gets another address, where the one before is known to somebody else", async () => {
    const account = makeAccount({ gateway: "pushinpay" });
    serve(makeState({ sales: makeSales({ accounts: [account] }) }));
    const { user } = open("/settings/pix");
    const before = account.noticeUrl;

    await user.click(await screen.findByRole("button", { name: "New address" }));
    const dialog = within(await screen.findByRole("dialog", { name: "New address" }));
    expect(dialog.getByText(/leads nowhere at once/)).toBeVisible();
    await user.click(dialog.getByRole("button", { name: "New address" }));

    expect(await screen.findByText(`${before}-new`)).toBeVisible();
  });
});
