import {
  ActionIcon,
  Group,
  Modal,
  Skeleton,
  Text,
  TextInput,
  Tooltip,
} from "@mantine/core";
import { useMediaQuery } from "@mantine/hooks";
import { IconRefresh, IconSearch, IconTemplateOff } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";

import type { ChatTemplate, Conversation, SendMessage } from "../../../api/model";
import { useToasts } from "../../../components/toasts";
import { Empty, Failed } from "../../../components/States";
import { useSpeech } from "../../../lib/i18n";
import { templatesQuery, useFreshTemplates } from "../queries";
import classes from "./Compose.module.css";
import { TemplateForm } from "./TemplateForm";
import { found, isApproved } from "./templates";

interface DialogProps {
  talk: Conversation;
  onClose: () => void;
  onSend: (body: SendMessage, label: string) => void;
}

/** Choose a template, fill it in, see what people will read, send it. */
export function TemplateDialog({ talk, onClose, onSend }: DialogProps) {
  const { t } = useSpeech();
  const narrow = useMediaQuery("(max-width: 48em)", false);
  return (
    <Modal
      opened
      onClose={onClose}
      title={t("inbox.chooseTemplate")}
      size="xl"
      fullScreen={narrow}
      closeButtonProps={{ "aria-label": t("action.close") }}
    >
      <Choose talk={talk} onSend={onSend} onClose={onClose} />
    </Modal>
  );
}

function Choose({ talk, onSend, onClose }: DialogProps) {
  const { t } = useSpeech();
  const templates = useQuery(templatesQuery(talk.channel.id));
  const [words, setWords] = useState("");
  const [chosen, setChosen] = useState<ChatTemplate>();
  if (templates.isPending) return <Waiting />;
  if (templates.data === undefined) {
    return <Failed error={templates.error} onRetry={() => void templates.refetch()} />;
  }
  if (chosen !== undefined) {
    return (
      <TemplateForm
        // Another language is another text, with gaps of its own.
        key={`${chosen.name} ${chosen.language}`}
        template={chosen}
        languages={templates.data.items.filter(
          (one) => one.name === chosen.name && isApproved(one),
        )}
        onChoose={setChosen}
        onBack={() => setChosen(undefined)}
        onSend={(body, label) => {
          onSend(body, label);
          onClose();
        }}
      />
    );
  }
  const { items } = templates.data;
  const shown = firstOfEach(found(items, words));
  const unapproved = items.filter((one) => !isApproved(one)).length;
  return (
    <>
      <Group gap="xs" mb="sm" wrap="nowrap">
        <TextInput
          data-autofocus
          flex={1}
          type="search"
          aria-label={t("inbox.template.search")}
          placeholder={t("inbox.template.search")}
          leftSection={<IconSearch size={16} aria-hidden="true" />}
          value={words}
          onChange={(event) => setWords(event.currentTarget.value)}
        />
        <Refresh channel={talk.channel.id} />
      </Group>
      {shown.length === 0 && (
        <Empty
          icon={<IconTemplateOff size={28} />}
          title={t(words === "" ? "inbox.template.none" : "inbox.template.noMatch")}
          text={t(words === "" ? "inbox.template.noneHint" : "inbox.noMatchHint")}
        />
      )}
      <ul className={classes.templates} aria-label={t("inbox.template.list")}>
        {shown.map((one) => (
          <li key={`${one.name} ${one.language}`}>
            <button
              type="button"
              className={classes.template}
              onClick={() => setChosen(one)}
            >
              <strong>{one.name}</strong>
              <span>{one.body}</span>
            </button>
          </li>
        ))}
      </ul>
      {unapproved > 0 && (
        <Text size="xs" c="dimmed" mt="sm">
          {t("inbox.template.unapproved", { count: unapproved })}
        </Text>
      )}
    </>
  );
}

/** A template in several languages stands in the list once; the language is chosen after it. */
function firstOfEach(templates: readonly ChatTemplate[]): ChatTemplate[] {
  const first = new Map<string, ChatTemplate>();
  for (const one of templates) if (!first.has(one.name)) first.set(one.name, one);
  return [...first.values()];
}

function Refresh({ channel }: { channel: string }) {
  const { t } = useSpeech();
  const { failed } = useToasts();
  const fresh = useFreshTemplates(channel);
  return (
    <Tooltip label={t("inbox.template.refresh")}>
      <ActionIcon
        variant="default"
        size={36}
        aria-label={t("inbox.template.refresh")}
        loading={fresh.isPending}
        onClick={() => fresh.mutate(undefined, { onError: failed })}
      >
        <IconRefresh size={17} aria-hidden="true" />
      </ActionIcon>
    </Tooltip>
  );
}

function Waiting() {
  return (
    <div aria-busy="true" className={classes.templates}>
      {[1, 2, 3, 4].map((row) => (
        <Skeleton key={row} height={56} />
      ))}
    </div>
  );
}
