import { getRouteApi, useRouter } from "@tanstack/react-router";

import { returnPath } from "../../features/auth/returnPath";
import { SignIn } from "../../features/auth/SignIn";
import { Preferences } from "../Preferences";

const route = getRouteApi("/sign-in");

export function SignInPage() {
  const { next } = route.useSearch();
  const router = useRouter();
  return (
    <SignIn
      preferences={<Preferences />}
      onSignedIn={() => void router.navigate({ href: returnPath(next), replace: true })}
    />
  );
}
