/** Properties and their values in the reader's language. */
import { useCallback } from "react";

import { useSpeech } from "./i18n";
import { oneOf } from "./search";
import { metadataKey, PROPERTIES, type Condition } from "./properties";

const CHANNELS = [
  "affiliate",
  "ai_assistant",
  "audio",
  "direct",
  "display",
  "email",
  "messaging",
  "organic_search",
  "organic_social",
  "organic_video",
  "paid_other",
  "paid_search",
  "paid_social",
  "paid_video",
  "push",
  "referral",
  "sms",
] as const;

const DEVICES = ["desktop", "mobile", "server", "tablet"] as const;

/** What a value of a property is called; its own name, if it has no other. */
export function useValueWords(): (property: string, value: string) => string {
  const { t, locale } = useSpeech();
  return useCallback(
    (property, value) => {
      if (value === "") return t("breakdown.none");
      switch (property) {
        case "channel": {
          const channel = oneOf(CHANNELS, value);
          return channel === undefined ? value : t(`channel.${channel}`);
        }
        case "device": {
          const device = oneOf(DEVICES, value);
          return device === undefined ? value : t(`device.${device}`);
        }
        case "country":
          return countryIn(locale, value);
        default:
          return value;
      }
    },
    [t, locale],
  );
}

function countryIn(locale: string, code: string): string {
  if (!/^[A-Z]{2}$/.test(code)) return code;
  return new Intl.DisplayNames(locale, { type: "region" }).of(code) ?? code;
}

export function usePropertyWord(): (property: string) => string {
  const { t } = useSpeech();
  return useCallback(
    (property) => {
      const known = oneOf(PROPERTIES, property);
      if (known !== undefined) return t(`property.${known}`);
      return metadataKey(property) ?? property;
    },
    [t],
  );
}

/** A condition in words: `Channel: Direct`, `Channel: not Direct`. */
export function useConditionWords(): (condition: Condition) => string {
  const { t } = useSpeech();
  const propertyWord = usePropertyWord();
  const valueWords = useValueWords();
  return useCallback(
    ({ property, value, negated }) =>
      t(negated ? "breakdown.isNot" : "breakdown.is", {
        property: propertyWord(property),
        value: valueWords(property, value),
      }),
    [t, propertyWord, valueWords],
  );
}
