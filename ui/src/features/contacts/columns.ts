/** Which columns the list of contacts has, as this browser remembers them. */
import { useState } from "react";

export const COLUMNS = [
  "email",
  "phone",
  "tags",
  "source",
  "crmId",
  "createdAt",
  "updatedAt",
] as const;
export type Column = (typeof COLUMNS)[number];

const USUAL: readonly Column[] = ["email", "phone", "tags", "source", "createdAt"];
const STORED = "pista.contacts.columns";

export function readColumns(stored: string | null): readonly Column[] {
  if (stored === null) return USUAL;
  const names = stored.split(",");
  return COLUMNS.filter((column) => names.includes(column));
}

export function useColumns() {
  const [columns, setColumns] = useState(() => readColumns(localStorage.getItem(STORED)));
  return {
    columns,
    choose: (names: readonly string[]) => {
      const text = names.join(",");
      localStorage.setItem(STORED, text);
      setColumns(readColumns(text));
    },
  };
}
