/** A question with buttons, or with a list to choose from. */
import type { SendMessage } from "../../../api/model";

export type Offers = "buttons" | "list" | "phone";

export interface Question {
  offers: Offers;
  text: string;
  /** What opens the list. */
  opener: string;
  choices: readonly { title: string; description: string }[];
}

export const MOST_CHOICES: Readonly<Record<Offers, number>> = {
  buttons: 3,
  list: 10,
  phone: 0,
};
export const LONGEST_TITLE: Readonly<Record<Offers, number>> = {
  buttons: 20,
  list: 24,
  phone: 0,
};

export const EMPTY: Question = {
  offers: "buttons",
  text: "",
  opener: "",
  choices: [
    { title: "", description: "" },
    { title: "", description: "" },
  ],
};

/** The message, once nothing is missing; what is left empty is no choice. */
export function questionOf({
  offers,
  text,
  opener,
  choices,
}: Question): SendMessage | undefined {
  const said = text.trim();
  if (said === "") return undefined;
  if (offers === "phone") {
    return { type: "interactive", interactive: { text: said, askForPhone: true } };
  }
  const given = choices
    .map(({ title, description }) => ({
      title: title.trim(),
      description: description.trim(),
    }))
    .filter(({ title }) => title !== "")
    .slice(0, MOST_CHOICES[offers]);
  if (given.length === 0) return undefined;
  if (offers === "buttons") {
    const buttons = given.map(({ title }, at) => ({
      id: `choice-${String(at + 1)}`,
      title,
    }));
    return {
      type: "interactive",
      interactive: { text: said, buttons, askForPhone: false },
    };
  }
  if (opener.trim() === "") return undefined;
  const rows = given.map(({ title, description }, at) => ({
    id: `choice-${String(at + 1)}`,
    title,
    ...(description === "" ? {} : { description }),
  }));
  return {
    type: "interactive",
    interactive: { text: said, listButton: opener.trim(), rows, askForPhone: false },
  };
}
