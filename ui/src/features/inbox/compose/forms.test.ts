import { describe, expect, it } from "vitest";

import { EMPTY, questionOf } from "./choices";
import { spotOf } from "./place";

describe("a place", () => {
  const lima = { latitude: -12.1219, longitude: -77.0305 };
  it.each([
    "-12.1219, -77.0305",
    "-12.1219,-77.0305",
    "https://maps.example/maps?q=-12.1219,-77.0305",
    "https://maps.example/maps/@-12.1219,-77.0305,17z",
    "https://maps.example/maps/place/X/@1.5,2.5,17z/data=!3d-12.1219!4d-77.0305",
    "https://map.example/?mlat=-12.1219&mlon=-77.0305",
    "https://map.example/#map=17/-12.1219/-77.0305",
  ])("is read from %s", (text) => {
    expect(spotOf(text)).toEqual(lima);
  });

  it.each(["Av. Larco 345", "https://maps.example/abc", "91, 10", "1, 181"])(
    "is not read from %s",
    (text) => {
      expect(spotOf(text)).toBeUndefined();
    },
  );
});

describe("a question", () => {
  const choices = [
    { title: " Sí ", description: "" },
    { title: "", description: "nothing" },
    { title: "No", description: "Otro día" },
  ];

  it("with buttons leaves out what is empty", () => {
    expect(questionOf({ ...EMPTY, text: "¿Vienes?", choices })?.interactive).toEqual({
      text: "¿Vienes?",
      buttons: [
        { id: "choice-1", title: "Sí" },
        { id: "choice-2", title: "No" },
      ],
      askForPhone: false,
    });
  });

  it("with a list needs what opens it", () => {
    const list = { ...EMPTY, offers: "list", text: "¿Cuál?", choices } as const;
    expect(questionOf(list)).toBeUndefined();
    expect(questionOf({ ...list, opener: "Ver" })?.interactive).toEqual({
      text: "¿Cuál?",
      listButton: "Ver",
      rows: [
        { id: "choice-1", title: "Sí" },
        { id: "choice-2", title: "No", description: "Otro día" },
      ],
      askForPhone: false,
    });
  });

  it("is not sent without a text or a choice", () => {
    expect(questionOf({ ...EMPTY, choices })).toBeUndefined();
    expect(questionOf({ ...EMPTY, text: "¿?" })).toBeUndefined();
    expect(questionOf({ ...EMPTY, text: "¿?", offers: "phone" })?.interactive).toEqual({
      text: "¿?",
      askForPhone: true,
    });
  });
});
