import { useEffect, useEffectEvent, type RefObject } from "react";

interface ReviewKeys {
  onLetter: (place: number, key: string) => void;
  onUndo: () => void;
}

/** As long as `g` and another key are a way to another screen. */
const GOING = 1200;

/** What a radio button does itself. */
const OF_RADIOS = new Set(["ArrowDown", "ArrowUp", "ArrowLeft", "ArrowRight", " "]);

/**
 * `j` and `k`, or the arrows inside the list, go through its cards; any other key is told with the
 * card that has the focus, and `u` wherever nobody writes.
 */
export function useReviewKeys(
  list: RefObject<HTMLElement | null>,
  { onLetter, onUndo }: ReviewKeys,
): void {
  const press = useEffectEvent((event: KeyboardEvent) => {
    const cards = [
      ...(list.current?.querySelectorAll<HTMLElement>("[data-review]") ?? []),
    ];
    const place = cards.findIndex((card) => card.contains(document.activeElement));
    const step = stepOf(event.key, place !== -1);
    if (step !== 0) {
      const to = place === -1 ? 0 : place + step;
      const card = cards[Math.min(Math.max(to, 0), cards.length - 1)];
      card?.focus();
      card?.scrollIntoView({ block: "nearest" });
      if (card !== undefined) event.preventDefault();
      return;
    }
    if (event.key === "u") onUndo();
    // Enter on a button is the button's own.
    const own = event.key === "Enter" && event.target !== cards[place];
    if (place !== -1 && !own) onLetter(place, event.key);
  });

  useEffect(() => {
    let goUntil = 0;
    function listen(event: KeyboardEvent): void {
      if (event.ctrlKey || event.metaKey || event.altKey || isBusy(event.target)) return;
      if (isRadio(event.target) && OF_RADIOS.has(event.key)) return;
      const going = Date.now() < goUntil;
      goUntil = event.key === "g" && !going ? Date.now() + GOING : 0;
      if (!going && event.key !== "g" && !event.repeat) press(event);
    }
    window.addEventListener("keydown", listen);
    return () => window.removeEventListener("keydown", listen);
  }, []);
}

function stepOf(key: string, inside: boolean): -1 | 0 | 1 {
  if (key === "j" || (inside && key === "ArrowDown")) return 1;
  if (key === "k" || (inside && key === "ArrowUp")) return -1;
  return 0;
}

/** Somebody is writing, or has a dialogue or a menu in front of them. */
function isBusy(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  return (
    target.isContentEditable ||
    (target.closest("input, textarea, select, [role=dialog], [role=menu]") !== null &&
      !isRadio(target))
  );
}

function isRadio(target: EventTarget | null): boolean {
  return target instanceof HTMLInputElement && target.type === "radio";
}
