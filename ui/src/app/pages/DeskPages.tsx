import { getRouteApi } from "@tanstack/react-router";

import { ImportScreen } from "../../features/desk/imports/ImportScreen";
import { DeskScreen } from "../../features/desk/gtr/DeskScreen";

const desk = getRouteApi("/signed-in/desk");
const files = getRouteApi("/signed-in/desk/import");

export function DeskPage() {
  const filters = desk.useSearch();
  const navigate = desk.useNavigate();
  return (
    <DeskScreen
      filters={filters}
      onFilters={(next) =>
        void navigate({
          search: next,
          resetScroll: false,
          // The way back does not lead through every letter that was typed.
          replace: next.q !== filters.q,
        })
      }
    />
  );
}

export function DeskImportPage() {
  const { id } = files.useSearch();
  const navigate = files.useNavigate();
  return (
    <ImportScreen
      importId={id}
      onImport={(next) => void navigate({ search: { id: next } })}
    />
  );
}
