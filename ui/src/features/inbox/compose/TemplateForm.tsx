import { Button, Group, Select, Stack, Text, TextInput } from "@mantine/core";
import { IconChevronLeft, IconFile, IconSend2 } from "@tabler/icons-react";
import { useState } from "react";

import type { ChatTemplate, SendMessage } from "../../../api/model";
import { useSpeech } from "../../../lib/i18n";
import { Words } from "../parts/Words";
import classes from "./Compose.module.css";
import {
  fileHeader,
  fillGaps,
  gapsOf,
  isAddress,
  isFilled,
  messageOf,
  takesHeader,
  UNFILLED,
  type Filling,
} from "./templates";

const LONGEST = 1_024;

interface FormProps {
  template: ChatTemplate;
  /** The same in other languages. */
  languages: readonly ChatTemplate[];
  onChoose: (template: ChatTemplate) => void;
  onBack: () => void;
  onSend: (body: SendMessage, label: string) => void;
}

export function TemplateForm({
  template,
  languages,
  onChoose,
  onBack,
  onSend,
}: FormProps) {
  const { t } = useSpeech();
  const [filling, setFilling] = useState<Filling>(UNFILLED);
  const filled = isFilled(template, filling);
  function send(): void {
    if (filled) {
      onSend(messageOf(template, filling), fillGaps(template.body, filling.body));
    }
  }
  return (
    <form
      className={classes.templateForm}
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
      <Stack gap="sm">
        <Group gap="xs" justify="space-between">
          <Button
            size="compact-sm"
            variant="subtle"
            leftSection={<IconChevronLeft size={15} aria-hidden="true" />}
            onClick={onBack}
          >
            {t("inbox.template.others")}
          </Button>
          <Language template={template} languages={languages} onChoose={onChoose} />
        </Group>
        <Text fw={640} size="sm" className={classes.templateName}>
          {template.name}
        </Text>
        <Gaps template={template} filling={filling} onFilling={setFilling} />
        <Button
          type="submit"
          // Where nothing is to be filled in.
          autoFocus={isFilled(template, UNFILLED)}
          disabled={!filled}
          leftSection={<IconSend2 size={16} aria-hidden="true" />}
        >
          {t("inbox.template.send")}
        </Button>
      </Stack>
      <Preview template={template} filling={filling} />
    </form>
  );
}

type LanguageProps = Pick<FormProps, "template" | "languages" | "onChoose">;

function Language({ template, languages, onChoose }: LanguageProps) {
  const { t, locale } = useSpeech();
  if (languages.length < 2) return null;
  return (
    <Select
      size="xs"
      w={190}
      aria-label={t("inbox.template.language")}
      allowDeselect={false}
      data={languages.map(({ language }) => ({
        value: language,
        label: languageName(locale, language),
      }))}
      value={template.language}
      onChange={(next) => {
        const chosen = languages.find(({ language }) => language === next);
        if (chosen !== undefined) onChoose(chosen);
      }}
    />
  );
}

/** `es_MX` in the reader's language; as it stands, where nobody knows it. */
function languageName(locale: string, code: string): string {
  try {
    const names = new Intl.DisplayNames(locale, { type: "language" });
    return names.of(code.replace("_", "-")) ?? code;
  } catch {
    return code;
  }
}

interface GapsProps {
  template: ChatTemplate;
  filling: Filling;
  onFilling: (filling: Filling) => void;
}

function Gaps({ template, filling, onFilling }: GapsProps) {
  const { t } = useSpeech();
  const { body, buttonGaps } = template;
  const file = fileHeader(template);
  const wrong = file !== undefined && filling.header !== "" && !isAddress(filling.header);
  return (
    <>
      {takesHeader(template) && (
        <TextInput
          autoFocus
          label={t(file ? `inbox.template.file.${file}` : "inbox.template.header")}
          placeholder={file ? "https://" : undefined}
          error={wrong ? t("inbox.template.noAddress") : undefined}
          maxLength={LONGEST}
          value={filling.header}
          onChange={(event) =>
            onFilling({ ...filling, header: event.currentTarget.value })
          }
        />
      )}
      {gapsOf(body).map((name, at) => (
        <TextInput
          key={name}
          autoFocus={at === 0 && !takesHeader(template)}
          label={t("inbox.template.gap", { name: `{{${name}}}` })}
          maxLength={LONGEST}
          value={filling.body[at] ?? ""}
          onChange={(event) =>
            onFilling({
              ...filling,
              body: put(filling.body, at, event.currentTarget.value),
            })
          }
        />
      ))}
      {Array.from({ length: buttonGaps }, (_, at) => (
        <TextInput
          key={at}
          label={t("inbox.template.button", { count: at + 1 })}
          maxLength={LONGEST}
          value={filling.buttons[at] ?? ""}
          onChange={(event) =>
            onFilling({
              ...filling,
              buttons: put(filling.buttons, at, event.currentTarget.value),
            })
          }
        />
      ))}
    </>
  );
}

function put(values: readonly string[], at: number, value: string): string[] {
  const all = Array.from(
    { length: Math.max(values.length, at + 1) },
    (_, n) => values[n] ?? "",
  );
  all[at] = value;
  return all;
}

function Preview({ template, filling }: { template: ChatTemplate; filling: Filling }) {
  const { t } = useSpeech();
  const { headerText, body, footer, buttons } = template;
  const file = fileHeader(template);
  return (
    <section className={classes.preview} aria-label={t("inbox.template.preview")}>
      <div className={classes.previewBubble}>
        {file && (
          <div className={classes.previewFile}>
            <IconFile size={22} aria-hidden="true" />
            {t(`inbox.kind.${file}`)}
          </div>
        )}
        {headerText !== null && <strong>{fillGaps(headerText, [filling.header])}</strong>}
        <Words text={fillGaps(body, filling.body)} />
        {footer !== null && <div className={classes.previewFooter}>{footer}</div>}
        {buttons.map((one) => (
          <div key={one} className={classes.previewButton}>
            {one}
          </div>
        ))}
      </div>
    </section>
  );
}
