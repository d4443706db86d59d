import { describe, expect, it } from "vitest";

import { blockReader, type Block } from "./eventStream";

function read(...pieces: string[]) {
  const blocks: Block[] = [];
  const reader = blockReader((block) => blocks.push(block));
  for (const piece of pieces) reader.take(piece);
  return { blocks, reader };
}

const WHOLE =
  'retry: 2000\n\nid: a\nevent: event\ndata: {"n":1}\n\n: still here\n\nid: b\n\n';

describe("a stream of events", () => {
  it("is read the same wherever it is cut", () => {
    for (let cut = 0; cut <= WHOLE.length; cut += 1) {
      const { blocks, reader } = read(WHOLE.slice(0, cut), WHOLE.slice(cut));

      expect(blocks).toEqual([{ event: "event", data: { n: 1 } }]);
      expect(reader.lastId()).toBe("b");
    }
  });

  it("forgets half a block, which is sent again", () => {
    const { blocks, reader } = read('id: a\nevent: event\ndata: {"n":1');
    reader.cut();
    reader.take('id: a\nevent: event\ndata: {"n":1}\n\n');

    expect(blocks).toEqual([{ event: "event", data: { n: 1 } }]);
  });

  it("leaves out what is not JSON", () => {
    expect(read("event: event\ndata: oops\n\n").blocks).toEqual([]);
  });
});
