import { fireEvent, screen, within } from "@testing-library/react";
import { beforeEach, describe, expect, it, vi } from "vitest";

import { makeInbox, makeTalk } from "../../../dev/fake-inbox";
import { everyKind, makeMessage, ours, seldomKinds } from "../../../dev/fake-messages";
import { makeState } from "../../../dev/fake-pista";
import { makeMedia } from "../../../dev/fake-sending";
import type { ChatMessage } from "../../api/model";
import { expectAccessible } from "../../test/render";
import { showPart } from "../../test/part";
import { serve } from "../../test/server";
import { Bubble } from "./Bubble";
import { Viewer } from "./media/Viewer";
import { ADVICE_KEYS } from "./words";

// A busy machine is slow, and not wrong.
function show(...messages: ChatMessage[]) {
  return showPart(
    <Viewer messages={messages}>
      {messages.map((message) => (
        <Bubble
          key={message.id}
          talk={makeTalk(1)}
          message={message}
          joined={false}
          onQuote={() => undefined}
          onTemplate={() => undefined}
        />
      ))}
    </Viewer>,
    makeState(),
  );
}

const all = [...everyKind(), ...seldomKinds()];
const numbered = (seq: number) => all.find((one) => one.seq === seq)!;

describe("a bubble", () => {
  it.each([
    [
      "text from an ad",
      1,
      ["Came from an ad", "Peonías a domicilio", "Hola, vi su anuncio"],
    ],
    ["location", 4, ["Parque Kennedy", "Open on the map"]],
    ["contacts", 5, ["Rosa Díaz", "+51 987 654 321"]],
    ["order", 7, ["1 item", /2 × Ramo de peonías · PEN\s?89.90/]],
    ["button", 8, ["Pressed", "Sí, confirmo"]],
    ["document", 9, ["boleta.pdf", "Download"]],
    ["deleted", 10, ["Message deleted"]],
    ["edited", 15, ["Mejor para el domingo", "edited"]],
    ["system", 16, ["Marta cambió de número"]],
    ["forwarded", 17, ["Forwarded"]],
    ["reply of a list", 105, ["Rosas", "Docena"]],
    ["reply of a form", 106, ["pedido", "distrito", "Surco"]],
    ["reaction that stands alone", 107, ["👍"]],
    ["notice that we have words for", 108, ["Changed their phone number"]],
    ["other notice", 109, ["Notice of the platform: forum_topic_created"]],
    [
      "unsupported",
      110,
      [
        /could not pass this message on/,
        "Message type is currently not supported.",
        "See it as it came",
        /wamid.110/,
      ],
    ],
    ["kind of a newer server", 111, [/does not know this kind/]],
    ["unknown", 14, [/does not know this kind/, "See it as it came", /¿Rosas\?/]],
    [
      "question",
      112,
      ["Flores", "¿Qué flores quieres?", "Ver flores", "Rosas", "Peonías"],
    ],
    ["template", 114, ["Template · pedido_listo", "Hola Bruno, tu pedido está listo."]],
  ] as const)("shows a %s", (_, seq, words) => {
    show(numbered(seq));
    for (const word of words) expect(screen.getByText(word)).toBeInTheDocument();
  });

  it("is never empty", () => {
    const content = { forwarded: false };
    show(makeMessage(1, { kind: "image", text: null, content }));
    expect(screen.getByText("Picture")).toBeVisible();
  });

  it("says nothing twice that stands in a card already", () => {
    const said = { forwarded: false };
    const location = { latitude: 1, longitude: 2, name: "Casa" };
    show(
      makeMessage(1, { kind: "location", text: "Casa", content: { ...said, location } }),
      makeMessage(2, {
        kind: "order",
        text: "Para hoy",
        content: { ...said, order: { text: "Para hoy", items: [] } },
      }),
      numbered(106),
    );
    expect(screen.getAllByText("Casa")).toHaveLength(1);
    expect(screen.getAllByText("Para hoy")).toHaveLength(1);
    expect(screen.queryByText("secret")).toBeNull();
  });

  it("plays, shows and hands out what comes as a file", async () => {
    show(numbered(3), numbered(101), numbered(102), numbered(103), numbered(104));
    expect(screen.getByRole("button", { name: "Open the picture" })).toBeVisible();
    expect(screen.getByRole("button", { name: "Open the video" })).toBeVisible();
    expect(screen.getByRole("group", { name: "Voice message" })).toBeVisible();
    expect(screen.getByRole("group", { name: "jingle.mp3" })).toBeVisible();
    expect(screen.getByRole("img", { name: "Sticker" })).toBeVisible();
    await expectAccessible();
  });

  it("says how far it got, with words", () => {
    const statuses = [
      "queued",
      "unknown",
      "accepted",
      "sent",
      "delivered",
      "read",
      "played",
    ];
    show(...statuses.map((status, n) => ours(n + 1, status)));
    for (const word of [
      "Queued",
      "Not confirmed",
      "Accepted",
      "Sent",
      "Delivered",
      "Read",
      "Played",
    ]) {
      expect(screen.getByText(word)).toBeInTheDocument();
    }
  });

  it("names who reacted", () => {
    show(numbered(6));
    expect(screen.getByRole("img", { name: "Cliente 1 reacted with ❤️" })).toBeVisible();
  });
});

