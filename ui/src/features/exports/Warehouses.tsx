import { Accordion, Text } from "@mantine/core";

import type { ExportSchedule } from "../../api/model";
import { useMe } from "../../api/queries";
import { CopyButton } from "../../components/CopyButton";
import { Panel } from "../../components/Panel";
import { useSpeech } from "../../lib/i18n";
import classes from "./Exports.module.css";
import { loading, WAREHOUSES } from "./loading";

/** How the daily export is read where it goes to, as statements to copy. */
export function Warehouses({ schedule }: { schedule: ExportSchedule | null }) {
  const { t } = useSpeech();
  const { tenant } = useMe();
  const { format = "parquet", target = "folder", prefix = "events" } = schedule ?? {};
  const below = `${tenant.id}/${prefix}`;
  return (
    <Panel title={t("exports.load")} hint={t("exports.loadHint")}>
      <Accordion variant="separated" radius="md" order={3}>
        {WAREHOUSES.map((warehouse) => {
          const text = loading(warehouse, { format, target, below });
          return (
            <Accordion.Item
              key={warehouse}
              value={warehouse}
              className={classes.warehouse}
            >
              <Accordion.Control>{NAMES[warehouse]}</Accordion.Control>
              <Accordion.Panel>
                <Text size="sm" c="dimmed">
                  {t(
                    warehouse === "bigquery" || warehouse === "snowflake"
                      ? "exports.loadBucket"
                      : "exports.loadPath",
                  )}
                </Text>
                <pre
                  className={classes.code}
                  tabIndex={0}
                  role="region"
                  aria-label={t("exports.statement", { name: NAMES[warehouse] })}
                >
                  <code>{text}</code>
                </pre>
                <CopyButton
                  size="compact-sm"
                  variant="default"
                  text={text}
                  label={t("action.copy")}
                />
              </Accordion.Panel>
            </Accordion.Item>
          );
        })}
      </Accordion>
      <Text size="xs" c="dimmed" mt="md">
        {t("exports.countNote")}
      </Text>
    </Panel>
  );
}

const NAMES = {
  duckdb: "DuckDB",
  bigquery: "BigQuery",
  snowflake: "Snowflake",
  spark: "Spark",
} as const;
