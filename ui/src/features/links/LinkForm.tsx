import {
  Accordion,
  Alert,
  Button,
  Group,
  Modal,
  SegmentedControl,
  Select,
  SimpleGrid,
  Stack,
  Text,
  TextInput,
  Textarea,
} from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState, type SyntheticEvent } from "react";

import { ApiError } from "../../api/client";
import type { Channel, Link } from "../../api/model";
import { useMe } from "../../api/queries";
import { useErrorText } from "../../components/errors";
import { useToasts } from "../../components/toasts";
import { useSpeech } from "../../lib/i18n";
import { channelsQuery } from "../channels/queries";
import {
  asked,
  CODE,
  draftOf,
  emptyDraft,
  KINDS,
  leadsTo,
  wrongIn,
  type Draft,
} from "./form";
import classes from "./Links.module.css";
import { domainsQuery, useSaveLink } from "./queries";

const PATH = "/go/";
const EXAMPLES = {
  bot: "@tienda_bot",
  phone: "+51 987 654 321",
  url: "https://tienda.com/oferta",
};

interface LinkFormProps {
  opened: boolean;
  /** A new one, if there is none. */
  link: Link | undefined;
  onClose: () => void;
  onMade: (link: Link) => void;
}

/** Makes a link or changes it, and shows where it would lead. */
export function LinkForm({ opened, link, onClose, onMade }: LinkFormProps) {
  const { t } = useSpeech();
  // Supervisors may not see the channels, and make links without them.
  const isAdmin = useMe().user.role === "admin";
  const channels = useQuery({
    ...channelsQuery(),
    retry: false,
    enabled: opened && isAdmin,
  });
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      size="lg"
      title={t(link === undefined ? "adLinks.new" : "adLinks.change")}
      closeButtonProps={{ "aria-label": t("action.close") }}
    >
      {opened && !channels.isLoading && (
        <Fields
          link={link}
          channels={channels.data?.items ?? []}
          onClose={onClose}
          onMade={onMade}
        />
      )}
    </Modal>
  );
}

interface FieldsProps extends Omit<LinkFormProps, "opened"> {
  channels: readonly Channel[];
}

