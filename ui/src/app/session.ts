import type { QueryClient } from "@tanstack/react-query";
import type { AnyRouter } from "@tanstack/react-router";

declare module "@tanstack/react-router" {
  interface HistoryState {
    /** Somebody was in, and did not leave by themselves. */
    sessionIsOver?: boolean;
  }
}

/**
 * Leaves for the sign-in screen and forgets what was loaded, in this order: a screen
 * that is still there must not ask again for what was taken from it.
 */
export async function toSignIn(
  router: AnyRouter,
  queries: QueryClient,
  { comeBack = true } = {},
): Promise<void> {
  if (router.state.location.pathname === "/sign-in") return;
  const next = comeBack ? router.state.location.href : undefined;
  const state = { sessionIsOver: comeBack };
  await router.navigate({ to: "/sign-in", search: { next }, state });
  queries.clear();
}
