import type { ChatMessage } from "../../../api/model";
import { oneOf } from "../../../lib/search";
import { MediaPart } from "../media/MediaPart";
import classes from "../Thread.module.css";
import { KINDS, useKindWord } from "../words";
import { Ad, Card, Order, Place } from "./Cards";
import { Offered, Pressed, TemplateHead } from "./Choices";
import { Unknown, Unsupported } from "./Odd";
import { Words } from "./Words";

/** All that is in a message. */
export function Parts({ message }: { message: ChatMessage }) {
  const kindWord = useKindWord();
  const { content, kind } = message;
  const text = textOf(message);
  return (
    <>
      {content.referral && <Ad referral={content.referral} />}
      {content.template && <TemplateHead template={content.template} text={text} />}
      {content.choices?.header && <strong>{content.choices.header}</strong>}
      {content.media && <MediaPart message={message} />}
      {content.location && <Place location={content.location} />}
      {content.contacts?.map((card, place) => (
        // Cards have no ids, and never change places.
        <Card key={place} card={card} />
      ))}
      {content.order && <Order order={content.order} />}
      {content.reply && <Pressed reply={content.reply} text={message.text} />}
      {text !== null && <Words text={text} />}
      {content.choices && <Offered choices={content.choices} />}
      {kind === "unsupported" && <Unsupported message={message} />}
      {isUnknown(kind) && <Unknown message={message} />}
      {isEmpty(message) && <div className={classes.odd}>{kindWord(kind)}</div>}
    </>
  );
}

/** What is not said already by another part of the message. */
function textOf({ text, content }: ChatMessage): string | null {
  if (text === null || text === "" || content.reply) return null;
  if (text === content.location?.name || text === content.order?.text) return null;
  return text;
}

/** Also one that a newer server knows, and this page does not. */
function isUnknown(kind: string): boolean {
  return kind === "unknown" || (kind !== "text" && oneOf(KINDS, kind) === undefined);
}

const SAYS_NOTHING = ["forwarded", "event", "errors", "raw"];

/** It has no part that can be shown: its kind is all that is known of it. */
function isEmpty({ kind, text, content }: ChatMessage): boolean {
  if (isUnknown(kind) || kind === "unsupported") return false;
  const parts = Object.entries(content).filter(
    ([name, part]) => !SAYS_NOTHING.includes(name) && part !== null && !isEmptyList(part),
  );
  return (text ?? "") === "" && parts.length === 0;
}

function isEmptyList(part: unknown): boolean {
  return Array.isArray(part) && part.length === 0;
}
