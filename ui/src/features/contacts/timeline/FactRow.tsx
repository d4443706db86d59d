import { Badge, Text } from "@mantine/core";

import type { FactEntry } from "../../../api/model";
import { useMe } from "../../../api/queries";
import { useSpeech } from "../../../lib/i18n";
import { showTime } from "../../../lib/time";
import { LinkText } from "../../../components/links";
import { FactSign } from "./icons";
import classes from "./Timeline.module.css";
import { useFactWords } from "./words";

/** Something that became known, and why. */
export function FactRow({ entry: { at, fact } }: { entry: FactEntry }) {
  const { t, locale } = useSpeech();
  const { tenant, user } = useMe();
  const { title, why } = useFactWords()(fact);
  return (
    <article className={classes.fact} data-tone={toneOf(fact.what)}>
      <span className={classes.sign} data-kind="fact" aria-hidden="true">
        <FactSign fact={fact} />
      </span>
      <div className={classes.body}>
        <div className={classes.headline}>
          <span className={classes.named}>
            <Text span size="sm" fw={600}>
              {title}
            </Text>
            {fact.strength === "provisional" && (
              <Badge variant="light" color="orange" tt="none" fw={500}>
                {t("timeline.provisional")}
              </Badge>
            )}
          </span>
          <time className={`${classes.when ?? ""} number`} dateTime={at}>
            {showTime(locale, tenant.timeZone, at)}
          </time>
        </div>
        {why !== "" && (
          <Text size="xs" c="dimmed">
            {why}
          </Text>
        )}
        {fact.room === "chat" && fact.evidence?.conversationId && (
          <LinkText to="/inbox" search={{ talk: fact.evidence.conversationId }} size="xs">
            {t("fact.chat.open")}
          </LinkText>
        )}
        {fact.room === "sales" && fact.evidence?.saleId && user.role !== "asesor" && (
          <LinkText to="/sales" search={{ sale: fact.evidence.saleId }} size="xs">
            {t("fact.sale.open")}
          </LinkText>
        )}
        {fact.what === "lost" && fact.contactId && (
          <LinkText
            to="/contacts/$contactId"
            params={{ contactId: fact.contactId }}
            size="xs"
          >
            {t("fact.other")}
          </LinkText>
        )}
      </div>
    </article>
  );
}

function toneOf(what: string): "doubt" | undefined {
  return /conflict|refused|charged_back|waiting|fork|lost/.test(what)
    ? "doubt"
    : undefined;
}
