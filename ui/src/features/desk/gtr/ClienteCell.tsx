import type { ReactNode } from "react";

import type { Cliente } from "../../../api/model";
import { useMe } from "../../../api/queries";
import { useSpeech, type TextKey } from "../../../lib/i18n";
import { showMoment } from "../../../lib/time";
import { useSourceWord } from "../../contacts/words";
import type { Column } from "../columns";
import { Countdown } from "../Countdown";
import { GoalTimer, Marks } from "../Goals";
import { StatusChip } from "../StatusChip";
import { useNextAction } from "../words";
import { AsesorCell } from "./AsesorCell";
import classes from "./Gtr.module.css";

/** What a column is called. */
export const HEADS = {
  status: "desk.column.status",
  timer: "desk.column.timer",
  asesor: "desk.asesor",
  campaign: "desk.column.campaign",
  source: "desk.column.source",
  returns: "desk.column.returns",
  outcome: "desk.column.outcome",
  nextAction: "desk.column.nextAction",
  created: "desk.column.created",
} as const satisfies Record<Column, TextKey>;

interface ClienteCellProps {
  column: Column;
  cliente: Cliente;
  onAssign: () => void;
}

/** What a column has to tell of one cliente. */
export function ClienteCell({ column, cliente, onAssign }: ClienteCellProps): ReactNode {
  const { locale, number } = useSpeech();
  const { tenant } = useMe();
  const sourceWord = useSourceWord();
  const nextAction = useNextAction();
  switch (column) {
    case "status":
      return (
        <span className={classes.timers}>
          <StatusChip status={cliente.seguimiento_status} />
          <Marks cliente={cliente} />
        </span>
      );
    case "timer":
      return (
        <span className={classes.timers}>
          <Countdown cliente={cliente} />
          <GoalTimer cliente={cliente} />
        </span>
      );
    case "asesor":
      return <AsesorCell cliente={cliente} onAssign={onAssign} />;
    case "campaign":
      return cliente.campaign ?? sourceWord(cliente.source);
    case "source":
      return sourceWord(cliente.source);
    case "returns":
      return number(cliente.returns);
    case "outcome":
      return cliente.outcome ?? "–";
    case "nextAction":
      return nextAction(cliente) ?? "–";
    case "created":
      return showMoment(locale, tenant.timeZone, cliente.created_at);
  }
}
