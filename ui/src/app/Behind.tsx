import { useQueryClient } from "@tanstack/react-query";
import { useRouter } from "@tanstack/react-router";

import { useMe } from "../api/queries";
import { FactorFirst } from "../features/account/FactorFirst";
import { useSignOut } from "../features/auth/mutations";
import { Preferences } from "./Preferences";
import { toSignIn } from "./session";
import { Shell } from "./Shell";

/** Behind the door: the house, or what is still missing to be let into it. */
export function Behind() {
  const router = useRouter();
  const queries = useQueryClient();
  const signOut = useSignOut();
  if (!useMe().needsSecondFactor) return <Shell />;
  return (
    <FactorFirst
      preferences={<Preferences />}
      onSignOut={() =>
        signOut.mutate(undefined, {
          onSuccess: () => void toSignIn(router, queries, { comeBack: false }),
        })
      }
    />
  );
}
