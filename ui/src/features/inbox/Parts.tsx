import { Anchor } from "@mantine/core";
import {
  IconAddressBook,
  IconFile,
  IconHandClick,
  IconMapPin,
  IconMicrophone,
  IconPhotoOff,
  IconShoppingBag,
  IconSpeakerphone,
  IconVideo,
} from "@tabler/icons-react";
import { useState, type ReactNode } from "react";

import type { ChatMessage } from "../../api/model";
import { useSpeech } from "../../lib/i18n";
import { showPhone } from "../contacts/words";
import { spansOf } from "./thread";
import classes from "./Thread.module.css";
import { useKindWord } from "./words";

/** All that is in a message. */
export function Parts({ message }: { message: ChatMessage }) {
  const { t } = useSpeech();
  const { content, kind, text } = message;
  return (
    <>
      {content.referral && <Ad referral={content.referral} />}
      {content.media && <Media message={message} />}
      {content.location && <Place location={content.location} />}
      {content.contacts?.map((card, place) => (
        // Cards have no ids, and never change places.
        <Card key={place} card={card} />
      ))}
      {content.order && <Order order={content.order} />}
      {content.reply && <Pressed reply={content.reply} text={text} />}
      {text !== null && text !== "" && !content.reply && <Words text={text} />}
      {kind === "unsupported" && <Odd>{t("inbox.unsupported")}</Odd>}
      {kind === "unknown" && <Unknown message={message} />}
    </>
  );
}

/** A text as its writer meant it, with addresses to follow. */
export function Words({ text }: { text: string }) {
  return (
    <div className={classes.text}>
      {spansOf(text).map((span, place) => {
        const key = `${String(place)} ${span.kind}`;
        switch (span.kind) {
          case "bold":
            return <strong key={key}>{span.text}</strong>;
          case "slanted":
            return <em key={key}>{span.text}</em>;
          case "struck":
            return <s key={key}>{span.text}</s>;
          case "code":
            return <code key={key}>{span.text}</code>;
          case "link":
            return (
              <a key={key} href={span.href} target="_blank" rel="noreferrer noopener">
                {span.text}
              </a>
            );
          case "text":
            return span.text;
        }
      })}
    </div>
  );
}

type Content = ChatMessage["content"];

function Ad({ referral }: { referral: NonNullable<Content["referral"]> }) {
  const { t } = useSpeech();
  return (
    <div className={classes.card} data-tone="ad">
      <IconSpeakerphone size={18} aria-hidden="true" />
      <div>
        <div className={classes.cardHint}>{t("inbox.fromAd")}</div>
        <div className={classes.cardTitle}>
          {referral.headline ?? referral.source_id ?? referral.source_url}
        </div>
        {referral.body && <div className={classes.cardHint}>{referral.body}</div>}
      </div>
    </div>
  );
}

const PICTURES = ["image", "sticker"];

function Media({ message }: { message: ChatMessage }) {
  const { t } = useSpeech();
  const kindWord = useKindWord();
  const [missing, setMissing] = useState(false);
  const { kind, id, content } = message;
  const path = `/api/chat/media/${id}`;
  const name = content.media?.filename ?? kindWord(kind);
  const lost = () => setMissing(true);
  if (missing) return <Missing kind={kind} name={name} />;
  if (PICTURES.includes(kind)) {
    return (
      <a
        href={path}
        target="_blank"
        rel="noreferrer"
        className={classes.picture}
        data-kind={kind}
        aria-label={t("inbox.openImage")}
      >
        <img src={path} alt={content.media?.caption ?? kindWord(kind)} onError={lost} />
      </a>
    );
  }
  if (kind === "voice" || kind === "audio") {
    return (
      <audio className={classes.sound} src={path} controls preload="none" onError={lost}>
        <track kind="captions" />
      </audio>
    );
  }
  if (kind === "video") {
    return (
      <video
        className={classes.video}
        src={path}
        controls
        preload="metadata"
        onError={lost}
      >
        <track kind="captions" />
      </video>
    );
  }
  return (
    <a className={classes.card} href={path} download={name}>
      <IconFile size={20} aria-hidden="true" />
      <div>
        <div className={classes.cardTitle}>{name}</div>
        <div className={classes.cardHint}>{t("inbox.download")}</div>
      </div>
    </a>
  );
}

