/** How a text is written down, chosen by language, and filled in. */

export const LANGUAGES = ["es", "pt", "en"] as const;
export type Language = (typeof LANGUAGES)[number];

/** The locale that numbers and dates are written in. */
export const LOCALE: Record<Language, string> = { es: "es", pt: "pt-BR", en: "en" };

/** One sentence, or the forms that it takes with the number `{count}`. */
export type Text = string | { readonly one: string; readonly other: string };

/** Every text in every language, side by side: one that is missing does not compile. */
export type Catalogue = Readonly<Record<string, Readonly<Record<Language, Text>>>>;

type Placeholder<T> = T extends `${string}{${infer Name}}${infer Rest}`
  ? Name | Placeholder<Rest>
  : never;

type PlaceholderOf<T> = T extends { other: infer Other }
  ? Placeholder<Other> | "count"
  : Placeholder<T>;

/** The values that a text needs; Spanish is the one that decides. */
export type Values<T> =
  T extends Record<"es", infer Spanish>
    ? [PlaceholderOf<Spanish>] extends [never]
      ? []
      : [values: Record<PlaceholderOf<Spanish>, string | number>]
    : never;

export function fill(
  language: Language,
  text: Text,
  values: Readonly<Record<string, string | number>> = {},
): string {
  return formOf(language, text, values.count).replace(
    /\{(\w+)\}/g,
    (all, name: string) => {
      const value = values[name];
      if (value === undefined) return all;
      return typeof value === "number" ? showNumber(language, value) : value;
    },
  );
}

function formOf(
  language: Language,
  text: Text,
  count: string | number | undefined,
): string {
  if (typeof text === "string") return text;
  // Spanish and Portuguese have a third form for millions; it reads like the plural.
  const rule = new Intl.PluralRules(LOCALE[language]).select(Number(count));
  return rule === "one" ? text.one : text.other;
}

export function showNumber(
  language: Language,
  value: number,
  options: Intl.NumberFormatOptions = {},
): string {
  return new Intl.NumberFormat(LOCALE[language], {
    useGrouping: "always",
    ...options,
  }).format(value);
}

/** The first language of the browser that Pista speaks; Spanish if there is none. */
export function preferredLanguage(wanted: readonly string[]): Language {
  for (const tag of wanted) {
    const short = tag.toLowerCase().split("-")[0];
    const known = LANGUAGES.find((language) => language === short);
    if (known !== undefined) return known;
  }
  return "es";
}
