import { getRouteApi, useLocation, useRouter } from "@tanstack/react-router";

import { returnPath } from "../../features/auth/returnPath";
import { SignIn } from "../../features/auth/SignIn";
import { Preferences } from "../Preferences";

const route = getRouteApi("/sign-in");

export function SignInPage() {
  const { next } = route.useSearch();
  const over = useLocation({ select: ({ state }) => state.sessionIsOver === true });
  const router = useRouter();
  return (
    <SignIn
      over={over}
      preferences={<Preferences />}
      onSignedIn={() => void router.navigate({ href: returnPath(next), replace: true })}
    />
  );
}
