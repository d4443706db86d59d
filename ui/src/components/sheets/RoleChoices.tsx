import { NativeSelect } from "@mantine/core";

import classes from "./Sheets.module.css";

interface RoleChoicesProps<Role extends string> {
  names: readonly string[];
  roles: readonly Role[];
  /** A row to recognise the columns by. */
  example: readonly string[] | undefined;
  options: readonly { value: Role; label: string }[];
  onRole: (column: number, role: Role) => void;
}

/** One choice a column. */
export function RoleChoices<Role extends string>({
  names,
  roles,
  example,
  options,
  onRole,
}: RoleChoicesProps<Role>) {
  return (
    <div className={classes.columns}>
      {roles.map((role, column) => (
        <NativeSelect
          // The columns of one file stay where they are.
          key={column}
          label={names[column]}
          description={example?.[column]?.slice(0, 40) ?? "–"}
          value={role}
          onChange={({ currentTarget }) =>
            onRole(
              column,
              options.find(({ value }) => value === currentTarget.value)?.value ?? role,
            )
          }
          data={[...options]}
        />
      ))}
    </div>
  );
}
