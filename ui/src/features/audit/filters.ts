/** What of the audit log is looked for; it lives in the URL. */
import type { AuditLine } from "../../api/model";
import { isDay, type Day } from "../../lib/time";

export type Action = AuditLine["action"];

export const ACTIONS = [
  "user_invited",
  "invite_withdrawn",
  "user_joined",
  "user_created",
  "user_renamed",
  "role_changed",
  "user_deactivated",
  "user_reactivated",
  "reset_link_made",
  "password_changed",
  "session_ended",
  "sessions_ended",
  "second_factor_on",
  "second_factor_off",
  "recovery_codes_renewed",
  "site_created",
  "site_changed",
  "company_changed",
  "key_created",
  "key_revoked",
  "channel_added",
  "channel_changed",
  "channel_deleted",
  "queue_paused",
  "queue_resumed",
  "queue_cleared",
  "erasure_asked",
  "sale_made",
  "sale_paid",
  "sale_canceled",
  "sale_refunded",
  "sale_won_back",
  "payment_account_added",
  "payment_account_changed",
  "payment_account_deleted",
  "destination_added",
  "destination_changed",
  "destination_deleted",
  "conversion_resent",
  "alert_rule_added",
  "alert_rule_changed",
  "alert_rule_deleted",
  "source_added",
  "source_changed",
  "source_deleted",
  "webhooks_replayed",
  "letters_replayed",
  "letters_dropped",
  "link_domain_added",
  "link_domain_deleted",
  "export_asked",
  "export_canceled",
  "export_scheduled",
  "month_removed",
  "sampling_changed",
  "settings_changed",
] as const satisfies readonly Action[];

export interface AuditFilters {
  action?: Action | undefined;
  /** The id of a user, or of an API key. */
  actor?: string | undefined;
  from?: Day | undefined;
  to?: Day | undefined;
}

const ID = /^[\w-]{1,36}$/;

export function readAuditFilters(search: Record<string, unknown>): AuditFilters {
  const { action, actor, from, to } = search;
  return {
    action: ACTIONS.find((known) => known === action),
    actor: typeof actor === "string" && ID.test(actor) ? actor : undefined,
    from: isDay(from) ? from : undefined,
    to: isDay(to) ? to : undefined,
  };
}
