import { Button, Text } from "@mantine/core";
import { IconSettings } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useId, useState, type AriaAttributes, type KeyboardEvent } from "react";

import type { QuickReply } from "../../../api/model";
import { useMe } from "../../../api/queries";
import { useSpeech } from "../../../lib/i18n";
import { quickRepliesQuery } from "../queries";
import { filled } from "../thread";
import classes from "../Thread.module.css";
import { isShortcut } from "./useDraft";

const MOST = 8;

interface Quick {
  open: boolean;
  id: string;
  found: readonly QuickReply[];
  any: boolean;
  marked: number;
  choose: (reply: QuickReply) => void;
  /** Whether the key was for the list. */
  press: (event: KeyboardEvent) => boolean;
  inputProps: AriaAttributes;
}

/** `/` at the beginning brings the company's quick replies. */
export function useQuick(
  text: string,
  values: Readonly<Record<string, string>>,
  onText: (text: string) => void,
): Quick {
  const id = useId();
  const [marked, setMarked] = useState(0);
  // A draft of another day asks for nothing.
  const [left, setLeft] = useState(text);
  const open = isShortcut(text) && left !== text;
  const all = useQuery({ ...quickRepliesQuery(), enabled: open }).data?.items ?? [];
  const found = all
    .filter(({ shortcut }) => shortcut.startsWith(text.slice(1)))
    .slice(0, MOST);
  const at = Math.min(marked, Math.max(found.length - 1, 0));

  const choose = (reply: QuickReply) => {
    onText(filled(reply.text, values));
    setMarked(0);
  };
  function press(event: KeyboardEvent): boolean {
    if (!open) return false;
    const step = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
    const reply = found[at];
    if (step !== 0 && found.length > 0)
      setMarked((at + step + found.length) % found.length);
    else if ((event.key === "Enter" || event.key === "Tab") && reply) choose(reply);
    else if (event.key === "Escape") setLeft(text);
    else return false;
    event.preventDefault();
    return true;
  }
  const inputProps: AriaAttributes = open
    ? {
        // A field of several lines may be no combobox; this much it may have of one.
        "aria-autocomplete": "list",
        "aria-haspopup": "listbox",
        "aria-controls": id,
        "aria-activedescendant": found.length > 0 ? `${id}-${String(at)}` : undefined,
      }
    : {};
  return { open, id, found, any: all.length > 0, marked: at, choose, press, inputProps };
}

interface QuickListProps extends Quick {
  onManage: () => void;
}

export function QuickList({ id, found, any, marked, choose, onManage }: QuickListProps) {
  const { t } = useSpeech();
  const mayChange = useMe().user.role !== "asesor";
  return (
    <div className={classes.quick}>
      <div role="listbox" id={id} aria-label={t("inbox.quick")}>
        {found.length === 0 && (
          <Text size="sm" c="dimmed" p="xs" role="option" aria-selected={false}>
            {t(any ? "inbox.noQuick" : "inbox.quickMissing")}
          </Text>
        )}
        {found.map((reply, place) => (
          <div
            key={reply.id}
            id={`${id}-${String(place)}`}
            role="option"
            tabIndex={-1}
            aria-selected={place === marked}
            className={classes.quickItem}
            // The field keeps the focus.
            onMouseDown={(event) => {
              event.preventDefault();
              choose(reply);
            }}
          >
            <strong>/{reply.shortcut}</strong>
            <span>{reply.text}</span>
          </div>
        ))}
      </div>
      {mayChange && (
        <Button
          className={classes.quickManage}
          size="compact-sm"
          variant="subtle"
          leftSection={<IconSettings size={15} aria-hidden="true" />}
          onMouseDown={(event) => event.preventDefault()}
          onClick={onManage}
        >
          {t("inbox.quick.manage")}
        </Button>
      )}
    </div>
  );
}
