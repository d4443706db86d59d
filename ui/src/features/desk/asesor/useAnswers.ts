import { useEffect, useEffectEvent, useState } from "react";

import type { Answer, Answers, WizardDraft } from "../../../api/model";
import { useMe } from "../../../api/queries";
import { isSame, Keeper, unkeptAnswers, type Kept } from "./keeper";

interface Written {
  answers: Answers;
  set: (name: string, value: Answer) => void;
  kept: Kept;
  forget: () => void;
  /** What was written in another window since: shown is what is here. */
  theirs: Answers | undefined;
  /** Which of the two it is to be. */
  decide: (which: "mine" | "theirs") => void;
}

/** What is written into the wizard; what did not arrive the last time comes first. */
export function useAnswers(
  id: number,
  token: string,
  draft: WizardDraft,
  onRefused: (error: unknown) => boolean,
): Written {
  const me = useMe().user.id;
  const [before] = useState(() => unkeptAnswers(me, id));
  const [answers, setAnswers] = useState(before?.answers ?? draft.answers);
  const [theirs, setTheirs] = useState(() => writtenSince(before, draft));
  const [kept, setKept] = useState<Kept>("kept");
  const [keeper] = useState(() => new Keeper(me, id, token, draft));
  const refused = useEffectEvent(onRefused);
  useEffect(
    () =>
      keeper.start({
        onKept: setKept,
        onRefused: (error) => refused(error),
        onConflict: setTheirs,
      }),
    [keeper],
  );
  useEffect(() => keeper.use(token), [keeper, token]);
  return {
    answers,
    kept,
    set: (name, value) => {
      const next = { ...answers, [name]: value };
      setAnswers(next);
      keeper.write(next);
    },
    forget: () => keeper.forget(),
    theirs,
    decide: (which) => {
      if (which === "mine") {
        keeper.decide(answers);
      } else {
        keeper.forget();
        setKept("kept");
        if (theirs !== undefined) setAnswers(theirs);
      }
      setTheirs(undefined);
    },
  };
}

function writtenSince(
  before: ReturnType<typeof unkeptAnswers>,
  draft: WizardDraft,
): Answers | undefined {
  if (before === undefined || before.revision >= draft.revision) return undefined;
  return isSame(before.answers, draft.answers) ? undefined : draft.answers;
}
