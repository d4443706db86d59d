import { describe, expect, it } from "vitest";

import { kindOf, messagesOf, refusalOf, typeOf } from "./files";

const MB = 2 ** 20;
const file = (name: string, type: string, size = 1_000) => ({ name, type, size });

describe("a file", () => {
  it("is what the browser says, or else its name", () => {
    expect(typeOf(file("a.bin", "audio/ogg; codecs=opus"))).toBe("audio/ogg");
    expect(typeOf(file("Boleta.PDF", ""))).toBe("application/pdf");
    expect(typeOf(file("setup.exe", "application/octet-stream"))).toBe(
      "application/octet-stream",
    );
  });

  it("is sent as what each platform makes of it", () => {
    const kinds = (name: string, type: string) =>
      (["whatsapp", "telegram"] as const).map((one) => kindOf(file(name, type), one));
    expect(kinds("a.jpg", "image/jpeg")).toEqual(["image", "image"]);
    expect(kinds("a.mp4", "video/mp4")).toEqual(["video", "video"]);
    expect(kinds("a.ogg", "audio/ogg")).toEqual(["audio", "voice"]);
    expect(kinds("a.pdf", "application/pdf")).toEqual(["document", "document"]);
    expect(kinds("a.gif", "image/gif")).toEqual([undefined, "document"]);
    expect(kinds("a.zip", "application/zip")).toEqual([undefined, "document"]);
  });

  it.each([
    ["empty", file("a.jpg", "image/jpeg", 0), "whatsapp", { key: "inbox.file.empty" }],
    ["odd", file("a.exe", ""), "whatsapp", { key: "inbox.file.type" }],
    [
      "a large picture",
      file("a.png", "image/png", 5 * MB + 1),
      "whatsapp",
      { key: "inbox.file.tooLarge", most: 5 * MB },
    ],
    [
      "more than this server takes",
      file("a.pdf", "application/pdf", 16 * MB + 1),
      "whatsapp",
      { key: "inbox.file.tooLargeHere", most: 16 * MB },
    ],
    [
      "as large as may be",
      file("a.pdf", "application/pdf", 16 * MB),
      "whatsapp",
      undefined,
    ],
    ["odd, where all is taken", file("a.exe", ""), "telegram", undefined],
  ] as const)("is refused before it is uploaded: %s", (_, one, platform, why) => {
    expect(refusalOf(one, platform, 16 * MB)).toEqual(why);
  });

  it("of a large picture is a document in Telegram, which takes it so", () => {
    const large = file("a.jpg", "image/jpeg", 11 * MB);
    expect(kindOf(large, "telegram")).toBe("document");
    expect(refusalOf(large, "telegram", 16 * MB)).toBeUndefined();
  });
});

describe("files and a text", () => {
  const picture = { mediaId: "1", kind: "image", filename: "a.jpg" } as const;
  const sound = { mediaId: "2", kind: "audio", filename: "b.mp3" } as const;

  it("stand together where the platform has a caption", () => {
    const sent = messagesOf([sound, picture], "Mira", "whatsapp");
    expect(sent.map(({ media, text }) => media?.caption ?? text)).toEqual([
      undefined,
      "Mira",
    ]);
    expect(sent).toHaveLength(2);
  });

  it("stand one after the other where it has none, or the text is too long", () => {
    expect(messagesOf([sound], "Oye", "whatsapp").map(({ type }) => type)).toEqual([
      "media",
      "text",
    ]);
    expect(messagesOf([picture], "a".repeat(1_025), "whatsapp").at(-1)?.type).toBe(
      "text",
    );
    expect(messagesOf([], "Hola", "telegram")).toEqual([{ type: "text", text: "Hola" }]);
  });
});
