/** Filters under a name, as this browser remembers them. */
import { useState } from "react";

import { keptOf, readDeskFilters, type DeskFilters } from "../filters";

const STORED = "pista.desk.views";
const MOST = 20;

export interface SavedView {
  name: string;
  filters: DeskFilters;
}

export function readViews(stored: string | null): SavedView[] {
  try {
    const views: unknown = JSON.parse(stored ?? "[]");
    if (!Array.isArray(views)) return [];
    return views.filter(isView).map(({ name, filters }) => ({
      name,
      filters: keptOf(readDeskFilters({ ...filters })),
    }));
  } catch {
    return [];
  }
}

function isView(view: unknown): view is SavedView {
  return (
    typeof view === "object" &&
    view !== null &&
    "name" in view &&
    typeof view.name === "string" &&
    "filters" in view &&
    typeof view.filters === "object"
  );
}

export function useViews() {
  const [views, setViews] = useState(() => readViews(localStorage.getItem(STORED)));
  function keep(next: SavedView[]): void {
    localStorage.setItem(STORED, JSON.stringify(next));
    setViews(next);
  }
  return {
    views,
    save: (name: string, filters: DeskFilters) =>
      keep(
        [
          ...views.filter((one) => one.name !== name),
          { name, filters: keptOf(filters) },
        ].slice(-MOST),
      ),
    drop: (name: string) => keep(views.filter((one) => one.name !== name)),
  };
}
