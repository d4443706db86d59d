import { guard } from "../guard";

// Longer than this nobody waits for it: a claim counts for half an hour.
const KEPT_MS = 24 * 3600e3;
const MOST = 20;

/** Messages that wait for an answer, under a key each, so that tabs do not rewrite each other's. */
export class Box {
  /** What the storage would not take. */
  private readonly memory: Record<string, string> = {};

  constructor(
    private readonly storage: () => Storage,
    private readonly prefix: string,
  ) {}

  put(id: string, body: string): void {
    const value = `${Date.now()} ${body}`;
    const kept = guard(() => {
      this.storage().setItem(this.prefix + id, value);
      return true;
    })();
    if (!kept) this.memory[this.prefix + id] = value;
    this.ids()
      .slice(0, -MOST)
      .forEach((old) => this.drop(old));
  }

  /** The oldest first; without those that are too old. */
  ids(): string[] {
    const all = Object.assign({}, guard(this.storage)(), this.memory) as Record<string, string>;
    const madeAt = (key: string) => parseInt(all[key]!);
    const ours = Object.keys(all).filter((key) => key.startsWith(this.prefix));
    // A time from the future is from before the clock was set back.
    const [old, kept] = [true, false].map((is) =>
      ours.filter((key) => Math.abs(Date.now() - madeAt(key)) >= KEPT_MS == is),
    ) as [string[], string[]];
    old.forEach((key) => this.drop(key.slice(this.prefix.length)));
    return kept.sort((a, b) => madeAt(a) - madeAt(b)).map((key) => key.slice(this.prefix.length));
  }

  get(id: string): string {
    const key = this.prefix + id;
    const value = this.memory[key] || guard(() => this.storage().getItem(key))() || "";
    return value.slice(value.indexOf(" ") + 1);
  }

  drop(id: string): void {
    delete this.memory[this.prefix + id];
    guard(() => this.storage().removeItem(this.prefix + id))();
  }
}
