import { guard } from "./guard";
import { uuid } from "./ids";
import { read, remove, write } from "./storage";

const LEASE = "rstk_lease";
// Longer than one request may take.
const LEASE_MS = 40e3;

const holder = `${guard(uuid)()!} `;

/** Takes or renews this page's right to send; false while another page has it. */
export function hold(): boolean {
  if (navigator.locks) return true;
  const lease = read(LEASE);
  // A lease from the future is from before the clock was set back.
  const taken =
    !lease.startsWith(holder) && Math.abs(Date.now() - +lease.slice(holder.length)) < LEASE_MS;
  if (!taken) write(LEASE, `${holder}${Date.now()}`);
  return !taken;
}

export function release(): void {
  if (read(LEASE).startsWith(holder)) remove(LEASE);
}

/** Runs the work while no other page does. Browsers have locks for that, but on https pages only. */
export async function exclusively(work: () => Promise<void>): Promise<void> {
  // Where storage is blocked the locks are, too; then there are no other pages to wait for.
  await (navigator.locks ? navigator.locks.request(LEASE, work).catch(work) : work());
  release();
}
