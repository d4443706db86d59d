import { MutationCache, QueryCache, QueryClient } from "@tanstack/react-query";

import { ApiError } from "../api/client";

/** A client that reports once when the session is over, whatever noticed it. */
export function makeQueryClient(onSessionOver: () => void): QueryClient {
  const watch = (error: Error) => {
    if (error instanceof ApiError && error.needsSignIn) onSessionOver();
  };
  return new QueryClient({
    queryCache: new QueryCache({ onError: watch }),
    mutationCache: new MutationCache({ onError: watch }),
    defaultOptions: {
      queries: { staleTime: 5_000, retry: mayHelpToRetry, retryDelay: 800 },
      mutations: { retry: false },
    },
  });
}

/** What the server refused it will refuse again; what it failed at may work. */
export function mayHelpToRetry(failures: number, error: Error): boolean {
  if (failures >= 2) return false;
  return error instanceof ApiError && (error.status === 0 || error.status >= 500);
}
