import { Badge } from "@mantine/core";
import type { ReactNode } from "react";

import type { Contact } from "../../api/model";
import { useMe } from "../../api/queries";
import { useSpeech } from "../../lib/i18n";
import { showMoment } from "../../lib/time";
import classes from "./Questions.module.css";
import { showPhone, useSourceWord } from "./words";

interface SideProps {
  contact: Contact;
  title: ReactNode;
  chosen?: boolean;
  foot?: ReactNode;
}

/** One of two contacts that are compared. */
export function Side({ contact, title, chosen = false, foot }: SideProps) {
  const { t, locale } = useSpeech();
  const { tenant } = useMe();
  const sourceWord = useSourceWord();
  const facts = [
    [t("contacts.column.email"), contact.email],
    [t("contacts.column.phone"), contact.phone && showPhone(contact.phone)],
    [t("contacts.column.crmId"), contact.crmId],
    [t("contacts.column.source"), sourceWord(contact.source)],
    [
      t("contacts.column.createdAt"),
      showMoment(locale, tenant.timeZone, contact.createdAt),
    ],
  ] as const;
  return (
    <div className={classes.side} data-chosen={chosen || undefined}>
      {title}
      <dl className={classes.facts}>
        {facts.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value ?? "–"}</dd>
          </div>
        ))}
      </dl>
      {contact.tags.length > 0 && (
        <div className={classes.tags}>
          {contact.tags.map((tag) => (
            <Badge key={tag} variant="light" color="gray" tt="none" fw={500}>
              {tag}
            </Badge>
          ))}
        </div>
      )}
      {foot}
    </div>
  );
}
