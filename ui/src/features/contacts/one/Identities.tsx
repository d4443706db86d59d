import { Badge, Text, Tooltip } from "@mantine/core";

import type { ContactDetail } from "../../../api/model";
import { Panel } from "../../../components/Panel";
import { useSpeech } from "../../../lib/i18n";
import { showPhone, useSourceWord } from "../words";
import classes from "./Contact.module.css";

/** What the person is known by, and who said so. */
export function Identities({ contact }: { contact: ContactDetail }) {
  const { t } = useSpeech();
  const sourceWord = useSourceWord();
  return (
    <Panel title={t("contact.identities")} hint={t("contact.identitiesHint")}>
      <ul className={classes.identities}>
        {contact.identities.map(({ kind, value, strength, source }) => (
          <li key={`${kind} ${value}`}>
            <div className={classes.identity}>
              <Text size="xs" c="dimmed">
                {t("contact.saidBy", {
                  kind: t(`contacts.has.${kind}`),
                  source: sourceWord(source),
                })}
              </Text>
              <Text size="sm" className={classes.identityValue}>
                {kind === "phone" ? showPhone(value) : value}
              </Text>
            </div>
            {strength === "provisional" && (
              <Tooltip label={t("contact.provisionalHint")}>
                <Badge
                  variant="light"
                  color="orange"
                  tt="none"
                  fw={500}
                  tabIndex={0}
                  flex="none"
                >
                  {t("contact.provisional")}
                </Badge>
              </Tooltip>
            )}
          </li>
        ))}
      </ul>
    </Panel>
  );
}
