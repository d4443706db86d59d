import { screen, waitFor, within } from "@testing-library/react";
import { describe, expect, it } from "vitest";

import { makeCrm } from "../../../dev/fake-crm";
import { makeState } from "../../../dev/fake-pista";
import { expectAccessible, open } from "../../test/render";
import { serve } from "../../test/server";

const PATH = "/settings/letters";

describe("failed work", () => {
  it("is nothing on a good day", async () => {
    serve(makeState({ crm: makeCrm({ letters: [] }) }));
    open(PATH);

    expect(await screen.findByText("Nothing has failed")).toBeVisible();
  });

  it("is read, chosen and tried again", async () => {
    const state = makeState();
    serve(state);
    const { user } = open(PATH);

    await user.click(await screen.findByRole("button", { name: "Show job 3" }));
    expect(await screen.findByText(/"received_id": "0190a6c2"/)).toBeVisible();
    expect(await screen.findByText(/"email": "eva@example.com"/)).toBeVisible();
    expect(screen.getByText(/Request 3f9c1d2e4b5a6978, received/)).toBeVisible();
    expect(screen.getByText(/wamid\.HBgL/)).toBeVisible();
    expect(screen.getByText(/queries\.py:198 stored/)).toBeVisible();
    await user.keyboard("{Escape}");
    await user.click(screen.getByRole("checkbox", { name: "Select job 2" }));
    expect(screen.getByText("1 selected")).toBeVisible();
    await expectAccessible();
    await user.click(screen.getByRole("button", { name: "Try again" }));

    await waitFor(() => expect(state.crm.replayed).toEqual(["2"]));
    expect(await screen.findByText("1 is tried again.")).toBeVisible();
  });

  it("is dropped after a question, all of it if that is chosen", async () => {
    const state = makeState();
    serve(state);
    const { user } = open(PATH);

    await user.click(await screen.findByRole("checkbox", { name: "Select all" }));
    await user.click(screen.getByRole("button", { name: "Drop" }));
    const dialog = within(await screen.findByRole("dialog"));
    expect(dialog.getByText(/3 jobs are dropped for good/)).toBeVisible();
    await user.click(dialog.getByRole("button", { name: "Drop" }));

    await waitFor(() => expect(state.crm.letters).toEqual([]));
  });

  it("is shown of one kind", async () => {
    serve(makeState());
    open(`${PATH}?kind=chat.send`);

    expect(await screen.findByText("chat.send")).toBeVisible();
    expect(screen.getAllByRole("checkbox", { name: /^Select job/ })).toHaveLength(1);
  });
});
