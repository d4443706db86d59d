import { createContext, use, useEffect, useMemo, useState, type ReactNode } from "react";

import { catalogue } from "./catalogue";
import {
  fill,
  LANGUAGES,
  LOCALE,
  preferredLanguage,
  separatorsOf,
  showNumber,
  type Language,
  type Text,
  type Values,
} from "./text";

export { LANGUAGES, type Language } from "./text";

export type TextKey = keyof typeof catalogue;

export type Translate = <Key extends TextKey>(
  key: Key,
  ...values: Values<(typeof catalogue)[Key]>
) => string;

/** Each language under its own name, whatever language is spoken now. */
export const LANGUAGE_NAMES: Record<Language, string> = {
  es: "Español",
  pt: "Português",
  en: "English",
};

export function translator(language: Language): Translate {
  return (key, ...values) => {
    const text: Text = catalogue[key][language];
    return fill(language, text, values[0]);
  };
}

interface Speech {
  language: Language;
  /** What `Intl` calls the language. */
  locale: string;
  setLanguage: (language: Language) => void;
  t: Translate;
  number: (value: number, options?: Intl.NumberFormatOptions) => string;
  /** Where somebody types a number. */
  separators: { thousands: string; decimals: string };
}

const SpeechContext = createContext<Speech | null>(null);

const STORED = "pista.language";

function startLanguage(): Language {
  const stored = LANGUAGES.find((language) => language === localStorage.getItem(STORED));
  return stored ?? preferredLanguage(navigator.languages);
}

export function LanguageProvider({ children }: { children: ReactNode }) {
  const [language, setLanguage] = useState(startLanguage);

  useEffect(() => {
    document.documentElement.lang = LOCALE[language];
  }, [language]);

  const speech = useMemo<Speech>(
    () => ({
      language,
      locale: LOCALE[language],
      setLanguage: (next) => {
        localStorage.setItem(STORED, next);
        setLanguage(next);
      },
      t: translator(language),
      number: (value, options) => showNumber(language, value, options),
      separators: separatorsOf(language),
    }),
    [language],
  );
  return <SpeechContext value={speech}>{children}</SpeechContext>;
}

export function useSpeech(): Speech {
  const speech = use(SpeechContext);
  if (speech === null) throw new Error("useSpeech needs a LanguageProvider above it.");
  return speech;
}
