import { screen, waitFor, within } from "@testing-library/react";
import { describe, expect, it } from "vitest";

import { makeConversions, makeDestination } from "../../../dev/fake-conversions";
import { makeState } from "../../../dev/fake-pista";
import { expectAccessible, open } from "../../test/render";
import { fail, serve } from "../../test/server";

const LOG = "/conversions";
const DESTINATIONS = "/settings/destinations";

describe("the log of conversions", () => {
  it("says why something is not sent, and keeps the filter in the address", async () => {
    serve(makeState());
    const { user, place } = open(LOG);

    expect(
      await screen.findByText("The buyer does not want their data shared."),
    ).toBeVisible();
    expect(screen.getAllByRole("listitem").length).toBeGreaterThan(2);
    expect(screen.getAllByText(/· Rosas BR$/)).not.toHaveLength(0);
    await expectAccessible();
    await user.click(screen.getByRole("combobox", { name: "State" }));
    await user.click(await screen.findByRole("option", { name: "Sent (1)" }));

    await waitFor(() => expect(place()).toBe(`${LOG}?state=sent`));
    await waitFor(() =>
      expect(screen.queryByText("The buyer does not want their data shared.")).toBeNull(),
    );
    expect(screen.getAllByText("Ana Flores")).toHaveLength(1);
    await user.click(screen.getByRole("combobox", { name: "Destination" }));
    await user.click(await screen.findByRole("option", { name: "Meta Aurora" }));
    await user.click(screen.getByRole("combobox", { name: "What is told" }));
    await user.click(await screen.findByRole("option", { name: "Chargeback" }));
    await user.type(screen.getByRole("searchbox"), "A-1001");

    await waitFor(() =>
      expect(place()).toBe(`${LOG}?state=sent&destination=meta-1&name=Chargeback&q=A-1001`),
    );
    expect(await screen.findByText("Nothing fits these filters")).toBeVisible();
    await user.click(screen.getAllByRole("button", { name: "Show all" })[0]!);
    await waitFor(() => expect(place()).toBe(LOG));
  });

  it("shows what was sent, why the click was taken, and what would help", async () => {
    serve(makeState());
    open(`${LOG}?event=purchase:sale-1&at=meta-1`);

    const drawer = within(await screen.findByRole("dialog"));
    expect(
      await drawer.findByText(
        "It would rise with: the phone, the contact, the day of birth",
      ),
    ).toBeVisible();
    expect(await drawer.findByText("the click that counts was here.")).toBeVisible();
    expect(drawer.getByText(/5f3c0e…/)).toBeVisible();
    expect(drawer.getByText("AbCdEf123")).toBeVisible();
    expect(drawer.getByRole("link", { name: "See the sale" })).toHaveAttribute(
      "href",
      "/sales?sale=sale-1",
    );
    expect(drawer.queryByRole("button", { name: "Send again" })).toBeNull();
    await expectAccessible();
  });

  it("gives the focus back to the row that it was opened from", async () => {
    serve(makeState());
    const { user, place } = open(LOG);

    const row = (await screen.findAllByRole("button", { name: /Purchase/ }))[0]!;
    await user.click(row);
    await screen.findByRole("dialog");
    await user.keyboard("{Escape}");

    await waitFor(() => expect(place()).toBe(LOG));
    await waitFor(() => expect(row).toHaveFocus());
  });

  it("has somebody look before something is sent that may have arrived", async () => {
    const state = makeState();
    serve(state);
    const { user } = open(`${LOG}?event=purchase:sale-3&at=meta-1`);

    await user.click(await screen.findByRole("button", { name: "Send again" }));
    await user.click(
      await screen.findByRole("button", { name: "It is not there: send it" }),
    );

    await waitFor(() =>
      expect(state.conversions.resent).toEqual([
        { eventId: "purchase:sale-3", hasLooked: true },
      ]),
    );
  });

  it("puts a paused destination at the top", async () => {
    const paused = makeDestination({
      state: "paused",
      pausedWhy: "Error validating access token.",
      waiting: 7,
    });
    serve(makeState({ conversions: makeConversions({ destinations: [paused] }) }));
    open(LOG);

    const alert = within(await screen.findByRole("alert"));
    expect(alert.getByText("Meta Aurora is paused")).toBeVisible();
    expect(
      await screen.findByRole("link", { name: /1 destination is paused/ }),
    ).toBeVisible();
    expect(alert.getByText(/7 conversions wait/)).toBeVisible();
  });

  it("is empty, or cannot be had", async () => {
    serve(makeState({ conversions: makeConversions({ deliveries: [] }) }));
    open(LOG);
    expect(await screen.findByText("Nothing has been sent yet")).toBeVisible();
  });
});

