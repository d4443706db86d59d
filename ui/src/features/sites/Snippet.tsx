import { Accordion, Group, List, Text, Title } from "@mantine/core";

import type { Site } from "../../api/model";
import { CopyButton } from "../../components/CopyButton";
import { useSpeech, type TextKey } from "../../lib/i18n";
import classes from "./Snippet.module.css";

const PLACES = ["html", "wordpress", "ghl", "gtm"] as const;
const STEPS = [1, 2, 3] as const;

/** The line to paste, and where to paste it. */
export function Snippet({ site }: { site: Site }) {
  const { t } = useSpeech();
  return (
    <div>
      <Group justify="space-between" align="flex-start" gap="xs">
        <div>
          <Title order={3}>{t("snippet.title")}</Title>
          <Text size="sm" c="dimmed">
            {t("snippet.hint")}
          </Text>
        </div>
        <CopyButton text={site.snippet} label={t("snippet.copy")} />
      </Group>
      <pre
        className={classes.code}
        tabIndex={0}
        role="region"
        aria-label={t("snippet.label", { name: site.name })}
      >
        <code>{site.snippet}</code>
      </pre>
      <Title order={3} mt="lg" mb="xs">
        {t("snippet.where")}
      </Title>
      <Accordion
        variant="separated"
        radius="md"
        order={4}
        classNames={{ control: classes.place }}
      >
        {PLACES.map((place) => (
          <Accordion.Item key={place} value={place} className={classes.item}>
            <Accordion.Control>{t(`snippet.${place}`)}</Accordion.Control>
            <Accordion.Panel>
              <List type="ordered" size="sm" spacing={4}>
                {STEPS.map((step) => {
                  const key: TextKey = `snippet.${place}.${step}`;
                  return <List.Item key={key}>{t(key)}</List.Item>;
                })}
              </List>
            </Accordion.Panel>
          </Accordion.Item>
        ))}
      </Accordion>
    </div>
  );
}
