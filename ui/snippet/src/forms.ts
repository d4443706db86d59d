import { attribute, IGNORED, path } from "./elements";
import type { Track } from "./events";
import { calmly, listen } from "./guard";
import { VISITOR } from "./visitor";

const SOON_MS = 50;
const FIELD = `[name=${VISITOR}]`;
const NAMES_CHARS = 1000;

type Root = Document | ShadowRoot;

/**
 * Puts the visitor id into every form and reports those sent. Answers a function that brings all up to
 * date. `onLook` hears each time that the page has changed, unless the visitor refuses.
 */
export function watchForms(
  track: Track,
  visitorId: () => string | null | undefined,
  onLook: () => void,
): () => void {
  const roots = new Set<Root>();

  /** Fills a form's field, the author's own if there is one; without an id it empties it. */
  function fill(form: Element, id: string | null | undefined): void {
    if (form.closest(IGNORED)) return;
    let field = form.querySelector<HTMLInputElement>(FIELD);
    if (!field && id) {
      field = Object.assign(document.createElement("input"), { type: "hidden", name: VISITOR });
      form.append(field);
    }
    if (field && field.value != id) field.value = id || "";
  }

  function fillAll(): void {
    const id = visitorId();
    if (id) onLook();
    roots.forEach((root) => root.querySelectorAll("form").forEach((form) => fill(form, id)));
  }

  const soon = calmly(SOON_MS, fillAll);

  function submitted(event: Event): void {
    const [form] = path(event);
    if (!form) return;
    fill(form, visitorId());
    const { host, pathname } = new URL(attribute(form, "action") || "", document.baseURI);
    const names = new Set<unknown>();
    form.querySelectorAll(`[name]:not(${FIELD})`).forEach((field) => names.add(attribute(field, "name")));
    track("FORM_SUBMIT", {
      id: attribute(form, "id"),
      name: attribute(form, "name"),
      action: host + pathname,
      fields: Array.from(names).join().slice(0, NAMES_CHARS),
    });
  }

  function watch(root: Root): void {
    if (roots.has(root)) return;
    roots.add(root);
    listen("submit", submitted, root);
    new MutationObserver(soon).observe(root, { childList: true, subtree: true });
    fillAll();
  }

  watch(document);
  // Shadow trees are found when somebody goes into one: nobody sends a form without touching it.
  listen("focusin pointerdown", (event: Event) =>
    event
      .composedPath()
      .forEach((node) => node instanceof ShadowRoot && watch(node)),
  );
  return fillAll;
}
