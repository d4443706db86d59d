import { screen, waitFor, within } from "@testing-library/react";
import { describe, expect, it } from "vitest";

import { makeState } from "../../../dev/fake-pista";
import { expectAccessible, open } from "../../test/render";
import { serve } from "../../test/server";

// A busy machine is slow, and not wrong.
const PATH = "/operations";

function panel(name: string) {
  return within(screen.getByRole("region", { name }));
}

describe("operations", () => {
  it("shows each queue with its numbers and its last hour", async () => {
    serve(makeState());
    open(PATH);

    await screen.findByRole("heading", { name: "Webhooks" });
    const webhooks = panel("Webhooks");
    expect(webhooks.getByText("18,543")).toBeVisible();
    expect(webhooks.getByRole("link", { name: "See 3 failed jobs" })).toHaveAttribute(
      "href",
      "/settings/letters",
    );
    expect(webhooks.getByText(/Message ids known: 14,502/)).toBeVisible();
    expect(
      await webhooks.findByRole("figure", {
        name: /^Webhooks, the last hour: Done\/min/,
      }),
    ).toBeVisible();
    await expectAccessible();
  });

  it("pauses a queue and goes on with it", async () => {
    serve(makeState());
    const { user } = open(PATH);

    await user.click(await screen.findByRole("button", { name: "Pause: Messages" }));
    expect(await screen.findByText(/^Paused since .* by Ana Torres\.$/)).toBeVisible();
    await user.click(screen.getByRole("button", { name: "Resume: Messages" }));

    expect(await screen.findByRole("button", { name: "Pause: Messages" })).toBeVisible();
    await waitFor(() => expect(screen.queryByText(/^Paused since/)).toBeNull());
  });

  it("says what only whoever runs the installation can end", async () => {
    const state = makeState();
    const [webhook] = state.queues.stats.queues;
    webhook?.stopped.push({ since: "2025-11-30T14:00:00Z", by: null, everywhere: true });
    serve(state);
    open(PATH);

    expect(await screen.findByText(/has stopped it for every company/)).toBeVisible();
    expect(screen.getByRole("button", { name: "Pause: Webhooks" })).toBeVisible();
  });

  it("empties a queue when its name is typed", async () => {
    const state = makeState();
    serve(state);
    const { user } = open(PATH);

    await user.click(await screen.findByRole("button", { name: "Empty: Webhooks" }));
    const dialog = within(await screen.findByRole("dialog"));
    const empty = dialog.getByRole("button", { name: "Empty" });
    await user.type(dialog.getByRole("textbox"), "webhooks");
    expect(empty).toBeDisabled();
    await user.clear(dialog.getByRole("textbox"));
    await user.type(dialog.getByRole("textbox"), "webhook");
    await user.click(empty);

    await waitFor(() => expect(state.queues.cleared).toEqual(["webhook"]));
    expect(await screen.findByText("14 jobs removed.")).toBeVisible();
    expect(screen.getByRole("button", { name: "Empty: Other work" })).toBeDisabled();
  });

  it("shows what is drawn as a table too, of what is chosen", async () => {
    serve(makeState());
    const { user } = open(PATH);

    await screen.findByRole("heading", { name: "Webhooks" });
    await user.click((await panel("Webhooks").findAllByText("Waiting")).at(-1)!);

    expect(
      await panel("Webhooks").findByRole("figure", { name: /the last hour: Waiting/ }),
    ).toBeVisible();
  });

  it("lists what the platforms sent, by state, page by page", async () => {
    serve(makeState());
    const { user, place } = open(PATH);

    const log = within(await screen.findByRole("region", { name: "Webhook log" }));
    await waitFor(() => expect(log.getAllByRole("listitem")).toHaveLength(25));
    await user.click(log.getByRole("button", { name: "Show more" }));
    await waitFor(() => expect(log.getAllByRole("listitem")).toHaveLength(42));
    await user.click(log.getByRole("combobox", { name: "State" }));
    await user.click(await screen.findByRole("option", { name: "Failed" }));
    await waitFor(() => expect(place()).toContain("state=failed"));
    expect(await log.findByText(/1 item · 0 kept · TypeError/)).toBeVisible();
  });

  it("shows a webhook as it came, and has it worked off once more", async () => {
    const state = makeState();
    serve(state);
    const { user } = open(`${PATH}?state=failed`);

    await user.click(await screen.findByRole("button", { name: /^Show the webhook of/ }));
    const dialog = within(await screen.findByRole("dialog"));
    expect(await dialog.findByText(/whatsapp_business_account/)).toBeVisible();
    await expectAccessible();
    await user.click(dialog.getByRole("button", { name: "Work it off again" }));
    await waitFor(() => expect(state.webhooks.retried).toHaveLength(1));
    expect(
      await dialog.findByRole("button", { name: "Work it off again" }),
    ).toBeDisabled();
  });

  it("says so where a webhook's payload is no longer kept", async () => {
    serve(makeState());
    const { user } = open(`${PATH}?state=malformed`);

    await user.click(await screen.findByRole("button", { name: /^Show the webhook of/ }));
    expect(await screen.findByText(/not kept any more/)).toBeVisible();
    expect(screen.getByRole("button", { name: "Work it off again" })).toBeDisabled();
  });
});
