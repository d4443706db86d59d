/** What a company sets up for itself. */
import { createRoute, lazyRouteComponent, redirect } from "@tanstack/react-router";
import { readAuditFilters } from "../../features/audit/filters";
import { forAdmins, forSupervisors, signedIn } from "./entry";

const settings = createRoute({
  getParentRoute: () => signedIn,
  path: "/settings",
  beforeLoad: ({ location }) => {
    if (location.pathname.replace(/\/$/, "") !== "/settings") return;
    // eslint-disable-next-line @typescript-eslint/only-throw-error -- the router's way
    throw redirect({ to: "/settings/sites" });
  },
});

const sites = createRoute({
  getParentRoute: () => settings,
  path: "/sites",
  validateSearch: (search: Record<string, unknown>): { new?: true; site?: string } => ({
    new: search.new === true ? true : undefined,
    site: typeof search.site === "string" ? search.site : undefined,
  }),
  component: lazyRouteComponent(() => import("../pages/SitesPage"), "SitesPage"),
});

const sampling = createRoute({
  getParentRoute: () => settings,
  path: "/events",
  staticData: forSupervisors,
  component: lazyRouteComponent(
    () => import("../../features/throttling/Throttling"),
    "ThrottlingScreen",
  ),
});

const data = createRoute({
  getParentRoute: () => settings,
  path: "/data",
  staticData: forAdmins,
  component: lazyRouteComponent(
    () => import("../../features/partitions/Partitions"),
    "PartitionsScreen",
  ),
});

const exportsScreen = createRoute({
  getParentRoute: () => settings,
  path: "/exports",
  staticData: forAdmins,
  component: lazyRouteComponent(
    () => import("../../features/exports/Exports"),
    "ExportsScreen",
  ),
});

const people = createRoute({
  getParentRoute: () => settings,
  path: "/people",
  staticData: forAdmins,
  component: lazyRouteComponent(
    () => import("../../features/people/People"),
    "PeopleScreen",
  ),
});

const keys = createRoute({
  getParentRoute: () => settings,
  path: "/keys",
  staticData: forAdmins,
  component: lazyRouteComponent(() => import("../../features/keys/Keys"), "KeysScreen"),
});

const channels = createRoute({
  getParentRoute: () => settings,
  path: "/channels",
  staticData: forAdmins,
  component: lazyRouteComponent(() => import("../pages/ChannelPages"), "ChannelsPage"),
});

const channel = createRoute({
  getParentRoute: () => settings,
  path: "/channels/$channelId",
  staticData: forAdmins,
  component: lazyRouteComponent(() => import("../pages/ChannelPages"), "ChannelPage"),
});

const deskSettings = createRoute({
  getParentRoute: () => settings,
  path: "/desk",
  staticData: forSupervisors,
  component: lazyRouteComponent(
    () => import("../../features/desk-settings/DeskSettings"),
    "DeskSettingsScreen",
  ),
});

const destinations = createRoute({
  getParentRoute: () => settings,
  path: "/destinations",
  validateSearch: (search: Record<string, unknown>): { open?: string } =>
    typeof search.open === "string" ? { open: search.open } : {},
  staticData: forAdmins,
  component: lazyRouteComponent(
    () => import("../pages/ConversionPages"),
    "DestinationsPage",
  ),
});

const crm = createRoute({
  getParentRoute: () => settings,
  path: "/crm",
  staticData: forAdmins,
  component: lazyRouteComponent(() => import("../pages/CrmPages"), "CrmPage"),
});

const pix = createRoute({
  getParentRoute: () => settings,
  path: "/pix",
  staticData: forAdmins,
  component: lazyRouteComponent(
    () => import("../../features/sales/Accounts"),
    "PaymentAccountsScreen",
  ),
});

const crmSource = createRoute({
  getParentRoute: () => settings,
  path: "/crm/$sourceId",
  staticData: forAdmins,
  component: lazyRouteComponent(() => import("../pages/CrmPages"), "SourcePage"),
});

const letters = createRoute({
  getParentRoute: () => settings,
  path: "/letters",
  validateSearch: (search: Record<string, unknown>): { kind?: string } =>
    typeof search.kind === "string" ? { kind: search.kind } : {},
  staticData: forAdmins,
  component: lazyRouteComponent(() => import("../pages/LettersPage"), "LettersPage"),
});

const audit = createRoute({
  getParentRoute: () => settings,
  path: "/audit",
  validateSearch: readAuditFilters,
  staticData: forAdmins,
  component: lazyRouteComponent(() => import("../pages/AuditPage"), "AuditPage"),
});

const account = createRoute({
  getParentRoute: () => settings,
  path: "/account",
  component: lazyRouteComponent(
    () => import("../../features/account/Account"),
    "AccountScreen",
  ),
});

const general = createRoute({
  getParentRoute: () => settings,
  path: "/general",
  component: lazyRouteComponent(
    () => import("../../features/settings/General"),
    "General",
  ),
});

export const settingsRoutes = settings.addChildren([
  sites,
  sampling,
  data,
  exportsScreen,
  people,
  keys,
  deskSettings,
  channels,
  channel,
  crm,
  crmSource,
  pix,
  destinations,
  letters,
  audit,
  general,
  account,
]);
