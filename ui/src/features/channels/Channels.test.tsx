import { screen, waitFor, within } from "@testing-library/react";
import { describe, expect, it } from "vitest";

import {
  makeChannel,
  makeChannels,
  makeCheck,
  makeItem,
} from "../../../dev/fake-channels";
import { makeInbox } from "../../../dev/fake-inbox";
import { makeState } from "../../../dev/fake-pista";
import { makeNumber } from "../../../dev/fake-sending";
import { expectAccessible, open } from "../../test/render";
import { fail, serve } from "../../test/server";

const PATH = "/settings/channels";

describe("numbers and bots", () => {
  it("are added with what Meta gives, and the verify token is shown once", async () => {
    const state = makeState({ channels: makeChannels({ items: [] }) });
    serve(state);
    const { user, place } = open(PATH);

    expect(await screen.findByText("No numbers or bots yet")).toBeVisible();
    await user.click(screen.getByRole("button", { name: "Add a WhatsApp number" }));
    const dialog = within(await screen.findByRole("dialog"));
    await user.click(dialog.getByRole("button", { name: "Add" }));
    expect(dialog.getByText("Digits only.")).toBeVisible();
    expect(dialog.getAllByText("Paste all of it, without spaces.")).toHaveLength(2);
    await expectAccessible();

    await user.type(dialog.getByLabelText("Phone number ID"), "106540352242922");
    await user.type(dialog.getByLabelText("Access token"), "EAAG-wrong-token");
    await user.type(dialog.getByLabelText("App secret"), "app-secret");
    await user.click(dialog.getByRole("button", { name: "Add" }));
    expect(await dialog.findByRole("alert")).toHaveTextContent(
      "WhatsApp says: Invalid OAuth access token.",
    );
    await user.clear(dialog.getByLabelText("Access token"));
    await user.type(dialog.getByLabelText("Access token"), "EAAG-right-token");
    await user.click(dialog.getByRole("button", { name: "Add" }));

    expect(await screen.findByRole("heading", { name: "Aurora Ventas" })).toBeVisible();
    expect(place()).toBe(`${PATH}/${state.channels.items[0]?.id ?? ""}`);
    expect(screen.getByText("verify-me-once")).toBeVisible();
    await expectAccessible();
  });

  it("take a bot's token, and nothing that is none", async () => {
    const state = makeState({ channels: makeChannels({ items: [] }) });
    serve(state);
    const { user } = open(PATH);

    await user.click(await screen.findByRole("button", { name: "Add a Telegram bot" }));
    const dialog = within(await screen.findByRole("dialog"));
    expect(
      dialog.getByRole("link", { name: "Open @BotFather in Telegram" }),
    ).toHaveAttribute("href", "https://t.me/BotFather");
    await user.type(dialog.getByLabelText("Bot token"), "no token");
    await user.click(dialog.getByRole("button", { name: "Add" }));
    expect(dialog.getByText("That is no token of @BotFather.")).toBeVisible();
    await user.clear(dialog.getByLabelText("Bot token"));
    await user.type(dialog.getByLabelText("Bot token"), "7000000001:AAFake-token");
    await user.click(dialog.getByRole("button", { name: "Add" }));

    expect(await screen.findByRole("heading", { name: "Aurora Bot" })).toBeVisible();
    expect(screen.getByText("https://t.me/aurora_bot?start=")).toBeVisible();
  });

  it("say what is missing, and are connected by a click", async () => {
    const check = makeCheck({
      state: "wrong",
      items: [
        makeItem(),
        makeItem({
          step: "address",
          finding: "wrong",
          toDo: "set_address",
          expected: "https://pista.aurora.example/api/chat/webhook",
          found: "https://another.example/hook",
        }),
        makeItem({
          step: "subscribed",
          finding: "wrong",
          toDo: "subscribe",
          text: "Nobody hears.",
        }),
      ],
    });
    const state = makeState({ channels: makeChannels({ checks: { wa: check } }) });
    serve(state);
    const { user } = open(`${PATH}/wa`);

    expect(await screen.findByText("Something is missing")).toBeVisible();
    expect(screen.getByText("https://another.example/hook")).toBeVisible();
    expect(screen.getByText("WhatsApp says: Nobody hears.")).toBeVisible();
    await expectAccessible();
    await user.click(screen.getByRole("button", { name: "Connect" }));

    expect(await screen.findByText("Connected")).toBeVisible();
    expect(state.channels.connected).toEqual(["wa"]);
  });

  it("change their secret in two steps", async () => {
    const state = makeState();
    serve(state);
    const { user } = open(`${PATH}/wa`);

    await user.click(await screen.findByRole("button", { name: "Change the secret" }));
    const dialog = within(await screen.findByRole("dialog"));
    await user.type(dialog.getByLabelText("App secret"), "the-next-secret");
    await user.click(dialog.getByRole("button", { name: "Add the new secret" }));
    await waitFor(() => expect(state.channels.items[0]?.secrets).toBe(2));

    await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
    await user.click(screen.getByRole("button", { name: "Change the secret" }));
    const again = within(await screen.findByRole("dialog"));
    await user.click(await again.findByRole("button", { name: "Remove the old one" }));
    await waitFor(() => expect(state.channels.items[0]?.secrets).toBe(1));
  });

  it("are switched off, and deleted when that is confirmed", async () => {
    const state = makeState();
    serve(state);
    const { user, place } = open(`${PATH}/wa`);

    await user.click(await screen.findByRole("switch", { name: "On" }));
    await waitFor(() => expect(state.channels.items[0]?.enabled).toBe(false));
    await user.click(screen.getByRole("button", { name: "Delete" }));
    const dialog = within(await screen.findByRole("dialog"));
    await user.click(dialog.getByRole("button", { name: "Delete" }));

    await waitFor(() => expect(place()).toBe(PATH));
    expect(state.channels.items.map(({ id }) => id)).toEqual(["tg"]);
  });

  it("make a new verify token", async () => {
    serve(makeState());
    const { user } = open(`${PATH}/wa`);

    await user.click(await screen.findByRole("button", { name: "New verify token" }));

    expect(await screen.findByText("verify-me-again")).toBeVisible();
  });

  it("say which are off or incomplete", async () => {
    const half = makeChannel({ id: "half", name: "A medias", hasToken: false });
    serve(
      makeState({ channels: makeChannels({ items: [half, ...makeChannels().items] }) }),
    );
    open(PATH);

    expect(await screen.findByText("Incomplete")).toBeVisible();
    expect(screen.getByText("Off")).toBeVisible();
    await expectAccessible();
  });

  it("say why sending is held, and go on", async () => {
    const held = makeChannel({ id: "wa", heldReason: "Session has expired" });
    const number = makeNumber({ channelId: "wa", state: "held", waiting: 2 });
    const state = makeState({
      channels: makeChannels({ items: [held] }),
      inbox: makeInbox({ numbers: [number] }),
    });
    serve(state);
    const { user } = open(`${PATH}/wa`);

    expect(await screen.findByText("WhatsApp says: Session has expired")).toBeVisible();
    await expectAccessible();
    await user.click(screen.getByRole("button", { name: "Resume sending" }));
    expect(await screen.findByText("Sending goes on.")).toBeVisible();
    expect(state.inbox.numbers[0]?.state).toBe("ok");
  });

  it("say so when the list cannot be had, and when one is gone", async () => {
    serve(makeState());
    open(`${PATH}/nobody`);
    expect(
      await screen.findByText("This number or bot is not here any more"),
    ).toBeVisible();
  });

  it("offer to try again", async () => {
    serve(makeState());
    fail("/api/chat/channels", 503, "unavailable");
    open(PATH);
    expect(await screen.findByRole("button", { name: /again/i })).toBeVisible();
  });
});
