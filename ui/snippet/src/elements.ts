export const IGNORED = "[data-pista-ignore]";

/** Where an event began, also inside open shadow trees, from the inside out; empty where ignored. */
export function path(event: Event): Element[] {
  const elements = event.composedPath().filter((node) => node instanceof Element);
  return elements.some((element) => element.matches(IGNORED)) ? [] : elements;
}

/** Read from the attribute: a form's properties may be hidden by its fields' names. */
export const attribute = (element: Element, name: string, chars?: number) =>
  (element.getAttribute(name) || "").slice(0, chars) || undefined;
