import { fireEvent, screen, waitFor, within } from "@testing-library/react";
import { describe, expect, it } from "vitest";

import { makeInbox } from "../../../../dev/fake-inbox";
import { ago, ours } from "../../../../dev/fake-messages";
import { makeNumber } from "../../../../dev/fake-sending";
import { makeState, type FakeState } from "../../../../dev/fake-pista";
import type { Conversation } from "../../../api/model";
import { showPart } from "../../../test/part";
import { expectAccessible, open } from "../../../test/render";
import { fail, serve } from "../../../test/server";
import { FakeSocket } from "../../../test/socket";
import { usePresence } from "../presence";
import { Composer } from "./Composer";

const FIRST = "ca1a0000-0000-7000-8000-000000000001";
const SECOND = "ca1a0000-0000-7000-8000-000000000002";
const FOURTH = "ca1a0000-0000-7000-8000-000000000004";
/** The composer alone, of the conversation with this id. */
function compose(state: FakeState, id: string) {
  serve(state);
  return {
    user: showPart(
      <Alone talk={state.inbox.talks.find((one) => one.id === id)!} />,
      state,
    ),
  };
}

function Alone({ talk }: { talk: Conversation }) {
  const here = usePresence(talk.id);
  return (
    <Composer
      talk={talk}
      here={here}
      quoted={null}
      onUnquote={() => undefined}
      ref={null}
    />
  );
}

const field = () => screen.findByRole("textbox", { name: "Write a reply" });
/** What the paper clip opens; nobody sees it. */
const choose = (...files: File[]) =>
  fireEvent.change(document.querySelector("input[type=file]")!, { target: { files } });
const fill = (input: HTMLElement, value: string) =>
  fireEvent.change(input, { target: { value } });
const file = (name: string, type: string, size = 10) =>
  new File([new Uint8Array(size)], name, { type });

describe("a template", () => {
  it("is what can be sent when the window is closed: found, filled in, read, sent", async () => {
    const inbox = makeInbox();
    const { user } = compose(makeState({ inbox }), FOURTH);
    await user.click(await screen.findByRole("button", { name: "Choose a template" }));
    const dialog = within(
      await screen.findByRole("dialog", { name: "Choose a template" }),
    );
    const list = within(await dialog.findByRole("list", { name: "Templates" }));
    expect(list.getAllByRole("button")).toHaveLength(3);
    expect(
      dialog.getByText("1 more template is not approved by WhatsApp."),
    ).toBeVisible();
    await user.type(dialog.getByRole("searchbox"), "listo");
    await user.click(await list.findByRole("button", { name: /pedido_listo/ }));

    const preview = within(dialog.getByRole("region", { name: "How it will read" }));
    expect(preview.getByText("Hola {{1}}, tu pedido {{2}} está listo.")).toBeVisible();
    const send = dialog.getByRole("button", { name: "Send template" });
    expect(send).toBeDisabled();
    fill(dialog.getByLabelText("Variable {{1}}"), "Marta");
    fill(dialog.getByLabelText("Variable {{2}}"), "A-12");
    expect(preview.getByText("Hola Marta, tu pedido A-12 está listo.")).toBeVisible();
    fill(dialog.getByLabelText("End of link 1"), "a-12");
    await expectAccessible(screen.getByRole("dialog"));
    await user.click(send);

    await waitFor(() =>
      expect(inbox.bodies).toEqual([
        {
          type: "template",
          template: {
            name: "pedido_listo",
            language: "es",
            body: ["Marta", "A-12"],
            buttons: ["a-12"],
          },
        },
      ]),
    );
  });

  it("form is left with Escape, and the conversation stays", async () => {
    serve(makeState());
    const { user, place } = open(`/inbox?talk=${FOURTH}`);
    await screen.findByRole("button", { name: "Choose a template" });
    await user.keyboard("t");
    await user.click(await screen.findByRole("button", { name: /seguimos_aqui/ }));
    expect(await screen.findByLabelText("Variable {{nombre}}")).toHaveFocus();
    // A click beside a field leaves the focus nowhere.
    screen.getByLabelText("Variable {{nombre}}").blur();
    await user.keyboard("{Escape}");
    await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
    expect(place()).toContain(FOURTH);
  });

  it("list says why it is empty, or not here", async () => {
    const inbox = makeInbox({ templates: [] });
    const { user } = compose(makeState({ inbox }), FOURTH);
    await user.click(await screen.findByRole("button", { name: "Choose a template" }));
    expect(
      await screen.findByText("This number has no approved templates"),
    ).toBeVisible();

    inbox.templatesRefused = "channel_off";
    await user.click(screen.getByRole("button", { name: "Ask WhatsApp again" }));
    expect(await screen.findByText(/lacks its token or account/)).toBeVisible();
  });
});