describe("a failure", () => {
  it.each(ADVICE_KEYS)("is put into words: %s", (key) => {
    const failure = { code: 1, title: "Their words", key, canRetry: true };
    show(ours(1, "failed", { failure }));
    const said = screen.getByText("WhatsApp says: Their words (1)").previousSibling;
    expect(said?.textContent).toMatch(/\w+ \w+/);
    const support = "The platform does not say how to mend it.";
    expect(said?.textContent === support).toBe(key === "ask_support");
    expect(screen.getByRole("button", { name: "Try again" })).toBeVisible();
  });

  it("of which nobody has heard yet has words, too", () => {
    const failure = { code: null, title: null, key: "brand_new", canRetry: false };
    show(ours(1, "failed", { failure }));
    expect(screen.getByText(/does not say how to mend it/)).toBeVisible();
    expect(screen.queryByRole("button", { name: "Try again" })).toBeNull();
  });

  it("that may be none is sent again by somebody who knows that", async () => {
    const inbox = makeInbox();
    serve(makeState({ inbox }));
    const message = numbered(115);
    inbox.messages[makeTalk(1).id] = [message];
    const user = show(message);
    await user.click(screen.getByRole("button", { name: "Try again" }));
    expect(inbox.resent).toEqual([]);
    expect(screen.getByText("It may arrive twice.")).toBeVisible();
    await user.click(screen.getByRole("button", { name: "Send again" }));
    await vi.waitFor(() => expect(inbox.resent).toEqual([message.id]));
  });
});

describe("a reaction", () => {
  it("is one of a few emojis, and the same once more takes it back", async () => {
    const inbox = makeInbox();
    serve(makeState({ inbox }));
    const message = makeMessage(201, { externalId: "wamid.201" });
    inbox.messages[makeTalk(1).id] = [message];
    const user = show(message);

    await user.click(screen.getByRole("button", { name: "React" }));
    await user.click(await screen.findByRole("menuitem", { name: "React with ❤️" }));

    await vi.waitFor(() =>
      expect(message.reactions).toEqual([{ by: "us", emoji: "❤️" }]),
    );
    await expectAccessible();
  });

  it("of our own goes away by a click; to what we wrote WhatsApp takes none", async () => {
    const inbox = makeInbox();
    serve(makeState({ inbox }));
    const reactions = [{ by: "us", emoji: "👍" }];
    const message = makeMessage(202, { externalId: "wamid.202", reactions });
    inbox.messages[makeTalk(1).id] = [message];
    const user = show(message, ours(203, "read"));

    expect(screen.getAllByRole("button", { name: "React" })).toHaveLength(1);
    await user.click(screen.getByRole("button", { name: "Take back 👍" }));

    await vi.waitFor(() => expect(message.reactions).toEqual([]));
  });
});

describe("a voice", () => {
  const play = vi.fn(() => Promise.resolve());
  beforeEach(() => {
    play.mockClear();
    vi.spyOn(HTMLMediaElement.prototype, "play").mockImplementation(play);
    vi.spyOn(HTMLMediaElement.prototype, "pause").mockImplementation(() => undefined);
  });

  it("is played, gone through, and heard faster", async () => {
    const user = show(numbered(102));
    const voice = within(screen.getByRole("group", { name: "Voice message" }));
    await user.click(voice.getByRole("button", { name: "Play" }));
    expect(play).toHaveBeenCalledOnce();

    const place = voice.getByRole("slider", { name: "Position" });
    expect(place).toHaveAttribute("max", "65");
    fireEvent.change(place, { target: { value: "12" } });
    const sound = document.querySelector("audio")!;
    expect(sound.currentTime).toBe(12);
    expect(place).toHaveAttribute("aria-valuetext", "0:12 of 1:05");

    await user.click(voice.getByRole("button", { name: "Speed: 1×" }));
    await user.click(voice.getByRole("button", { name: "Speed: 1.5×" }));
    expect(sound.playbackRate).toBe(2);
    await user.click(voice.getByRole("button", { name: "Speed: 2×" }));
    expect(sound.playbackRate).toBe(1);
  });
});

describe("pictures", () => {
  it("are looked at large, one after the other", async () => {
    const picture = (number: number, filename: string) =>
      makeMessage(number, {
        kind: "image",
        text: null,
        content: { forwarded: false, media: { filename, animated: false } },
      });
    const user = show(picture(1, "uno.jpg"), makeMessage(2), picture(3, "tres.jpg"));
    await user.click(screen.getAllByRole("button", { name: "Open the picture" })[0]!);

    const dialog = await screen.findByRole("dialog", { name: "uno.jpg" });
    expect(within(dialog).getByRole("button", { name: "Previous" })).toBeDisabled();
    const download = within(dialog).getByRole("link", { name: "Download" });
    expect(download).toHaveAttribute("download", "uno.jpg");
    await user.keyboard("{ArrowRight}");
    expect(await screen.findByRole("dialog", { name: "tres.jpg" })).toBeVisible();
    await user.keyboard("{ArrowRight}{ArrowLeft}");
    expect(await screen.findByRole("dialog", { name: "uno.jpg" })).toBeVisible();
    await user.keyboard("{Escape}");
    await vi.waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
  });

  it("that are not here say why, and are fetched again", async () => {
    const inbox = makeInbox();
    const message = numbered(3);
    inbox.media[message.id] = makeMedia({
      id: message.id,
      state: "failed",
      advice: "check_token",
      canRetry: true,
    });
    serve(makeState({ inbox }));
    const user = show(message);
    fireEvent.error(screen.getByRole("img"));
    expect(await screen.findByText(/It could not be fetched/)).toBeVisible();
    await user.click(await screen.findByRole("button", { name: "Fetch it again" }));
    expect(await screen.findByText("The file is on its way…")).toBeVisible();
  });

  it("that no browser shows are files", async () => {
    const inbox = makeInbox();
    const message = numbered(104);
    inbox.media[message.id] = makeMedia({ id: message.id, inline: false });
    serve(makeState({ inbox }));
    show(message);
    fireEvent.error(screen.getByRole("img"));
    expect(await screen.findByRole("link", { name: /Sticker/ })).toHaveAttribute(
      "download",
      "Sticker",
    );
  });
});
