import { useSpeech } from "../../../lib/i18n";
import type { Bells } from "../bells";
import { useDeskNews } from "../news";

/** Rings for what a supervisor has to do something about. */
export function useRings({ ring }: Bells): void {
  const { t } = useSpeech();
  useDeskNews(({ type, clienteId, reason }) => {
    if (type === "CLIENT_CREATED") ring(t("desk.ring.created"), String(clienteId));
    if (type === "CLIENT_RETURNED_TO_GTR" && reason !== "withdrawn") {
      ring(t("desk.ring.returned"), String(clienteId));
    }
  });
}
