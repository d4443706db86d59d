import {
  IconHandClick,
  IconListDetails,
  IconPhone,
  IconTemplate,
} from "@tabler/icons-react";

import type { ChatMessage } from "../../../api/model";
import { useSpeech } from "../../../lib/i18n";
import classes from "../Thread.module.css";

type Content = ChatMessage["content"];

interface PressedProps {
  reply: NonNullable<Content["reply"]>;
  text: string | null;
}

/** With which button, row or form somebody answered. */
export function Pressed({ reply, text }: PressedProps) {
  const { t } = useSpeech();
  const written = formOf(reply.payload);
  const payload = typeof reply.payload === "string" ? reply.payload : undefined;
  return (
    <>
      <div className={classes.pressed}>
        <IconHandClick size={15} aria-hidden="true" />
        <span className="visually-hidden">{t("inbox.pressed")}</span>
        {reply.title ?? text ?? payload ?? reply.id}
      </div>
      {reply.description && <div className={classes.cardHint}>{reply.description}</div>}
      {written.length > 0 && (
        <dl className={classes.form}>
          {written.map(([name, value]) => (
            <div key={name}>
              <dt>{name}</dt>
              <dd>{value}</dd>
            </div>
          ))}
        </dl>
      )}
    </>
  );
}

/** What was written into a form, without what only programs read. */
function formOf(payload: unknown): [string, string][] {
  if (typeof payload !== "object" || payload === null) return [];
  return Object.entries(payload)
    .filter(([name]) => name !== "flow_token")
    .map(([name, value]): [string, string] => [
      name,
      typeof value === "string" ? value : JSON.stringify(value),
    ]);
}

/** What a person was given to choose from. */
export function Offered({ choices }: { choices: NonNullable<Content["choices"]> }) {
  const { t } = useSpeech();
  const { footer, button, titles = [], askForPhone } = choices;
  return (
    <>
      {footer && <div className={classes.cardHint}>{footer}</div>}
      {button && (
        <div className={classes.pressed}>
          <IconListDetails size={15} aria-hidden="true" />
          {button}
        </div>
      )}
      {titles.length > 0 && (
        <ul className={classes.offered} aria-label={t("inbox.offered")}>
          {titles.map((title) => (
            <li key={title}>{title}</li>
          ))}
        </ul>
      )}
      {askForPhone && (
        <div className={classes.pressed}>
          <IconPhone size={15} aria-hidden="true" />
          {t("inbox.askedForPhone")}
        </div>
      )}
    </>
  );
}

interface TemplateProps {
  template: NonNullable<Content["template"]>;
  text: string | null;
}

/** That it was a template; with its name where nobody knows what it said. */
export function TemplateHead({ template, text }: TemplateProps) {
  const { t } = useSpeech();
  const { name, header, body = [] } = template;
  return (
    <>
      <div className={classes.hint}>
        <IconTemplate size={13} aria-hidden="true" />
        {t("inbox.kind.template")} · {name}
      </div>
      {header && !header.startsWith("https://") && <strong>{header}</strong>}
      {text === null && body.length > 0 && <div>{body.join(" · ")}</div>}
    </>
  );
}
