import { Group, Kbd, Modal, Stack, Text } from "@mantine/core";
import { useLocation, useNavigate, useRouter } from "@tanstack/react-router";
import { useEffect, useMemo } from "react";

import { useMe } from "../api/queries";
import { useSpeech, type TextKey } from "../lib/i18n";

const PLACES = {
  r: { to: "/", label: "shortcuts.report" },
  o: { to: "/overview", label: "shortcuts.overview" },
  k: { to: "/links", label: "shortcuts.links" },
  p: { to: "/sales", label: "shortcuts.sales" },
  v: { to: "/conversions", label: "shortcuts.conversions" },
  e: { to: "/events", label: "shortcuts.events" },
  f: { to: "/funnels", label: "shortcuts.funnels" },
  a: { to: "/alerts", label: "shortcuts.alerts" },
  d: { to: "/desk", label: "shortcuts.desk" },
  l: { to: "/my-clients", label: "shortcuts.mine" },
  i: { to: "/inbox", label: "shortcuts.inbox" },
  c: { to: "/contacts", label: "shortcuts.contacts" },
  s: { to: "/settings/sites", label: "shortcuts.sites" },
  m: { to: "/settings/events", label: "shortcuts.sampling" },
} as const satisfies Record<string, { to: string; label: TextKey }>;

type Place = (typeof PLACES)[keyof typeof PLACES];

/** What works while conversations are on the screen. */
const INBOX = [
  [["j", "k"], "shortcuts.inboxMove"],
  [["Enter"], "shortcuts.inboxOpen"],
  [["r"], "shortcuts.inboxReply"],
  [["n"], "shortcuts.inboxNote"],
  [["t"], "shortcuts.inboxTemplate"],
  [["a"], "shortcuts.inboxAssign"],
  [["e"], "shortcuts.inboxClose"],
  [["/"], "shortcuts.inboxSearch"],
  [["Esc"], "shortcuts.inboxBack"],
  [["Enter"], "shortcuts.inboxSend"],
  [["Shift", "Enter"], "shortcuts.inboxLine"],
  [["/"], "shortcuts.inboxQuick"],
  [["←", "→"], "shortcuts.inboxMedia"],
] as const satisfies readonly (readonly [readonly string[], TextKey])[];

/** What works while clientes are given out, or worked on. */
const DESK = [
  [["j", "k"], "shortcuts.deskMove"],
  [["Enter"], "shortcuts.deskOpen"],
  [["x"], "shortcuts.deskSelect"],
  [["a"], "shortcuts.deskAssign"],
  [["u"], "shortcuts.deskUndo"],
  [["n"], "shortcuts.deskNew"],
  [["v"], "shortcuts.deskView"],
  [["1", "…", "9"], "shortcuts.deskViews"],
  [["/"], "shortcuts.deskSearch"],
  [["Esc"], "shortcuts.deskNothing"],
] as const satisfies readonly (readonly [readonly string[], TextKey])[];

/** What works among one's own clientes. */
const MINE = [
  [["j", "k"], "shortcuts.deskMove"],
  [["Enter"], "shortcuts.mineOpen"],
  [["Esc"], "shortcuts.mineClose"],
] as const satisfies readonly (readonly [readonly string[], TextKey])[];

/** How long after `g` the second key still counts. */
const PATIENCE = 1200;

interface ShortcutsProps {
  help: boolean;
  onHelp: () => void;
  onClose: () => void;
}

/** Keys that work everywhere but where somebody writes, and the list of them. */
export function Shortcuts({ help, onHelp, onClose }: ShortcutsProps) {
  const { t } = useSpeech();
  const places = usePlaces();
  useKeys(places, onHelp);
  const here = useLocation({ select: ({ pathname }) => pathname });
  return (
    <Modal
      opened={help}
      onClose={onClose}
      title={t("shortcuts.title")}
      closeButtonProps={{ "aria-label": t("action.close") }}
    >
      <Stack gap="sm">
        <Row text={t("shortcuts.help")}>
          <Kbd>{"?"}</Kbd>
        </Row>
        {places.map(([key, place]) => (
          <Row key={key} text={t(place.label)}>
            <Kbd>{"g"}</Kbd>
            <Text size="xs" c="dimmed">
              {t("shortcuts.then")}
            </Text>
            <Kbd>{key}</Kbd>
          </Row>
        ))}
        {here === "/inbox" && <Keys title={t("shortcuts.inboxTitle")} rows={INBOX} />}
        {here === "/desk" && <Keys title={t("shortcuts.deskTitle")} rows={DESK} />}
        {here === "/my-clients" && <Keys title={t("desk.mine")} rows={MINE} />}
      </Stack>
    </Modal>
  );
}

interface KeysProps {
  title: string;
  rows: readonly (readonly [readonly string[], TextKey])[];
}

/** Those of the screen that is open. */
function Keys({ title, rows }: KeysProps) {
  const { t } = useSpeech();
  return (
    <>
      <Text fw={640} size="sm" mt="xs">
        {title}
      </Text>
      {rows.map(([keys, label]) => (
        <Row key={label} text={t(label)}>
          {keys.map((key) => (
            <Kbd key={key}>{key}</Kbd>
          ))}
        </Row>
      ))}
    </>
  );
}

function Row({ text, children }: { text: string; children: React.ReactNode }) {
  return (
    <Group justify="space-between">
      <Text size="sm">{text}</Text>
      <Group gap={6}>{children}</Group>
    </Group>
  );
}

/** Those that this person may see. */
function usePlaces(): [string, Place][] {
  const { routesByPath } = useRouter();
  const { role } = useMe().user;
  return useMemo(
    () =>
      Object.entries(PLACES).filter(([, { to }]) => {
        const { roles } = routesByPath[to].options.staticData ?? {};
        return roles?.includes(role) ?? true;
      }),
    [routesByPath, role],
  );
}

function useKeys(places: [string, Place][], onHelp: () => void): void {
  const navigate = useNavigate();
  useEffect(() => {
    let goUntil = 0;

    function press(event: KeyboardEvent): void {
      if (event.ctrlKey || event.metaKey || event.altKey || isBusy(event.target)) return;
      const going = Date.now() < goUntil;
      goUntil = event.key === "g" && !going ? Date.now() + PATIENCE : 0;
      if (event.key === "?") onHelp();
      if (!going) return;
      const place = places.find(([key]) => key === event.key)?.[1];
      if (place !== undefined) void navigate({ to: place.to });
    }

    window.addEventListener("keydown", press);
    return () => window.removeEventListener("keydown", press);
  }, [navigate, places, onHelp]);
}

/** Somebody is writing, or has a dialogue or a menu in front of them. */
function isBusy(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  return (
    target.isContentEditable ||
    target.closest("input, textarea, select, [role=dialog], [role=menu]") !== null
  );
}