describe("files", () => {
  it("are attached by clip and paste, and sent with what is written", async () => {
    const inbox = makeInbox();
    const { user } = compose(makeState({ inbox }), FIRST);
    const input = await field();
    choose(file("ramo.jpg", "image/jpeg"));
    fireEvent.paste(input, { clipboardData: { files: [file("voz.mp3", "audio/mpeg")] } });

    const list = within(await screen.findByRole("list", { name: "Attached files" }));
    expect(list.getAllByRole("listitem")).toHaveLength(2);
    await user.type(await field(), "Aquí va");
    await waitFor(() =>
      expect(screen.getByRole("button", { name: "Send" })).toBeEnabled(),
    );
    await expectAccessible(screen.getByRole("list", { name: "Attached files" }));
    await user.keyboard("{Enter}");

    await waitFor(() => expect(inbox.bodies).toHaveLength(2));
    expect(inbox.bodies.map(({ media }) => [media?.kind, media?.caption])).toEqual([
      ["image", "Aquí va"],
      ["audio", undefined],
    ]);
    expect(Object.keys(inbox.media)).toEqual(
      inbox.bodies.map(({ media }) => media?.mediaId),
    );
    expect(screen.queryByRole("list", { name: "Attached files" })).toBeNull();
  });

  it("wait while somebody looks at another conversation", async () => {
    serve(makeState());
    const { user } = open(`/inbox?talk=${FIRST}`);
    await field();
    choose(file("ramo.jpg", "image/jpeg"));
    await screen.findByRole("list", { name: "Attached files" });

    await user.click(await screen.findByRole("link", { name: /Bruno Salas/ }));
    await waitFor(() =>
      expect(screen.queryByRole("list", { name: "Attached files" })).toBeNull(),
    );
    await user.click(await screen.findByRole("link", { name: /Marta Figueroa/ }));

    const list = await screen.findByRole("list", { name: "Attached files" });
    expect(within(list).getByText("ramo.jpg")).toBeVisible();
    await user.click(within(list).getByRole("button", { name: /ramo.jpg/ }));
    expect(screen.queryByRole("list", { name: "Attached files" })).toBeNull();
  });

  it("are dropped on the conversation", async () => {
    serve(makeState());
    open(`/inbox?talk=${FIRST}`);
    await field();
    const section = screen.getByRole("region", { name: "Messages" });
    const dataTransfer = {
      types: ["Files"],
      files: [file("boleta.pdf", "application/pdf")],
    };
    fireEvent.dragEnter(section, { dataTransfer });
    expect(screen.getByText("Drop the files here")).toBeInTheDocument();
    fireEvent.drop(section, { dataTransfer });
    expect(screen.queryByText("Drop the files here")).toBeNull();
    const list = await screen.findByRole("list", { name: "Attached files" });
    expect(within(list).getByText("boleta.pdf")).toBeVisible();
  });

  it("that are refused say why before they are uploaded, and what fails is tried again", async () => {
    const inbox = makeInbox();
    const state = makeState({ inbox });
    const { user } = compose(state, FIRST);
    await field();
    choose(file("app.exe", "application/x-msdownload"));
    expect(await screen.findByText(/WhatsApp does not take this kind/)).toBeVisible();
    choose(file("large.png", "image/png", 5 * 2 ** 20 + 1));
    expect(
      await screen.findByText(/It has 5.01 MB, and WhatsApp takes up to 5 MB/),
    ).toBeVisible();
    expect(inbox.media).toEqual({});
    expect(screen.getByRole("button", { name: "Send" })).toBeDisabled();
    await user.click(screen.getByRole("button", { name: "Remove app.exe" }));
    await user.click(screen.getByRole("button", { name: "Remove large.png" }));

    fail("/api/chat/media", 413, "media_too_large");
    choose(file("ramo.jpg", "image/jpeg"));
    expect(await screen.findByText(/larger than this Pista takes/)).toBeVisible();
    serve(state);
    const list = within(screen.getByRole("list", { name: "Attached files" }));
    await user.click(list.getByRole("button", { name: "Try again" }));
    await waitFor(() => expect(Object.keys(inbox.media)).toHaveLength(1));
  });
});

