import { useQuery } from "@tanstack/react-query";
import { useEffect, useRef } from "react";

import type { Cliente } from "../../../api/model";
import { useSpeech } from "../../../lib/i18n";
import type { Bells } from "../bells";
import { USUAL_WARNING } from "../Countdown";
import { deskSettingsQuery } from "../queries";
import { secondsUntil, urgencyOf } from "../timing";
import { useNow } from "../useNow";

/** Rings once for each cliente whose time is almost up. */
export function useWarnings(clientes: readonly Cliente[], { ring }: Bells): void {
  const { t } = useSpeech();
  const now = useNow();
  const warning = useQuery(deskSettingsQuery()).data?.warningSeconds ?? USUAL_WARNING;
  const warned = useRef(new Set<number>());
  useEffect(() => {
    for (const { id, nombre, due_at: due } of clientes) {
      const urgency = due === null ? "calm" : urgencyOf(secondsUntil(due, now), warning);
      if (urgency === "calm") warned.current.delete(id);
      else if (!warned.current.has(id)) {
        warned.current.add(id);
        ring(t("desk.ring.warning", { name: nombre }), `due-${String(id)}`);
      }
    }
  }, [clientes, now, ring, t, warning]);
}
