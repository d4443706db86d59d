export { readCents, useMoney } from "../../lib/money";

/** An amount as one is written, where somebody writes one. */
export const EXAMPLE = 19.99;
