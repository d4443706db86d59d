import { Anchor } from "@mantine/core";

import { useSpeech } from "../../lib/i18n";
import { Panel } from "../Panel";

export interface Earlier {
  id: string;
  file: string;
  rows: number;
  askedBy: string;
}

interface EarlierFilesProps<One extends Earlier> {
  items: readonly One[];
  stateOf: (one: One) => string;
  onOpen: (id: string) => void;
}

/** What was imported before. */
export function EarlierFiles<One extends Earlier>({
  items,
  stateOf,
  onOpen,
}: EarlierFilesProps<One>) {
  const { t } = useSpeech();
  if (items.length === 0) return null;
  return (
    <Panel title={t("import.earlier")}>
      <ul>
        {items.map((one) => (
          <li key={one.id}>
            <Anchor component="button" type="button" onClick={() => onOpen(one.id)}>
              {one.file}
            </Anchor>
            {` · ${stateOf(one)} · ${t("import.rows", { count: one.rows })} · ${one.askedBy}`}
          </li>
        ))}
      </ul>
    </Panel>
  );
}
