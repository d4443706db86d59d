/** Eighteen hexadecimal digits. */
const random = () =>
  Array.from(crypto.getRandomValues(new Uint8Array(18)), (byte) => (byte & 15).toString(16)).join(
    "",
  );

/** A UUIDv7: ids sort by the time they were made, which keeps the server's look-ups cheap. */
export function uuid(): string {
  const bits = random();
  const time = Date.now().toString(16).padStart(12, "0");
  return `${time}7${bits.slice(0, 3)}a${bits.slice(3)}`.replace(
    /(.{8})(.{4})(.{4})(.{4})/,
    "$1-$2-$3-$4-",
  );
}

/** When a UUIDv7 was made, in unix milliseconds. */
export const madeAt = (id: string) => parseInt(id.replace("-", ""), 16);

export const newVisitorId = () => `v${Date.now()}_${random()}`;