function Fields({ link, channels, onClose, onMade }: FieldsProps) {
  const { t } = useSpeech();
  const toasts = useToasts();
  const save = useSaveLink(link?.id);
  const firstMessage = t("adLinks.firstMessage", { code: CODE });
  const [draft, setDraft] = useState(() =>
    link === undefined ? emptyDraft(channels, firstMessage) : draftOf(link, firstMessage),
  );
  const [tried, setTried] = useState(false);
  const wrong = wrongIn(draft);

  function send(event: SyntheticEvent<HTMLFormElement>): void {
    event.preventDefault();
    setTried(true);
    if (wrong.size > 0 || save.isPending) return;
    save.mutate(asked(draft), {
      onSuccess: (made) => {
        toasts.saved();
        onClose();
        if (link === undefined) onMade(made);
      },
    });
  }

  const set = (changes: Partial<Draft>) =>
    setDraft((before) => ({ ...before, ...changes }));
  const why = (name: TextField) =>
    name === "text"
      ? t("adLinks.wrong.text", { code: CODE })
      : t(`adLinks.wrong.${name as WrongField}`);
  const field = (name: TextField) => ({
    label: t(`adLinks.field.${name}`),
    value: draft[name],
    autoComplete: "off",
    error: tried && wrong.has(name) && why(name),
    onChange: (event: { currentTarget: { value: string } }) =>
      set({ [name]: event.currentTarget.value }),
  });

  return (
    <form onSubmit={send} noValidate>
      <Stack gap="md">
        <Wrong error={save.error} />
        <TextInput {...field("name")} autoFocus data-autofocus />
        <Goal draft={draft} channels={channels} field={field} set={set} />
        <Preview draft={draft} channels={channels} />
        <Address draft={draft} field={field} set={set} />
        <More draft={draft} field={field} set={set} />
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose}>
            {t("action.cancel")}
          </Button>
          <Button type="submit" loading={save.isPending}>
            {t("action.save")}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

type TextField = Exclude<keyof Draft, "kind" | "paid" | "domain" | "channelId">;
type WrongField = "name" | "slug" | "fallback" | "url" | "bot" | "phone";

interface PartProps {
  draft: Draft;
  field: (name: TextField) => {
    label: string;
    value: string;
    autoComplete: string;
    error: string | false;
    onChange: (event: { currentTarget: { value: string } }) => void;
  };
  set: (changes: Partial<Draft>) => void;
}

/** Where it leads: to which bot, number or page. */
function Goal({
  draft,
  channels,
  field,
  set,
}: PartProps & Pick<FieldsProps, "channels">) {
  const { t } = useSpeech();
  const { kind } = draft;
  const own = channels.filter(({ platform }) => platform === kind);
  return (
    <>
      <SegmentedControl
        fullWidth
        aria-label={t("adLinks.field.kind")}
        value={kind}
        onChange={(value) => {
          const next = KINDS.find((one) => one === value) ?? "page";
          const first = channels.find(({ platform }) => platform === next);
          set({ kind: next, channelId: first?.id ?? "" });
        }}
        data={KINDS.map((value) => ({ value, label: t(`adLinks.kind.${value}`) }))}
      />
      {kind !== "page" && own.length > 0 && (
        <Select
          label={t(`adLinks.field.channel.${kind}`)}
          value={draft.channelId}
          allowDeselect={false}
          onChange={(channelId) => set({ channelId: channelId ?? "" })}
          data={[
            ...own.map(({ id, name, display }) => ({
              value: id,
              label: `${name} · ${display}`,
            })),
            { value: "", label: t("adLinks.field.another") },
          ]}
        />
      )}
      {kind === "telegram" && draft.channelId === "" && (
        <TextInput {...field("bot")} placeholder={EXAMPLES.bot} />
      )}
      {kind === "whatsapp" && draft.channelId === "" && (
        <TextInput {...field("phone")} type="tel" placeholder={EXAMPLES.phone} />
      )}
      {kind === "whatsapp" && (
        <Textarea
          {...field("text")}
          autosize
          minRows={2}
          description={t("adLinks.field.textHint", { code: CODE })}
        />
      )}
      {kind === "page" && (
        <TextInput {...field("url")} type="url" placeholder={EXAMPLES.url} />
      )}
    </>
  );
}

function Preview({ draft, channels }: { draft: Draft } & Pick<FieldsProps, "channels">) {
  const { t } = useSpeech();
  const goal = leadsTo(draft, channels);
  return (
    <div className={classes.preview} aria-live="polite">
      <Text size="sm" c="dimmed">
        {t(goal === undefined ? "adLinks.leadsLater" : "adLinks.leadsTo")}
      </Text>
      {goal !== undefined && <Text size="sm">{goal.address}</Text>}
      {goal?.message !== undefined && <p className={classes.bubble}>{goal.message}</p>}
    </div>
  );
}

function Address({ draft, field, set }: PartProps) {
  const { t } = useSpeech();
  const known = useQuery(domainsQuery()).data?.items ?? [];
  const domains = known.filter(({ provenAt }) => provenAt !== null);
  return (
    <SimpleGrid cols={{ base: 1, xs: domains.length > 0 ? 2 : 1 }}>
      {domains.length > 0 && (
        <Select
          label={t("adLinks.field.domain")}
          value={draft.domain}
          allowDeselect={false}
          onChange={(domain) => set({ domain: domain ?? "" })}
          data={[
            { value: "", label: t("adLinks.field.ownAddress") },
            ...domains.map(({ domain }) => domain),
          ]}
        />
      )}
      <TextInput
        {...field("slug")}
        placeholder={t("adLinks.field.slugHint")}
        leftSection={
          <Text size="sm" c="dimmed" span>
            {PATH}
          </Text>
        }
        leftSectionWidth={48}
      />
    </SimpleGrid>
  );
}

const WORDS = [
  "campaign",
  "adset",
  "ad",
  "utmSource",
  "utmMedium",
  "utmCampaign",
] as const;

/** What counts where the address says nothing, and what becomes of it one day. */
function More({ draft, field, set }: PartProps) {
  const { t } = useSpeech();
  return (
    <Accordion variant="contained">
      <Accordion.Item value="more">
        <Accordion.Control>{t("adLinks.more")}</Accordion.Control>
        <Accordion.Panel>
          <Stack gap="md">
            <Text size="sm" c="dimmed">
              {t("adLinks.moreHint")}
            </Text>
            <SimpleGrid cols={{ base: 1, xs: 3 }}>
              {WORDS.map((name) => (
                <TextInput key={name} {...field(name)} />
              ))}
            </SimpleGrid>
            <Select
              label={t("adLinks.field.paid")}
              value={draft.paid}
              allowDeselect={false}
              onChange={(paid) =>
                set({ paid: paid === "yes" || paid === "no" ? paid : "auto" })
              }
              data={(["auto", "yes", "no"] as const).map((value) => ({
                value,
                label: t(`adLinks.paid.${value}`),
              }))}
            />
            <TextInput
              {...field("fallback")}
              type="url"
              description={t("adLinks.field.fallbackHint")}
            />
          </Stack>
        </Accordion.Panel>
      </Accordion.Item>
    </Accordion>
  );
}

function Wrong({ error }: { error: Error | null }) {
  const { t } = useSpeech();
  const errorText = useErrorText();
  if (error === null) return null;
  const taken = error instanceof ApiError && error.code === "slug_taken";
  return (
    <Alert color="red" variant="light" role="alert">
      {taken ? t("adLinks.taken") : errorText(error)}
    </Alert>
  );
}
