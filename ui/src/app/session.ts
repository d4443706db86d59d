import type { QueryClient } from "@tanstack/react-query";
import type { AnyRouter } from "@tanstack/react-router";

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
  await router.navigate({ to: "/sign-in", search: { next } });
  queries.clear();
}
