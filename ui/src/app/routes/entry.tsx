/** How somebody gets in, and who is let in where. */
import type { QueryClient } from "@tanstack/react-query";
import {
  createRootRouteWithContext,
  createRoute,
  lazyRouteComponent,
  Outlet,
  redirect,
} from "@tanstack/react-router";
import { ApiError } from "../../api/client";
import type { Me } from "../../api/model";
import { meQuery } from "../../api/queries";
import { returnPath } from "../../features/auth/returnPath";
import { Behind } from "../Behind";
import { Nowhere } from "../screens";

export const root = createRootRouteWithContext<{ queries: QueryClient }>()({
  component: Outlet,
  notFoundComponent: Nowhere,
});

export const signIn = createRoute({
  getParentRoute: () => root,
  path: "/sign-in",
  validateSearch: (search: Record<string, unknown>): { next?: string } => {
    const next = returnPath(search.next);
    return next === "/" ? {} : { next };
  },
  component: lazyRouteComponent(() => import("../pages/SignInPage"), "SignInPage"),
});

/** Where links lead that let somebody in. */
export const join = createRoute({
  getParentRoute: () => root,
  path: "/join",
  component: lazyRouteComponent(() => import("../pages/JoinPage"), "JoinPage"),
});

/** Everything behind the door. */
export const signedIn = createRoute({
  getParentRoute: () => root,
  id: "signed-in",
  beforeLoad: async ({ context, location }) => {
    try {
      await context.queries.query({ ...meQuery(), staleTime: "static" });
    } catch (error) {
      if (!(error instanceof ApiError && error.needsSignIn)) throw error;
      const next = returnPath(location.href);
      // eslint-disable-next-line @typescript-eslint/only-throw-error -- the router's way
      throw redirect({ to: "/sign-in", search: next === "/" ? {} : { next } });
    }
  },
  component: Behind,
});

/** For routes that the server answers for supervisors alone; `Shell` turns others away. */
export const forSupervisors = { roles: ["admin", "gtr"] } as const;

/** For those that it answers for admins alone. */
export const forAdmins = { roles: ["admin"] } as const;

declare module "@tanstack/react-router" {
  interface StaticDataRouteOption {
    /** Who may see it; everybody, if absent. */
    roles?: readonly Me["user"]["role"][];
  }
}
