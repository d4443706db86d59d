/** Clientes on their way to somebody, by mouse. */
import { useState, type DragEvent, type DragEventHandler } from "react";

const KIND = "application/x-pista-clientes";

export function takeAlong(event: DragEvent, ids: readonly number[]): void {
  event.dataTransfer.effectAllowed = "move";
  event.dataTransfer.setData(KIND, JSON.stringify(ids));
}

function idsOf(event: DragEvent): number[] {
  try {
    const ids: unknown = JSON.parse(event.dataTransfer.getData(KIND));
    return Array.isArray(ids)
      ? ids.filter((id): id is number => Number.isInteger(id))
      : [];
  } catch {
    return [];
  }
}

interface DropPlace {
  "data-over": true | undefined;
  onDragOver: DragEventHandler;
  onDragLeave: DragEventHandler;
  onDrop: DragEventHandler;
}

/** A place where clientes may be let go. */
export function useDropPlace(onClientes: (ids: number[]) => void): DropPlace {
  const [over, setOver] = useState(false);
  return {
    "data-over": over || undefined,
    onDragOver: (event) => {
      if (!event.dataTransfer.types.includes(KIND)) return;
      event.preventDefault();
      event.dataTransfer.dropEffect = "move";
      setOver(true);
    },
    onDragLeave: () => setOver(false),
    onDrop: (event) => {
      event.preventDefault();
      setOver(false);
      const ids = idsOf(event);
      if (ids.length > 0) onClientes(ids);
    },
  };
}
