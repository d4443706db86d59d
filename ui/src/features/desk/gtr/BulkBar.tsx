import { Button, CloseButton, Progress as Bar, Select, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";

import { useAway } from "../../../lib/connection";
import { useSpeech } from "../../../lib/i18n";
import { asesoresQuery } from "../queries";
import { byReadiness } from "./AsesorList";
import classes from "./Gtr.module.css";
import type { Assigning } from "./useAssigning";
import type { Selection } from "./useSelection";

interface BulkBarProps {
  selection: Selection;
  assigning: Assigning;
}

/** What can be done with all that are selected, and how far it is. */
export function BulkBar({ selection, assigning }: BulkBarProps) {
  const { t, number } = useSpeech();
  const away = useAway();
  const [to, setTo] = useState<string | null>(null);
  const all = useQuery(asesoresQuery()).data?.items ?? [];
  const asesores = all.filter(({ role }) => role === "asesor").sort(byReadiness);
  const { progress } = assigning;
  const count = selection.ids.length;
  if (count === 0 && progress === undefined) return null;

  function give(): void {
    const asesor = asesores.find(({ id }) => id === to);
    if (asesor === undefined) return;
    assigning.assign(selection.ids, asesor);
    selection.set([]);
  }

  return (
    <div className={classes.bulk} role="region" aria-label={t("desk.bulk")}>
      {progress === undefined ? (
        <>
          <Text size="sm" fw={560} role="status">
            {t("desk.selected", { count })}
          </Text>
          <Select
            aria-label={t("desk.asesor")}
            placeholder={t("desk.asesor")}
            data={asesores.map(({ id, name }) => ({ value: id, label: name }))}
            value={to}
            searchable
            comboboxProps={{ position: "top" }}
            className={classes.bulkSelect}
            onChange={setTo}
          />
          <Button disabled={to === null || away} onClick={give}>
            {t("desk.assign")}
          </Button>
          <CloseButton
            aria-label={t("desk.deselect")}
            onClick={() => selection.set([])}
          />
        </>
      ) : (
        <>
          <Text size="sm" role="status">
            {t("desk.assigning", {
              done: number(progress.done),
              total: number(progress.total),
            })}
          </Text>
          <Bar
            className={classes.bulkBar}
            value={(progress.done / progress.total) * 100}
            aria-label={t("desk.bulk")}
          />
        </>
      )}
    </div>
  );
}
