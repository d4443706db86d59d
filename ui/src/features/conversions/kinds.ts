/** What each kind of destination wants to know. */
import type { NewDestination } from "../../api/model";
import type { TextKey } from "../../lib/i18n";

export type Kind = NewDestination["kind"];

export interface Field {
  /** As the server names it. */
  name: string;
  label: TextKey;
  secret?: true;
  optional?: true;
}

export const KINDS = [
  "meta",
  "google",
  "tiktok",
  "ga4",
  "utmify",
  "webhook",
] as const satisfies readonly Kind[];

export const FIELDS: Readonly<Record<Kind, readonly Field[]>> = {
  meta: [
    { name: "pixelId", label: "dest.field.pixelId" },
    { name: "token", label: "dest.field.token", secret: true },
    {
      name: "whatsappAccountId",
      label: "dest.field.whatsappAccountId",
      optional: true,
    },
  ],
  google: [
    { name: "customerId", label: "dest.field.customerId" },
    { name: "conversionActionId", label: "dest.field.conversionActionId" },
    { name: "managerId", label: "dest.field.managerId", optional: true },
    { name: "developer_token", label: "dest.field.developerToken", secret: true },
    { name: "client_id", label: "dest.field.clientId", secret: true },
    { name: "client_secret", label: "dest.field.clientSecret", secret: true },
    { name: "refresh_token", label: "dest.field.refreshToken", secret: true },
  ],
  tiktok: [
    { name: "pixelCode", label: "dest.field.pixelCode" },
    { name: "token", label: "dest.field.token", secret: true },
  ],
  ga4: [
    { name: "measurementId", label: "dest.field.measurementId" },
    { name: "api_secret", label: "dest.field.apiSecret", secret: true },
  ],
  utmify: [{ name: "token", label: "dest.field.token", secret: true }],
  webhook: [
    { name: "url", label: "dest.field.url" },
    { name: "secret", label: "dest.field.secret", secret: true },
  ],
};

/** The kinds that show test events apart, under a code. */
export const WITH_TEST_CODE: readonly Kind[] = ["meta", "tiktok"];

export function settingsOf(
  kind: Kind,
  values: Readonly<Record<string, string>>,
): Record<string, string> {
  return filled(
    FIELDS[kind].filter(({ secret }) => secret !== true),
    values,
  );
}

export function secretsOf(
  kind: Kind,
  values: Readonly<Record<string, string>>,
): Record<string, string> {
  return filled(
    FIELDS[kind].filter(({ secret }) => secret === true),
    values,
  );
}

function filled(
  fields: readonly Field[],
  values: Readonly<Record<string, string>>,
): Record<string, string> {
  const given = fields.map(({ name }) => [name, values[name]?.trim() ?? ""] as const);
  return Object.fromEntries(given.filter(([, value]) => value !== ""));
}
