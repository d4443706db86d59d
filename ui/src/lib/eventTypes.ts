/** How an event type is written. */

const EVENT_TYPE = /^[A-Z][A-Z0-9_]{0,63}$/;

export function isEventType(text: unknown): text is string {
  return typeof text === "string" && EVENT_TYPE.test(text);
}

/** What somebody has written, as an event type is: `add to cart` is `ADD_TO_CART`. */
export function eventTypeOf(text: string): string | undefined {
  const type = text
    .trim()
    .toUpperCase()
    .replaceAll(/[\s-]+/g, "_");
  return isEventType(type) ? type : undefined;
}
