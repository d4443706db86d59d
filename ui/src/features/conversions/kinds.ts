/** What each kind of destination wants to know. */
import type { Destination, NewDestination } from "../../api/model";
import type { TextKey } from "../../lib/i18n";
import { oneOf } from "../../lib/search";

export type Kind = NewDestination["kind"];
export type Event = Destination["events"][number];
export type Settings = NewDestination["settings"];

export interface Field {
  /** As the server names it. */
  name: string;
  label: TextKey;
  secret?: true;
  optional?: true;
  /** One of these is chosen; the first, if nobody does. */
  choices?: readonly { value: string; label: TextKey }[];
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
    { name: "pageUrl", label: "dest.field.pageUrl", optional: true },
  ],
  google: [
    { name: "customerId", label: "dest.field.customerId" },
    { name: "conversionActionId", label: "dest.field.conversionActionId" },
    {
      name: "via",
      label: "dest.field.via",
      choices: [
        { value: "data_manager", label: "dest.via.data_manager" },
        { value: "ads", label: "dest.via.ads" },
      ],
    },
    { name: "managerId", label: "dest.field.managerId", optional: true },
    { name: "client_id", label: "dest.field.clientId", secret: true },
    { name: "client_secret", label: "dest.field.clientSecret", secret: true },
    { name: "refresh_token", label: "dest.field.refreshToken", secret: true },
    {
      name: "developer_token",
      label: "dest.field.developerToken",
      secret: true,
      optional: true,
    },
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

const ADVERTISED: readonly Event[] = ["Purchase", "Lead", "InitiateCheckout"];
const ORDERS: readonly Event[] = [
  "InitiateCheckout",
  "Refused",
  "Purchase",
  "Refund",
  "Chargeback",
  "Reversal",
];

/** What each kind can be told of. */
export const EVENTS: Readonly<Record<Kind, readonly Event[]>> = {
  meta: ADVERTISED,
  google: [...ADVERTISED, "Refund", "Chargeback", "Reversal"],
  tiktok: ADVERTISED,
  ga4: [...ADVERTISED, "Refund", "Chargeback"],
  utmify: ORDERS,
  webhook: ["Lead", ...ORDERS],
};

/** What it is told of until somebody chooses: who follows orders, of all that becomes of them. */
export function usualEvents(kind: Kind): readonly Event[] {
  return kind === "utmify" ? ORDERS : ["Purchase"];
}

/** Where Meta may be told that sales happen; the first is wherever they did. */
export const ACTION_SOURCES = [
  "auto",
  "website",
  "chat",
  "app",
  "phone_call",
  "email",
  "physical_store",
  "system_generated",
  "other",
] as const;

/** The kinds that show test events apart, under a code. */
export const WITH_TEST_CODE: readonly Kind[] = ["meta", "tiktok"];

/** What is kept of it: of what the form asks for, only what was entered. */
export function settingsOf(
  kind: Kind,
  values: Readonly<Record<string, string>>,
  terms: MetaTerms,
  old: Settings = {},
): Settings {
  const asked = FIELDS[kind].filter(({ secret }) => secret !== true);
  const ours = new Set([...asked.map(({ name }) => name), ...META_TERMS]);
  return {
    ...Object.fromEntries(Object.entries(old).filter(([name]) => !ours.has(name))),
    ...filled(asked, values),
    ...(kind === "meta" && terms.actionSource !== "auto"
      ? { actionSource: terms.actionSource }
      : {}),
    ...(kind === "meta" && terms.limitedDataUse ? { limitedDataUse: true } : {}),
  };
}

export interface MetaTerms {
  actionSource: (typeof ACTION_SOURCES)[number];
  limitedDataUse: boolean;
}

const META_TERMS = ["actionSource", "limitedDataUse"] as const;

export function metaTermsOf(settings: Settings = {}): MetaTerms {
  return {
    actionSource: oneOf(ACTION_SOURCES, settings.actionSource) ?? "auto",
    limitedDataUse: settings.limitedDataUse === true,
  };
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
  const given = fields.map(
    ({ name, choices }) =>
      [name, values[name]?.trim() ?? choices?.[0]?.value ?? ""] as const,
  );
  return Object.fromEntries(given.filter(([, value]) => value !== ""));
}
