import { MutationCache, QueryCache, QueryClient } from "@tanstack/react-query";

import { ApiError } from "../api/client";
import { meQuery } from "../api/queries";

/** A client that reports once when the session is over, whatever noticed it. */
export function makeQueryClient(onSessionOver: () => void): QueryClient {
  const watch = (error: Error) => {
    if (!(error instanceof ApiError)) return;
    if (error.needsSignIn) onSessionOver();
    // The company asks for one since a moment ago: whoever is asked again says so.
    if (error.code === "second_factor_required") {
      void client.invalidateQueries({ queryKey: meQuery().queryKey });
    }
  };
  const client = new QueryClient({
    queryCache: new QueryCache({ onError: watch }),
    mutationCache: new MutationCache({ onError: watch }),
    defaultOptions: {
      queries: { staleTime: 5_000, retry: mayHelpToRetry, retryDelay: 800 },
      mutations: { retry: false },
    },
  });
  return client;
}

/** What the server refused it will refuse again; what it failed at may work. */
export function mayHelpToRetry(failures: number, error: Error): boolean {
  if (failures >= 2) return false;
  return error instanceof ApiError && (error.status === 0 || error.status >= 500);
}
