/** Every screen that the navigation leads to. A new screen is a line here. */
import {
  IconActivityHeartbeat,
  IconAd2,
  IconAddressBook,
  IconAdjustmentsHorizontal,
  IconBell,
  IconBrandWhatsapp,
  IconBuilding,
  IconCalendarRepeat,
  IconChartBar,
  IconChartHistogram,
  IconDatabase,
  IconFileExport,
  IconFilter2,
  IconLink,
  IconListDetails,
  IconMailX,
  IconMessages,
  IconPlugConnected,
  IconHeadset,
  IconHistory,
  IconKey,
  IconReceipt,
  IconQrcode,
  IconReportMoney,
  IconRobot,
  IconSend,
  IconTargetArrow,
  IconUserCircle,
  IconUserCheck,
  IconUsers,
  IconWorld,
  type Icon,
} from "@tabler/icons-react";

import type { Me } from "../api/model";
import type { TextKey } from "../lib/i18n";

type Role = Me["user"]["role"];

interface Destination {
  to:
    | "/overview"
    | "/"
    | "/events"
    | "/funnels"
    | "/alerts"
    | "/retention"
    | "/bots"
    | "/contacts"
    | "/inbox"
    | "/desk"
    | "/my-clients"
    | "/lead-reports"
    | "/linking"
    | "/links"
    | "/settings/sites"
    | "/settings/events"
    | "/settings/data"
    | "/settings/exports"
    | "/settings/people"
    | "/settings/desk"
    | "/settings/channels"
    | "/conversions"
    | "/sales"
    | "/settings/pix"
    | "/settings/destinations"
    | "/settings/crm"
    | "/settings/letters"
    | "/operations"
    | "/settings/keys"
    | "/settings/audit"
    | "/settings/account"
    | "/settings/general";
  label: TextKey;
  icon: Icon;
  /** Who may see it; everybody, if absent. */
  roles?: readonly Role[];
}

interface Section {
  label: TextKey;
  items: readonly Destination[];
}

const SECTIONS: readonly Section[] = [
  {
    label: "nav.measure",
    items: [
      {
        to: "/",
        label: "nav.report",
        icon: IconReportMoney,
        roles: ["admin", "gtr"],
      },
      { to: "/links", label: "nav.links", icon: IconAd2, roles: ["admin", "gtr"] },
      {
        to: "/overview",
        label: "nav.overview",
        icon: IconChartHistogram,
        roles: ["admin", "gtr"],
      },
      {
        to: "/events",
        label: "nav.events",
        icon: IconListDetails,
        roles: ["admin", "gtr"],
      },
      {
        to: "/funnels",
        label: "nav.funnels",
        icon: IconFilter2,
        roles: ["admin", "gtr"],
      },
      { to: "/alerts", label: "nav.alerts", icon: IconBell, roles: ["admin", "gtr"] },
      {
        to: "/retention",
        label: "nav.retention",
        icon: IconCalendarRepeat,
        roles: ["admin", "gtr"],
      },
      { to: "/bots", label: "nav.bots", icon: IconRobot, roles: ["admin", "gtr"] },
    ],
  },
  {
    label: "nav.sales",
    items: [
      { to: "/desk", label: "nav.desk", icon: IconHeadset, roles: ["admin", "gtr"] },
      {
        to: "/sales",
        label: "nav.salesList",
        icon: IconReceipt,
        roles: ["admin", "gtr"],
      },
      {
        to: "/conversions",
        label: "nav.conversions",
        icon: IconSend,
        roles: ["admin", "gtr"],
      },
      { to: "/my-clients", label: "nav.mine", icon: IconUserCheck, roles: ["asesor"] },
      { to: "/lead-reports", label: "nav.deskReports", icon: IconChartBar },
    ],
  },
  {
    label: "nav.audience",
    items: [
      { to: "/inbox", label: "nav.inbox", icon: IconMessages },
      { to: "/contacts", label: "nav.contacts", icon: IconAddressBook },
      {
        to: "/linking",
        label: "nav.linking",
        icon: IconLink,
        roles: ["admin", "gtr"],
      },
    ],
  },
  {
    label: "nav.settings",
    items: [
      { to: "/settings/sites", label: "nav.sites", icon: IconWorld },
      {
        to: "/settings/events",
        label: "nav.sampling",
        icon: IconAdjustmentsHorizontal,
        roles: ["admin", "gtr"],
      },
      {
        to: "/settings/data",
        label: "nav.data",
        icon: IconDatabase,
        roles: ["admin"],
      },
      {
        to: "/settings/exports",
        label: "nav.exports",
        icon: IconFileExport,
        roles: ["admin"],
      },
      { to: "/settings/people", label: "nav.people", icon: IconUsers, roles: ["admin"] },
      {
        to: "/settings/desk",
        label: "nav.deskSettings",
        icon: IconHeadset,
        roles: ["admin", "gtr"],
      },
      {
        to: "/settings/channels",
        label: "nav.channels",
        icon: IconBrandWhatsapp,
        roles: ["admin"],
      },
      {
        to: "/settings/destinations",
        label: "nav.destinations",
        icon: IconTargetArrow,
        roles: ["admin"],
      },
      { to: "/settings/pix", label: "nav.pix", icon: IconQrcode, roles: ["admin"] },
      {
        to: "/settings/crm",
        label: "nav.crm",
        icon: IconPlugConnected,
        roles: ["admin"],
      },
      {
        to: "/operations",
        label: "nav.operations",
        icon: IconActivityHeartbeat,
        roles: ["admin"],
      },
      {
        to: "/settings/letters",
        label: "nav.letters",
        icon: IconMailX,
        roles: ["admin"],
      },
      { to: "/settings/keys", label: "nav.keys", icon: IconKey, roles: ["admin"] },
      { to: "/settings/audit", label: "nav.audit", icon: IconHistory, roles: ["admin"] },
      { to: "/settings/general", label: "nav.general", icon: IconBuilding },
      { to: "/settings/account", label: "nav.account", icon: IconUserCircle },
    ],
  },
];

/** The sections with something in them for this role. */
export function sectionsFor(role: Role): readonly Section[] {
  return SECTIONS.map((section) => ({
    ...section,
    items: section.items.filter((item) => item.roles?.includes(role) ?? true),
  })).filter((section) => section.items.length > 0);
}
