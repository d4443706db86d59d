import { Text } from "@mantine/core";

import type { Cliente } from "../../../api/model";
import { useSpeech } from "../../../lib/i18n";
import { showPhone } from "../../contacts/words";
import { Countdown } from "../Countdown";
import { StatusChip } from "../StatusChip";
import classes from "./Asesor.module.css";

interface MyRowProps {
  cliente: Cliente;
  opened: boolean;
  onOpen: () => void;
}

/** One of my clientes; Enter opens it. */
export function MyRow({ cliente, opened, onOpen }: MyRowProps) {
  const { t } = useSpeech();
  const { id, nombre, telefono, email, campaign, returns } = cliente;
  const known = [telefono && showPhone(telefono), telefono === null && email, campaign];
  return (
    <li data-cliente={id}>
      <button
        type="button"
        id={`cliente-${String(id)}`}
        className={classes.row}
        aria-current={opened || undefined}
        onClick={onOpen}
      >
        <span className={classes.rowHead}>
          <span className={classes.rowName}>{nombre}</span>
          <Countdown cliente={cliente} named />
        </span>
        <span className={classes.rowFoot}>
          <Text span size="xs" c="dimmed" truncate>
            {known.filter(Boolean).join(" · ")}
          </Text>
          <span className={classes.rowChips}>
            {returns > 0 && (
              <Text span size="xs" c="dimmed">
                {t("desk.returned", { count: returns })}
              </Text>
            )}
            <StatusChip status={cliente.seguimiento_status} />
          </span>
        </span>
      </button>
    </li>
  );
}
