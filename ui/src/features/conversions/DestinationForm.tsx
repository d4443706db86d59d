import {
  Alert,
  Button,
  Checkbox,
  Group,
  Modal,
  NumberInput,
  PasswordInput,
  Select,
  Stack,
  TextInput,
} from "@mantine/core";
import { useState, type SyntheticEvent } from "react";

import { ApiError } from "../../api/client";
import type { Destination, NewDestination } from "../../api/model";
import { useErrorText } from "../../components/errors";
import { Step, Steps } from "../../components/Steps";
import { useSpeech } from "../../lib/i18n";
import { oneOf } from "../../lib/search";
import {
  ACTION_SOURCES,
  EVENTS,
  FIELDS,
  KINDS,
  metaTermsOf,
  secretsOf,
  settingsOf,
  usualEvents,
  type Event,
  type Field,
  type Kind,
  type MetaTerms,
} from "./kinds";
import { useChange, useConnect } from "./queries";

interface FormProps {
  /** Undefined: a new one. */
  destination: Destination | undefined;
  onClose: () => void;
}

/** Where its account is found, and what is told there. */
export function DestinationForm({
  opened,
  destination,
  onClose,
}: FormProps & { opened: boolean }) {
  const { t } = useSpeech();
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      size="lg"
      title={destination === undefined ? t("dest.connect") : destination.name}
      closeButtonProps={{ "aria-label": t("action.close") }}
    >
      {opened && (
        <Form
          key={destination?.id ?? "new"}
          destination={destination}
          onClose={onClose}
        />
      )}
    </Modal>
  );
}

