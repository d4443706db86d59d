/** What stands where in a payload, and why a visitor's id is not in it. */

export interface Leaf {
  /** As the mapping writes it, `data.emails.0`; absent where no mapping can name it. */
  path: string | undefined;
  name: string;
  depth: number;
  /** Absent for what holds others. */
  value?: string;
}

const MOST_STEPS = 8;
const MOST_SHOWN = 300;

/** The payload from top to bottom, as rows of a tree. */
export function leaves(payload: unknown): Leaf[] {
  const rows: Leaf[] = [];
  walk(payload, [], rows);
  return rows;
}

/** What stands there, as it is shown; undefined where there is nothing. */
export function valueAt(
  payload: unknown,
  path: string | null | undefined,
): string | undefined {
  return leaves(payload).find((leaf) => leaf.path === path)?.value;
}

function walk(value: unknown, steps: string[], rows: Leaf[]): void {
  for (const [name, inner] of entries(value)) {
    if (rows.length >= MOST_SHOWN) return;
    const here = [...steps, name];
    const row = { path: pathOf(here), name, depth: steps.length };
    if (typeof inner === "object" && inner !== null) {
      rows.push(row);
      walk(inner, here, rows);
    } else {
      rows.push({ ...row, value: String(inner) });
    }
  }
}

function entries(value: unknown): [string, unknown][] {
  return typeof value === "object" && value !== null ? Object.entries(value) : [];
}

function pathOf(steps: string[]): string | undefined {
  const known = steps.every((step) => /^[^.\0]{1,64}$/.test(step));
  return known && steps.length <= MOST_STEPS ? steps.join(".") : undefined;
}

export const VISITOR_FIELD = "rstk_vid";
export const SECRET_HEADER = "X-Webhook-Secret";

/** Why no visitor could be read: the field is missing, was not filled in, or is empty. */
export function whyNoVisitor(payload: unknown): "missing" | "template" | "blank" {
  const found = leaves(payload).filter(
    ({ name, path }) =>
      name === VISITOR_FIELD || path?.endsWith(`contact.${VISITOR_FIELD}`) === true,
  );
  if (found.some(({ value }) => value?.includes("{{"))) return "template";
  return found.length === 0 ? "missing" : "blank";
}

export const GHL_DATA = {
  contact_id: "{{contact.id}}",
  email: "{{contact.email}}",
  phone: "{{contact.phone}}",
  rstk_vid: "{{contact.rstk_vid}}",
};

/** A webhook as GoHighLevel's workflow, or any other system, would send it. */
export function sample(name: string, now: number): object {
  const id = `pista-${String(now)}`;
  return {
    contact_id: id,
    name,
    email: `muestra+${String(now)}@tiendasol.example`,
    rstk_vid: `v${String(now)}_muestra`,
    updated_at: new Date(now).toISOString(),
  };
}
