import { Anchor } from "@mantine/core";
import {
  IconAddressBook,
  IconMapPin,
  IconShoppingBag,
  IconSpeakerphone,
} from "@tabler/icons-react";

import type { ChatMessage } from "../../../api/model";
import { useSpeech } from "../../../lib/i18n";
import { showPhone } from "../../contacts/words";
import classes from "../Thread.module.css";

type Content = ChatMessage["content"];

export function Ad({ referral }: { referral: NonNullable<Content["referral"]> }) {
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
        {isAddress(referral.source_url) && (
          <Anchor
            size="xs"
            href={referral.source_url}
            target="_blank"
            rel="noreferrer noopener"
          >
            {t("inbox.seeAd")}
          </Anchor>
        )}
      </div>
    </div>
  );
}

/** Whoever writes it may have put anything there. */
function isAddress(url: string | null | undefined): url is string {
  return /^https?:\/\//.test(url ?? "");
}

export function Place({ location }: { location: NonNullable<Content["location"]> }) {
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

export function Card({ card }: { card: NonNullable<Content["contacts"]>[number] }) {
  const { t } = useSpeech();
  const told = [...(card.phones ?? []).map(showPhone), ...(card.emails ?? [])];
  const [title, ...lines] = card.name ? [card.name, ...told] : told;
  return (
    <div className={classes.card}>
      <IconAddressBook size={20} aria-hidden="true" />
      <div>
        <div className={classes.cardTitle}>{title}</div>
        {card.company && <div className={classes.cardHint}>{card.company}</div>}
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

export function Order({ order }: { order: NonNullable<Content["order"]> }) {
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
