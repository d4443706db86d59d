import { Group, Table, Text } from "@mantine/core";
import { IconRobot } from "@tabler/icons-react";

import type { EventStats } from "../../api/model";
import { LinkText } from "../../components/links";
import { Panel } from "../../components/Panel";
import { useSpeech } from "../../lib/i18n";
import classes from "./TypesPanel.module.css";

/** What visitors did, the most frequent first, and what bots did apart from it. */
export function TypesPanel({ stats }: { stats: EventStats }) {
  const { t } = useSpeech();
  if (stats.totalEvents === 0 && stats.botEvents === 0) return null;
  return (
    <Panel title={t("types.title")} flush>
      {stats.totalEvents > 0 && <Types stats={stats} />}
      <Group gap={8} className={classes.bots} wrap="nowrap">
        <IconRobot size={18} aria-hidden="true" className={classes.robot} />
        <Text size="sm" c="dimmed">
          {stats.botEvents > 0
            ? t("stats.bots", { count: stats.botEvents })
            : t("stats.noBots")}{" "}
          <LinkText to="/bots" inherit underline="always">
            {t(stats.botEvents > 0 ? "stats.whichBots" : "stats.howBots")}
          </LinkText>
        </Text>
      </Group>
    </Panel>
  );
}

function Types({ stats }: { stats: EventStats }) {
  const { t, number } = useSpeech();
  const types = Object.entries(stats.eventsByType).sort(([, a], [, b]) => b - a);
  const total = types.reduce((sum, [, count]) => sum + count, 0);
  const most = types[0]?.[1] ?? 1;
  return (
    <Table className={classes.table} verticalSpacing={9} horizontalSpacing="lg">
      <Table.Thead>
        <Table.Tr>
          <Table.Th>{t("types.type")}</Table.Th>
          <Table.Th className={classes.wide} aria-hidden="true" />
          <Table.Th ta="right">
            {t(stats.sampled ? "types.kept" : "types.count")}
          </Table.Th>
          <Table.Th ta="right">{t("types.share")}</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {types.map(([type, count]) => (
          <Table.Tr key={type}>
            <Table.Td>
              <Text ff="monospace" size="sm" className={classes.type}>
                {type}
              </Text>
              <Bar className={classes.narrow} part={count / most} />
            </Table.Td>
            <Table.Td className={classes.wide} aria-hidden="true">
              <Bar part={count / most} />
            </Table.Td>
            <Table.Td ta="right" className="number">
              {number(count)}
            </Table.Td>
            <Table.Td ta="right" className="number" c="dimmed">
              {number(count / total, { style: "percent", maximumFractionDigits: 1 })}
            </Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}

function Bar({ part, className = "" }: { part: number; className?: string | undefined }) {
  return (
    <span
      className={`${classes.bar ?? ""} ${className}`}
      style={{ width: `${part * 100}%` }}
      aria-hidden="true"
    />
  );
}
