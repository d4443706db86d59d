/** Which domains a site may be on. The server has the last word; this one is quick. */

export const ANY_ORIGIN = "*";

const LABEL = /^(?!-)[a-z0-9-]{1,63}(?<!-)$/;

/**
 * The host name in what somebody typed or pasted: a whole address, capitals and
 * accents are welcome. Null if there is none.
 */
export function hostOf(text: string): string | null {
  const typed = text.trim().toLowerCase();
  if (typed === ANY_ORIGIN) return ANY_ORIGIN;
  // Sub-domains are included anyway.
  const bare = typed.replace(/^[a-z][a-z0-9+.-]*:\/\//, "").replace(/^\*\./, "");
  try {
    const host = new URL(`https://${bare}`).hostname.replace(/\.$/, "");
    return isHost(host) ? host : null;
  } catch {
    return null;
  }
}

function isHost(host: string): boolean {
  if (host === "localhost" || host.startsWith("[")) return true;
  const labels = host.split(".");
  return (
    host.length <= 253 && labels.length > 1 && labels.every((one) => LABEL.test(one))
  );
}

export type DomainsProblem =
  { kind: "missing" } | { kind: "wrong"; domain: string } | { kind: "star_alone" };

/** What keeps these domains from being saved, or null. */
export function problemWith(domains: readonly string[]): DomainsProblem | null {
  const wrong = domains.find((domain) => hostOf(domain) === null);
  if (wrong !== undefined) return { kind: "wrong", domain: wrong };
  if (domains.length === 0) return { kind: "missing" };
  if (domains.includes(ANY_ORIGIN) && domains.length > 1) return { kind: "star_alone" };
  return null;
}

/** Each domain once, as the server will store it; what is wrong stays as typed. */
export function tidied(domains: readonly string[]): string[] {
  return [...new Set(domains.map((domain) => hostOf(domain) ?? domain.trim()))];
}
