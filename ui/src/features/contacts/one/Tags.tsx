import { Badge, TagsInput, Text } from "@mantine/core";

import type { ContactDetail } from "../../../api/model";
import { Panel } from "../../../components/Panel";
import { useToasts } from "../../../components/toasts";
import { useSpeech } from "../../../lib/i18n";
import { useChangeContact } from "../queries";
import { useMayChange } from "../words";
import classes from "./Contact.module.css";

const MOST_TAGS = 100;

/** The tags; each that is added or taken away is kept at once. */
export function Tags({ contact }: { contact: ContactDetail }) {
  const { t } = useSpeech();
  const toasts = useToasts();
  const mayChange = useMayChange();
  const change = useChangeContact(contact.id);
  // What was just asked for is shown until the answer is there.
  const tags = change.isPending ? (change.variables.tags ?? []) : contact.tags;
  return (
    <Panel title={t("contacts.column.tags")}>
      {mayChange ? (
        <TagsInput
          aria-label={t("contacts.column.tags")}
          placeholder={tags.length === 0 ? t("contact.addTag") : undefined}
          description={t("contacts.tagsHint")}
          inputWrapperOrder={["label", "input", "description", "error"]}
          value={tags}
          maxTags={MOST_TAGS}
          maxLength={64}
          acceptValueOnBlur
          onChange={(next) => change.mutate({ tags: next }, { onError: toasts.failed })}
        />
      ) : (
        <div className={classes.tags}>
          {tags.length === 0 && (
            <Text size="sm" c="dimmed">
              {t("contact.noTags")}
            </Text>
          )}
          {tags.map((tag) => (
            <Badge key={tag} variant="light" color="gray" tt="none" fw={500}>
              {tag}
            </Badge>
          ))}
        </div>
      )}
    </Panel>
  );
}
