import { Avatar } from "@mantine/core";

/** The initials of somebody, in the same colour every day. */
export function Face({ name, size }: { name: string; size: number }) {
  const letters = name.replaceAll(/[^\p{L}\s]/gu, "").trim();
  return (
    <Avatar
      aria-hidden="true"
      size={size}
      radius="xl"
      variant="light"
      color={COLOURS[hashOf(name) % COLOURS.length] ?? "petrol"}
      name={letters === "" ? undefined : letters}
      alt=""
    />
  );
}

const COLOURS = ["petrol", "coral", "violet", "teal", "indigo", "grape"];

function hashOf(text: string): number {
  let hash = 7;
  for (const letter of text) hash = (hash * 31 + letter.charCodeAt(0)) % 9_973;
  return hash;
}
