import { guard } from "./guard";

// What localStorage would not take: blocked, full, or missing as in some in-app browsers.
const memory: Record<string, string> = {};

export const read = (key: string): string =>
  memory[key] || guard(() => localStorage.getItem(key))() || "";

/** Keeps the value for this page in any case; says whether it will also outlive the page. */
export function write(key: string, value: string): boolean | undefined {
  memory[key] = value;
  return guard(() => {
    localStorage.setItem(key, value);
    return delete memory[key];
  })();
}

export function remove(key: string): void {
  delete memory[key];
  guard(() => localStorage.removeItem(key))();
}

/** In the order of the alphabet. */
export const keys = (prefix: string): string[] =>
  Object.keys(Object.assign({}, guard(() => localStorage)(), memory))
    .filter((key) => key.startsWith(prefix))
    .sort();

export function cookie(name: string): string {
  const found = guard(() => document.cookie.match(`(^|; )${name}=([^;]*)`))();
  return (found && guard(decodeURIComponent)(found[2]!)) || "";
}

/**
 * Sets a cookie for the widest domain that the browser allows: it knows the public suffixes, so we
 * ask it. An empty value removes the cookie.
 */
export const setCookie: (name: string, value: string) => void = guard((name, value) => {
  if (value) setCookie(name, "");
  let domain = "";
  for (const label of location.hostname.split(".").reverse()) {
    domain = label + (domain && "." + domain);
    document.cookie =
      `${name}=${encodeURIComponent(value)};path=/;samesite=lax;domain=${domain}` +
      // Browsers shorten this to their longest, 400 days. `http:` is a letter shorter than `https:`.
      `;max-age=${value ? 4e7 : 0}${location.protocol[5] ? ";secure" : ""}`;
    if (value && cookie(name)) return;
  }
});
