import { Button, Group, TextInput } from "@mantine/core";
import { useState } from "react";

import { useSpeech } from "../../lib/i18n";
import classes from "./Throttling.module.css";

const TYPE = /^[A-Z][A-Z0-9_]{0,63}$/;

interface AddRuleProps {
  known: readonly string[];
  onAdd: (eventType: string) => void;
}

export function AddRule({ known, onAdd }: AddRuleProps) {
  const { t } = useSpeech();
  const [type, setType] = useState("");
  const wrong = type !== "" && !TYPE.test(type);
  const twice = known.includes(type);
  return (
    <form
      className={classes.add}
      onSubmit={(event) => {
        event.preventDefault();
        if (type === "" || wrong || twice) return;
        onAdd(type);
        setType("");
      }}
    >
      <Group align="flex-start" gap="xs" wrap="nowrap">
        <TextInput
          aria-label={t("events.add")}
          placeholder={t("events.add")}
          value={type}
          onChange={(event) =>
            setType(event.currentTarget.value.toUpperCase().replace(/[\s-]+/g, "_"))
          }
          error={(wrong && t("events.addWrong")) || (twice && t("events.addTwice"))}
          spellCheck={false}
          autoCapitalize="characters"
          w={280}
          maw="100%"
        />
        <Button
          type="submit"
          variant="default"
          miw="max-content"
          disabled={type === "" || wrong || twice}
        >
          {t("events.addSend")}
        </Button>
      </Group>
    </form>
  );
}
