/** A link as somebody enters it, and where it would lead. */
import type { Channel, Link, NewLink } from "../../api/model";

export type Kind = Link["kind"];

export interface Draft {
  name: string;
  kind: Kind;
  slug: string;
  domain: string;
  channelId: string;
  bot: string;
  phone: string;
  url: string;
  text: string;
  fallback: string;
  paid: "auto" | "yes" | "no";
  campaign: string;
  adset: string;
  ad: string;
  utmSource: string;
  utmMedium: string;
  utmCampaign: string;
}

export const KINDS: readonly Kind[] = ["telegram", "whatsapp", "page"];
export const CODE = "{code}";
/** Where the server finds a code again: no letter or digit beside it. */
const ALONE = /(^|[^a-z0-9])\{code\}(?![a-z0-9])/i;
const BOT = /^@?\w{3,64}$/;
const PHONE = /^\d{6,15}$/;
const SLUG = /^[a-z0-9][\w-]{0,63}$/i;
const PAGE = /^https?:\/\/[^\s/.]+\.[^\s]+$/i;

export function emptyDraft(channels: readonly Channel[], text: string): Draft {
  const first = channels[0];
  return {
    name: "",
    kind: first?.platform ?? "telegram",
    slug: "",
    domain: "",
    channelId: first?.id ?? "",
    bot: "",
    phone: "",
    url: "",
    text,
    fallback: "",
    paid: "auto",
    campaign: "",
    adset: "",
    ad: "",
    utmSource: "",
    utmMedium: "",
    utmCampaign: "",
  };
}

export function draftOf(link: Link, text: string): Draft {
  return {
    name: link.name,
    kind: link.kind,
    slug: link.slug,
    domain: link.domain,
    channelId: link.channelId ?? "",
    bot: link.bot ?? "",
    phone: link.phone ?? "",
    url: link.url ?? "",
    text: link.text ?? text,
    fallback: link.fallback ?? "",
    paid: link.paid === null ? "auto" : link.paid ? "yes" : "no",
    campaign: link.campaign ?? "",
    adset: link.adset ?? "",
    ad: link.ad ?? "",
    utmSource: link.utmSource ?? "",
    utmMedium: link.utmMedium ?? "",
    utmCampaign: link.utmCampaign ?? "",
  };
}

/** Fields that are not as they should be. */
export function wrongIn(draft: Draft): ReadonlySet<keyof Draft> {
  const wrong = new Set<keyof Draft>();
  if (draft.name.trim() === "") wrong.add("name");
  if (draft.slug !== "" && !SLUG.test(draft.slug.trim())) wrong.add("slug");
  if (draft.fallback !== "" && !PAGE.test(draft.fallback.trim())) wrong.add("fallback");
  if (draft.kind === "page" && !PAGE.test(draft.url.trim())) wrong.add("url");
  if (draft.kind === "whatsapp" && !ALONE.test(draft.text)) wrong.add("text");
  if (draft.channelId === "") {
    if (draft.kind === "telegram" && !BOT.test(draft.bot.trim())) wrong.add("bot");
    if (draft.kind === "whatsapp" && !PHONE.test(draft.phone.replace(/\D/g, ""))) {
      wrong.add("phone");
    }
  }
  return wrong;
}

export function asked(draft: Draft): NewLink {
  const said = (text: string) => text.trim() || null;
  const { kind } = draft;
  const channelId = kind === "page" ? null : said(draft.channelId);
  return {
    name: draft.name.trim(),
    kind,
    ...(said(draft.slug) === null ? {} : { slug: draft.slug.trim() }),
    domain: draft.domain,
    channelId,
    bot: kind === "telegram" && channelId === null ? said(draft.bot) : null,
    phone: kind === "whatsapp" && channelId === null ? said(draft.phone) : null,
    url: kind === "page" ? said(draft.url) : null,
    text: kind === "whatsapp" ? said(draft.text) : null,
    fallback: said(draft.fallback),
    paid: draft.paid === "auto" ? null : draft.paid === "yes",
    campaign: said(draft.campaign),
    adset: said(draft.adset),
    ad: said(draft.ad),
    utmSource: said(draft.utmSource),
    utmMedium: said(draft.utmMedium),
    utmCampaign: said(draft.utmCampaign),
  };
}

/** Where a visitor would go; undefined while that cannot be said. */
export function leadsTo(
  draft: Draft,
  channels: readonly Channel[],
): { address: string; message?: string } | undefined {
  if ([...wrongIn(draft)].some((field) => field !== "name" && field !== "slug")) {
    return undefined;
  }
  const display = channels.find(({ id }) => id === draft.channelId)?.display;
  switch (draft.kind) {
    case "telegram": {
      const bot = (display ?? draft.bot).trim().replace(/^@/, "");
      return { address: `https://t.me/${bot}?start=…` };
    }
    case "whatsapp": {
      const phone = (display ?? draft.phone).replace(/\D/g, "");
      return {
        address: `https://wa.me/${phone}?text=…`,
        message: draft.text.replace(CODE, "7QK2MX8R4D"),
      };
    }
    case "page": {
      const [page = ""] = draft.url.trim().split("#");
      return { address: `${page}${page.includes("?") ? "&" : "?"}pista=…` };
    }
  }
}

/** An address as people read it: words for what is encoded, and a gap for what each click fills. */
export function readable(address: string): string {
  const gaps = address.replace(/(\?.*)(?:TOKEN|CODE)/, "$1…");
  try {
    return decodeURIComponent(gaps);
  } catch {
    return gaps;
  }
}
