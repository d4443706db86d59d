import type { AuditLine } from "../../api/model";
import type { Translate } from "../../lib/i18n";

const NAMES = {
  role: "audit.detail.role",
  device: "audit.detail.device",
  count: "audit.detail.count",
  domains: "audit.detail.domains",
  scopes: "audit.detail.scopes",
  name: "audit.detail.name",
  time_zone: "audit.detail.time_zone",
  store_ip: "audit.detail.store_ip",
  require_second_factor: "audit.detail.require_second_factor",
  form_contacts: "audit.detail.form_contacts",
  form_basis: "forms.basis",
  platform: "audit.detail.platform",
  externalId: "audit.detail.externalId",
  enabled: "audit.detail.enabled",
  token: "audit.detail.token",
  account_id: "audit.detail.account_id",
  secret: "audit.detail.secret",
  verifyToken: "audit.detail.verifyToken",
  erased: "audit.detail.erased",
  gateway: "audit.detail.gateway",
  amount: "sales.amount",
  changed: "audit.detail.changed",
  sampling_rate: "audit.detail.sampling_rate",
  window_days: "audit.detail.window_days",
  country: "audit.detail.country",
  sending: "audit.detail.sending",
} as const;

/** What was changed of a destination or a payment account, as the server names its fields. */
const FIELDS = {
  name: "audit.detail.name",
  enabled: "audit.detail.enabled",
  settings: "audit.field.settings",
  secrets: "audit.field.secrets",
  access_token: "audit.detail.token",
  webhook_secret: "audit.detail.secret",
  events: "audit.field.events",
  grace_minutes: "audit.field.grace_minutes",
  test_events: "audit.field.test_events",
  past_days: "audit.field.past_days",
} as const;

/** Values that are words of the program's own. */
const WORDS = {
  True: "audit.yes",
  False: "audit.no",
  changed: "audit.done.changed",
  added: "audit.done.added",
  removed: "audit.done.removed",
  resumed: "audit.done.resumed",
  contact: "audit.erased.contact",
  visitor: "audit.erased.visitor",
  admin: "user.role.admin",
  gtr: "user.role.gtr",
  asesor: "user.role.asesor",
  consent: "forms.basis.consent",
  contract: "forms.basis.contract",
  legitimate_interest: "forms.basis.legitimate_interest",
} as const;

const SCOPES = {
  admin: "keys.scope.admin",
  "stats:read": "keys.scope.stats:read",
  "sales:write": "keys.scope.sales:write",
} as const;

const TYPED = ["name", "domains", "device", "externalId", "account_id"];

/** A line's details in the reader's language; what this screen does not know stays as it is. */
export function tellDetails(t: Translate, { action, details }: AuditLine): string[] {
  const { from, to, ...others } = details;
  const told = Object.entries(others)
    .filter(([, value]) => value !== "")
    .map(([name, value]) => `${nameOf(t, name)}: ${valueOf(t, name, value)}`);
  if (from !== undefined && to !== undefined) {
    const show = (value: string) => (action === "role_changed" ? word(t, value) : value);
    told.unshift(t("audit.change", { from: show(from), to: show(to) }));
  }
  return told;
}

function nameOf(t: Translate, name: string): string {
  return isOf(NAMES, name) ? t(NAMES[name]) : name;
}

function valueOf(t: Translate, name: string, value: string): string {
  if (name === "scopes") return each(value, (one) => isOf(SCOPES, one) && t(SCOPES[one]));
  if (name === "changed")
    return each(value, (one) => isOf(FIELDS, one) && t(FIELDS[one]));
  // What somebody has typed may read like a word of ours.
  return TYPED.includes(name) ? value : word(t, value);
}

/** Each of a list in the reader's language, where it has a name there. */
function each(list: string, tell: (one: string) => string | false): string {
  return list
    .split(", ")
    .map((one) => tell(one) || one)
    .join(", ");
}

function word(t: Translate, value: string): string {
  return isOf(WORDS, value) ? t(WORDS[value]) : value;
}

function isOf<T extends object>(table: T, key: PropertyKey): key is keyof T {
  return Object.hasOwn(table, key);
}

const QUEUES = {
  webhook: "operations.queue.webhook",
  message: "operations.queue.message",
  other: "operations.queue.other",
} as const;

const SETTINGS = {
  contacts: "nav.contacts",
  desk: "nav.deskSettings",
  attribution: "audit.settings.attribution",
} as const;

/** What it was done to, by the name that its own screen has for it. */
export function subjectOf(t: Translate, { action, subjectName }: AuditLine): string {
  if (action.startsWith("queue_") && isOf(QUEUES, subjectName))
    return t(QUEUES[subjectName]);
  if (action === "settings_changed" && isOf(SETTINGS, subjectName))
    return t(SETTINGS[subjectName]);
  return subjectName;
}
