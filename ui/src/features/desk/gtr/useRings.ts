import { useSpeech } from "../../../lib/i18n";
import type { Bells } from "../bells";
import { useDeskNews } from "../news";

/** Rings for what a supervisor has to do something about. */
export function useRings({ ring }: Bells): void {
  const { t } = useSpeech();
  useDeskNews(({ type, clienteId, reason, escalated }) => {
    if (type === "CLIENT_CREATED") ring(t("desk.ring.created"), String(clienteId));
    if (type === "CLIENT_RETURNED_TO_GTR" && reason !== "withdrawn") {
      const often = t(escalated ? "desk.ring.escalated" : "desk.ring.returned");
      ring(often, String(clienteId));
    }
    if (reason === "assign_warning" || reason === "touch_warning") {
      ring(t("desk.ring.soonLate"), String(clienteId));
    }
    if (reason === "assign_late" || reason === "touch_late") {
      ring(t("desk.ring.late"), String(clienteId));
    }
  });
}
