/** Attributes as people write them. */

export type AttributeValue = string | number | boolean | null;

export function writeValue(value: AttributeValue): string {
  return value === null ? "" : String(value);
}

/** A number stays a number, and yes or no stays that; nothing takes the attribute away. */
export function readValue(text: string, was: AttributeValue): AttributeValue {
  if (text === "") return null;
  if (typeof was === "number" && Number.isFinite(Number(text))) return Number(text);
  if (typeof was === "boolean" && /^(true|false)$/.test(text)) return text === "true";
  return text;
}