function Form({ destination, onClose }: FormProps) {
  const { t } = useSpeech();
  const [kind, setKind] = useState<Kind>(destination?.kind ?? "meta");
  const [name, setName] = useState(destination?.name ?? "");
  const [values, setValues] = useState(() => known(destination));
  const [terms, setTerms] = useState(() => metaTermsOf(destination?.settings));
  const [events, setEvents] = useState<readonly Event[]>(
    destination?.events ?? usualEvents(kind),
  );
  const [grace, setGrace] = useState(destination?.graceMinutes ?? 5);
  const [tried, setTried] = useState(false);
  const sending = useSending(destination, onClose);
  const isNew = destination === undefined;
  const missing = (field: Field) =>
    field.optional !== true &&
    field.choices === undefined &&
    (isNew || field.secret !== true) &&
    (values[field.name]?.trim() ?? "") === "";

  function send(event: SyntheticEvent<HTMLFormElement>): void {
    event.preventDefault();
    setTried(true);
    if (FIELDS[kind].some(missing) || events.length === 0 || sending.isPending) return;
    const secrets = secretsOf(kind, values);
    sending.send({
      kind,
      name: name.trim() || t(`dest.kind.${kind}`),
      settings: settingsOf(kind, values, terms, destination?.settings),
      secrets,
      events: [...events],
      graceMinutes: grace,
    });
  }

  return (
    <form onSubmit={send} noValidate>
      <Stack gap="md">
        {sending.error !== null && <Refused error={sending.error} />}
        {isNew && (
          <Select
            label={t("dest.kind")}
            data={KINDS.map((one) => ({ value: one, label: t(`dest.kind.${one}`) }))}
            value={kind}
            allowDeselect={false}
            onChange={(next) => {
              const chosen = KINDS.find((one) => one === next) ?? "meta";
              setKind(chosen);
              setEvents(usualEvents(chosen));
            }}
          />
        )}
        <Steps>
          <Step title={t("dest.step1")} text={t(`dest.how.${kind}`)}>
            {FIELDS[kind].map((field) => (
              <FieldInput
                key={field.name}
                field={field}
                isKept={!isNew && field.secret === true}
                value={values[field.name] ?? ""}
                error={tried && missing(field)}
                onChange={(value) => setValues({ ...values, [field.name]: value })}
              />
            ))}
            {kind === "meta" && <OfMeta terms={terms} onChange={setTerms} />}
          </Step>
          <Step title={t("dest.step2")} text={t(stepHint(kind))}>
            <Checkbox.Group
              aria-label={t("dest.step2")}
              value={[...events]}
              onChange={(next) =>
                setEvents(EVENTS[kind].filter((one) => next.includes(one)))
              }
              error={tried && events.length === 0 && t("dest.noEvents")}
            >
              <Group gap="md">
                {EVENTS[kind].map((one) => (
                  <Checkbox key={one} value={one} label={t(`conv.name.${one}`)} />
                ))}
              </Group>
            </Checkbox.Group>
            <NumberInput
              label={t("dest.grace")}
              description={t("dest.graceHint")}
              min={0}
              max={60}
              clampBehavior="strict"
              allowDecimal={false}
              value={grace}
              onChange={(value) => setGrace(Number(value))}
            />
          </Step>
          <Step title={t("dest.step3")} text={t("dest.step3Hint")}>
            <TextInput
              label={t("dest.name")}
              placeholder={t(`dest.kind.${kind}`)}
              maxLength={200}
              value={name}
              onChange={(event) => setName(event.currentTarget.value)}
            />
          </Step>
        </Steps>
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose}>
            {t("action.cancel")}
          </Button>
          <Button type="submit" loading={sending.isPending}>
            {t(isNew ? "dest.connect" : "action.save")}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

function stepHint(kind: Kind) {
  return kind === "utmify" ? "dest.step2Orders" : "dest.step2Hint";
}

/** Where sales are said to happen, and how little is to be done with whose they are. */
function OfMeta({
  terms,
  onChange,
}: {
  terms: MetaTerms;
  onChange: (terms: MetaTerms) => void;
}) {
  const { t } = useSpeech();
  return (
    <>
      <Select
        label={t("dest.actionSource")}
        description={t("dest.actionSourceHint")}
        data={ACTION_SOURCES.map((one) => ({
          value: one,
          label: t(`dest.source.${one}`),
        }))}
        value={terms.actionSource}
        allowDeselect={false}
        onChange={(next) =>
          onChange({ ...terms, actionSource: oneOf(ACTION_SOURCES, next) ?? "auto" })
        }
      />
      <Checkbox
        label={t("dest.limitedDataUse")}
        description={t("dest.limitedDataUseHint")}
        checked={terms.limitedDataUse}
        onChange={({ currentTarget }) =>
          onChange({ ...terms, limitedDataUse: currentTarget.checked })
        }
      />
    </>
  );
}

interface FieldInputProps {
  field: Field;
  /** Whether there is one already, that nobody is shown. */
  isKept: boolean;
  value: string;
  error: boolean;
  onChange: (value: string) => void;
}

function FieldInput({ field, isKept, value, error, onChange }: FieldInputProps) {
  const { t } = useSpeech();
  const shared = {
    label: t(field.label),
    value,
    autoComplete: "off",
    spellCheck: false,
    error: error && t("dest.missing"),
    placeholder: isKept
      ? t("dest.kept")
      : field.optional === true
        ? t("dest.optional")
        : undefined,
    onChange: (event: { currentTarget: { value: string } }) =>
      onChange(event.currentTarget.value),
  };
  if (field.choices !== undefined) {
    return (
      <Select
        label={t(field.label)}
        data={field.choices.map((one) => ({ value: one.value, label: t(one.label) }))}
        value={value === "" ? (field.choices[0]?.value ?? null) : value}
        allowDeselect={false}
        onChange={(next) => onChange(next ?? "")}
      />
    );
  }
  return field.secret === true ? (
    <PasswordInput
      {...shared}
      visibilityToggleButtonProps={{ "aria-label": t("dest.show") }}
    />
  ) : (
    <TextInput {...shared} />
  );
}

/** The server's own sentence, where it says which field is wrong. */
function Refused({ error }: { error: Error }) {
  const errorText = useErrorText();
  const named = error instanceof ApiError && error.code === "bad_destination";
  return (
    <Alert color="red" variant="light" role="alert">
      {named ? error.message : errorText(error)}
    </Alert>
  );
}

function useSending(destination: Destination | undefined, onDone: () => void) {
  const connect = useConnect();
  const change = useChange(destination?.id ?? "");
  const used = destination === undefined ? connect : change;
  return {
    isPending: used.isPending,
    error: used.error,
    send: (wanted: NewDestination) => {
      if (destination === undefined) {
        connect.mutate(wanted, { onSuccess: onDone });
        return;
      }
      const { name, settings, secrets, events, graceMinutes } = wanted;
      const told = { name, settings, events, graceMinutes };
      const renewed = Object.keys(secrets ?? {}).length > 0;
      change.mutate(renewed ? { ...told, secrets } : told, { onSuccess: onDone });
    },
  };
}

/** What is shown of it: never its secrets. */
function known(destination: Destination | undefined): Record<string, string> {
  const settings = destination?.settings ?? {};
  return Object.fromEntries(
    Object.entries(settings).filter(
      (entry): entry is [string, string] => typeof entry[1] === "string",
    ),
  );
}
