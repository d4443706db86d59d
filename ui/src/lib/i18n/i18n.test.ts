import { describe, expect, it } from "vitest";

import { translator } from ".";
import { catalogue } from "./catalogue";
import {
  fill,
  LANGUAGES,
  localesFor,
  preferredLanguage,
  separatorsOf,
  showNumber,
  type Catalogue,
  type Text,
} from "./text";

const entries = Object.entries(catalogue as Catalogue);

function forms(text: Text): string[] {
  return typeof text === "string" ? [text] : [text.one, text.other];
}

function placeholders(text: Text): string[] {
  const found = forms(text).flatMap((form) => form.match(/\{\w+\}/g) ?? []);
  return [...new Set(found)].sort();
}

describe("the catalogue", () => {
  it.each(LANGUAGES)("says everything in %s", (language) => {
    const silent = entries.filter(([, texts]) =>
      forms(texts[language]).some((form) => form.trim() === ""),
    );
    expect(silent.map(([key]) => key)).toEqual([]);
  });

  it.each(entries)("%s needs the same values in every language", (_key, texts) => {
    for (const language of LANGUAGES) {
      expect(placeholders(texts[language])).toEqual(placeholders(texts.es));
      expect(typeof texts[language]).toBe(typeof texts.es);
    }
  });
});

describe("a text", () => {
  it("is filled in, with numbers as the language writes them", () => {
    expect(translator("en")("stats.bots", { count: 1 })).toMatch(/^1 event from/);
    expect(translator("es")("stats.bots", { count: 12_345 })).toMatch(/^12\.345 eventos/);
    expect(translator("pt")("stats.bots", { count: 0 })).toMatch(/^0 evento de/);
  });

  it("takes the plural for a million, where Spanish has a third form", () => {
    expect(
      fill("es", { one: "{count} evento", other: "{count} eventos" }, { count: 1e6 }),
    ).toBe("1.000.000 eventos");
  });

  it("keeps a placeholder that nobody filled in, rather than a hole", () => {
    expect(fill("en", "Hello {name}")).toBe("Hello {name}");
    expect(fill("es", "Vista: {time}.", { time: "3:30 p.m." })).toBe("Vista: 3:30 p.m.");
    expect(fill("es", "Vista: {time}.", { time: "15:30" })).toBe("Vista: 15:30.");
  });

  it("is written as in the reader's country, where the browser names one", () => {
    expect(localesFor(["en-GB", "es-PE", "es-ES"])).toEqual({
      es: "es-PE",
      pt: "pt-BR",
      en: "en-GB",
    });
    expect(localesFor(["es", "fr-FR"]).es).toBe("es");
    expect(separatorsOf("es")).toEqual({ thousands: ".", decimals: "," });
  });

  it("groups thousands in every language", () => {
    expect(LANGUAGES.map((language) => showNumber(language, 1234))).toEqual([
      "1.234",
      "1.234",
      "1,234",
    ]);
  });
});

describe("the first language", () => {
  it.each([
    [["pt-PT", "en"], "pt"],
    [["en-GB"], "en"],
    [["es-419"], "es"],
    [["de-DE", "en-US"], "en"], // the second best is better than a guess
    [["ja"], "es"],
    [[], "es"],
  ])("of a browser that wants %j is %s", (wanted, language) => {
    expect(preferredLanguage(wanted)).toBe(language);
  });
});
