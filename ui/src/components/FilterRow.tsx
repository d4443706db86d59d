import { TextInput } from "@mantine/core";
import type { ReactNode, Ref } from "react";

import type { Day } from "../lib/time";
import classes from "./FilterRow.module.css";
import { SearchInput } from "./SearchInput";

interface FilterRowProps {
  search: {
    label: string;
    placeholder: string;
    value: string | undefined;
    onValue: (value: string | undefined) => void;
    ref: Ref<HTMLInputElement>;
  };
  days: {
    /** What the first and the last day are called. */
    labels: Record<"from" | "to", string>;
    from: Day | undefined;
    to: Day | undefined;
    onDays: (days: { from?: Day | undefined } | { to?: Day | undefined }) => void;
  };
  children: ReactNode;
}

/** What a long list is searched and narrowed by: side by side as far as there is room. */
export function FilterRow({ search, days, children }: FilterRowProps) {
  const { value = "", ...field } = search;
  return (
    <div className={classes.filters}>
      <SearchInput {...field} value={value} className={classes.search} maxLength={200} />
      {children}
      {(["from", "to"] as const).map((end) => (
        <TextInput
          key={end}
          type="date"
          label={days.labels[end]}
          value={days[end] ?? ""}
          onChange={({ currentTarget }) =>
            days.onDays({ [end]: currentTarget.value || undefined })
          }
        />
      ))}
    </div>
  );
}
