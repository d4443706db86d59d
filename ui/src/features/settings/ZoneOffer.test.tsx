import { screen, waitFor } from "@testing-library/react";
import { afterEach, describe, expect, it, vi } from "vitest";

import { makeSite, makeState } from "../../../dev/fake-pista";
import { expectAccessible, open } from "../../test/render";
import { serve } from "../../test/server";

function browserIn(timeZone: string): void {
  const real = new Intl.DateTimeFormat().resolvedOptions();
  vi.spyOn(Intl.DateTimeFormat.prototype, "resolvedOptions").mockReturnValue({
    ...real,
    timeZone,
  });
}

function company(timeZone = "UTC") {
  const state = makeState({ sites: [makeSite({ firstEventAt: null })] });
  state.me.tenant.timeZone = timeZone;
  return state;
}

const title = "Is the company in Lima?";

afterEach(() => {
  vi.restoreAllMocks();
});

describe("a company that nobody has told the time zone of", () => {
  it.each(["/", "/settings/general"])("is offered the browser's at %s", async (path) => {
    browserIn("America/Lima");
    const state = company();
    serve(state);
    const { user } = open(path);

    await screen.findByText(title);
    await expectAccessible();
    await user.click(screen.getByRole("button", { name: "Use Lima time" }));

    await waitFor(() => expect(state.me.tenant.timeZone).toBe("America/Lima"));
    await waitFor(() => expect(screen.queryByText(title)).not.toBeInTheDocument());
  });

  it("may stay with UTC, and is not asked again", async () => {
    browserIn("America/Lima");
    const state = company();
    serve(state);
    const { user } = open("/settings/general");

    await user.click(await screen.findByRole("button", { name: "Stay with UTC" }));

    expect(screen.queryByText(title)).not.toBeInTheDocument();
    expect(state.me.tenant.timeZone).toBe("UTC");
    expect(localStorage.getItem("pista.zoneKept")).toBe(state.me.tenant.id);
  });

  it.each([
    ["Etc/UTC", "UTC", "admin"], // a browser that is nowhere
    ["America/Lima", "America/Bogota", "admin"], // somebody has said it
    ["America/Lima", "UTC", "gtr"], // may not change it
  ] as const)("is left alone from %s in %s as %s", async (here, zone, role) => {
    browserIn(here);
    const state = company(zone);
    state.me.user.role = role;
    serve(state);
    open("/settings/general");

    await screen.findByLabelText("Name");
    expect(screen.queryByText(title)).not.toBeInTheDocument();
  });
});
