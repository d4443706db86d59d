import { Table } from "@mantine/core";
import type { ReactNode } from "react";

interface RowsTableProps {
  label: string;
  heads: readonly string[];
  children: ReactNode;
}

/** The first rows of a file, in a frame that scrolls. */
export function RowsTable({ label, heads, children }: RowsTableProps) {
  return (
    <Table.ScrollContainer
      minWidth={640}
      mah={420}
      type="native"
      tabIndex={0}
      data-scrolls=""
      role="region"
      aria-label={label}
    >
      <Table>
        <Table.Thead>
          <Table.Tr>
            {heads.map((head) => (
              <Table.Th key={head} scope="col">
                {head}
              </Table.Th>
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>{children}</Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}
