import { Modal, Text, TextInput } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useId, useState, type KeyboardEvent } from "react";

import type { Asesor } from "../../../api/model";
import { useSpeech } from "../../../lib/i18n";
import { asesoresQuery } from "../queries";
import { byReadiness } from "./AsesorList";
import classes from "./Gtr.module.css";

interface AssignDialogProps {
  /** How many are to be given; closed, if undefined. */
  count: number | undefined;
  onClose: () => void;
  onChosen: (asesor: Asesor) => void;
}

/** To whom: some letters of the name and Enter. */
export function AssignDialog({ count, onClose, onChosen }: AssignDialogProps) {
  const { t } = useSpeech();
  return (
    <Modal
      opened={count !== undefined}
      onClose={onClose}
      title={t("desk.assignTitle", { count: count ?? 0 })}
      closeButtonProps={{ "aria-label": t("action.close") }}
    >
      {count !== undefined && (
        <Choice
          onChosen={(asesor) => {
            onClose();
            onChosen(asesor);
          }}
        />
      )}
    </Modal>
  );
}

/** Without accents and capitals, as one types a name in a hurry. */
export function plain(text: string): string {
  return text.normalize("NFD").replaceAll(/\p{M}/gu, "").toLowerCase();
}

function Choice({ onChosen }: { onChosen: (asesor: Asesor) => void }) {
  const { t } = useSpeech();
  const id = useId();
  const [typed, setTyped] = useState("");
  const [at, setAt] = useState(0);
  const all = useQuery(asesoresQuery()).data?.items ?? [];
  const found = all
    .filter(({ role }) => role === "asesor")
    .filter(({ name }) => plain(name).includes(plain(typed.trim())))
    .sort(byReadiness);
  const marked = found[Math.min(at, found.length - 1)];

  function press(event: KeyboardEvent): void {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step !== undefined) {
      event.preventDefault();
      setAt(Math.min(Math.max(at + step, 0), found.length - 1));
    } else if (event.key === "Enter" && marked !== undefined) {
      event.preventDefault();
      onChosen(marked);
    }
  }

  return (
    <>
      <TextInput
        data-autofocus
        role="combobox"
        aria-expanded
        aria-controls={id}
        aria-activedescendant={marked && `${id}-${marked.id}`}
        label={t("desk.asesor")}
        placeholder={t("desk.typeName")}
        autoComplete="off"
        value={typed}
        onChange={({ currentTarget }) => {
          setTyped(currentTarget.value);
          setAt(0);
        }}
        onKeyDown={press}
      />
      <div
        className={classes.options}
        role="listbox"
        id={id}
        aria-label={t("desk.asesores")}
      >
        {found.map((asesor) => (
          <div
            key={asesor.id}
            id={`${id}-${asesor.id}`}
            role="option"
            className={classes.option}
            aria-selected={asesor === marked}
            onClick={() => onChosen(asesor)}
          >
            <span className={classes.presence} data-state={asesor.state}>
              <span className={classes.dot} aria-hidden="true" />
            </span>
            <span className={classes.optionName}>{asesor.name}</span>
            <Text span size="xs" c="dimmed">
              {t("desk.load", { waiting: asesor.derivado, open: asesor.enGestion })}
            </Text>
          </div>
        ))}
      </div>
      {found.length === 0 && (
        <Text size="sm" c="dimmed" mt="sm" role="status">
          {t("desk.nobodyFound")}
        </Text>
      )}
    </>
  );
}
