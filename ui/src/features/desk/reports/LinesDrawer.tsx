import { Button, Drawer, Group, Skeleton, Stack, Text } from "@mantine/core";
import { IconFileExport } from "@tabler/icons-react";
import { useInfiniteQuery } from "@tanstack/react-query";

import type { DeskLine } from "../../../api/model";
import { useMe } from "../../../api/queries";
import { LinkText } from "../../../components/links";
import { Failed } from "../../../components/States";
import { useToasts } from "../../../components/toasts";
import { useSpeech } from "../../../lib/i18n";
import type { Span } from "../../../lib/period";
import { showMoment } from "../../../lib/time";
import { StatusChip } from "../StatusChip";
import type { ReportFilters } from "./filters";
import { linesQuery, useLinesFile } from "./queries";
import classes from "./Reports.module.css";
import { useFigures } from "./words";

interface LinesDrawerProps {
  filters: ReportFilters;
  span: Span;
  onClose: () => void;
}

/** The very clientes behind a figure. */
export function LinesDrawer({ filters, span, onClose }: LinesDrawerProps) {
  const { t } = useSpeech();
  const { figure, result } = filters;
  const name = figure === undefined ? "" : t(`deskReports.figure.${figure}`);
  return (
    <Drawer
      opened={figure !== undefined}
      onClose={onClose}
      position="right"
      size="md"
      title={result === undefined || result === "" ? name : `${name}: ${result}`}
      closeButtonProps={{ "aria-label": t("action.close") }}
    >
      {figure !== undefined && <Lines filters={filters} span={span} />}
    </Drawer>
  );
}

function Lines({ filters, span }: Omit<LinesDrawerProps, "onClose">) {
  const { t } = useSpeech();
  const toasts = useToasts();
  const found = useInfiniteQuery(linesQuery(filters, span));
  const file = useLinesFile(filters, span);
  if (found.isPending) return <Skeleton height={240} />;
  if (found.isError && found.data === undefined) {
    return <Failed error={found.error} onRetry={() => void found.refetch()} />;
  }
  const lines = found.data.pages.flatMap(({ items }) => items);
  return (
    <Stack gap="sm">
      <Group justify="space-between">
        <Text size="sm" c="dimmed">
          {t(found.hasNextPage ? "deskReports.linesFirst" : "deskReports.lines", {
            count: lines.length,
          })}
        </Text>
        <Button
          size="xs"
          variant="default"
          leftSection={<IconFileExport size={14} aria-hidden="true" />}
          disabled={lines.length === 0}
          loading={file.isPending}
          onClick={() => file.mutate(undefined, { onError: toasts.failed })}
        >
          {t("deskReports.csv")}
        </Button>
      </Group>
      {lines.length === 0 && <Text size="sm">{t("deskReports.noLines")}</Text>}
      <ul className={classes.lines}>
        {lines.map((line) => (
          <Line key={line.id} line={line} />
        ))}
      </ul>
      {found.hasNextPage && (
        <Button
          variant="default"
          loading={found.isFetchingNextPage}
          onClick={() => void found.fetchNextPage()}
        >
          {t("desk.more")}
        </Button>
      )}
    </Stack>
  );
}

function Line({ line }: { line: DeskLine }) {
  const { t, locale } = useSpeech();
  const { tenant, user } = useMe();
  const { time } = useFigures();
  const name = line.nombre ?? t("deskReports.unnamed", { id: line.clienteId });
  const beside = [
    line.asesor?.name,
    line.campaign,
    line.outcome ?? line.why,
    line.seconds === null ? undefined : time(line.seconds),
  ].filter(Boolean);
  return (
    <li className={classes.line}>
      <span>
        {user.role === "asesor" ? (
          name
        ) : (
          <LinkText to="/desk" search={{ cliente: line.clienteId }}>
            {name}
          </LinkText>
        )}{" "}
        <StatusChip status={line.to} />
      </span>
      <Text size="xs" c="dimmed">
        {showMoment(locale, tenant.timeZone, line.at)}
      </Text>
      <Text size="xs" c="dimmed" style={{ gridColumn: "1 / -1" }}>
        {[t(`desk.move.${line.move}`), ...beside].join(" · ")}
      </Text>
    </li>
  );
}
