export interface Config {
  /** Where batches go. */
  url: URL;
  tag: HTMLScriptElement;
}

/** Reads the script tag; undefined when something in it is missing. */
export function readConfig(): Config | undefined {
  const tag = (document.currentScript ||
    document.querySelector('[data-site][src*="snip.js"]')) as HTMLScriptElement;
  const { tenant, site, key, api } = tag.dataset;
  if (!tenant || !site || !key) return undefined;
  return { tag, url: new URL("/tracking-v2/events?k=" + key, api || tag.src) };
}
