import { Badge, Button, Collapse, Progress, Text } from "@mantine/core";
import { IconChevronRight, IconPlayerStop, IconRefresh } from "@tabler/icons-react";
import { useId, useState } from "react";

import type { Export } from "../../api/model";
import { useMe } from "../../api/queries";
import { useToasts } from "../../components/toasts";
import { showBytes } from "../../lib/bytes";
import { useSpeech } from "../../lib/i18n";
import { showDay, showMoment } from "../../lib/time";
import classes from "./Exports.module.css";
import { Files } from "./Files";
import { isOpen, useChangeExport } from "./queries";

const COLORS = {
  waiting: "gray",
  running: "petrol",
  done: "teal",
  failed: "red",
  cancelled: "gray",
} as const;

/** One export: how far it is, what it has made, and what can be done about it. */
export function ExportRow({ made }: { made: Export }) {
  const { t, locale } = useSpeech();
  const { tenant } = useMe();
  const [open, setOpen] = useState(false);
  const id = useId();
  const days = daysOf(made, locale, (values) => t("filter.span", values));
  const who = made.requestedBy ?? t("exports.byItself");
  return (
    <li className={classes.export} aria-label={days}>
      <div className={classes.top}>
        <div className={classes.what}>
          <Text fw={560} size="sm">
            {days}
          </Text>
          <Badge size="sm" variant="default" tt="none">
            {t(`exports.format.${made.format}`)}
          </Badge>
          <Badge size="sm" variant="default" tt="none">
            {t(`exports.target.${made.target}`)}
          </Badge>
          <Badge size="sm" variant="light" color={COLORS[made.state]} tt="none">
            {t(`exports.state.${made.state}`)}
          </Badge>
        </div>
        <Actions made={made} days={days} />
      </div>
      {made.state !== "done" && <Advance made={made} />}
      {made.error !== null && (
        <Text size="sm" c="var(--mantine-color-error)" className={classes.error}>
          {made.error}
        </Text>
      )}
      <div className={classes.bottom}>
        <Text size="xs" c="dimmed">
          {t("exports.askedBy", {
            name: who,
            time: showMoment(locale, tenant.timeZone, made.createdAt),
          })}
        </Text>
        {made.files.length > 0 && (
          <Button
            size="compact-sm"
            variant="subtle"
            color="gray"
            className={classes.show}
            aria-expanded={open}
            aria-controls={id}
            leftSection={
              <IconChevronRight
                size={15}
                aria-hidden="true"
                className={classes.chevron}
              />
            }
            onClick={() => setOpen(!open)}
          >
            {t("exports.files", { count: made.files.length })}
            {" · "}
            {showBytes(locale, made.bytes)}
          </Button>
        )}
        {made.state === "done" && made.files.length === 0 && (
          <Text size="xs" c="dimmed">
            {t("exports.noFiles")}
          </Text>
        )}
      </div>
      <Collapse expanded={open} id={id}>
        {open && <Files made={made} />}
      </Collapse>
    </li>
  );
}

function daysOf(
  { from, to }: Export,
  locale: string,
  span: (values: { from: string; to: string }) => string,
): string {
  if (from === to) return showDay(locale, from);
  return span({ from: showDay(locale, from), to: showDay(locale, to) });
}

function Advance({ made }: { made: Export }) {
  const { t } = useSpeech();
  const told = t("exports.progress", { done: made.daysDone, total: made.daysTotal });
  return (
    <div className={classes.advance}>
      <Progress.Root className={classes.bar} size="md">
        <Progress.Section
          value={(100 * made.daysDone) / Math.max(1, made.daysTotal)}
          color={made.state === "failed" ? "red" : "petrol"}
          animated={made.state === "running"}
          aria-label={told}
        />
      </Progress.Root>
      <Text size="xs" c="dimmed" className="number">
        {told}
      </Text>
    </div>
  );
}

function Actions({ made, days }: { made: Export; days: string }) {
  const { t } = useSpeech();
  const toasts = useToasts();
  const change = useChangeExport();
  const again = made.state === "failed" || made.state === "cancelled";
  if (!isOpen(made) && !again) return null;
  return (
    <Button
      size="compact-sm"
      variant="default"
      loading={change.isPending}
      leftSection={
        again ? (
          <IconRefresh size={14} aria-hidden="true" />
        ) : (
          <IconPlayerStop size={14} aria-hidden="true" />
        )
      }
      aria-label={t(again ? "exports.retryOf" : "exports.cancelOf", { days })}
      onClick={() =>
        change.mutate(
          { id: made.id, change: again ? "retry" : "cancel" },
          { onError: toasts.failed },
        )
      }
    >
      {t(again ? "action.retry" : "action.cancel")}
    </Button>
  );
}
