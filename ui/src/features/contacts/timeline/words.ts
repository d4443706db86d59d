/** What happened, in the reader's language. */
import { useCallback } from "react";

import type { Fact, Session, SessionEvent } from "../../../api/model";
import { useSpeech, type Translate } from "../../../lib/i18n";
import { oneOf } from "../../../lib/search";
import { useSourceWord } from "../words";
import { depthOf, inWords, pageOf } from "./entries";

/** Whose each click id is, and whether it comes from ads alone. */
const PLATFORMS: Readonly<Record<string, readonly [name: string, ads: boolean]>> = {
  gclid: ["Google", true],
  gbraid: ["Google", true],
  wbraid: ["Google", true],
  dclid: ["Google", true],
  srsltid: ["Google", false],
  msclkid: ["Microsoft", true],
  yclid: ["Yandex", true],
  fbclid: ["Facebook / Instagram", false],
  igshid: ["Instagram", false],
  ttclid: ["TikTok", true],
  twclid: ["X", true],
  li_fat_id: ["LinkedIn", true],
  ScCid: ["Snapchat", true],
  epik: ["Pinterest", true],
  rdt_cid: ["Reddit", true],
  mc_eid: ["Mailchimp", false],
};

/** The clicks that a visit began with; the same platform once. */
export function useClickWords(): (session: Session) => readonly string[] {
  const { t } = useSpeech();
  return useCallback(
    ({ clickIds, channel }) => {
      const said = Object.keys(clickIds).map((name) => {
        const [platform, ads] = PLATFORMS[name] ?? [name, false];
        const paid = ads || channel.startsWith("paid_");
        return t(paid ? "click.ad" : "click.link", { platform });
      });
      return [...new Set(said)];
    },
    [t],
  );
}

const EVENTS = [
  "PAGE_VIEW",
  "CLICK",
  "FORM_SUBMIT",
  "ADD_TO_CART",
  "PURCHASE",
  "OUTBOUND_CLICK",
  "FILE_DOWNLOAD",
] as const;

/** Those whose words go on with what they were done with, and need others without. */
const BARE = ["PAGE_VIEW", "CLICK", "OUTBOUND_CLICK", "FILE_DOWNLOAD"] as const;

/** What was done, and what with. */
export function useEventWords(): (event: SessionEvent) => {
  words: string;
  about: string;
} {
  const { t, number } = useSpeech();
  return useCallback(
    (event) => {
      const { eventType } = event;
      if (eventType === "SCROLL") {
        return { words: t("did.SCROLL", { depth: depthOf(event) }), about: "" };
      }
      const about = aboutOf(event, (value, currency) =>
        currency === "" ? number(value) : number(value, { style: "currency", currency }),
      );
      const known = oneOf(EVENTS, eventType);
      const bare = about === "" ? oneOf(BARE, eventType) : undefined;
      const words =
        bare !== undefined
          ? t(`did.${bare}.bare`)
          : known === undefined
            ? inWords(eventType)
            : t(`did.${known}`);
      return { words, about };
    },
    [t, number],
  );
}

type Money = (value: number, currency: string) => string;

function aboutOf(event: SessionEvent, money: Money): string {
  const { eventType, metadata, title, url } = event;
  const text = (name: string) => {
    const value = metadata[name];
    return typeof value === "string" ? value : "";
  };
  switch (eventType) {
    case "PAGE_VIEW":
      return title || pageOf(url);
    case "CLICK":
      return text("text") || pageOf(text("href"));
    case "OUTBOUND_CLICK":
    case "FILE_DOWNLOAD":
      return pageOf(text("href"));
    case "FORM_SUBMIT":
      return text("name") || text("id");
    default:
      return [
        text("product") || text("name"),
        priceOf(metadata.value ?? metadata.price, text("currency"), money),
      ]
        .filter(Boolean)
        .join(" · ");
  }
}

function priceOf(value: unknown, currency: string, money: Money): string {
  if (typeof value !== "number") return "";
  return money(value, /^[A-Z]{3}$/.test(currency) ? currency : "");
}

const LINKS = [
  "linked",
  "confirmed",
  "displaced",
  "lost",
  "shared",
  "already",
  "forked",
  "conflict",
  "waiting",
  "refused_strong",
  "refused_undone",
  "refused_repeated",
  "undone",
] as const;

