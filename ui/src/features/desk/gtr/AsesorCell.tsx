import { Tooltip } from "@mantine/core";
import { IconChevronDown, IconLock, IconUserPlus } from "@tabler/icons-react";

import type { Cliente } from "../../../api/model";
import { useAway } from "../../../lib/connection";
import { useSpeech } from "../../../lib/i18n";
import classes from "./Gtr.module.css";

interface AsesorCellProps {
  cliente: Cliente;
  onAssign: () => void;
}

/** Whose it is and who has it in hand; a press gives it to somebody else. */
export function AsesorCell({ cliente, onAssign }: AsesorCellProps) {
  const { t } = useSpeech();
  const away = useAway();
  const { asesor_nombre: name, lock, nombre } = cliente;
  return (
    <span className={classes.asesorCell}>
      <button
        type="button"
        className={classes.assign}
        data-nobody={name === null || undefined}
        aria-label={
          name === null
            ? t("desk.assignOne", { cliente: nombre })
            : t("desk.assignedTo", { cliente: nombre, name })
        }
        disabled={away}
        onClick={onAssign}
      >
        {name === null && <IconUserPlus size={14} aria-hidden="true" />}
        <span className={classes.assignName}>{name ?? t("desk.assign")}</span>
        <IconChevronDown size={12} aria-hidden="true" />
      </button>
      {lock !== null && (
        <Tooltip label={t("desk.lockedBy", { name: lock.holder.name })}>
          <span
            className={classes.lock}
            role="img"
            aria-label={t("desk.lockedBy", { name: lock.holder.name })}
          >
            <IconLock size={14} aria-hidden="true" />
          </span>
        </Tooltip>
      )}
    </span>
  );
}
