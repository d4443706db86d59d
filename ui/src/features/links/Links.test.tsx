import { screen, waitFor, within } from "@testing-library/react";
import { describe, expect, it } from "vitest";

import { makeLink, makeLinks } from "../../../dev/fake-links";
import { makeState } from "../../../dev/fake-pista";
import { expectAccessible, open } from "../../test/render";
import { serve } from "../../test/server";

const PATH = "/links";

describe("links of advertisements", () => {
  it("are made with a look at where they lead, and shown with what to copy", async () => {
    const state = makeState({ links: makeLinks({ items: [] }) });
    serve(state);
    const { user, place } = open(PATH);

    expect(await screen.findByText("No links yet")).toBeVisible();
    await user.click(screen.getByRole("button", { name: "New link" }));
    const dialog = within(await screen.findByRole("dialog"));
    await user.click(await dialog.findByText("Page"));
    await user.click(dialog.getByRole("button", { name: "Save" }));
    expect(dialog.getByText("Give it a name.")).toBeVisible();
    expect(dialog.getByText("The whole address, with https://.")).toBeVisible();
    await expectAccessible();

    await user.type(dialog.getByLabelText("Name"), "Flowers");
    await user.type(
      dialog.getByLabelText("The page's address"),
      "https://shop.com/a?b=1",
    );
    expect(dialog.getByText("https://shop.com/a?b=1&pista=…")).toBeVisible();
    await user.type(dialog.getByLabelText("End of the address"), "flowers");
    await user.click(dialog.getByRole("button", { name: "Save" }));

    const made = await screen.findByRole("dialog", { name: "Flowers" });
    expect(state.links.items[0]).toMatchObject({
      slug: "flowers",
      kind: "page",
      url: "https://shop.com/a?b=1",
      bot: null,
    });
    expect(place()).toContain(`link=${state.links.items[0]?.id ?? ""}`);
    expect(within(made).getByText(/campaign_id=\{\{campaign\.id\}\}/)).toBeVisible();
    await user.click(within(made).getByRole("tab", { name: "TikTok" }));
    expect(within(made).getByText(/__CAMPAIGN_ID__/)).toBeVisible();
    await expectAccessible();
  });

  it("are made by supervisors, who may not see the channels and do not ask", async () => {
    const state = makeState();
    state.me.user.role = "gtr";
    const asked = serve(state);
    const { user } = open(PATH);

    await user.click(await screen.findByRole("button", { name: "New link" }));
    const dialog = within(await screen.findByRole("dialog"));
    expect(await dialog.findByLabelText("The bot's name")).toBeVisible();
    expect(asked.filter((one) => one.includes("/api/chat/channels"))).toEqual([]);
  });

  it("say that an address is taken, and that a code is missing", async () => {
    serve(makeState());
    const { user } = open(PATH);

    await user.click(await screen.findByRole("button", { name: "New link" }));
    const dialog = within(await screen.findByRole("dialog"));
    await user.click(await dialog.findByText("WhatsApp"));
    await user.type(dialog.getByLabelText("Name"), "Again");
    await user.type(dialog.getByLabelText("End of the address"), "otono");
    await user.clear(dialog.getByLabelText("First message"));
    await user.click(dialog.getByRole("button", { name: "Save" }));
    expect(dialog.getByText("Put {code}, by itself, where the code goes.")).toBeVisible();
    await user.type(dialog.getByLabelText("First message"), "Hi{{code}");
    expect(dialog.getByText("Put {code}, by itself, where the code goes.")).toBeVisible();
    await user.clear(dialog.getByLabelText("First message"));
    await user.type(dialog.getByLabelText("First message"), "Hi {{code}");
    await user.click(dialog.getByRole("button", { name: "Save" }));

    expect(await dialog.findByRole("alert")).toHaveTextContent(
      "Another link has this address already",
    );
  });

  it("are archived and, by a click, used again", async () => {
    const link = makeLink();
    const state = makeState({ links: makeLinks({ items: [link] }) });
    serve(state);
    const { user } = open(`${PATH}?link=${link.id}`);

    await user.click(await screen.findByRole("button", { name: "Archive" }));
    expect(await screen.findByText("No links yet")).toBeVisible();
    await user.click(await screen.findByRole("button", { name: "Undo" }));

    expect(await screen.findByText("1,200")).toBeVisible();
    expect(state.links.items[0]?.archivedAt).toBeNull();
  });

  it("are found by their words, and say what was lost", async () => {
    const lost = { ...makeLink().counts, lost: 7 };
    const items = [
      makeLink(),
      makeLink({ name: "Spring", slug: "spring", counts: lost }),
    ];
    serve(makeState({ links: makeLinks({ items }) }));
    const { user, place } = open(PATH);

    expect(await screen.findByText("7 untracked")).toBeVisible();
    await user.type(screen.getByLabelText("Search links"), "spring");
    await waitFor(() => expect(screen.queryByText("Otoño")).toBeNull());

    expect(screen.getByText("Spring")).toBeVisible();
    expect(place()).toContain("q=spring");
    await expectAccessible();
  });

  it("stand on domains of one's own", async () => {
    const state = makeState();
    serve(state);
    const { user } = open(PATH);

    const domain = await screen.findByLabelText("Domain");
    await user.type(domain, "no domain");
    await user.click(screen.getByRole("button", { name: "Add domain" }));
    expect(screen.getByText("A domain, such as go.shop.com.")).toBeVisible();
    await user.clear(domain);
    await user.type(domain, "go.shop.com");
    await user.click(screen.getByRole("button", { name: "Add domain" }));
    expect(await screen.findByText("_pista.go.shop.com")).toBeVisible();
    await user.click(screen.getByRole("button", { name: "Check now" }));
    expect(await screen.findByText(/There is no TXT record of that name/)).toBeVisible();
    await expectAccessible();
    state.links.found = { why: null, provenAt: "2025-11-30T12:06:00Z" };
    await user.click(screen.getByRole("button", { name: "Check now" }));
    expect(await screen.findByText("proven · links: 0")).toBeVisible();
    await user.click(await screen.findByRole("button", { name: "Remove go.shop.com" }));

    await waitFor(() => expect(state.links.domains).toEqual([]));
  });
});
