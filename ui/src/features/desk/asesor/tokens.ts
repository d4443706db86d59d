/** The token of what this window has in hand, for when it is loaded again. */

const keyOf = (id: number) => `pista.desk.token.${String(id)}`;

export function rememberToken(id: number, token: string): void {
  sessionStorage.setItem(keyOf(id), token);
}

/**
 * Once: a copy of this window must not find it, so it is there only between two pages.
 */
export function recallToken(id: number): string | null {
  const token = sessionStorage.getItem(keyOf(id));
  sessionStorage.removeItem(keyOf(id));
  return token;
}
