/** How a text is written down, chosen by language, and filled in. */

export const LANGUAGES = ["es", "pt", "en"] as const;
export type Language = (typeof LANGUAGES)[number];

const GENERAL: Readonly<Record<Language, string>> = { es: "es", pt: "pt-BR", en: "en" };

/** Of each language as it is written in the reader's country: 1.852 in Madrid is 1,852 in Lima. */
export function localesFor(wanted: readonly string[]): Record<Language, string> {
  const own = (language: Language) =>
    wanted.find((tag) => tag.toLowerCase().startsWith(`${language}-`)) ??
    GENERAL[language];
  return { es: own("es"), pt: own("pt"), en: own("en") };
}

/** The locale that numbers and dates are written in. */
export const LOCALE = localesFor(navigator.languages);

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
    /\{(\w+)\}(\.?)/g,
    (all, name: string, stop: string) => {
      const value = values[name];
      if (value === undefined) return all;
      if (typeof value === "number") return showNumber(language, value) + stop;
      // A time in Spanish ends in "p.m.", and no full stop stands behind that.
      return value.endsWith(".") ? value : value + stop;
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

/** What stands between thousands, and before hundredths. */
export function separatorsOf(language: Language): {
  thousands: string;
  decimals: string;
} {
  const parts = new Intl.NumberFormat(LOCALE[language]).formatToParts(1_234_567.8);
  const part = (type: string) => parts.find((one) => one.type === type)?.value ?? "";
  return { thousands: part("group"), decimals: part("decimal") };
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