const METHODS = [
  "webhook",
  "form",
  "ud",
  "telegram",
  "whatsapp",
  "identify",
  "manual",
] as const;

const SALES = [
  "sale_made",
  "sale_paid",
  "sale_refunded",
  "sale_charged_back",
  "sale_won_back",
  "sale_canceled",
  "sale_refused",
  "sale_expired",
] as const;

const TALKS = ["begun", "messages"] as const;

const CONTACTS = ["created", "merged", "unmerged"] as const;

/** What became known, and why. Of later rooms at least its own words. */
export function useFactWords(): (fact: Fact) => { title: string; why: string } {
  const { t, number } = useSpeech();
  const sourceWord = useSourceWord();
  return useCallback(
    (fact) => {
      const source = fact.evidence?.source ?? "";
      const told = [
        fact.by ? t("fact.by", { name: fact.by }) : "",
        source === "" ? "" : sourceWord(source),
      ];
      const method = oneOf(METHODS, fact.method);
      const link = oneOf(LINKS, linkOf(fact));
      const contact = oneOf(CONTACTS, fact.what);
      if (fact.room === "identity" && link !== undefined) {
        const why = method === undefined ? "" : t(`fact.method.${method}`);
        return { title: t(`fact.link.${link}`), why: joined(why, ...told) };
      }
      if (fact.room === "contacts" && contact !== undefined) {
        return { title: t(`fact.contact.${contact}`), why: joined(...told) };
      }
      const sale = oneOf(SALES, fact.what);
      if (fact.room === "sales" && sale !== undefined) {
        const { amount = "0", currency = "BRL", externalId = "" } = fact.evidence ?? {};
        const price = number(Number(amount), { style: "currency", currency });
        const by = fact.by ? t("fact.by", { name: fact.by }) : "";
        return {
          title: t(`fact.${sale}`, { amount: price }),
          why: joined(by, externalId),
        };
      }
      if (fact.room === "chat" && oneOf(TALKS, fact.what)) return chatWords(t, fact);
      if (fact.room === "clicks") return clickWords(t, fact);
      return { title: inWords(fact.what), why: joined(...told, ...rest(fact)) };
    },
    [t, number, sourceWord],
  );
}

const ARRIVALS = ["start", "code", "page", "manual"] as const;

/** That an ad was clicked, or by what it showed later that it was. */
function clickWords(t: Translate, { what, method, evidence = {} }: Fact) {
  const { link = "", campaign = "", adset = "", ad = "" } = evidence;
  const how = oneOf(ARRIVALS, method);
  const title =
    what === "clicked" || how === undefined
      ? t("fact.click.clicked")
      : t(`fact.click.${how}`);
  return { title, why: joined(link, campaign, adset, ad) };
}

/** When a conversation began, and how much was said on a day. */
function chatWords(t: Translate, { what, evidence = {} }: Fact) {
  const { channel = "" } = evidence;
  if (what !== "messages") return { title: t("fact.chat.begun", { channel }), why: "" };
  const came = Number(evidence.in ?? 0);
  const went = Number(evidence.out ?? 0);
  const said = joined(
    came === 0 ? "" : t("fact.chat.in", { count: came }),
    went === 0 ? "" : t("fact.chat.out", { count: went }),
  );
  return { title: said, why: channel };
}

/** What is refused, and what goes to somebody else, is told by how that came. */
function linkOf({ what, outcome }: Fact): string {
  if (what === "lost") return outcome === "forked" ? "shared" : "lost";
  return what === "refused" ? (outcome ?? "refused_strong") : what;
}

function joined(...parts: readonly string[]): string {
  return parts.filter((one) => one !== "").join(" · ");
}

/** What a later room tells, where people can read it; ids are for machines. */
function rest({ evidence = {} }: Fact): string[] {
  return Object.entries(evidence)
    .filter(([name, value]) => name !== "source" && !/id$/i.test(name) && !ID.test(value))
    .slice(0, 4)
    .map(([name, value]) => `${inWords(name)}: ${value}`);
}

const ID = /^(?=.*\d)[\w-]{16,}$|^$/;
