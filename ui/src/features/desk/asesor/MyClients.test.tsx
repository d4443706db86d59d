import { act, screen, waitFor, within } from "@testing-library/react";
import { describe, expect, it, vi } from "vitest";

import { BRUNO, CARLA, makeCliente, makeDesk, refused } from "../../../../dev/fake-desk";
import { makeState } from "../../../../dev/fake-pista";
import { expectAccessible, open } from "../../../test/render";
import { serve } from "../../../test/server";
import { FakeSocket } from "../../../test/socket";

// Many people and programs may share the cores that this runs on.
vi.setConfig({ testTimeout: 120_000 });

function asBruno(desk = makeDesk()) {
  const state = makeState({ desk });
  state.me.user = { ...state.me.user, id: BRUNO, name: "Bruno Salas", role: "asesor" };
  return state;
}

const openOscar = async (state = asBruno()) => {
  const asked = serve(state);
  const all = open("/my-clients");
  await all.user.click(await screen.findByText("Óscar Ibáñez"));
  const flower = await screen.findByRole("textbox", { name: /Qué flor busca/ });
  return { ...all, asked, state, flower };
};

describe("my clientes", () => {
  it("come in order of urgency, and Enter opens one", async () => {
    const state = asBruno();
    serve(state);
    const { user, place } = open("/my-clients");
    const rows = await screen.findAllByRole("button", { name: /Goes back in/ });
    expect(rows.map((row) => row.textContent.slice(0, 5))).toEqual(["Marta", "Óscar"]);
    await expectAccessible();

    await user.keyboard("jj{Enter}");
    await screen.findByRole("textbox", { name: /Qué flor busca/ });
    expect(place()).toContain("cliente=2");
    expect(state.desk.clientes[1]).toMatchObject({ seguimiento_status: "en_gestion" });
    await expectAccessible();
  });

  it("keep what is written a moment after it was, and are completed", async () => {
    const { user, state, flower, place } = await openOscar();
    await user.click(screen.getByRole("button", { name: "Next" }));
    expect(await screen.findByText("This answer is missing.")).toBeVisible();

    await user.type(flower, "Peonías");
    await waitFor(() =>
      expect(state.desk.drafts[2]?.answers).toEqual({ flower: "Peonías" }),
    );
    expect(await screen.findByText("Saved")).toBeInTheDocument();
    expect(sessionStorage.getItem(`pista.desk.unkept.${BRUNO}.2`)).toBeNull();

    await user.click(screen.getByRole("button", { name: "Next" }));
    await user.type(await screen.findByRole("textbox", { name: "Presupuesto" }), "120");
    await user.click(screen.getByRole("button", { name: "Next" }));
    await user.click(await screen.findByRole("radio", { name: "Venta" }));
    await user.type(screen.getByRole("textbox", { name: "Next action" }), "Enviar");
    await user.click(screen.getByRole("button", { name: "Complete" }));

    expect(await screen.findByText("Óscar Ibáñez: done")).toBeVisible();
    expect(state.desk.completed).toMatchObject([
      {
        id: 2,
        asesorId: BRUNO,
        lockToken: "token-1",
        outcome: "Venta",
        nextAction: "Enviar",
        answers: { flower: "Peonías", budget: 120 },
      },
    ]);
    await waitFor(() => expect(place()).toBe("/my-clients"));
    await waitFor(() =>
      expect(screen.queryByRole("button", { name: /Óscar/ })).toBeNull(),
    );
  });

  it("show what is written down of them already, and erase none of it", async () => {
    const state = asBruno();
    Object.assign(state.desk.clientes[1]!, {
      notas: "Quiere fibra\nLlamar de noche",
      next_action: "Llamar",
      next_action_at: "2026-12-24T15:30:00Z",
    });
    const { user, flower } = await openOscar(state);
    expect(screen.getByText(/Llamar de noche/)).toBeVisible();
    expect(screen.getByText(/^Llamar · .*2026/)).toBeVisible();
    await expectAccessible();

    await user.type(flower, "Peonías");
    await user.click(screen.getByRole("button", { name: "Next" }));
    await user.click(await screen.findByRole("button", { name: "Next" }));
    const next = await screen.findByRole("textbox", { name: "Next action" });
    expect(next).toHaveValue("Llamar");
    expect(screen.getByRole("textbox", { name: "Notes" })).toHaveValue(
      "Quiere fibra\nLlamar de noche",
    );
    await user.clear(next);
    await user.click(screen.getByRole("button", { name: "Complete" }));

    await screen.findByText("Óscar Ibáñez: done");
    const [sent] = state.desk.completed;
    expect(sent).toMatchObject({ nextAction: null, answers: { flower: "Peonías" } });
    expect(Object.keys(sent ?? {})).not.toContain("notas");
    expect(Object.keys(sent ?? {})).not.toContain("nextActionAt");
  });

  it("are closed when time is out, and what was written is there again", async () => {
    const { user, state, flower } = await openOscar();
    await user.type(flower, "Rosas");
    await waitFor(() => expect(state.desk.drafts[2]).toBeDefined());

    Object.assign(state.desk.clientes[1]!, {
      seguimiento_status: "no_gestionado",
      asesor_asignado: null,
      version: 9,
    });
    act(() =>
      FakeSocket.last.say({
        ...state.desk.clientes[1],
        type: "CLIENT_RETURNED_TO_GTR",
        reason: "timeout_no_gestionado",
        seq: 3,
        clienteId: 2,
        asesorId: null,
        previousAsesor: BRUNO,
      }),
    );
    const alert = await screen.findByRole("alert");
    expect(alert).toHaveTextContent("Óscar Ibáñez was closed");
    expect(alert).toHaveTextContent("Time passed without activity");
    expect(alert).toHaveTextContent("What you wrote is saved");
    expect(screen.queryByRole("textbox", { name: /Qué flor/ })).toBeNull();
    await waitFor(() =>
      expect(screen.queryByRole("button", { name: /Óscar/ })).toBeNull(),
    );

    Object.assign(state.desk.clientes[1]!, {
      seguimiento_status: "derivado",
      asesor_asignado: BRUNO,
      version: 10,
    });
    act(() => FakeSocket.last.say({ type: "desk_resync" }));
    await user.click(await screen.findByText("Óscar Ibáñez"));
    expect(await screen.findByRole("textbox", { name: /Qué flor/ })).toHaveValue("Rosas");
  });

  it("say who has it when the lock is lost, and keep what did not arrive", async () => {
    const { user, state, flower } = await openOscar();
    await user.type(flower, "Li");
    state.desk.refuses = refused(423, "cliente_locked", {
      holder: { id: CARLA, name: "Carla Vega" },
    });
    await user.type(flower, "rios");

    const alert = await screen.findByRole("alert");
    expect(alert).toHaveTextContent("Carla Vega has it open now.");
    expect(alert).toHaveTextContent(
      "The last of what you wrote did not reach the server.",
    );
    expect(sessionStorage.getItem(`pista.desk.unkept.${BRUNO}.2`)).toContain("Lirios");
    sessionStorage.clear();
  });

  it("go back with a reason, and to a colleague with a note", async () => {
    const { user, state } = await openOscar();
    await user.click(screen.getByRole("button", { name: "Hand over" }));
    await user.click(await screen.findByRole("menuitem", { name: "Transfer" }));
    const dialog = await screen.findByRole("dialog", { name: "Transfer" });
    expect(document.querySelector("form form")).toBeNull();
    await user.click(within(dialog).getByRole("combobox", { name: "To whom" }));
    await user.click(await screen.findByRole("option", { name: "Carla Vega" }));
    await user.type(within(dialog).getByLabelText(/Note for/), "Quiere peonías");
    await user.click(within(dialog).getByRole("button", { name: "Transfer" }));

    expect(await screen.findByText("Lead transferred")).toBeVisible();
    expect(state.desk.clientes[1]).toMatchObject({
      seguimiento_status: "derivado",
      asesor_asignado: CARLA,
    });

    await user.click(screen.getByRole("button", { name: /Marta Figueroa/ }));
    await user.click(await screen.findByRole("button", { name: "Hand over" }));
    await user.click(await screen.findByRole("menuitem", { name: /Give back/ }));
    await user.click(await screen.findByText("Does not answer"));
    await user.click(
      within(screen.getByRole("dialog")).getByRole("button", { name: /Give back/ }),
    );
    expect(await screen.findByText("Nothing to do")).toBeVisible();
    expect(state.desk.clientes[0]).toMatchObject({ seguimiento_status: "no_gestionado" });
  });

  it("warn whoever leaves, and let go of what is left", async () => {
    const { user, asked, place } = await openOscar();
    await user.click(screen.getByRole("link", { name: "Contacts" }));
    const dialog = await screen.findByRole("dialog", { name: /still open/ });
    await user.click(within(dialog).getByRole("button", { name: "Stay" }));
    await waitFor(() => expect(place()).toContain("cliente=2"));

    await user.click(screen.getByRole("link", { name: "Contacts" }));
    await user.click(await screen.findByRole("button", { name: "Leave" }));
    await waitFor(() => expect(place()).toBe("/contacts"));
    await waitFor(() => expect(asked).toContain("POST /api/clientes/2/unlock"));
  });

  it("tell of activity while somebody types, but not of every letter", async () => {
    const { user, asked, flower } = await openOscar();
    await user.type(flower, "Claveles rojos");
    const told = asked.filter((one) => one === "POST /api/clientes/2/activity");
    expect(told).toHaveLength(1);
  });

  it("show new ones as they are given", async () => {
    const state = asBruno();
    serve(state);
    open("/my-clients");
    await screen.findByRole("button", { name: /Marta/ });
    const given = makeCliente(50, {
      nombre: "Lía Paz",
      seguimiento_status: "derivado",
      asesor_asignado: BRUNO,
      due_at: new Date(Date.now() + 300_000).toISOString(),
    });
    state.desk.clientes.push(given);
    act(() =>
      FakeSocket.last.say({
        ...given,
        type: "CLIENT_REASSIGNED",
        seq: 1,
        clienteId: 50,
        asesorId: BRUNO,
      }),
    );
    expect(await screen.findByRole("button", { name: /Lía Paz/ })).toBeVisible();
  });
});
