import { useEffect, useEffectEvent } from "react";

/** As long as `g` and another key are a way to another screen. */
const GOING = 1200;

/** Keys that work everywhere but where somebody writes; what is done answers true. */
export function useKeys(onKey: (key: string, event: KeyboardEvent) => boolean): void {
  const press = useEffectEvent(onKey);
  useEffect(() => {
    let goUntil = 0;
    function listen(event: KeyboardEvent): void {
      if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented)
        return;
      if (isBusy(event.target)) return;
      const going = Date.now() < goUntil;
      goUntil = event.key === "g" && !going ? Date.now() + GOING : 0;
      if (going || event.key === "g" || event.repeat) return;
      if (press(event.key, event)) event.preventDefault();
    }
    window.addEventListener("keydown", listen);
    return () => window.removeEventListener("keydown", listen);
  }, []);
}

/** Somebody is writing, or has a dialogue or a menu in front of them. */
function isBusy(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target instanceof HTMLInputElement && target.type === "checkbox") return false;
  return (
    target.isContentEditable ||
    target.closest(
      "input, textarea, select, [role=dialog], [role=menu], [role=listbox]",
    ) !== null
  );
}

/** Which cliente has the focus. */
export function focusedCliente(): number | undefined {
  const row = document.activeElement?.closest<HTMLElement>("[data-cliente]");
  return row == null ? undefined : Number(row.dataset.cliente);
}

/** Goes one cliente on or back; to the first, if none has the focus. */
export function stepClientes(by: 1 | -1): void {
  const rows = [...document.querySelectorAll<HTMLElement>("[data-cliente]")];
  const at = rows.findIndex((row) => row.contains(document.activeElement));
  const next = rows[at === -1 ? 0 : Math.min(Math.max(at + by, 0), rows.length - 1)];
  const target = next?.querySelector<HTMLElement>("[id^=cliente-]") ?? next;
  target?.focus();
  target?.scrollIntoView({ block: "nearest" });
}
