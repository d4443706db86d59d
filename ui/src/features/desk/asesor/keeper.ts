/** Keeps what is written on the server, a moment after each letter, and loses nothing meanwhile. */
import type { Answers, WizardDraft } from "../../../api/model";
import { keepDraft } from "./calls";

const PAUSE = 700;
const AGAIN = 5_000;

export type Kept = "kept" | "keeping" | "unkept";

/** What was written and did not reach the server, and after which revision it comes. */
interface Unkept {
  answers: Answers;
  revision: number;
}

/** In this window alone, and nobody else's who signs in to it. */
const mirrorOf = (me: string, id: number) => `pista.desk.unkept.${me}.${String(id)}`;

export function unkeptAnswers(me: string, id: number): Unkept | undefined {
  try {
    const kept: unknown = JSON.parse(sessionStorage.getItem(mirrorOf(me, id)) ?? "null");
    return typeof kept === "object" && kept !== null && "answers" in kept
      ? (kept as Unkept)
      : undefined;
  } catch {
    return undefined;
  }
}

/** Whether two windows have the same; the server does not keep the order of fields. */
export function isSame(one: Answers, other: Answers): boolean {
  return asText(one) === asText(other);
}

function asText(answers: Answers): string {
  return JSON.stringify(Object.entries(answers).sort(([a], [b]) => (a < b ? -1 : 1)));
}

interface Listeners {
  onKept: (kept: Kept) => void;
  /** Answers whether it is refused for good. */
  onRefused: (error: unknown) => boolean;
  /** Another window has written meanwhile; what is here waits until somebody has decided. */
  onConflict: (theirs: Answers) => void;
}

export class Keeper {
  private unkept: Answers | undefined;
  private busy = false;
  private revision: number;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private listeners: Listeners | undefined;

  /** What this window has sent: what the server has of it is no other's. */
  private readonly sent: Answers[] = [];
  private undecided = false;

  constructor(
    private readonly me: string,
    private readonly id: number,
    private token: string,
    draft: WizardDraft,
  ) {
    this.revision = draft.revision;
    const before = unkeptAnswers(me, id);
    this.unkept = before?.answers;
    this.undecided =
      before !== undefined &&
      before.revision < draft.revision &&
      !isSame(before.answers, draft.answers);
  }

  /** It was taken in hand anew. */
  use(token: string): void {
    this.token = token;
  }

  /** What is here is what counts. */
  decide(answers: Answers): void {
    this.undecided = false;
    this.write(answers);
  }

  /** Begins to keep; call the answer to end it, with what is left kept at once. */
  start(listeners: Listeners): () => void {
    this.listeners = listeners;
    if (this.unkept !== undefined) {
      listeners.onKept("unkept");
      this.later(0);
    }
    return () => {
      this.listeners = undefined;
      clearTimeout(this.timer);
      void this.keep();
    };
  }

  write(answers: Answers): void {
    this.unkept = answers;
    const mirrored: Unkept = { answers, revision: this.revision };
    sessionStorage.setItem(this.mirror, JSON.stringify(mirrored));
    this.listeners?.onKept("unkept");
    this.later(PAUSE);
  }

  /** There is nothing more to be kept: it is done, or was given away. */
  forget(): void {
    clearTimeout(this.timer);
    this.undecided = false;
    this.unkept = undefined;
    sessionStorage.removeItem(this.mirror);
  }

  private get mirror(): string {
    return mirrorOf(this.me, this.id);
  }

  private later(pause: number): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => void this.keep(), pause);
  }

  private async keep(): Promise<void> {
    const wanted = this.unkept;
    if (wanted === undefined || this.busy || this.undecided) return;
    this.busy = true;
    this.listeners?.onKept("keeping");
    try {
      this.sent.push(wanted);
      const told = await keepDraft(this.id, this.token, wanted, this.revision + 1);
      this.revision = told.revision;
      if (isSame(told.answers, wanted)) this.arrived(wanted);
      // An answer of before was lost: what was sent comes after it.
      else if (this.sent.some((one) => isSame(told.answers, one))) this.later(0);
      else this.conflict(told.answers);
    } catch (error) {
      this.listeners?.onKept("unkept");
      const over = this.listeners?.onRefused(error) ?? true;
      if (!over) this.later(AGAIN);
    } finally {
      this.busy = false;
    }
  }

  private conflict(theirs: Answers): void {
    this.undecided = true;
    this.listeners?.onKept("unkept");
    this.listeners?.onConflict(theirs);
  }

  private arrived(kept: Answers): void {
    // Something may have been written meanwhile.
    if (this.unkept !== undefined && this.unkept !== kept) {
      this.later(PAUSE);
      return;
    }
    this.unkept = undefined;
    this.sent.length = 0;
    sessionStorage.removeItem(this.mirror);
    this.listeners?.onKept("kept");
  }
}
