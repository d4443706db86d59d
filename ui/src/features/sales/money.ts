export { readCents, useMoney } from "../../lib/money";
