import { Text } from "@mantine/core";
import { IconUserQuestion } from "@tabler/icons-react";
import { useInfiniteQuery } from "@tanstack/react-query";

import { LinkButton } from "../../../components/links";
import { useSpeech } from "../../../lib/i18n";
import { conflictsQuery } from "../../linking/queries";
import classes from "./Contact.module.css";

/** That somebody has to decide something about this contact. */
export function OpenQuestions({ contactId }: { contactId: string }) {
  const { t } = useSpeech();
  const asked = useInfiniteQuery(conflictsQuery({ state: "open", contactId }));
  const items = asked.data?.pages.flatMap((page) => page.items) ?? [];
  if (items.length === 0) return null;
  const reasons = [...new Set(items.map(({ reason }) => reason))];
  return (
    <section className={classes.questions} aria-label={t("contact.questionsLabel")}>
      <IconUserQuestion size={20} aria-hidden="true" />
      <div>
        <Text size="sm" fw={600}>
          {t("contact.questions", { count: items.length })}
        </Text>
        <Text size="sm">
          {reasons.map((reason) => t(`review.reason.${reason}`)).join(" · ")}
        </Text>
      </div>
      <LinkButton to="/linking" size="compact-sm" variant="default">
        {t("contact.decide")}
      </LinkButton>
    </section>
  );
}
