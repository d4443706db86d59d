import { useLocation, useRouter } from "@tanstack/react-router";

import { Join } from "../../features/join/Join";
import { Preferences } from "../Preferences";

export function JoinPage() {
  const token = useLocation({ select: ({ hash }) => hash });
  const router = useRouter();
  return (
    <Join
      key={token}
      token={token}
      preferences={<Preferences />}
      onJoined={() => void router.navigate({ to: "/", replace: true })}
      onSignIn={() => void router.navigate({ to: "/sign-in", replace: true })}
    />
  );
}