describe("the composer", () => {
  it("sends a place and a question", async () => {
    const inbox = makeInbox();
    const { user } = compose(makeState({ inbox }), FIRST);
    await field();
    await user.click(screen.getByRole("button", { name: "Add" }));
    await user.click(await screen.findByRole("menuitem", { name: "Location" }));
    fill(await screen.findByLabelText(/Coordinates/), "-12.1219, -77.0305");
    fill(screen.getByLabelText("Name of the place"), "Tienda");
    await user.click(
      within(screen.getByRole("dialog")).getByRole("button", { name: "Send" }),
    );

    await user.click(screen.getByRole("button", { name: "Add" }));
    await user.click(await screen.findByRole("menuitem", { name: "Buttons or list" }));
    fill(await screen.findByLabelText("Question"), "¿Vienes?");
    fill(screen.getByLabelText("Choice 1"), "Sí");
    fill(screen.getByLabelText("Choice 2"), "No");
    await user.click(
      within(screen.getByRole("dialog")).getByRole("button", { name: "Send" }),
    );

    await waitFor(() => expect(inbox.bodies).toHaveLength(2));
    expect(inbox.bodies[0]?.location).toEqual({
      latitude: -12.1219,
      longitude: -77.0305,
      name: "Tienda",
    });
    expect(inbox.bodies[1]?.interactive?.buttons).toHaveLength(2);
  });

  it("warns before a second answer, and sends it when told to", async () => {
    const inbox = makeInbox();
    serve(makeState({ inbox }));
    const { user } = open(`/inbox?talk=${FIRST}`);
    await user.type(await field(), "Claro");
    const author = { id: "u2", name: "Carla Vega" };
    inbox.messages[FIRST]?.push(
      ours(30, "sent", { text: "Ya le dije", at: ago(0), author }),
    );
    FakeSocket.last.open();
    FakeSocket.last.say({
      type: "chat_changed",
      tenantId: "t",
      conversationIds: [FIRST],
      at: "",
    });

    expect(
      await screen.findByText(/Carla Vega answered meanwhile: “Ya le dije”/),
    ).toBeVisible();
    await user.type(await field(), "{Enter}");
    expect(inbox.sent).toEqual([]);
    await user.click(screen.getByRole("button", { name: "Send all the same" }));
    await user.type(await field(), "{Enter}");
    await waitFor(() => expect(inbox.sent.map(({ text }) => text)).toEqual(["Claro"]));
  });

  it("keeps what could not be sent while another conversation is looked at", async () => {
    const inbox = makeInbox({ refuses: "channel_held" });
    serve(makeState({ inbox }));
    const { user } = open(`/inbox?talk=${FIRST}`);
    await user.type(await field(), "Hola{Enter}");
    expect(await screen.findByText(/^Not sent:/)).toBeVisible();
    await user.click(screen.getByRole("link", { name: /Bruno/ }));
    await waitFor(() => expect(screen.queryByText(/^Not sent:/)).toBeNull());
    await user.click(screen.getByRole("link", { name: /Marta/ }));

    expect(await screen.findByText(/^Not sent:/)).toBeVisible();
    inbox.refuses = undefined;
    const unsent = screen.getByText(/^Not sent:/).parentElement!;
    await user.click(within(unsent).getByRole("button", { name: "Try again" }));
    await waitFor(() => expect(inbox.sent.map(({ text }) => text)).toEqual(["Hola"]));
  });

  it("says when a number is on hold, above the list and here, and an admin resumes it", async () => {
    const held = makeNumber({ state: "held", reason: "Session has expired", waiting: 2 });
    const inbox = makeInbox({ numbers: [held] });
    serve(makeState({ inbox }));
    const { user } = open(`/inbox?talk=${FIRST}`);
    await waitFor(() =>
      expect(
        screen.getAllByText(/The platform says: “Session has expired”/),
      ).toHaveLength(2),
    );
    expect(screen.getAllByText("2 messages wait.")).toHaveLength(2);
    expect(await field()).toBeDisabled();
    await user.click(screen.getAllByRole("button", { name: "Resume" })[0]!);
    await waitFor(() => expect(screen.queryByText(/Session has expired/)).toBeNull());
    expect(await field()).toBeEnabled();
  });

  it("of an advisor has no way to resume a number, nor to change quick replies", async () => {
    const state = makeState({
      inbox: makeInbox({ numbers: [makeNumber({ state: "held" })] }),
    });
    state.me.user.role = "asesor";
    serve(state);
    const { user } = open(`/inbox?talk=${SECOND}`);
    expect(await screen.findByText(/until somebody has looked/)).toBeVisible();
    expect(screen.queryByRole("button", { name: "Resume" })).toBeNull();
    await user.type(await field(), "/");
    await screen.findByRole("listbox", { name: "Quick replies" });
    expect(screen.queryByRole("button", { name: "Edit quick replies" })).toBeNull();
  });
});

