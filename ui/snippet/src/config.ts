export interface Config {
  tenant: string;
  site: string;
  /** Where batches go. */
  url: URL;
}

/** Reads the script tag; undefined when something in it is missing. */
export function readConfig(): Config | undefined {
  const { dataset, src } = (document.currentScript ||
    document.querySelector('script[data-site][src*="snip.js"]')) as HTMLScriptElement;
  const { tenant, site, key, api } = dataset;
  if (!tenant || !site || !key) return undefined;
  return { tenant, site, url: new URL("/tracking-v2/events?k=" + key, api || src) };
}
