import { attribute, path } from "./elements";
import type { Track } from "./events";
import { listen } from "./guard";

const TEXT_CHARS = 80;
const CLASS_CHARS = 100;
const BUTTONS = "a,button,summary,[role=button]";
// What a visitor has typed or chosen is never ours to read.
const PRIVATE = "[contenteditable],select,textarea";

const label = (button: Element) =>
  button.closest(PRIVATE) || button.querySelector(PRIVATE)
    ? undefined
    : button.textContent.trim().replace(/\s+/g, " ").slice(0, TEXT_CHARS);

export function watchClicks(track: Track): void {
  listen("click auxclick", (event: MouseEvent) => {
    const elements = path(event);
    const button = elements.find((element) => element.matches(BUTTONS));
    const element = button || elements[0];
    // Any mouse button but the right one, which opens a menu.
    if (!element || event.button > 1) return;
    const { href, host } = element as HTMLAnchorElement;
    const text = button && label(button);
    track("CLICK", {
      tag: element.localName,
      id: attribute(element, "id"),
      classes: attribute(element, "class", CLASS_CHARS),
      text,
      href,
    });
    if (/^http/.test(href) && host != location.host) track("OUTBOUND_CLICK", { href, text });
  });
}