describe("quick replies", () => {
  it("are made, changed, deleted, and brought back", async () => {
    const inbox = makeInbox();
    const { user } = compose(makeState({ inbox }), FIRST);
    await user.type(await field(), "/");
    const edit = await screen.findByRole("button", { name: "Edit quick replies" });
    await expectAccessible((await field()).parentElement!);
    await user.click(edit);
    await user.click(await screen.findByRole("button", { name: "New reply" }));
    fill(screen.getByLabelText("Shortcut"), "Hola");
    fill(screen.getByLabelText("Text"), "Gracias por escribir");
    await user.click(screen.getByRole("button", { name: "Save" }));
    expect(
      await screen.findByText("There is a reply with this shortcut already."),
    ).toBeVisible();
    fill(screen.getByLabelText("Shortcut"), "hola2");
    await user.click(screen.getByRole("button", { name: "Save" }));
    await waitFor(() =>
      expect(inbox.quick.map(({ shortcut }) => shortcut)).toContain("hola2"),
    );

    await user.click(await screen.findByRole("button", { name: "Edit /horario" }));
    fill(screen.getByLabelText("Text"), "De 9 a 19 h. Siempre.");
    await user.click(screen.getByRole("button", { name: "Save" }));
    const dialog = within(screen.getByRole("dialog"));
    expect(await dialog.findByText(/9 a 19 h. Siempre./)).toBeVisible();
    await expectAccessible(screen.getByRole("dialog"));

    await user.click(screen.getByRole("button", { name: "Delete /horario" }));
    await waitFor(() =>
      expect(inbox.quick.map(({ shortcut }) => shortcut)).not.toContain("horario"),
    );
    await user.click(await screen.findByRole("button", { name: "Undo" }));
    await waitFor(() =>
      expect(inbox.quick.map(({ shortcut }) => shortcut)).toContain("horario"),
    );
  });
});

describe("the list", () => {
  it("is of one number, by the address", async () => {
    serve(makeState());
    const { user, place } = open("/inbox");
    await screen.findByRole("link", { name: /Marta/ });
    await user.click(screen.getByRole("button", { name: "Filters" }));
    await user.click(await screen.findByRole("menuitemradio", { name: /Bot de flores/ }));
    await waitFor(() => expect(screen.queryByRole("link", { name: /Marta/ })).toBeNull());
    expect(screen.getByRole("link", { name: /Bruno/ })).toBeVisible();
    expect(place()).toContain("channel=c4a00000");
  });
});
