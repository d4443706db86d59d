import { Skeleton, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";

import type { Asesor } from "../../../api/model";
import { Failed } from "../../../components/States";
import { useSpeech } from "../../../lib/i18n";
import { Face } from "../../contacts/Face";
import { asesoresQuery } from "../queries";
import { clockOf } from "../timing";
import { useNow } from "../useNow";
import { AsesorLimits } from "./AsesorLimits";
import classes from "./Gtr.module.css";
import { useDropPlace } from "./dragging";

interface AsesorListProps {
  /** Whose clientes are listed. */
  chosen: string | undefined;
  onChoose: (asesor: string | undefined) => void;
  onGiven: (ids: number[], to: Asesor) => void;
}

const ORDER = { available: 0, paused: 1, away: 2 };

/** Who is there first, and of those who has the least to do. */
export function byReadiness(one: Asesor, other: Asesor): number {
  return (
    ORDER[one.state] - ORDER[other.state] ||
    loadOf(one) - loadOf(other) ||
    one.name.localeCompare(other.name)
  );
}

function loadOf({ derivado, enGestion }: Asesor): number {
  return derivado + enGestion;
}

/** Who is there, and how much each has to do; clientes are let go on a name. */
export function AsesorList({ chosen, onChoose, onGiven }: AsesorListProps) {
  const { t } = useSpeech();
  const asesores = useQuery(asesoresQuery());
  if (asesores.isPending) return <Skeleton height={160} m="md" />;
  if (asesores.data === undefined) {
    return <Failed error={asesores.error} onRetry={() => void asesores.refetch()} />;
  }
  const items = asesores.data.items
    .filter(({ role }) => role === "asesor")
    .sort(byReadiness);
  const most = Math.max(1, ...items.map(loadOf));
  if (items.length === 0) {
    return (
      <Text size="sm" c="dimmed" p="md">
        {t("desk.noAsesores")}
      </Text>
    );
  }
  return (
    <ul className={classes.asesores}>
      {items.map((asesor) => (
        <Card
          key={asesor.id}
          asesor={asesor}
          most={most}
          chosen={chosen === asesor.id}
          onChoose={() => onChoose(chosen === asesor.id ? undefined : asesor.id)}
          onGiven={(ids) => onGiven(ids, asesor)}
        />
      ))}
    </ul>
  );
}

interface CardProps {
  asesor: Asesor;
  most: number;
  chosen: boolean;
  onChoose: () => void;
  onGiven: (ids: number[]) => void;
}

function Card({ asesor, most, chosen, onChoose, onGiven }: CardProps) {
  const { t } = useSpeech();
  const drop = useDropPlace(onGiven);
  return (
    <li className={classes.asesor} {...drop}>
      <button
        type="button"
        className={classes.asesorButton}
        aria-pressed={chosen}
        onClick={onChoose}
      >
        <Face name={asesor.name} size={32} />
        <span className={classes.asesorWords}>
          <span className={classes.asesorName}>{asesor.name}</span>
          <Presence asesor={asesor} />
          <span className={classes.load}>
            {t("desk.load", { waiting: asesor.derivado, open: asesor.enGestion })}
            {asesor.ownLimit !== null &&
              ` · ${t("deskRules.loaded", { load: loadOf(asesor), limit: asesor.limit })}`}
            {asesor.skills.length > 0 && ` · ${asesor.skills.join(", ")}`}
          </span>
          <span className={classes.bar} aria-hidden="true">
            <span
              data-part="open"
              style={{ width: `${String((asesor.enGestion / most) * 100)}%` }}
            />
            <span
              data-part="waiting"
              style={{ width: `${String((asesor.derivado / most) * 100)}%` }}
            />
          </span>
        </span>
      </button>
      <span className={classes.limits}>
        <AsesorLimits asesor={asesor} />
      </span>
    </li>
  );
}

function Presence({ asesor }: { asesor: Asesor }) {
  const { t } = useSpeech();
  const now = useNow();
  const { state, reason, since } = asesor;
  const passed = since === null ? undefined : (now - Date.parse(since)) / 1_000;
  return (
    <span className={classes.presence} data-state={state}>
      <span className={classes.dot} aria-hidden="true" />
      {t(`desk.presence.${state}`)}
      {reason !== null && reason !== "" && ` · ${reason}`}
      {state === "paused" && passed !== undefined && ` · ${clockOf(passed)}`}
    </span>
  );
}
