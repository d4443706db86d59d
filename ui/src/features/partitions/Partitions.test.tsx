import { screen, waitFor, within } from "@testing-library/react";
import { describe, expect, it } from "vitest";

import { goOnRemoving, makePartitions, makeShared } from "../../../dev/fake-partitions";
import { makeState } from "../../../dev/fake-pista";
import { expectAccessible, open } from "../../test/render";
import { fail, serve } from "../../test/server";

const PATH = "/settings/data";
const months = async () =>
  within(await screen.findByRole("region", { name: "Months" })).findByRole("table");

/** The second newest: the newest is the month under way. */
function lastMonth(): { month: string; word: string } {
  const month = makePartitions().items[1]?.month ?? "";
  const word = new Intl.DateTimeFormat("en", {
    timeZone: "UTC",
    month: "long",
    year: "numeric",
  }).format(new Date(`${month}-01T00:00:00Z`));
  return { month, word };
}

describe("retention and partitions", () => {
  it("shows the months, what is kept, and the room there is", async () => {
    serve(makeState());
    open(PATH);

    const rows = within(await months()).getAllByRole("row");
    expect(rows).toHaveLength(15);
    expect(within(rows[1] ?? document.body).getByText("This month")).toBeVisible();
    expect(within(rows[14] ?? document.body).getByText("Closed")).toBeVisible();
    expect(screen.getByText("12 months")).toBeVisible();
    expect(screen.getByText("183 GB")).toBeVisible();
    expect(screen.getByText(/Next clean-up: Dec 1, 2025, 3:00/)).toBeVisible();
    await expectAccessible();
  });

  it("opens a month to what its tables take", async () => {
    serve(makeState());
    const { user } = open(PATH);
    const { word } = lastMonth();

    await user.click(
      await screen.findByRole("button", { name: new RegExp(`${word}.*Show tables`) }),
    );

    expect(await screen.findByRole("rowheader", { name: "visitor_weeks" })).toBeVisible();
    await expectAccessible();
  });

  it("removes a month that is written by hand, and tells when it is done", async () => {
    const state = makeState();
    const asked = serve(state);
    const { user } = open(PATH);
    const { month, word } = lastMonth();

    await user.click(await screen.findByRole("button", { name: `Remove ${word}` }));
    const dialog = await screen.findByRole("dialog", { name: `Remove ${word}` });
    const send = within(dialog).getByRole("button", { name: "Remove for ever" });
    const field = within(dialog).getByLabelText(`To confirm, write ${month}`);
    await user.type(field, "2020-01");
    expect(send).toBeDisabled();
    await expectAccessible();
    await user.clear(field);
    await user.type(field, `${month}{Enter}`);

    expect(await screen.findByText("Waiting")).toBeVisible();
    expect(screen.getByRole("button", { name: `Remove ${word}` })).toBeDisabled();
    goOnRemoving(state.partitions);
    expect(await screen.findByText("Removing: 2 parts left")).toBeVisible();
    goOnRemoving(state.partitions);
    expect(await screen.findByText(new RegExp(`${word} is removed:`))).toBeVisible();
    expect(within(await months()).getAllByRole("row")).toHaveLength(14);
    expect(asked).toContain(`DELETE /api/partitions/${month}?confirm=${month}`);
  });

  it("shows no sizes where other companies have events too", async () => {
    serve(makeState({ partitions: makeShared() }));
    open(PATH);

    const table = await months();
    expect(within(table).queryByText("Size")).not.toBeInTheDocument();
    expect(screen.getByText(/Other companies have events/)).toBeVisible();
    expect(screen.queryByText("Space left")).not.toBeInTheDocument();
    await expectAccessible();
  });

  it("says that nothing is cleaned up by itself", async () => {
    const partitions = makePartitions({ autoCleanup: false, nextCleanupAt: null });
    serve(makeState({ partitions }));
    open(PATH);

    expect(await screen.findByText(/clean-up is switched off/)).toBeVisible();
  });

  it("has something to say before the first event", async () => {
    serve(makeState({ partitions: makePartitions({ items: [], bytes: 0 }) }));
    open(PATH);

    expect(await screen.findByText("No events are stored yet")).toBeVisible();
  });

  it("tells why a removal failed, and lets it be asked for again", async () => {
    const partitions = makePartitions();
    const { month, word } = lastMonth();
    partitions.removals = [
      {
        id: "r1",
        month,
        state: "failed",
        askedBy: "Ana Souza",
        askedAt: "2025-11-30T10:00:00Z",
        finishedAt: "2025-11-30T10:00:02Z",
        events: 12,
        bytes: null,
        partsLeft: null,
        error: "Not enough privileges.",
      },
    ];
    serve(makeState({ partitions }));
    open(PATH);

    expect(await screen.findByText("Not enough privileges.")).toBeVisible();
    expect(screen.getByRole("button", { name: `Remove ${word}` })).toBeEnabled();
  });

  it("can be loaded again", async () => {
    serve(makeState());
    fail("/api/partitions", 503, "unavailable");
    const { user } = open(PATH);

    const retry = await screen.findByRole("button", { name: "Try again" });
    serve(makeState());
    await user.click(retry);

    await waitFor(() => expect(screen.getByText("Space left")).toBeVisible());
  });
});
