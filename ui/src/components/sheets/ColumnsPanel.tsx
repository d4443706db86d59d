import { Alert, Checkbox, Stack } from "@mantine/core";
import type { ReactNode } from "react";

import { useSpeech } from "../../lib/i18n";
import { Panel } from "../Panel";
import { namesOf, widthOf, withRole } from "./columns";
import { RoleChoices } from "./RoleChoices";

interface Uploaded {
  file: string;
  encoding: string;
  rows: number;
  sample: readonly (readonly string[])[];
}

interface ColumnsPanelProps<Role extends string> {
  made: Uploaded;
  header: boolean;
  onHeader: (header: boolean) => void;
  roles: readonly Role[];
  onRoles: (roles: Role[]) => void;
  options: readonly { value: Role; label: string }[];
  /** What a column is that is nothing else, and what several may be. */
  rest: { none: Role; several?: Role };
  /** What is asked before the columns, and after them. */
  before?: ReactNode;
  after?: ReactNode;
  /** What is not said yet. */
  lacks: string | undefined;
}

/** What is what in a file. */
export function ColumnsPanel<Role extends string>(props: ColumnsPanelProps<Role>) {
  const { made, header, roles } = props;
  const { t } = useSpeech();
  return (
    <Panel
      title={t("import.columns")}
      hint={t("import.found", {
        file: made.file,
        encoding: made.encoding,
        count: made.rows,
      })}
    >
      <Stack gap="md">
        {props.before}
        <Checkbox
          label={t("import.header")}
          checked={header}
          onChange={({ currentTarget }) => props.onHeader(currentTarget.checked)}
        />
        <RoleChoices
          names={useColumnNames(made, header)}
          roles={roles}
          example={made.sample[header ? 1 : 0]}
          options={props.options}
          onRole={(column, role) =>
            props.onRoles(withRole(roles, column, role, props.rest))
          }
        />
        {props.after}
        {props.lacks !== undefined && <Alert color="yellow">{props.lacks}</Alert>}
      </Stack>
    </Panel>
  );
}

/** The columns' names: those of the first row, or numbers. */
export function useColumnNames({ sample }: Pick<Uploaded, "sample">, header: boolean) {
  const { t, number } = useSpeech();
  return namesOf(sample[0] ?? [], widthOf(sample), header, (column) =>
    t("import.column", { number: number(column) }),
  );
}
