import { describe, expect, it } from "vitest";

import { makeTemplate, makeTemplates } from "../../../../dev/fake-sending";
import { fillGaps, found, gapsOf, isFilled, messageOf } from "./templates";

describe("a template", () => {
  it("has each gap once, by number or by name", () => {
    expect(gapsOf("Hola {{1}}, {{ 2 }} y otra vez {{1}}")).toEqual(["1", "2"]);
    expect(gapsOf("Hola {{nombre}}")).toEqual(["nombre"]);
  });

  it("reads as it will be read, with what is missing left open", () => {
    expect(fillGaps("Hola {{1}}, {{2}}. ¡{{1}}!", ["Marta", " "])).toBe(
      "Hola Marta, {{2}}. ¡Marta!",
    );
    expect(fillGaps("Hola {{1}}", ["$& {{2}}"])).toBe("Hola $& {{2}}");
  });

  it("is sent when all is filled in, and with nothing that it does not take", () => {
    const template = makeTemplate();
    const body = ["Marta", "A-12"];
    expect(isFilled(template, { header: "", body, buttons: [] })).toBe(false);
    expect(isFilled(template, { header: "", body: ["", "x"], buttons: ["y"] })).toBe(
      false,
    );
    const filling = { header: "ignored", body, buttons: [" a-12 "] };
    expect(isFilled(template, filling)).toBe(true);
    expect(messageOf(template, filling)).toEqual({
      type: "template",
      template: { name: "pedido_listo", language: "es", body, buttons: ["a-12"] },
    });
  });

  it("with a file as its header takes an address", () => {
    const template = makeTemplate({
      header: "image",
      headerText: null,
      gaps: 0,
      buttonGaps: 0,
    });
    const filling = { header: "http://x.example/a.png", body: [], buttons: [] };
    expect(isFilled(template, filling)).toBe(false);
    const header = "https://x.example/a.png";
    expect(isFilled(template, { ...filling, header })).toBe(true);
    expect(messageOf(template, { ...filling, header }).template?.header).toBe(header);
  });

  it("is found by words of its name or text, whatever their accents, if it may be sent", () => {
    const names = (words: string) =>
      found(makeTemplates(), words).map(({ name }) => name);
    expect(names("catalogo")).toEqual(["catalogo"]);
    expect(names("SEU esta PRONTO")).toEqual(["pedido_listo"]);
    expect(names("2x1")).toEqual([]);
    expect(names("")).toHaveLength(4);
  });
});
