/** Keeps what is written on the server, a moment after each letter, and loses nothing meanwhile. */
import type { Answers } from "../../../api/model";
import { keepDraft } from "./calls";

const PAUSE = 700;
const AGAIN = 5_000;

export type Kept = "kept" | "keeping" | "unkept";

const mirrorOf = (id: number) => `pista.desk.unkept.${String(id)}`;

/** What was written and did not reach the server, in this window. */
export function unkeptAnswers(id: number): Answers | undefined {
  try {
    const answers: unknown = JSON.parse(sessionStorage.getItem(mirrorOf(id)) ?? "null");
    return typeof answers === "object" && answers !== null
      ? (answers as Answers)
      : undefined;
  } catch {
    return undefined;
  }
}

interface Listeners {
  onKept: (kept: Kept) => void;
  /** Answers whether it is refused for good. */
  onRefused: (error: unknown) => boolean;
}

export class Keeper {
  private unkept: Answers | undefined;
  private busy = false;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private listeners: Listeners | undefined;

  constructor(
    private readonly id: number,
    private readonly token: string,
    private revision: number,
  ) {
    this.unkept = unkeptAnswers(id);
  }

  /** Begins to keep; call the answer to end it, with what is left kept at once. */
  start(listeners: Listeners): () => void {
    this.listeners = listeners;
    if (this.unkept !== undefined) this.later(0);
    return () => {
      this.listeners = undefined;
      clearTimeout(this.timer);
      void this.keep();
    };
  }

  write(answers: Answers): void {
    this.unkept = answers;
    sessionStorage.setItem(mirrorOf(this.id), JSON.stringify(answers));
    this.listeners?.onKept("unkept");
    this.later(PAUSE);
  }

  /** There is nothing more to be kept: it is done, or was given away. */
  forget(): void {
    clearTimeout(this.timer);
    this.unkept = undefined;
    sessionStorage.removeItem(mirrorOf(this.id));
  }

  private later(pause: number): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => void this.keep(), pause);
  }

  private async keep(): Promise<void> {
    const wanted = this.unkept;
    if (wanted === undefined || this.busy) return;
    this.busy = true;
    this.listeners?.onKept("keeping");
    try {
      const next = this.revision + 1;
      const told = await keepDraft(this.id, this.token, wanted, next);
      this.revision = told.revision;
      // A larger one was there already: what was sent comes after it.
      if (told.revision > next) this.later(0);
      else this.arrived(wanted);
    } catch (error) {
      this.listeners?.onKept("unkept");
      const over = this.listeners?.onRefused(error) ?? true;
      if (!over) this.later(AGAIN);
    } finally {
      this.busy = false;
    }
  }

  private arrived(kept: Answers): void {
    // Something may have been written meanwhile.
    if (this.unkept !== undefined && this.unkept !== kept) {
      this.later(PAUSE);
      return;
    }
    this.unkept = undefined;
    sessionStorage.removeItem(mirrorOf(this.id));
    this.listeners?.onKept("kept");
  }
}
