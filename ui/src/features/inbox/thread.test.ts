import { describe, expect, it } from "vitest";

import { makeMessage } from "../../../dev/fake-messages";
import type { ChatMessages } from "../../api/model";
import { filled, itemsOf, lastSeq, spansOf } from "./thread";
import { withNews } from "./presence";

const page = (items: ChatMessages["items"], notes: ChatMessages["notes"] = []) => ({
  items,
  notes,
  next: null,
  last: null,
});
const at = (time: string) => `2026-03-18T${time}Z`;

describe("a conversation", () => {
  it("is in one order, each message once, parted by the company's days", () => {
    const one = makeMessage(1, { at: at("02:00:00") });
    const two = makeMessage(2, { at: at("12:00:00") });
    const three = makeMessage(3, { at: at("12:01:00") });
    const note = {
      id: "note",
      text: "x",
      at: at("12:00:30"),
      author: { id: "u1", name: "Ana" },
    };

    const items = itemsOf([page([two, three], [note]), page([one, two])], "America/Lima");

    expect(items.map(({ key }) => key)).toEqual([
      "day 2026-03-17",
      one.id,
      "day 2026-03-18",
      two.id,
      "note",
      three.id,
    ]);
    expect(lastSeq([page([one, three]), page([two])])).toBe(3);
  });

  it("joins what one person says within minutes", () => {
    const said = [
      makeMessage(1, { at: at("12:00:00") }),
      makeMessage(2, { at: at("12:04:00") }),
      makeMessage(3, { at: at("12:10:00") }),
      makeMessage(4, { at: at("12:10:10"), direction: "out", person: null }),
      makeMessage(5, { at: at("12:10:20"), kind: "system", person: null }),
    ];

    const joined = itemsOf([page(said)], "UTC").flatMap((item) =>
      item.kind === "message" ? [item.joined] : [],
    );

    expect(joined).toEqual([false, true, false, false, false]);
  });
});

describe("a text", () => {
  it.each([
    [
      "*hola* _que_ ~tal~ `x`",
      "bold:hola|text: |slanted:que|text: |struck:tal|text: |code:x",
    ],
    ["2*3*4 a_b_c", "text:2*3*4 a_b_c"],
    ["ve https://a.example/x.", "text:ve |link:https://a.example/x|text:."],
    ["javascript:alert(1)", "text:javascript:alert(1)"],
    ["<b>", "text:<b>"],
  ])("%s", (text, expected) => {
    const spans = spansOf(text).map((span) => `${span.kind}:${span.text}`);
    expect(spans.join("|")).toBe(expected);
  });

  it("of a quick reply has its gaps filled, but for those that nobody knows", () => {
    expect(filled("Hola {{name}}, {{what}}", { name: "Ana" })).toBe("Hola Ana, {{what}}");
  });
});

describe("who is here", () => {
  const bea = { conversationId: "c", userId: "b", name: "Bea" } as const;
  const nobody = { items: [], composer: null };

  it("is whoever looks or writes, and the first who writes answers", () => {
    const looks = withNews(nobody, { ...bea, doing: "looking" });
    const writes = withNews(looks, { ...bea, doing: "typing" });
    const carla = { ...bea, userId: "c", name: "Carla", doing: "typing" } as const;

    expect(looks).toEqual({
      items: [{ id: "b", name: "Bea", doing: "looking" }],
      composer: null,
    });
    expect(writes.composer).toEqual({ id: "b", name: "Bea" });
    expect(withNews(writes, carla).composer?.name).toBe("Bea");
    expect(withNews(writes, { ...bea, doing: "gone" })).toEqual(nobody);
  });
});
