import { screen, waitFor } from "@testing-library/react";
import { describe, expect, it } from "vitest";

import { makeState } from "../../../dev/fake-pista";
import { expectAccessible, open } from "../../test/render";
import { fail, serve } from "../../test/server";

const rate = (type: string) => screen.findByLabelText(`Percentage kept of ${type}`);

describe("event sampling", () => {
  it("shows how much of each type is kept", async () => {
    serve(makeState());
    open("/settings/events");

    expect(await rate("SCROLL")).toHaveValue("10 %");
    expect(await rate("PAGE_VIEW")).toBeDisabled();
    expect(screen.getByText("Changed")).toBeVisible();
    await expectAccessible();
  });

  it("saves a rate when it is written, not at every digit", async () => {
    const state = makeState();
    const asked = serve(state);
    const { user } = open("/settings/events");

    const field = await rate("SCROLL");
    await user.clear(field);
    await user.type(field, "25{Enter}");

    await waitFor(() =>
      expect(state.throttling.items).toContainEqual({
        eventType: "SCROLL",
        samplingRate: 25,
        alwaysKeep: false,
        isDefault: false,
      }),
    );
    expect(asked.filter((one) => one.startsWith("PUT"))).toHaveLength(1);
  });

  it("goes back to the default", async () => {
    const asked = serve(makeState());
    const { user } = open("/settings/events");

    await user.click(await screen.findByRole("button", { name: "Reset MOUSE_MOVE" }));

    await waitFor(() => expect(screen.queryByText("Changed")).not.toBeInTheDocument());
    expect(asked).toContain("DELETE /tracking-v2/throttling/MOUSE_MOVE");
  });

  it("takes a type of one's own", async () => {
    const state = makeState();
    serve(state);
    const { user } = open("/settings/events");

    await user.type(await screen.findByLabelText("Add a type"), "video play{Enter}");

    expect(await rate("VIDEO_PLAY")).toHaveValue("100 %");
    expect(state.throttling.items.at(-1)?.eventType).toBe("VIDEO_PLAY");
  });

  it("takes back what the server refuses", async () => {
    serve(makeState());
    const { user } = open("/settings/events");
    const always = await screen.findByRole("switch", { name: "Always keep SCROLL" });

    fail("/tracking-v2/throttling/SCROLL", 403, "forbidden");
    await user.click(always);

    expect(await screen.findByText("Your account may not do this.")).toBeVisible();
    await waitFor(() =>
      expect(
        screen.getByRole("switch", { name: "Always keep SCROLL" }),
      ).not.toBeChecked(),
    );
  });

  it("says when the server keeps everything anyway", async () => {
    const state = makeState();
    state.throttling.enabled = false;
    serve(state);
    open("/settings/events");

    expect(await screen.findByText(/Sampling is switched off/)).toBeVisible();
  });
});
