/** The sign before each thing in a timeline. */
import {
  IconAd2,
  IconArrowBackUp,
  IconArrowDown,
  IconArrowMerge,
  IconArrowsSplit2,
  IconBrandTelegram,
  IconBrandWhatsapp,
  IconClick,
  IconCreditCard,
  IconDownload,
  IconExternalLink,
  IconEye,
  IconFileText,
  IconForms,
  IconHeartHandshake,
  IconInfoCircle,
  IconLink,
  IconMail,
  IconMessage,
  IconPoint,
  IconSearch,
  IconShare,
  IconShoppingCart,
  IconSparkles,
  IconUserPlus,
  IconUserQuestion,
  IconWorld,
  type Icon,
} from "@tabler/icons-react";
import { createElement } from "react";

import type { Fact } from "../../../api/model";

const LARGE = { size: 17, stroke: 1.8, "aria-hidden": true } as const;
const SMALL = { ...LARGE, size: 15 } as const;

const CHANNELS: Readonly<Record<string, Icon>> = {
  affiliate: IconHeartHandshake,
  ai_assistant: IconSparkles,
  email: IconMail,
  messaging: IconMessage,
  organic_search: IconSearch,
  organic_social: IconShare,
  referral: IconLink,
};

export function ChannelSign({ channel }: { channel: string }) {
  const paid = channel.startsWith("paid_") || channel === "display";
  return createElement(paid ? IconAd2 : (CHANNELS[channel] ?? IconWorld), LARGE);
}

const EVENTS: Readonly<Record<string, Icon>> = {
  PAGE_VIEW: IconEye,
  CLICK: IconClick,
  SCROLL: IconArrowDown,
  FORM_SUBMIT: IconForms,
  ADD_TO_CART: IconShoppingCart,
  PURCHASE: IconCreditCard,
  OUTBOUND_CLICK: IconExternalLink,
  FILE_DOWNLOAD: IconDownload,
};

export function EventSign({ eventType }: { eventType: string }) {
  return createElement(EVENTS[eventType] ?? IconPoint, SMALL);
}

const METHODS: Readonly<Record<string, Icon>> = {
  whatsapp: IconBrandWhatsapp,
  telegram: IconBrandTelegram,
  form: IconFileText,
};

const FACTS: Readonly<Record<string, Icon>> = {
  created: IconUserPlus,
  merged: IconArrowMerge,
  unmerged: IconArrowBackUp,
  undone: IconArrowBackUp,
  forked: IconArrowsSplit2,
  lost: IconArrowsSplit2,
  conflict: IconUserQuestion,
  waiting: IconUserQuestion,
  clicked: IconAd2,
  arrived: IconClick,
};

export function FactSign({ fact: { room, what, method } }: { fact: Fact }) {
  const known = ["identity", "contacts", "clicks"].includes(room);
  const sign = FACTS[what] ?? METHODS[method ?? ""] ?? IconLink;
  return createElement(known ? sign : IconInfoCircle, LARGE);
}