function Missing({ kind, name }: { kind: string; name: string }) {
  const { t } = useSpeech();
  const Icon =
    kind === "voice" || kind === "audio"
      ? IconMicrophone
      : kind === "video"
        ? IconVideo
        : IconPhotoOff;
  return (
    <div className={classes.card}>
      <Icon size={20} aria-hidden="true" />
      <div>
        <div className={classes.cardTitle}>{name}</div>
        <div className={classes.cardHint}>{t("inbox.mediaMissing")}</div>
      </div>
    </div>
  );
}

function Place({ location }: { location: NonNullable<Content["location"]> }) {
  const { t } = useSpeech();
  const { latitude, longitude, name, address } = location;
  const at = `${String(latitude)},${String(longitude)}`;
  return (
    <div className={classes.card}>
      <IconMapPin size={20} aria-hidden="true" />
      <div>
        <div className={classes.cardTitle}>{name ?? address ?? at}</div>
        {name && address && <div className={classes.cardHint}>{address}</div>}
        <Anchor
          size="xs"
          href={`https://www.openstreetmap.org/?mlat=${String(latitude)}&mlon=${String(longitude)}#map=17/${at.replace(",", "/")}`}
          target="_blank"
          rel="noreferrer noopener"
        >
          {t("inbox.map")}
        </Anchor>
      </div>
    </div>
  );
}

function Card({ card }: { card: NonNullable<Content["contacts"]>[number] }) {
  const { t } = useSpeech();
  const lines = [...(card.phones ?? []).map(showPhone), ...(card.emails ?? [])];
  return (
    <div className={classes.card}>
      <IconAddressBook size={20} aria-hidden="true" />
      <div>
        <div className={classes.cardTitle}>{card.name ?? lines[0]}</div>
        {lines.map((line) => (
          <div key={line} className={classes.cardHint}>
            {line}
          </div>
        ))}
        {card.own && <div className={classes.cardHint}>{t("inbox.ownCard")}</div>}
      </div>
    </div>
  );
}

function Order({ order }: { order: NonNullable<Content["order"]> }) {
  const { t, number } = useSpeech();
  const items = order.items ?? [];
  return (
    <div className={classes.card}>
      <IconShoppingBag size={20} aria-hidden="true" />
      <div>
        <div className={classes.cardTitle}>
          {t("inbox.items", { count: items.length })}
        </div>
        {items.map(({ product, quantity, price, currency }, place) => (
          <div key={place} className={classes.cardHint}>
            {quantity ?? 1} × {product ?? "—"}
            {price != null && ` · ${money(number, price, currency)}`}
          </div>
        ))}
        {order.text && <div>{order.text}</div>}
      </div>
    </div>
  );
}

type Numbers = (value: number, options?: Intl.NumberFormatOptions) => string;

function money(
  number: Numbers,
  price: number,
  currency: string | null | undefined,
): string {
  return currency && /^[A-Z]{3}$/.test(currency)
    ? number(price, { style: "currency", currency })
    : number(price);
}

interface PressedProps {
  reply: NonNullable<Content["reply"]>;
  text: string | null;
}

function Pressed({ reply, text }: PressedProps) {
  const { t } = useSpeech();
  const payload = typeof reply.payload === "string" ? reply.payload : undefined;
  return (
    <div className={classes.pressed}>
      <IconHandClick size={15} aria-hidden="true" />
      <span className="visually-hidden">{t("inbox.pressed")}</span>
      {reply.title ?? text ?? payload ?? reply.id}
    </div>
  );
}

function Odd({ children }: { children: ReactNode }) {
  return <div className={classes.odd}>{children}</div>;
}

function Unknown({ message }: { message: ChatMessage }) {
  const { t } = useSpeech();
  const { raw, event } = message.content;
  return (
    <Odd>
      {t("inbox.unknownKind")}
      {event && ` (${event})`}
      {raw && (
        <details>
          <summary>{t("inbox.raw")}</summary>
          <pre className={classes.raw} data-scrolls>
            {JSON.stringify(raw, null, 2).slice(0, 4_000)}
          </pre>
        </details>
      )}
    </Odd>
  );
}
