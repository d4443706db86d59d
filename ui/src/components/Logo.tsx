/** Three steps of a trail, the last one found. */
export function Mark({ size = 28 }: { size?: number }) {
  return (
    <svg
      width={size}
      height={size}
      viewBox="0 0 32 32"
      aria-hidden="true"
      focusable="false"
    >
      <rect width="32" height="32" rx="8" fill="#134e54" />
      <circle cx="7.5" cy="23.5" r="2" fill="#7fc4c4" />
      <circle cx="13" cy="18.5" r="2.6" fill="#b5dedd" />
      <circle cx="21" cy="11.5" r="5" fill="#ff7a50" />
    </svg>
  );
}

/** The name, drawn: its i's dot is the clue. */
export function Wordmark({ height = 22 }: { height?: number }) {
  return (
    <svg
      height={height}
      viewBox="0 0 88 34"
      role="img"
      aria-label="Pista"
      fill="none"
      stroke="currentColor"
      strokeWidth="4"
      strokeLinecap="round"
      strokeLinejoin="round"
    >
      <path d="M4 32V11M4 17.5a7.5 7.5 0 1 1 0 .1" />
      <path d="M28 11v14" />
      <circle cx="28" cy="3.6" r="3.4" fill="#ff7a50" stroke="none" />
      <path d="M47.5 13.2c-1.4-1.7-3.4-2.4-5.6-2.4-3 0-5.2 1.4-5.2 3.6 0 5.2 11.4 1.8 11.4 7.2 0 2.3-2.5 3.7-5.6 3.7-2.5 0-4.8-.9-6.2-2.8" />
      <path d="M56.5 4.5v16.3c0 3 1.6 4.4 5 4.2M52.5 11h8.4" />
      <path d="M82.5 11v14M82.5 18a7.5 7.5 0 1 0 0 .1" />
    </svg>
  );
}
