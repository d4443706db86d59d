import { Group, Text } from "@mantine/core";
import { IconCheck, IconCode, IconWorldPlus } from "@tabler/icons-react";

import { LinkButton } from "../../components/links";
import { Panel } from "../../components/Panel";
import { Empty } from "../../components/States";
import { useSpeech, type TextKey } from "../../lib/i18n";
import classes from "./FirstSteps.module.css";

const STEPS: readonly TextKey[] = ["start.step1", "start.step2", "start.step3"];

/** Shown until the first event of the first site is there. */
export function FirstSteps({ hasSite }: { hasSite: boolean }) {
  const { t } = useSpeech();
  const done = hasSite ? 1 : 0;
  return (
    <Panel>
      <Empty
        icon={hasSite ? <IconCode size={28} /> : <IconWorldPlus size={28} />}
        title={t(hasSite ? "start.noEvent" : "start.noSite")}
        text={t(hasSite ? "start.noEventText" : "start.noSiteText")}
        action={
          <LinkButton
            to="/settings/sites"
            search={hasSite ? {} : { new: true }}
            size="md"
          >
            {t(hasSite ? "start.toSites" : "start.createSite")}
          </LinkButton>
        }
      />
      <ol className={classes.steps}>
        {STEPS.map((step, index) => (
          <li
            key={step}
            className={classes.step}
            data-done={index < done || undefined}
            aria-current={index === done ? "step" : undefined}
          >
            <Group gap="xs" wrap="nowrap">
              <span className={classes.dot} aria-hidden="true">
                {index < done ? <IconCheck size={14} stroke={3} /> : index + 1}
              </span>
              <Text size="sm">{t(step)}</Text>
            </Group>
          </li>
        ))}
      </ol>
    </Panel>
  );
}
