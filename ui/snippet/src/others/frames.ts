import { IGNORED } from "../elements";
import { guard } from "../guard";
import { VISITOR } from "../visitor";
import type { VisitorId } from "./messages";

/** Nobody has clicked or typed anything yet, here or in any frame, so that nothing can be lost. */
function isUntouched(frame: Element): boolean {
  const { userActivation } = navigator as Partial<Navigator>;
  return userActivation?.hasBeenActive === false && document.activeElement != frame;
}

/** Forms in frames of a form host get the visitor's id in their address, before they load. */
export function watchFrames(origins: Set<string>, visitorId: VisitorId): void {
  const told = new WeakMap<Element, string>();

  /**
   * `moving`: its address has changed in this very moment, so that nothing is lost by another change.
   * `early`: it was there before this script, and its page may be anywhere on its way.
   */
  function tell(frame: HTMLIFrameElement, moving: boolean, early?: boolean): void {
    const id = visitorId();
    const src = frame.getAttribute("src");
    // A frame holds an empty document of our own until another origin's is there. To change the
    // address of one that is could take away what somebody has typed in it.
    const free = moving || frame.contentDocument || isUntouched(frame);
    if (!id || !src || !free || frame.closest(IGNORED)) return;
    const url = new URL(src, document.baseURI);
    const ours = url.origin == location.origin || !origins.has(url.origin);
    // A page that takes the id away again has its way.
    if (ours || url.searchParams.has(VISITOR) || told.get(frame) == src) return;
    told.set(frame, src);
    url.search += `${url.search ? "&" : "?"}${VISITOR}=${id}`;
    const { parentNode, nextSibling } = frame;
    // In the moment in which a page arrives, a browser lets a change of address go by: a frame that
    // was taken out and put back begins anew for certain.
    if (early) frame.remove();
    frame.src = url.href;
    if (early) parentNode!.insertBefore(frame, nextSibling);
  }

  const framesIn = (node: Node) =>
    node instanceof HTMLIFrameElement
      ? [node]
      : node instanceof Element
        ? Array.from(node.querySelectorAll("iframe"))
        : [];

  const look = guard(tell);
  new MutationObserver((records) => {
    records.forEach(({ type, target, addedNodes }) => {
      if (target instanceof HTMLIFrameElement && type == "attributes") look(target, true);
      addedNodes.forEach((node) => framesIn(node).forEach((frame) => look(frame, false)));
    });
  }).observe(document, { attributeFilter: ["src"], childList: true, subtree: true });
  framesIn(document.documentElement).forEach((frame) => look(frame, false, true));
}
