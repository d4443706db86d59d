import { useEffect, useEffectEvent, useState } from "react";

import type { Answer, Answers, WizardDraft } from "../../../api/model";
import { Keeper, unkeptAnswers, type Kept } from "./keeper";

interface Written {
  answers: Answers;
  set: (name: string, value: Answer) => void;
  kept: Kept;
  forget: () => void;
}

/** What is written into the wizard; what did not arrive the last time comes first. */
export function useAnswers(
  id: number,
  token: string,
  draft: WizardDraft,
  onRefused: (error: unknown) => boolean,
): Written {
  const [answers, setAnswers] = useState(() => unkeptAnswers(id) ?? draft.answers);
  const [kept, setKept] = useState<Kept>("kept");
  const [keeper] = useState(() => new Keeper(id, token, draft.revision));
  const refused = useEffectEvent(onRefused);
  useEffect(
    () => keeper.start({ onKept: setKept, onRefused: (error) => refused(error) }),
    [keeper],
  );
  return {
    answers,
    kept,
    set: (name, value) => {
      const next = { ...answers, [name]: value };
      setAnswers(next);
      keeper.write(next);
    },
    forget: () => keeper.forget(),
  };
}
