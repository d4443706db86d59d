import { screen, waitFor, within } from "@testing-library/react";
import { describe, expect, it, vi } from "vitest";

import { makeDesk, makeDeskSettings } from "../../../dev/fake-desk";
import { makeState } from "../../../dev/fake-pista";
import { expectAccessible, open } from "../../test/render";
import { serve } from "../../test/server";

// Many people and programs may share the cores that this runs on.
vi.setConfig({ testTimeout: 120_000 });

describe("the settings of the lead desk", () => {
  it("set how long advisors have, and what they are asked", async () => {
    const few = makeDeskSettings();
    few.wizard.splice(1);
    const state = makeState({ desk: makeDesk({ settings: few }) });
    serve(state);
    const { user } = open("/settings/desk");
    const limit = await screen.findByLabelText("Limit");
    const save = screen.getByText("Save").closest("button")!;
    expect(save).toBeDisabled();
    await expectAccessible();

    await user.clear(limit);
    await user.type(limit, "30");
    expect(screen.getByText(/has to be shorter than the limit/)).toBeVisible();
    expect(save).toBeDisabled();
    const warning = screen.getByLabelText("Warn when there are left");
    await user.clear(warning);
    await user.type(warning, "10");

    await user.click(screen.getByLabelText("Remove hours: Monday"));
    const monday = screen.getByText("Monday").parentElement!;
    expect(within(monday).getByText("Closed")).toBeVisible();

    await user.click(screen.getByText("Add a step"));
    expect(screen.getByText(/needs a name/)).toBeVisible();
    await user.type(screen.getByLabelText("Step 2"), "Entrega");
    await user.type(screen.getAllByLabelText("Question").at(-1)!, "Día");
    await user.click(save);

    expect(await screen.findByText("Saved")).toBeVisible();
    const { settings } = state.desk;
    expect(settings).toMatchObject({ limitSeconds: 30, warningSeconds: 10 });
    expect(settings.hours.map(({ day }) => day)).toEqual([2, 3, 4, 5]);
    expect(settings.wizard.map(({ title }) => title)).toEqual(["Necesidad", "Entrega"]);
    await waitFor(() =>
      expect(screen.getByText("Save").closest("button")).toBeDisabled(),
    );
  });

  it("say in words who is given what comes, and try it out", async () => {
    const state = makeState();
    serve(state);
    const { user } = open("/settings/desk");
    await user.click(
      await screen.findByLabelText("Assign without waiting for a supervisor"),
    );
    const summary = screen.getByRole("list", { name: "In short" });
    expect(summary).toHaveTextContent("Everything, in turn to whoever is available.");

    await user.click(screen.getByText("Add a rule"));
    expect(screen.getByText(/Each rule of assignment needs a name/)).toBeVisible();
    await user.type(screen.getByLabelText("Rule 1"), "Fibra");
    await user.type(
      screen.getByLabelText("Campaigns", { selector: "input" }),
      "Fibra 500{Enter}",
    );
    await user.type(
      screen.getByLabelText("Skills", { selector: "input" }),
      "fibra{Enter}",
    );
    expect(summary).toHaveTextContent("Fibra: Fibra 500 → fibra, in turn.");
    await user.click(screen.getByText("Try"));
    expect(await screen.findByText(/Bruno Salas is given it/)).toBeVisible();
    expect(screen.getByText(/in a pause/)).toBeVisible();
    await expectAccessible();
    await user.type(screen.getByLabelText("Until it is assigned"), "120");
    await user.type(screen.getByLabelText("After so many returns"), "3");
    await user.click(screen.getByText("Add a reason"));
    await user.type(screen.getByLabelText("Reason"), "Almuerzo");
    await user.click(screen.getByLabelText("Time stands still"));
    await user.click(screen.getByLabelText("WhatsApp"));
    await user.click(screen.getByText("Save"));

    expect(await screen.findByText("Saved")).toBeVisible();
    const { assigning, goals, escalation, leads, pauses } = state.desk.settings;
    expect(pauses).toEqual([{ name: "Almuerzo", stopsClock: true, minutes: 60 }]);
    expect(assigning).toMatchObject({ on: true, rest: true, limit: 5 });
    expect(assigning.rules).toEqual([
      {
        name: "Fibra",
        campaigns: ["Fibra 500"],
        sources: [],
        skills: ["fibra"],
        method: "round_robin",
      },
    ]);
    expect([goals.assignSeconds, escalation.afterReturns]).toEqual([120, 3]);
    expect(leads.sources).toEqual(["whatsapp"]);
  });
});
