/** Moves and refusals in the reader's language. */
import { useCallback } from "react";

import { ApiError } from "../../api/client";
import type { Cliente, HistoryLine } from "../../api/model";
import { useMe } from "../../api/queries";
import { useToasts } from "../../components/toasts";
import { useSpeech, type Translate } from "../../lib/i18n";
import { oneOf } from "../../lib/search";
import { showMoment } from "../../lib/time";
import { STATUSES } from "./filters";

export function useMoveWord(): (line: HistoryLine) => string {
  const { t } = useSpeech();
  return useCallback(
    ({ move, asesorAfter }) => {
      const name = asesorAfter?.name;
      const gives = move === "derive" || move === "reassign" || move === "transfer";
      return gives && name !== undefined
        ? t(`desk.move.${move}To`, { name })
        : t(`desk.move.${move}`);
    },
    [t],
  );
}

const WAYS = ["round_robin", "least_loaded"] as const;
const REASONS = [
  "timeout_no_gestionado",
  "given_back",
  "withdrawn",
  "escalated",
  ...WAYS,
] as const;

/** Why something came back; somebody's own words stay as they are. */
export function useReasonWord(): (reason: string) => string {
  const { t } = useSpeech();
  return useCallback(
    (reason) => {
      // `round_robin: Fibra` is by the rule of that name.
      const [way = "", ...rule] = reason.split(": ");
      const known = oneOf(REASONS, rule.length === 0 ? reason : oneOf(WAYS, way));
      if (known === undefined) return reason;
      return [
        t(`desk.reason.${known}`),
        ...(rule.length === 0 ? [] : [rule.join(": ")]),
      ].join(" · ");
    },
    [t],
  );
}

/** What is to be done next, and when. */
export function useNextAction(): (cliente: Cliente) => string | null {
  const { locale } = useSpeech();
  const { timeZone } = useMe().tenant;
  return useCallback(
    ({ next_action, next_action_at: at }) => {
      const moment = at === null ? null : showMoment(locale, timeZone, at);
      return [next_action, moment].filter((one) => one !== null).join(" · ") || null;
    },
    [locale, timeZone],
  );
}

/** Says why something is not possible, with what the server told of it. */
export function useDeskError(): (error: unknown) => void {
  const { t } = useSpeech();
  const toasts = useToasts();
  return useCallback(
    (error) => {
      const said = error instanceof ApiError ? refusal(t, error) : undefined;
      if (said === undefined) toasts.failed(error);
      else toasts.say(said);
    },
    [t, toasts],
  );
}

function refusal(t: Translate, { code, holder, current }: ApiError): string | undefined {
  if (code === "cliente_locked" && holder !== undefined) {
    return t("desk.lockedBy", { name: holder.name });
  }
  if (code === "lock_lost") return t("desk.lost.lock");
  const status = oneOf(STATUSES, current?.seguimiento_status);
  if (status === undefined) return undefined;
  const name = current?.asesor_nombre;
  const word = t(`desk.status.${status}`);
  return name == null
    ? t("desk.movedMeanwhile", { status: word })
    : t("desk.movedMeanwhileTo", { status: word, name });
}
