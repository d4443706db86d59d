/** Eighteen hexadecimal digits. */
const random = () =>
  Array.from(crypto.getRandomValues(new Uint8Array(18)), (byte) => (byte & 15).toString(16)).join(
    "",
  );

/** A UUIDv7: ids sort by the time they were made, which keeps the server's look-ups cheap. */
export function uuid(): string {
  const bits = random();
  // Twelve digits, whatever the clock says.
  const time = (Date.now() + 2 ** 48).toString(16).slice(1);
  return `${time.slice(0, 8)}-${time.slice(8)}-7${bits.slice(0, 3)}-a${bits.slice(3, 6)}-${bits.slice(6)}`;
}

/** When a UUIDv7 was made, in unix milliseconds. */
export const madeAt = (id: string) => parseInt(id.replace("-", ""), 16);

export const newVisitorId = () => `v${Date.now()}_${random()}`;
