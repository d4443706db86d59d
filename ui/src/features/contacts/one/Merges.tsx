import { Button, Text } from "@mantine/core";
import { IconArrowBackUp } from "@tabler/icons-react";

import type { ContactDetail } from "../../../api/model";
import { useMe } from "../../../api/queries";
import { Panel } from "../../../components/Panel";
import { useToasts } from "../../../components/toasts";
import { useSpeech } from "../../../lib/i18n";
import { showMoment } from "../../../lib/time";
import { useUndoMerge } from "../queries";
import { showPhone, useMayChange } from "../words";
import classes from "./Contact.module.css";

type Merge = ContactDetail["merges"][number];

/** Who was merged into this contact, by whom and when; also what was taken back. */
export function Merges({ contact }: { contact: ContactDetail }) {
  const { t } = useSpeech();
  if (contact.merges.length === 0) return null;
  return (
    <Panel title={t("merge.history")}>
      <ul className={classes.merges}>
        {contact.merges.map((merge) => (
          <MergeRow key={merge.id} merge={merge} contact={contact} />
        ))}
      </ul>
    </Panel>
  );
}

function MergeRow({ merge, contact }: { merge: Merge; contact: ContactDetail }) {
  const { t, locale } = useSpeech();
  const { tenant } = useMe();
  const toasts = useToasts();
  const mayChange = useMayChange();
  const undo = useUndoMerge();
  const moment = (at: string) => showMoment(locale, tenant.timeZone, at);
  const known = contact.identities
    .filter(({ contactId }) => contactId === merge.contactId)
    .map(({ kind, value }) => (kind === "phone" ? showPhone(value) : value));
  return (
    <li>
      <div className={classes.identity}>
        <Text size="sm" td={merge.undoneAt === null ? undefined : "line-through"}>
          {known.length === 0 ? t("merge.another") : known.join(" · ")}
        </Text>
        <Text size="xs" c="dimmed">
          {t("merge.by", { name: merge.mergedBy, time: moment(merge.mergedAt) })}
        </Text>
        {merge.undoneAt !== null && (
          <Text size="xs" c="dimmed">
            {t("merge.undoneBy", {
              name: merge.undoneBy ?? "",
              time: moment(merge.undoneAt),
            })}
          </Text>
        )}
      </div>
      {merge.undoneAt === null && mayChange && (
        <Button
          size="compact-sm"
          variant="default"
          leftSection={<IconArrowBackUp size={14} aria-hidden="true" />}
          loading={undo.isPending}
          onClick={() =>
            undo.mutate(
              { contact: contact.id, merge: merge.id },
              {
                onSuccess: () => toasts.say(t("merge.undone")),
                onError: toasts.failed,
              },
            )
          }
        >
          {t("action.undo")}
        </Button>
      )}
    </li>
  );
}
