import { Button, Group, Stack, Text } from "@mantine/core";
import { IconCheck, IconCloudCheck, IconCloudOff } from "@tabler/icons-react";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useEffect, useId, useRef, useState, type SyntheticEvent } from "react";

import type { Cliente, DeskSettings, WizardDraft } from "../../../api/model";
import { useMe } from "../../../api/queries";
import { useToasts } from "../../../components/toasts";
import { useAway } from "../../../lib/connection";
import { useSpeech } from "../../../lib/i18n";
import { lookAgain } from "../queries";
import { useDeskError } from "../words";
import classes from "./Asesor.module.css";
import { complete } from "./calls";
import { Closing } from "./Closing";
import { completionOf, knownOf, missingIn } from "./closing";
import { Differing } from "./Differing";
import { FieldInput } from "./FieldInput";
import { HandOver } from "./HandOver";
import type { Kept } from "./keeper";
import { useAnswers } from "./useAnswers";
import type { Hand } from "./useLease";

interface StepsProps {
  hand: Hand;
  token: string;
  cliente: Cliente;
  draft: WizardDraft;
  settings: DeskSettings;
  onDone: () => void;
}

/** The company's own steps, and at the end how it went. */
export function Steps({ hand, token, cliente, draft, settings, onDone }: StepsProps) {
  const { t } = useSpeech();
  const me = useMe().user.id;
  const toasts = useToasts();
  const deskError = useDeskError();
  const queries = useQueryClient();
  const { id } = cliente;
  const written = useAnswers(id, token, draft, hand.doubt);
  const { answers, set, kept, forget, theirs } = written;
  const away = useAway();
  const [at, setAt] = useState(0);
  const [tried, setTried] = useState(false);
  const form = useId();
  const questions = useRef<HTMLDivElement>(null);
  useEffect(() => {
    questions.current
      ?.querySelector<HTMLElement>("input:not([type=hidden]), textarea")
      ?.focus();
  }, [at]);
  const { wizard, outcomes } = settings;
  const step = wizard[at];
  const missing = tried && step !== undefined ? missingIn(step, answers) : [];

  const done = useMutation({
    mutationFn: () => complete(id, me, token, completionOf(answers)),
    // News of it may be here before the answer is.
    onMutate: hand.leave,
    onSuccess: () => {
      toasts.say(t("desk.completed", { name: cliente.nombre }));
      leave();
    },
    onError: (error) => {
      hand.stay();
      if (!hand.doubt(error)) deskError(error);
    },
  });

  function leave(): void {
    hand.leave();
    forget();
    lookAgain(queries, id);
    onDone();
  }

  function submit(event: SyntheticEvent<HTMLFormElement>): void {
    event.preventDefault();
    if (step !== undefined) {
      const complete = missingIn(step, answers).length === 0;
      setTried(!complete);
      if (complete) setAt(at + 1);
      return;
    }
    const first = wizard.findIndex((one) => missingIn(one, answers).length > 0);
    if (first !== -1) {
      setAt(first);
      setTried(true);
    } else if (!done.isPending && !away && theirs === undefined) {
      done.mutate();
    }
  }

  return (
    <>
      <form id={form} onSubmit={submit} noValidate>
        {theirs !== undefined && (
          <Differing mine={answers} theirs={theirs} onDecide={written.decide} />
        )}
        <ol className={classes.steps}>
          {[...wizard.map(({ title }) => title), t("desk.closing")].map(
            (title, index) => (
              <li key={index}>
                <button
                  type="button"
                  className={classes.step}
                  aria-current={index === at ? "step" : undefined}
                  onClick={() => setAt(index)}
                >
                  <span className={classes.stepNumber} aria-hidden="true">
                    {isDone(index) ? <IconCheck size={13} /> : index + 1}
                  </span>
                  {title}
                </button>
              </li>
            ),
          )}
        </ol>
        <Stack gap="md" key={at} ref={questions}>
          {step?.fields.map((field) => (
            <FieldInput
              key={field.id}
              field={field}
              value={answers[field.id]}
              error={missing.includes(field.id) ? t("desk.fieldMissing") : undefined}
              onValue={(value) => set(field.id, value)}
            />
          ))}
          {step === undefined && (
            <Closing
              outcomes={outcomes}
              answers={{ ...knownOf(cliente), ...answers }}
              onValue={set}
            />
          )}
        </Stack>
      </form>
      {/* Handing over has a form of its own, which may not be within this one. */}
      <Group justify="space-between" mt="lg" gap="xs">
        <KeptSign kept={kept} away={away} />
        <Group gap="xs">
          <HandOver hand={hand} token={token} cliente={cliente} onDone={leave} />
          {at > 0 && (
            <Button variant="default" onClick={() => setAt(at - 1)}>
              {t("desk.back")}
            </Button>
          )}
          <Button
            type="submit"
            form={form}
            loading={done.isPending}
            disabled={step === undefined && (away || theirs !== undefined)}
          >
            {t(step === undefined ? "desk.complete" : "desk.next")}
          </Button>
        </Group>
      </Group>
    </>
  );

  function isDone(index: number): boolean {
    const one = wizard[index];
    return index < at && one !== undefined && missingIn(one, answers).length === 0;
  }
}

function KeptSign({ kept, away }: { kept: Kept; away: boolean }) {
  const { t } = useSpeech();
  const Icon = kept === "unkept" ? IconCloudOff : IconCloudCheck;
  const waits = away && kept !== "kept";
  return (
    <Text size="xs" c="dimmed" className={classes.kept} role="status">
      <Icon size={15} aria-hidden="true" />
      {t(waits ? "desk.draft.waiting" : `desk.draft.${kept}`)}
    </Text>
  );
}
