import { act, screen, waitFor, within } from "@testing-library/react";
import { describe, expect, it, vi } from "vitest";

import { BRUNO, CARLA, makeDesk } from "../../../../dev/fake-desk";
import { makeState } from "../../../../dev/fake-pista";
import { expectAccessible, open } from "../../../test/render";
import { fail, serve } from "../../../test/server";
import { FakeSocket } from "../../../test/socket";

// Many people and programs may share the cores that this runs on.
vi.setConfig({ testTimeout: 120_000 });

const row = async (name: string) => {
  const button = await screen.findByRole("button", { name });
  return button.closest<HTMLElement>("[data-cliente]")!;
};

describe("the lead desk", () => {
  it("says of each cliente where it stands, whose it is and how long it has left", async () => {
    const state = makeState();
    state.desk.settings.warningSeconds = 1_200;
    const inSeconds = (seconds: number) =>
      new Date(Date.now() + seconds * 1_000).toISOString();
    state.desk.clientes[0]!.due_at = inSeconds(900);
    state.desk.clientes[1]!.due_at = inSeconds(3_000);
    serve(state);
    const { user } = open("/desk");

    const marta = await row("Marta Figueroa");
    expect(within(marta).getByText("In progress")).toHaveAttribute(
      "data-status",
      "en_gestion",
    );
    expect(within(marta).getByText("Bruno Salas")).toBeVisible();
    expect(
      within(marta).getByRole("img", { name: "Bruno Salas has it open" }),
    ).toBeInTheDocument();
    const timer = within(marta).getByRole("timer");
    await waitFor(() => expect(timer).toHaveAttribute("data-urgency", "warning"));
    expect(timer).toHaveTextContent(/1[0-5]:\d\d/);

    const oscar = await row("Óscar Ibáñez");
    expect(within(oscar).getByText("Assigned")).toHaveAttribute(
      "data-status",
      "derivado",
    );
    expect(within(oscar).getByRole("timer")).toHaveAttribute("data-urgency", "calm");
    expect(within(await row("Julián Peña")).getByText("Not handled")).toHaveAttribute(
      "data-status",
      "no_gestionado",
    );
    expect(within(await row("Inés Robles")).getByText("Done")).toHaveAttribute(
      "data-status",
      "terminado",
    );
    await expectAccessible();

    await user.click(screen.getByRole("button", { name: "Advisors · 1" }));
    expect(await screen.findByText("1 to open · 1 in progress")).toBeVisible();
    expect(screen.getByText(/Paused · Almuerzo/)).toBeVisible();
  });

  it("follows the news without a reload", async () => {
    const state = makeState();
    serve(state);
    open("/desk");
    const oscar = await row("Óscar Ibáñez");

    const cliente = state.desk.clientes.find(({ id }) => id === 2)!;
    Object.assign(cliente, { seguimiento_status: "en_gestion", version: 3 });
    act(() =>
      FakeSocket.last.say({
        type: "CLIENT_IN_GESTION",
        ...cliente,
        seq: 9,
        clienteId: 2,
        asesorId: BRUNO,
      }),
    );
    expect(await within(oscar).findByText("In progress")).toBeVisible();

    // An older piece of news, that comes late, changes nothing.
    act(() =>
      FakeSocket.last.say({
        type: "CLIENT_REASSIGNED",
        ...cliente,
        seguimiento_status: "derivado",
        version: 2,
        seq: 8,
        clienteId: 2,
        asesorId: CARLA,
      }),
    );
    expect(within(oscar).getByText("In progress")).toBeVisible();
  });

  it("is worked with the keys alone, and takes back what was done", async () => {
    const state = makeState();
    serve(state);
    const { user } = open("/desk?status=nuevo");
    await row("Rosa Díaz");
    const [rosa] = state.desk.clientes.filter(({ id }) => id === 3);

    await user.keyboard("jx");
    expect(screen.getByRole("region", { name: "Assign many" })).toHaveTextContent(
      "1 selected",
    );
    await user.keyboard("a");
    const dialog = await screen.findByRole("dialog", { name: "Assign 1 lead" });
    await user.type(
      await within(dialog).findByRole("combobox", { name: "Advisor" }),
      "bru{Enter}",
    );

    expect(await screen.findByText("1 lead given to Bruno Salas")).toBeVisible();
    expect(rosa).toMatchObject({
      seguimiento_status: "derivado",
      asesor_asignado: BRUNO,
    });
    await waitFor(() =>
      expect(screen.queryByRole("button", { name: "Rosa Díaz" })).toBeNull(),
    );

    await user.click(screen.getByRole("button", { name: "Undo" }));
    expect(await screen.findByText("Undone for 1 lead")).toBeVisible();
    expect(rosa).toMatchObject({ seguimiento_status: "nuevo", asesor_asignado: null });
    expect(await screen.findByRole("button", { name: "Rosa Díaz" })).toBeVisible();
  });

  it("gives many at once, in pieces", async () => {
    const clientes = makeDesk().clientes.slice(2, 3);
    for (let id = 100; id < 250; id += 1) clientes.push({ ...clientes[0]!, id });
    const state = makeState({ desk: makeDesk({ clientes }) });
    const asked = serve(state);
    const { user } = open("/desk");
    await user.click(await screen.findByRole("checkbox", { name: "Select all" }));
    await user.click(
      within(screen.getByRole("region", { name: "Assign many" })).getByRole("combobox"),
    );
    await user.click(await screen.findByRole("option", { name: "Carla Vega" }));
    await user.click(
      within(screen.getByRole("region", { name: "Assign many" })).getByRole("button", {
        name: "Assign",
      }),
    );

    expect(await screen.findByText("151 leads given to Carla Vega")).toBeVisible();
    expect(asked.filter((one) => one === "POST /api/clientes/assign")).toHaveLength(2);
    expect(state.desk.clientes.every((one) => one.asesor_asignado === CARLA)).toBe(true);
  });

  it("says that the truth may be old while the socket is away", async () => {
    serve(makeState());
    open("/desk");
    await row("Marta Figueroa");
    act(() => FakeSocket.last.open());
    expect(screen.queryByText("No live connection")).toBeNull();

    act(() =>
      FakeSocket.last.say({
        type: "CLIENT_ACTIVITY",
        seq: 41,
        clienteId: 1,
        asesorId: BRUNO,
        due_at: new Date(Date.now() + 299_000).toISOString(),
      }),
    );
    act(() => FakeSocket.last.drop(1006));
    expect(await screen.findByText("No live connection")).toBeVisible();
    expect(screen.getByText(/What you see may be from before/)).toBeVisible();

    await waitFor(() => expect(FakeSocket.all).toHaveLength(2));
    act(() => FakeSocket.last.open());
    await waitFor(() => expect(screen.queryByText("No live connection")).toBeNull());
    expect(FakeSocket.last.sent).toContainEqual({ type: "desk_resume", after: 41 });
  });

  it("shows a cliente's history, and lets a supervisor break its lock", async () => {
    const state = makeState();
    serve(state);
    const { user, place } = open("/desk");
    await user.click(await screen.findByRole("button", { name: "Marta Figueroa" }));
    const drawer = await screen.findByRole("dialog", { name: "Lead 1" });
    expect(place()).toContain("cliente=1");
    expect(await within(drawer).findByText(/3 min|2 min|1 min/)).toBeVisible();
    await user.click(within(drawer).getByRole("button", { name: "Break the lock" }));
    expect(await screen.findByText("Nobody has it open any more")).toBeVisible();
    expect(state.desk.clientes[0]?.lock).toBeNull();
  });

  it("adds somebody by hand, and says what could not be loaded", async () => {
    const state = makeState({ desk: makeDesk({ clientes: [] }) });
    serve(state);
    const { user } = open("/desk");
    expect(await screen.findByText("No leads yet")).toBeVisible();
    await user.click(screen.getAllByRole("button", { name: "New lead" })[0]!);
    const dialog = await screen.findByRole("dialog", { name: "New lead" });
    await user.type(within(dialog).getByLabelText("Name"), "Lía Paz{Enter}");
    expect(await screen.findByRole("button", { name: "Lía Paz" })).toBeVisible();

    fail("/api/clientes", 503, "unavailable");
    await user.click(screen.getByRole("button", { name: /New.*0|1.*New/ }));
    expect(await screen.findByText(/Could not/)).toBeVisible();
  });

  it("says who is there already with the phone of somebody new, and leads there", async () => {
    serve(makeState());
    const { user, place } = open("/desk?status=derivado");
    await user.click((await screen.findAllByRole("button", { name: "New lead" }))[0]!);
    const dialog = await screen.findByRole("dialog", { name: "New lead" });
    await user.type(within(dialog).getByLabelText("Phone"), "+51 98761 2003");
    const known = await within(dialog).findByRole("button", { name: "Rosa Díaz" });
    await expectAccessible();

    await user.click(known);
    await waitFor(() => expect(place()).toContain("cliente=3"));
    expect(place()).toContain("derivado");
    expect(screen.queryByRole("dialog", { name: "New lead" })).toBeNull();
  });

  it("marks what is late or came back too often, and sets how much an advisor is given", async () => {
    const state = makeState();
    const [marta, , rosa] = state.desk.clientes;
    marta!.escalated_at = new Date().toISOString();
    rosa!.late = true;
    rosa!.assign_by = new Date(Date.now() - 65_000).toISOString();
    serve(state);
    const { user } = open("/desk");
    expect(within(await row("Marta Figueroa")).getByText("Escalated")).toBeVisible();
    const late = await row("Rosa Díaz");
    expect(within(late).getByText("Late")).toBeVisible();
    expect(within(late).getByText(/1:\d\d late/)).toHaveAttribute("data-urgency", "over");

    await user.click(screen.getByRole("button", { name: "Late · 1" }));
    await waitFor(() =>
      expect(screen.queryByRole("button", { name: "Marta Figueroa" })).toBeNull(),
    );
    await user.click(screen.getByRole("button", { name: "Advisors · 1" }));
    await user.click(
      await screen.findByRole("button", { name: "Limit and skills: Bruno Salas" }),
    );
    await user.type(await screen.findByLabelText("Limit of their own"), "2");
    await user.type(
      screen.getByLabelText("Skills", { selector: "input" }),
      "fibra{Enter}",
    );
    await user.click(screen.getByRole("button", { name: "Save" }));
    expect(await screen.findByText(/2 of 2 · fibra/)).toBeVisible();
  });
});
