import { useFieldWords } from "./Fields";
import classes from "./Crm.module.css";
import type { Chosen } from "./mapping";
import { leaves, type Leaf } from "./payload";
import { useSpeech } from "../../lib/i18n";

interface PayloadTreeProps {
  payload: unknown;
  chosen: Chosen;
  taken: ReadonlySet<string>;
  onTake: (path: string) => void;
}

/** Every value of a payload as a button: a click makes it the chosen field's. */
export function PayloadTree({ payload, ...rest }: PayloadTreeProps) {
  const { t } = useSpeech();
  return (
    <ul className={classes.tree} tabIndex={0} aria-label={t("crm.payload")}>
      {leaves(payload).map((leaf, place) => (
        <li key={leaf.path ?? place} style={{ paddingLeft: leaf.depth * 16 }}>
          <Value leaf={leaf} {...rest} />
        </li>
      ))}
    </ul>
  );
}

function Value({
  leaf,
  chosen,
  taken,
  onTake,
}: Omit<PayloadTreeProps, "payload"> & { leaf: Leaf }) {
  const { t } = useSpeech();
  const fieldWords = useFieldWords();
  const { path, name, value } = leaf;
  if (path === undefined || value === undefined) {
    return (
      <div className={classes.leaf}>
        <span>{name}</span>
        <span>{value}</span>
      </div>
    );
  }
  return (
    <button
      type="button"
      className={classes.leaf}
      data-taken={taken.has(path) || undefined}
      aria-label={t("crm.takeValue", {
        path: `${name}: ${value}`,
        field: fieldWords(chosen),
      })}
      onClick={() => onTake(path)}
    >
      <span>{name}:</span>{" "}
      <span>{value}</span>
    </button>
  );
}
