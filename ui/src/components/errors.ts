import { useCallback } from "react";

import { ApiError } from "../api/client";
import { useSpeech, type TextKey } from "../lib/i18n";

const BY_CODE: Readonly<Record<string, TextKey>> = {
  invalid_credentials: "error.invalid_credentials",
  not_signed_in: "error.not_signed_in",
  unreachable: "error.unreachable",
  too_many_exports: "error.too_many_exports",
  export_finished: "error.export_finished",
  export_not_failed: "error.export_not_failed",
  bad_webhook_url: "error.bad_webhook_url",
  too_many_alert_rules: "error.too_many_alert_rules",
  no_webhook: "error.no_webhook",
  already_delivered: "error.already_delivered",
  last_admin: "error.last_admin",
  email_taken: "error.email_taken",
  user_deactivated: "error.user_deactivated",
  wrong_password: "error.wrong_password",
  weak_password: "error.weak_password",
  link_not_valid: "error.link_not_valid",
  second_factor_needed: "error.second_factor_needed",
  second_factor_wrong: "error.second_factor_wrong",
  second_factor_required: "error.second_factor_required",
  code_wrong: "error.code_wrong",
  bad_webhook_source: "error.bad_webhook_source",
  too_many_webhook_sources: "error.too_many_webhook_sources",
  webhook_refused: "error.webhook_refused",
  identity_taken: "error.identity_taken",
  bad_contact: "error.bad_contact",
  already_decided: "error.already_decided",
  one_already: "error.one_already",
  nothing_to_undo: "error.nothing_to_undo",
  nothing_to_decide: "error.nothing_to_decide",
  channel_taken: "error.channel_taken",
  channel_refused: "error.channel_refused",
  bad_channel: "error.bad_channel",
  too_many_channels: "error.too_many_channels",
  too_many_secrets: "error.too_many_secrets",
  platform_away: "error.platform_away",
  window_closed: "error.window_closed",
  person_blocked: "error.person_blocked",
  channel_held: "error.channel_held",
  channel_off: "error.channel_off",
  not_on_platform: "error.not_on_platform",
  bad_message: "error.bad_message",
  bad_template: "error.bad_template",
  media_too_large: "error.media_too_large",
  media_not_found: "error.media_not_found",
  media_not_here: "error.media_not_here",
  not_resendable: "error.not_resendable",
  too_early_to_resend: "error.too_early_to_resend",
  shortcut_taken: "error.shortcut_taken",
  too_many_quick_replies: "error.too_many_quick_replies",
  view_name_taken: "error.view_name_taken",
  too_many_views: "error.too_many_views",
  view_not_found: "error.view_not_found",
  no_payment_account: "error.no_payment_account",
  bad_payment_account: "error.bad_payment_account",
  not_payable: "error.not_payable",
  sale_move_not_possible: "error.sale_move_not_possible",
  too_much_refunded: "error.too_much_refunded",
  too_many_destinations: "error.too_many_destinations",
  conversion_not_resendable: "error.conversion_not_resendable",
  webhook_not_again: "error.webhook_not_again",
};

const BY_STATUS: Readonly<Record<number, TextKey>> = {
  401: "error.not_signed_in",
  403: "error.forbidden",
  404: "error.not_found",
  422: "error.invalid",
  429: "error.too_many",
  502: "error.unavailable",
  503: "error.unavailable",
  504: "error.unavailable",
};

function errorKey(error: unknown): TextKey {
  if (!(error instanceof ApiError)) return "error.unknown";
  return BY_CODE[error.code] ?? BY_STATUS[error.status] ?? "error.unknown";
}

/** Says an error in the reader's language. */
export function useErrorText(): (error: unknown) => string {
  const { t } = useSpeech();
  return useCallback((error) => t(errorKey(error)), [t]);
}
