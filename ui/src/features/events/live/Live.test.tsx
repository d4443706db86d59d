import { screen, waitFor, within } from "@testing-library/react";
import { describe, expect, it } from "vitest";

import { makeLive } from "../../../../dev/fake-live";
import { makeState } from "../../../../dev/fake-pista";
import { expectAccessible, open } from "../../../test/render";
import { serve } from "../../../test/server";
import { FakeStream } from "../../../test/stream";

function start(path = "/events?view=live") {
  serve(makeState());
  const stream = new FakeStream().serve();
  return { stream, ...open(path) };
}

const connected = () => screen.findByText("Connected");
const list = () => screen.findByRole("region", { name: /^Events; the space bar/ });
const rows = async () => within(await list()).queryAllByRole("listitem");

describe("the live events", () => {
  it("stand beside the breakdown and wait for the first one", async () => {
    const { user, place } = start("/events");

    await user.click(await screen.findByRole("radio", { name: "Live" }));

    expect(await screen.findByText("Waiting for the first event")).toBeVisible();
    expect(place()).toBe("/events?view=live");
    await expectAccessible();
  });

  it("come as they happen, the newest on top", async () => {
    const { stream } = start();
    await connected();

    stream.say("event", makeLive({ eventId: "1", path: "/uno" }));
    stream.say("event", makeLive({ eventId: "2", path: "/dos", eventType: "PURCHASE" }));

    await waitFor(async () => expect(await rows()).toHaveLength(2));
    const [first, second] = await rows();
    expect(first).toHaveTextContent("PURCHASE");
    expect(second).toHaveTextContent("flores.example/uno");
    expect(screen.getByText("2 events received")).toBeVisible();
    await expectAccessible();
  });

  it("show what is known of one that is pressed", async () => {
    const { stream, user } = start();
    await connected();
    stream.say("event", makeLive());

    await user.click(await screen.findByRole("button", { name: /PAGE_VIEW/ }));

    expect(screen.getByText("v1758565884546_a1b2c3")).toBeVisible();
    expect(screen.getByLabelText("Metadata")).toHaveTextContent('"value": 3');
    await expectAccessible();
  });

  it("pause with the space bar, count what waits, and go on with all of it", async () => {
    const { stream, user } = start();
    await connected();
    stream.say("event", makeLive({ eventId: "1" }));
    await waitFor(async () => expect(await rows()).toHaveLength(1));

    (await list()).focus();
    await user.keyboard(" ");
    stream.say("event", makeLive({ eventId: "2" }));
    stream.say("event", makeLive({ eventId: "3" }));
    const resume = await screen.findByRole("button", { name: "Resume (2 waiting)" });
    expect(await rows()).toHaveLength(1);

    await user.click(resume);
    expect(await rows()).toHaveLength(3);
  });

  it("are narrowed down by type at the server and by text here", async () => {
    const { stream, user, place } = start();
    await connected();
    stream.say("event", makeLive({ eventId: "1", path: "/rosas" }));
    stream.say("event", makeLive({ eventId: "2", path: "/lirios" }));
    await waitFor(async () => expect(await rows()).toHaveLength(2));

    await user.type(screen.getByLabelText("Text"), "lirios");
    expect(await rows()).toHaveLength(1);
    await user.type(screen.getByLabelText("Text"), "no");
    expect(await screen.findByText("No event matches the text")).toBeVisible();

    await user.type(
      screen.getByRole("combobox", { name: "Event type" }),
      "purchase{Enter}",
    );
    await waitFor(() =>
      expect(stream.asked.at(-1)?.search.get("eventType")).toBe("PURCHASE"),
    );
    expect(place()).toContain("type=PURCHASE");
  });

  it("say where some are missing", async () => {
    const { stream } = start();
    await connected();

    stream.say("gap", { reason: "slow", dropped: 12 });
    stream.say("gap", { reason: "expired", filled: 0 });
    stream.say("skipped", { count: 1_200, estimated: true });

    expect(
      await screen.findByText("12 events are missing here: they came too fast."),
    ).toBeVisible();
    expect(screen.getByText("Some events may be missing here.")).toBeVisible();
    expect(
      screen.getByText("1,200 more events, counted in the statistics."),
    ).toBeVisible();
  });

  it("come back to where they were", async () => {
    const { stream } = start();
    await connected();
    stream.say("event", makeLive());
    await waitFor(async () => expect(await rows()).toHaveLength(1));

    stream.end();

    expect(await screen.findByText("Disconnected; trying again")).toBeVisible();
    await waitFor(() => expect(stream.asked).toHaveLength(2));
    expect(stream.asked[1]?.lastId).toBe("1");
    await connected();
  });

  it("stop where they may not be seen", async () => {
    serve(makeState());
    new FakeStream().serve(403);
    open("/events?view=live");

    expect(await screen.findByText("Stopped")).toBeVisible();
  });
});
