import { useEffect, useEffectEvent } from "react";

/** As long as `g` and another key are a way to another screen. */
const GOING = 1200;

/** Keys that work everywhere but where somebody writes. */
export function useInboxKeys(onKey: (key: string, event: KeyboardEvent) => void): void {
  const press = useEffectEvent(onKey);
  useEffect(() => {
    let goUntil = 0;
    let covered = false;
    // Before anything hears of the key: what it closes was open until then.
    function look(): void {
      covered = document.querySelector("[role=dialog], [role=menu]") !== null;
    }
    function listen(event: KeyboardEvent): void {
      if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented)
        return;
      if (covered || isBusy(event.target)) return;
      const going = Date.now() < goUntil;
      goUntil = event.key === "g" && !going ? Date.now() + GOING : 0;
      if (!going && event.key !== "g") press(event.key, event);
    }
    window.addEventListener("keydown", look, { capture: true });
    window.addEventListener("keydown", listen);
    return () => {
      window.removeEventListener("keydown", look, { capture: true });
      window.removeEventListener("keydown", listen);
    };
  }, []);
}

/** Somebody is writing, or has a dialogue or a menu in front of them. */
function isBusy(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable ||
      target.closest(
        "input, textarea, select, [role=dialog], [role=menu], [role=listbox]",
      ) !== null)
  );
}
