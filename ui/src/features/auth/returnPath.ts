/**
 * Where to go after signing in. Only a path of this very program counts: the value
 * stands in the URL, where anybody can write another site's address.
 */
export function returnPath(next: unknown): string {
  if (typeof next !== "string" || !/^\/(?![/\\])/.test(next)) return "/";
  return next.startsWith("/sign-in") ? "/" : next;
}
