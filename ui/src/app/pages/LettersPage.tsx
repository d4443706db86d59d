import { getRouteApi } from "@tanstack/react-router";

import { Letters } from "../../features/letters/Letters";

const route = getRouteApi("/signed-in/settings/letters");

export function LettersPage() {
  const { kind } = route.useSearch();
  const navigate = route.useNavigate();
  return (
    <Letters
      key={kind}
      kind={kind}
      onKind={(next) => void navigate({ search: { kind: next }, resetScroll: false })}
    />
  );
}
