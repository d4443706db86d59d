import { useMemo, useState } from "react";

export interface Selection {
  ids: readonly number[];
  has: (id: number) => boolean;
  toggle: (id: number) => void;
  set: (ids: readonly number[]) => void;
  /** All that is selected if this one is; this one alone if it is not. */
  withOne: (id: number) => readonly number[];
}

/** Which clientes the next step is for. */
export function useSelection(): Selection {
  const [chosen, setChosen] = useState<ReadonlySet<number>>(new Set());
  return useMemo(() => {
    const ids = [...chosen];
    return {
      ids,
      has: (id) => chosen.has(id),
      toggle: (id) =>
        setChosen(
          new Set(chosen.has(id) ? ids.filter((one) => one !== id) : [...ids, id]),
        ),
      set: (next) => setChosen(new Set(next)),
      withOne: (id) => (chosen.has(id) ? ids : [id]),
    };
  }, [chosen]);
}
