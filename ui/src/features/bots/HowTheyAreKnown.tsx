import { List } from "@mantine/core";

import { Panel } from "../../components/Panel";
import { useSpeech } from "../../lib/i18n";

/** So that nobody has to guess why somebody was left out, or was not. */
export function HowTheyAreKnown() {
  const { t } = useSpeech();
  return (
    <Panel title={t("bots.how")}>
      <List size="sm" spacing={6} c="dimmed" maw={720}>
        <List.Item>{t("bots.how.list")}</List.Item>
        <List.Item>{t("bots.how.apps")}</List.Item>
        <List.Item>{t("bots.how.servers")}</List.Item>
        <List.Item>{t("bots.how.local")}</List.Item>
        <List.Item>{t("bots.how.kept")}</List.Item>
      </List>
    </Panel>
  );
}
