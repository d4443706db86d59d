import { Button, Group, Text } from "@mantine/core";
import { IconChevronLeft, IconChevronRight } from "@tabler/icons-react";

import type { Breakdown } from "../../api/model";
import { useSpeech } from "../../lib/i18n";
import classes from "./BreakdownTable.module.css";
import { PAGE_SIZE } from "./filters";

interface PagingProps {
  breakdown: Breakdown;
  onPage: (page: number) => void;
}

export function Paging({ breakdown: { offset, rows, total }, onPage }: PagingProps) {
  const { t } = useSpeech();
  if (rows.length === 0 || total <= PAGE_SIZE) return null;
  const page = Math.floor(offset / PAGE_SIZE) + 1;
  const last = offset + rows.length;
  return (
    <nav className={classes.paging} aria-label={t("breakdown.paging")}>
      <Text size="sm" c="dimmed" className="number">
        {t("breakdown.shown", { first: offset + 1, last, total })}
      </Text>
      <Group gap="xs" wrap="nowrap">
        <Step
          label={t("breakdown.previous")}
          icon={<IconChevronLeft size={16} aria-hidden="true" />}
          side="left"
          possible={page > 1}
          onStep={() => onPage(page - 1)}
        />
        <Step
          label={t("breakdown.next")}
          icon={<IconChevronRight size={16} aria-hidden="true" />}
          side="right"
          possible={last < total}
          onStep={() => onPage(page + 1)}
        />
      </Group>
    </nav>
  );
}

interface StepProps {
  label: string;
  icon: React.ReactNode;
  side: "left" | "right";
  possible: boolean;
  onStep: () => void;
}

/** Without the attribute `disabled`, which would take the focus away at the last page. */
function Step({ label, icon, side, possible, onStep }: StepProps) {
  return (
    <Button
      size="xs"
      variant="default"
      leftSection={side === "left" && icon}
      rightSection={side === "right" && icon}
      data-disabled={!possible || undefined}
      aria-disabled={!possible}
      onClick={() => {
        if (possible) onStep();
      }}
    >
      {label}
    </Button>
  );
}
