import { screen, waitFor, within } from "@testing-library/react";
import { describe, expect, it } from "vitest";

import { makeLive } from "../../../../dev/fake-live";
import { makeState } from "../../../../dev/fake-pista";
import {
  makeEvent,
  makeFact,
  makeTimeline,
  makeVisit,
} from "../../../../dev/fake-timeline";
import { expectAccessible, open } from "../../../test/render";
import { fail, serve } from "../../../test/server";
import { FakeStream } from "../../../test/stream";

const PATH = "/contacts/cntct_a";
const LATER = "2025-11-29T15:06:00Z";
const STREAM = "/api/contacts/cntct_a/stream";
const story = async () => within(await screen.findByRole("region", { name: "Timeline" }));
const entries = async () => (await story()).findAllByRole("article");

describe("a contact's timeline", () => {
  it("tells visits and what became known, the newest first, by days", async () => {
    serve(makeState());
    open(PATH);

    const [unknown, linked, visit, provisional, made] = await entries();
    expect(unknown).toHaveTextContent("Conversation opened");
    expect(linked).toHaveTextContent("Their browser was recognised");
    expect(linked).toHaveTextContent("Your CRM said so, in a signed message");
    expect(visit).toHaveTextContent("Visit · Paid social");
    expect(visit).toHaveTextContent("Click on an ad of Facebook / Instagram");
    expect(visit).toHaveTextContent("instagram · primavera · historia · Phone");
    expect(visit).toHaveTextContent("Added to the cartRamo de rosas · PEN 89.90");
    expect(visit).toHaveTextContent("Read down to 75%");
    expect(visit).not.toHaveTextContent("Read down to 50%");
    expect(provisional).toHaveTextContent("Unconfirmed");
    expect(made).toHaveTextContent("This person became known");
    const days = screen.getAllByRole("heading", { level: 3 });
    expect(days[0]).toHaveTextContent("Saturday, November 29, 2025");
    expect(screen.getByText("Times in Sao Paulo (GMT-3)")).toBeVisible();
    await expectAccessible();
  });

  it("loads what is older, and all of a visit", async () => {
    serve(makeState());
    const { user } = open(PATH);
    const visit = within((await entries())[2]!);
    await user.click(visit.getByRole("button", { name: "Show 124 more" }));
    expect(await visit.findByText("Página 99")).toBeVisible();
    await user.click(visit.getByRole("button", { name: "Load more of this visit" }));
    expect(await visit.findByText("Página 129")).toBeVisible();
    await user.click(visit.getByRole("button", { name: "Show less" }));
    expect(visit.queryByText("Página 99")).toBeNull();

    await user.click(screen.getByRole("button", { name: "Load older" }));
    await waitFor(async () => expect(await entries()).toHaveLength(29));
    expect(screen.getByText("This is where it begins.")).toBeVisible();
  });

  it("grows by itself: a visit that goes on, and a new one", async () => {
    const visit = makeVisit();
    serve(makeState({ timeline: makeTimeline({ entries: [visit] }) }));
    const stream = new FakeStream().serve(200, STREAM);
    open(PATH);
    await entries();
    const sign = within((await story()).getByRole("status"));
    expect(await sign.findByText("Live")).toBeVisible();

    stream.say(
      "event",
      makeLive({
        sessionId: visit.session.id,
        eventId: "e1",
        occurredAt: LATER,
        title: "Lirios",
      }),
    );
    stream.say(
      "event",
      makeLive({
        sessionId: "another",
        eventId: "e2",
        occurredAt: LATER,
        title: "Dalias",
      }),
    );

    await waitFor(async () => expect(await entries()).toHaveLength(2));
    const [fresh, before] = await entries();
    expect(fresh).toHaveTextContent("ViewedDalias");
    expect(before).toHaveTextContent("ViewedLirios");
    stream.end();
    expect(await sign.findByText("Reconnecting…")).toBeVisible();
  });

  it("puts what happens on top of a visit whose events are all shown", async () => {
    const visit = makeVisit({}, { moreEvents: 129 });
    serve(makeState({ timeline: makeTimeline({ entries: [visit] }) }));
    const stream = new FakeStream().serve(200, STREAM);
    const { user } = open(PATH);
    await user.click(await screen.findByRole("button", { name: "Show 129 more" }));
    await screen.findByText("Página 99");

    const { id: sessionId } = visit.session;
    stream.say("event", makeLive({ sessionId, occurredAt: LATER, title: "Dalias" }));

    const [shown] = await entries();
    await waitFor(() =>
      expect(within(shown!).getAllByRole("listitem")[0]).toHaveTextContent("Dalias"),
    );
  });

  it("finds words for what is known by half, or not at all", async () => {
    const events = [
      makeEvent({ eventType: "CLICK", metadata: { tag: "div" } }),
      makeEvent({ eventType: "COUPON_USED", metadata: { name: "SOL10" } }),
    ];
    const visit = makeVisit({ channel: "", clickIds: { gclid: "1" } }, { events });
    serve(makeState({ timeline: makeTimeline({ entries: [visit] }) }));
    open(PATH);

    const [shown] = await entries();
    expect(shown).toHaveTextContent("VisitClick on an ad of Google");
    expect(shown).toHaveTextContent("Clicked");
    expect(shown).toHaveTextContent("Coupon usedSOL10");
  });

  it("is told again when a link changes", async () => {
    const state = makeState({ timeline: makeTimeline({ entries: [] }) });
    serve(state);
    const stream = new FakeStream().serve(200, STREAM);
    open(PATH);
    expect(await screen.findByText(/Nothing is known of what they did/)).toBeVisible();

    state.timeline.entries = [makeFact({ method: "manual", by: "Luis" }), makeVisit()];
    stream.say("changed", {});

    await waitFor(async () => expect(await entries()).toHaveLength(2));
    expect((await entries())[0]).toHaveTextContent(
      "Somebody of your team said so · By Luis",
    );
  });

  it("says so when it does not come, beside what is known", async () => {
    serve(makeState());
    fail("/api/contacts/cntct_a/timeline", 503, "unavailable");
    open(PATH);

    expect(await (await story()).findByText("Could not load")).toBeVisible();
    expect(screen.getByText("ana@correo.example", { selector: "a" })).toBeVisible();
  });
});