describe("destinations", () => {
  it("are connected step by step, with what is missing", async () => {
    const state = makeState({ conversions: makeConversions({ destinations: [] }) });
    serve(state);
    const { user, place } = open(DESTINATIONS);

    expect(await screen.findByText("There is no destination yet")).toBeVisible();
    await user.click(screen.getByRole("button", { name: "Connect a destination" }));
    expect(place()).toBe(`${DESTINATIONS}?open=new`);
    const dialog = within(await screen.findByRole("dialog"));
    await user.click(dialog.getByRole("button", { name: "Connect a destination" }));
    expect(dialog.getAllByText("This is needed.")).toHaveLength(2);
    await expectAccessible();
    await user.type(dialog.getByLabelText("Pixel number"), "1234567890");
    await user.type(dialog.getByLabelText("Access token"), "EAAG1");
    await user.click(dialog.getByRole("button", { name: "Connect a destination" }));

    await waitFor(() => expect(place()).toBe(DESTINATIONS));
    expect(state.conversions.destinations[0]?.settings).toEqual({
      pixelId: "1234567890",
    });
    expect(state.conversions.secrets["dest-1"]).toEqual({ token: "EAAG1" });
  });

  it("are tried, paused and resumed", async () => {
    const state = makeState();
    serve(state);
    const { user } = open(DESTINATIONS);

    await user.click(await screen.findByRole("button", { name: "Try it" }));
    expect(await screen.findByText("It works: answered in 231 ms.")).toBeVisible();
    await user.click(screen.getByRole("switch", { name: "On" }));
    await waitFor(() => expect(state.conversions.destinations[0]?.state).toBe("off"));
    await expectAccessible();
  });

  it("keep a secret that nobody is shown", async () => {
    const state = makeState();
    serve(state);
    const { user, place } = open(`${DESTINATIONS}?open=meta-1`);

    const dialog = within(await screen.findByRole("dialog"));
    expect(dialog.getByLabelText("Access token")).toHaveValue("");
    await user.clear(dialog.getByLabelText("Name"));
    await user.type(dialog.getByLabelText("Name"), "Meta BR");
    await user.click(dialog.getByRole("button", { name: "Save" }));

    await waitFor(() => expect(place()).toBe(DESTINATIONS));
    expect(state.conversions.destinations[0]?.name).toBe("Meta BR");
    await user.click(screen.getByRole("button", { name: "Change" }));
    await screen.findByRole("dialog", { name: "Meta BR" });
    await user.keyboard("{Escape}");
    await waitFor(() =>
      expect(screen.getByRole("button", { name: "Change" })).toHaveFocus(),
    );
    expect(state.conversions.secrets).toEqual({});
  });

  it("keep what was entered, and nothing that was taken away", async () => {
    const account = { pixelId: "1", whatsappAccountId: "55", limitedDataUse: true };
    const destinations = [makeDestination({ settings: account })];
    const state = makeState({ conversions: makeConversions({ destinations }) });
    serve(state);
    const { user, place } = open(`${DESTINATIONS}?open=meta-1`);

    const dialog = within(await screen.findByRole("dialog"));
    await user.clear(dialog.getByLabelText(/WhatsApp Business account/));
    await user.click(dialog.getByRole("checkbox", { name: /Limited data use/ }));
    await user.click(dialog.getByRole("combobox", { name: "Where sales happen" }));
    await user.click(await screen.findByRole("option", { name: "Phone call" }));
    await user.click(dialog.getByRole("button", { name: "Save" }));

    await waitFor(() => expect(place()).toBe(DESTINATIONS));
    expect(state.conversions.destinations[0]?.settings).toEqual({
      pixelId: "1",
      actionSource: "phone_call",
    });
  });

  it("that follow orders are told of all that becomes of them", async () => {
    const state = makeState({ conversions: makeConversions({ destinations: [] }) });
    serve(state);
    const { user } = open(`${DESTINATIONS}?open=new`);

    const dialog = within(await screen.findByRole("dialog"));
    await user.click(dialog.getByRole("combobox", { name: "Platform" }));
    await user.click(await screen.findByRole("option", { name: "Google Ads" }));
    expect(dialog.getByRole("combobox", { name: "Google's interface" })).toHaveValue(
      "Data Manager (new accounts)",
    );
    await user.click(dialog.getByRole("combobox", { name: "Platform" }));
    await user.click(await screen.findByRole("option", { name: "UTMify" }));

    expect(dialog.getByRole("checkbox", { name: "Refund" })).toBeChecked();
    expect(dialog.getByRole("checkbox", { name: "Chargeback" })).toBeChecked();
    expect(dialog.queryByRole("checkbox", { name: "Lead" })).toBeNull();
  });

  it("say what went wrong", async () => {
    const state = makeState();
    serve(state);
    fail("/api/destinations/meta-1/backfill", 503, "unavailable");
    const { user } = open(DESTINATIONS);

    await user.click(await screen.findByRole("button", { name: "Send the past 7 days" }));

    expect(await screen.findByRole("alert")).toBeVisible();
  });
});
