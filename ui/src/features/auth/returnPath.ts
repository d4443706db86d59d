const HERE = "http://here.invalid";

/**
 * Where to go after signing in. Only a path of this very program counts: the value
 * stands in the URL, where anybody can write another site's address.
 */
export function returnPath(next: unknown): string {
  if (typeof next !== "string" || !next.startsWith("/") || !staysHere(next)) return "/";
  return next.startsWith("/sign-in") ? "/" : next;
}

/** Asked as the browser would read it, which takes `\` for `/` and passes over tabs. */
function staysHere(path: string): boolean {
  try {
    return new URL(path, HERE).origin === HERE;
  } catch {
    return false;
  }
}
