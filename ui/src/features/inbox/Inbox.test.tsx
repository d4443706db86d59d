import { screen, waitFor, within } from "@testing-library/react";
import { describe, expect, it } from "vitest";

import { makeInbox } from "../../../dev/fake-inbox";
import { makeMessage } from "../../../dev/fake-messages";
import { makeState } from "../../../dev/fake-pista";
import { expectAccessible, open } from "../../test/render";
import { fail, serve } from "../../test/server";
import { FakeSocket } from "../../test/socket";

// A busy machine is slow, and not wrong.
const FIRST = "ca1a0000-0000-7000-8000-000000000001";
const THIRD = "ca1a0000-0000-7000-8000-000000000003";
const FOURTH = "ca1a0000-0000-7000-8000-000000000004";
const log = () => screen.findByRole("log", { name: "Messages" });
const field = () => screen.findByRole("textbox", { name: "Write a reply" });

describe("the inbox", () => {
  it("shows every kind of message, and says what was read", async () => {
    const inbox = makeInbox();
    serve(makeState({ inbox }));
    const { place } = open("/inbox");
    const row = await screen.findByRole("link", { name: /Marta Figueroa.*2 unread/ });
    row.click();

    const said = await log();
    expect(place()).toContain(`talk=${FIRST}`);
    for (const words of [
      "Peonías a domicilio",
      "Parque Kennedy",
      "Rosa Díaz",
      "+51 987 654 321",
      "1 item",
      "boleta.pdf",
      "Message deleted",
      "24 hours have passed: only a template is taken.",
      "Marta cambió de número",
      "Internal note · Carla Vega",
      "Forwarded",
    ]) {
      expect(await within(said).findByText(words)).toBeVisible();
    }
    expect(within(said).getByText("Queued")).toBeInTheDocument();
    await waitFor(() => expect(inbox.read).toEqual([{ talk: FIRST, through: 19 }]));
    await expectAccessible();
  });

  it("says of the boxes how many in them are unread, and not how many there are", async () => {
    serve(makeState());
    open("/inbox");

    expect(await screen.findByRole("radio", { name: /^All.*1 .*unread/ })).toBeChecked();
    expect(screen.getByRole("radio", { name: "Mine" })).not.toBeChecked();
  });

  it("sends with Enter, once, and keeps what could not be sent", async () => {
    const inbox = makeInbox();
    serve(makeState({ inbox }));
    const { user } = open(`/inbox?talk=${FIRST}`);
    await user.type(
      await field(),
      "Sí, tenemos{Shift>}{Enter}{/Shift}de tres colores{Enter}",
    );

    await waitFor(() =>
      expect(inbox.sent.map(({ text }) => text)).toEqual([
        "Sí, tenemos\nde tres colores",
      ]),
    );
    expect(await field()).toHaveValue("");

    inbox.refuses = "window_closed";
    await user.type(await field(), "¿Sigues ahí?{Enter}");
    expect(await screen.findByText(/Not sent: More than 24 hours/)).toBeVisible();
    inbox.refuses = undefined;
    await user.click(screen.getAllByRole("button", { name: "Try again" }).at(-1)!);
    await waitFor(() => expect(inbox.sent).toHaveLength(2));
  });

  it("says so where nothing can be sent yet, or no longer", async () => {
    const inbox = makeInbox({ refuses: "not_found" });
    serve(makeState({ inbox }));
    const { user } = open(`/inbox?talk=${FIRST}`);
    await user.type(await field(), "Hola{Enter}");
    expect(await screen.findByText(/cannot send messages yet/)).toBeVisible();
    expect(await field()).toBeDisabled();

    await user.click(screen.getByRole("link", { name: /Cliente 4/ }));
    expect(await screen.findByText(/WhatsApp only takes a template/)).toBeVisible();
    await user.click(screen.getByText("Note"));
    const note = await screen.findByRole("textbox", { name: "Internal note" });
    await user.type(note, "Escribirle mañana{Enter}");
    await waitFor(() => expect(inbox.notes[FOURTH]).toHaveLength(1));
  });

  it("brings quick replies with a slash, with their gaps filled", async () => {
    serve(makeState());
    const { user } = open(`/inbox?talk=${FIRST}`);
    await user.type(await field(), "/ho");
    const list = await screen.findByRole("listbox", { name: "Quick replies" });
    expect(await within(list).findAllByRole("option")).toHaveLength(2);
    await user.keyboard("{ArrowDown}{ArrowUp}{Enter}");

    expect(screen.getByRole("textbox", { name: "Write a reply" })).toHaveValue(
      "Hola Marta Figueroa, te saluda Ana Souza. ¿En qué te ayudo?",
    );
  });

  it("keeps drafts", async () => {
    const inbox = makeInbox();
    serve(makeState({ inbox }));
    const { user } = open(`/inbox?talk=${THIRD}`);
    expect(await field()).toHaveValue("Claro que sí, el");
    await user.type(await field(), " lunes");
    await user.click(screen.getByRole("link", { name: /Marta/ }));

    await waitFor(() => expect(inbox.drafts[THIRD]).toBe("Claro que sí, el lunes"));
  });

  it("is worked with the keys alone", async () => {
    const inbox = makeInbox();
    serve(makeState({ inbox }));
    const { user, place } = open("/inbox");
    await screen.findByRole("link", { name: /Marta/ });

    await user.keyboard("jjk{Enter}");
    await waitFor(() => expect(place()).toContain(FIRST));
    await log();
    await user.keyboard("a");
    await waitFor(() => expect(inbox.talks[0]?.assignedTo?.id).toBe("u1"));
    await user.keyboard("r");
    await waitFor(async () => expect(await field()).toHaveFocus());
    await user.keyboard("{Escape}e");
    await waitFor(() => expect(inbox.talks[0]?.status).toBe("closed"));
    await user.keyboard("{Escape}");
    await waitFor(() => expect(place()).toBe("/inbox"));
    await user.keyboard("?");
    expect(await screen.findByText("In the inbox")).toBeVisible();
  });

  it("tells who was faster, who is here, and who answers", async () => {
    const carla = { id: "u2", name: "Carla Vega" };
    const inbox = makeInbox({ faster: carla });
    serve(makeState({ inbox }));
    const { user } = open(`/inbox?talk=${FIRST}`);
    await log();
    await user.keyboard("a");
    expect(await screen.findByText("Carla Vega has it.")).toBeVisible();

    inbox.presence = { items: [{ ...carla, doing: "typing" }], composer: carla };
    FakeSocket.last.open();
    const news = { conversationId: FIRST, userId: "u2", name: "Carla Vega" };
    FakeSocket.last.say({
      type: "chat_presence",
      tenantId: "t",
      ...news,
      doing: "typing",
    });
    expect(await screen.findByText("Carla Vega is writing…")).toBeVisible();
    await user.type(await field(), "Hola{Enter}");
    expect(inbox.sent).toEqual([]);
    await user.click(screen.getByRole("button", { name: "Answer anyway" }));
    await waitFor(() =>
      expect(screen.getByRole("button", { name: "Send" })).toBeEnabled(),
    );
    await user.click(screen.getByRole("button", { name: "Send" }));
    await waitFor(() => expect(inbox.did).toContain("gone"));
  });

  it("holds nobody back for a colleague it hears no more of", async () => {
    const carla = { id: "u2", name: "Carla Vega" };
    const inbox = makeInbox();
    inbox.presence = { items: [{ ...carla, doing: "typing" }], composer: carla };
    serve(makeState({ inbox }));
    open(`/inbox?talk=${FIRST}`);
    await log();
    FakeSocket.last.open();
    expect(await screen.findByText("Carla Vega is answering.")).toBeVisible();
    FakeSocket.last.drop(1006);
    await waitFor(() =>
      expect(screen.queryByText("Carla Vega is answering.")).toBeNull(),
    );
  });

  it("shows what comes without being asked", async () => {
    const inbox = makeInbox();
    serve(makeState({ inbox }));
    open(`/inbox?talk=${FIRST}`);
    await log();
    inbox.messages[FIRST]?.push(
      makeMessage(20, { text: "¿Y rosas?", at: new Date().toISOString() }),
    );
    FakeSocket.last.open();
    FakeSocket.last.say({
      type: "chat_changed",
      tenantId: "t",
      conversationIds: [FIRST],
      at: "2026-03-18T12:00:00Z",
    });

    expect(await within(await log()).findByText("¿Y rosas?")).toBeVisible();
  });

  it("says so when nobody wrote, nothing matches, or the server is away", async () => {
    serve(makeState({ inbox: makeInbox({ talks: [] }) }));
    const { user } = open("/inbox?q=nadie");
    expect(await screen.findByText("No conversation matches")).toBeVisible();
    await user.click(screen.getByRole("button", { name: "Clear filters" }));
    expect(await screen.findByText("No conversations yet")).toBeVisible();

    fail("/api/chat/conversations", 503, "unavailable");
    await user.type(screen.getByRole("searchbox", { name: "Search" }), "x");
    expect(await screen.findByText("Could not load")).toBeVisible();
  });
});
