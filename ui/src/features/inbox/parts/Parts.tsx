import type { ChatMessage } from "../../../api/model";
import { MediaPart } from "../media/MediaPart";
import { Ad, Card, Order, Place } from "./Cards";
import { Offered, Pressed, TemplateHead } from "./Choices";
import { Unknown, Unsupported } from "./Odd";
import { Words } from "./Words";

/** All that is in a message. */
export function Parts({ message }: { message: ChatMessage }) {
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
      {kind === "unknown" && <Unknown message={message} />}
    </>
  );
}

/** What is not said already by another part of the message. */
function textOf({ text, content }: ChatMessage): string | null {
  if (text === null || text === "" || content.reply) return null;
  if (text === content.location?.name || text === content.order?.text) return null;
  return text;
}
