import type { QueryClient } from "@tanstack/react-query";
import {
  createRootRouteWithContext,
  createRoute,
  createRouter,
  lazyRouteComponent,
  Outlet,
  redirect,
  type RouterHistory,
} from "@tanstack/react-router";

import { ApiError } from "../api/client";
import { meQuery } from "../api/queries";
import { returnPath } from "../features/auth/returnPath";
import { readFiringFilters, readNewRule, readOpenRule } from "../features/alerts/filters";
import { readAuditFilters } from "../features/audit/filters";
import { readFilters as readBotFilters } from "../features/bots/filters";
import { readConversionFilters } from "../features/conversions/filters";
import { readContactFilters } from "../features/contacts/filters";
import { readDeskFilters, readMyFilters } from "../features/desk/filters";
import { readReportFilters } from "../features/desk/reports/filters";
import { readFilters as readEventFilters } from "../features/events/filters";
import { readFilters as readFunnelFilters } from "../features/funnels/filters";
import { readInboxFilters } from "../features/inbox/filters";
import { readOperationsFilters } from "../features/operations/webhooks";
import { readLinkingFilters } from "../features/linking/filters";
import { readLinkFilters } from "../features/links/filters";
import { readFilters } from "../features/overview/filters";
import { readFilters as readRetentionFilters } from "../features/retention/filters";
import { readSaleReportFilters } from "../features/report/filters";
import { readSaleFilters } from "../features/sales/filters";
import { Behind } from "./Behind";
import { Arriving, Crashed, Missing, Nowhere } from "./screens";

const root = createRootRouteWithContext<{ queries: QueryClient }>()({
  component: Outlet,
  notFoundComponent: Nowhere,
});

const signIn = createRoute({
  getParentRoute: () => root,
  path: "/sign-in",
  validateSearch: (search: Record<string, unknown>): { next?: string } => {
    const next = returnPath(search.next);
    return next === "/" ? {} : { next };
  },
  component: lazyRouteComponent(() => import("./pages/SignInPage"), "SignInPage"),
});

/** Where links lead that let somebody in. */
const join = createRoute({
  getParentRoute: () => root,
  path: "/join",
  component: lazyRouteComponent(() => import("./pages/JoinPage"), "JoinPage"),
});

/** Everything behind the door. */
const signedIn = createRoute({
  getParentRoute: () => root,
  id: "signed-in",
  beforeLoad: async ({ context, location }) => {
    try {
      await context.queries.query({ ...meQuery(), staleTime: "static" });
    } catch (error) {
      if (!(error instanceof ApiError && error.needsSignIn)) throw error;
      const next = returnPath(location.href);
      // eslint-disable-next-line @typescript-eslint/only-throw-error -- the router's way
      throw redirect({ to: "/sign-in", search: next === "/" ? {} : { next } });
    }
  },
  component: Behind,
});

/** From what the server shows to supervisors alone. */
function readImport({ id }: Record<string, unknown>): { id?: string } {
  return typeof id === "string" && id !== "" ? { id } : {};
}

function turnAdvisorsAway(queries: QueryClient): void {
  if (queries.getQueryData(meQuery().queryKey)?.user.role !== "asesor") return;
  // eslint-disable-next-line @typescript-eslint/only-throw-error -- the router's way
  throw redirect({ to: "/settings/sites" });
}

/** From what the server shows to admins alone. */
function turnOthersAway(queries: QueryClient): void {
  if (queries.getQueryData(meQuery().queryKey)?.user.role === "admin") return;
  // eslint-disable-next-line @typescript-eslint/only-throw-error -- the router's way
  throw redirect({ to: "/settings/sites" });
}

const report = createRoute({
  getParentRoute: () => signedIn,
  path: "/",
  validateSearch: readSaleReportFilters,
  beforeLoad: ({ context }) => {
    const role = context.queries.getQueryData(meQuery().queryKey)?.user.role;
    // eslint-disable-next-line @typescript-eslint/only-throw-error -- the router's way
    if (role === "asesor") throw redirect({ to: "/my-clients" });
  },
  component: lazyRouteComponent(() => import("./pages/ReportPage"), "ReportPage"),
});

const costs = createRoute({
  getParentRoute: () => signedIn,
  path: "/report/costs",
  validateSearch: readImport,
  beforeLoad: ({ context }) => {
    turnAdvisorsAway(context.queries);
  },
  component: lazyRouteComponent(() => import("./pages/CostsPage"), "CostsPage"),
});

const overview = createRoute({
  getParentRoute: () => signedIn,
  path: "/overview",
  validateSearch: readFilters,
  beforeLoad: ({ context }) => {
    turnAdvisorsAway(context.queries);
  },
  component: lazyRouteComponent(() => import("./pages/OverviewPage"), "OverviewPage"),
});

const events = createRoute({
  getParentRoute: () => signedIn,
  path: "/events",
  validateSearch: readEventFilters,
  beforeLoad: ({ context }) => {
    turnAdvisorsAway(context.queries);
  },
  component: lazyRouteComponent(() => import("./pages/EventsPage"), "EventsPage"),
});

const funnels = createRoute({
  getParentRoute: () => signedIn,
  path: "/funnels",
  validateSearch: readFunnelFilters,
  beforeLoad: ({ context }) => {
    turnAdvisorsAway(context.queries);
  },
  component: lazyRouteComponent(() => import("./pages/FunnelsPage"), "FunnelsPage"),
});

const links = createRoute({
  getParentRoute: () => signedIn,
  path: "/links",
  validateSearch: readLinkFilters,
  beforeLoad: ({ context }) => {
    turnAdvisorsAway(context.queries);
  },
  component: lazyRouteComponent(() => import("./pages/LinksPage"), "LinksPage"),
});

const retention = createRoute({
  getParentRoute: () => signedIn,
  path: "/retention",
  validateSearch: readRetentionFilters,
  beforeLoad: ({ context }) => {
    turnAdvisorsAway(context.queries);
  },
  component: lazyRouteComponent(() => import("./pages/RetentionPage"), "RetentionPage"),
});

const bots = createRoute({
  getParentRoute: () => signedIn,
  path: "/bots",
  validateSearch: readBotFilters,
  beforeLoad: ({ context }) => {
    turnAdvisorsAway(context.queries);
  },
  component: lazyRouteComponent(() => import("./pages/BotsPage"), "BotsPage"),
});

const alerts = createRoute({
  getParentRoute: () => signedIn,
  path: "/alerts",
  validateSearch: readFiringFilters,
  beforeLoad: ({ context }) => {
    turnAdvisorsAway(context.queries);
  },
  component: lazyRouteComponent(() => import("./pages/AlertsPages"), "AlertsPage"),
});

const newAlert = createRoute({
  getParentRoute: () => signedIn,
  path: "/alerts/new",
  validateSearch: readNewRule,
  beforeLoad: ({ context }) => {
    const role = context.queries.getQueryData(meQuery().queryKey)?.user.role;
    // eslint-disable-next-line @typescript-eslint/only-throw-error -- the router's way
    if (role !== "admin") throw redirect({ to: "/alerts" });
  },
  component: lazyRouteComponent(() => import("./pages/AlertsPages"), "NewAlertPage"),
});

const alert = createRoute({
  getParentRoute: () => signedIn,
  path: "/alerts/$ruleId",
  validateSearch: readOpenRule,
  beforeLoad: ({ context }) => {
    turnAdvisorsAway(context.queries);
  },
  component: lazyRouteComponent(() => import("./pages/AlertsPages"), "AlertPage"),
});

const contacts = createRoute({
  getParentRoute: () => signedIn,
  path: "/contacts",
  validateSearch: readContactFilters,
  component: lazyRouteComponent(() => import("./pages/ContactsPages"), "ContactsPage"),
});

const contactsImport = createRoute({
  getParentRoute: () => signedIn,
  path: "/contacts/import",
  validateSearch: readImport,
  beforeLoad: ({ context }) => {
    turnAdvisorsAway(context.queries);
  },
  component: lazyRouteComponent(() => import("./pages/ContactsPages"), "ImportPage"),
});

const contact = createRoute({
  getParentRoute: () => signedIn,
  path: "/contacts/$contactId",
  component: lazyRouteComponent(() => import("./pages/ContactsPages"), "ContactPage"),
});

const desk = createRoute({
  getParentRoute: () => signedIn,
  path: "/desk",
  validateSearch: readDeskFilters,
  beforeLoad: ({ context }) => {
    turnAdvisorsAway(context.queries);
  },
  component: lazyRouteComponent(() => import("./pages/DeskPages"), "DeskPage"),
});

const deskImport = createRoute({
  getParentRoute: () => signedIn,
  path: "/desk/import",
  validateSearch: readImport,
  beforeLoad: ({ context }) => {
    turnAdvisorsAway(context.queries);
  },
  component: lazyRouteComponent(() => import("./pages/DeskPages"), "DeskImportPage"),
});

const myClients = createRoute({
  getParentRoute: () => signedIn,
  path: "/my-clients",
  validateSearch: readMyFilters,
  component: lazyRouteComponent(() => import("./pages/MyClientsPage"), "MyClientsPage"),
});

const leadReports = createRoute({
  getParentRoute: () => signedIn,
  path: "/lead-reports",
  validateSearch: readReportFilters,
  component: lazyRouteComponent(
    () => import("./pages/DeskReportsPage"),
    "DeskReportsPage",
  ),
});

const inbox = createRoute({
  getParentRoute: () => signedIn,
  path: "/inbox",
  validateSearch: readInboxFilters,
  component: lazyRouteComponent(() => import("./pages/InboxPage"), "InboxPage"),
});

const linking = createRoute({
  getParentRoute: () => signedIn,
  path: "/linking",
  validateSearch: readLinkingFilters,
  beforeLoad: ({ context }) => {
    turnAdvisorsAway(context.queries);
  },
  component: lazyRouteComponent(() => import("./pages/LinkingPage"), "LinkingPage"),
});

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
  component: lazyRouteComponent(() => import("./pages/SitesPage"), "SitesPage"),
});

const sampling = createRoute({
  getParentRoute: () => settings,
  path: "/events",
  beforeLoad: ({ context }) => {
    turnAdvisorsAway(context.queries);
  },
  component: lazyRouteComponent(
    () => import("../features/throttling/Throttling"),
    "ThrottlingScreen",
  ),
});

const data = createRoute({
  getParentRoute: () => settings,
  path: "/data",
  beforeLoad: ({ context }) => {
    turnAdvisorsAway(context.queries);
  },
  component: lazyRouteComponent(
    () => import("../features/partitions/Partitions"),
    "PartitionsScreen",
  ),
});

const exportsScreen = createRoute({
  getParentRoute: () => settings,
  path: "/exports",
  beforeLoad: ({ context }) => {
    turnAdvisorsAway(context.queries);
  },
  component: lazyRouteComponent(
    () => import("../features/exports/Exports"),
    "ExportsScreen",
  ),
});

const people = createRoute({
  getParentRoute: () => settings,
  path: "/people",
  beforeLoad: ({ context }) => {
    turnOthersAway(context.queries);
  },
  component: lazyRouteComponent(
    () => import("../features/people/People"),
    "PeopleScreen",
  ),
});

const keys = createRoute({
  getParentRoute: () => settings,
  path: "/keys",
  beforeLoad: ({ context }) => {
    turnOthersAway(context.queries);
  },
  component: lazyRouteComponent(() => import("../features/keys/Keys"), "KeysScreen"),
});

const channels = createRoute({
  getParentRoute: () => settings,
  path: "/channels",
  beforeLoad: ({ context }) => {
    turnOthersAway(context.queries);
  },
  component: lazyRouteComponent(() => import("./pages/ChannelPages"), "ChannelsPage"),
});

const channel = createRoute({
  getParentRoute: () => settings,
  path: "/channels/$channelId",
  beforeLoad: ({ context }) => {
    turnOthersAway(context.queries);
  },
  component: lazyRouteComponent(() => import("./pages/ChannelPages"), "ChannelPage"),
});

const deskSettings = createRoute({
  getParentRoute: () => settings,
  path: "/desk",
  beforeLoad: ({ context }) => {
    turnAdvisorsAway(context.queries);
  },
  component: lazyRouteComponent(
    () => import("../features/desk-settings/DeskSettings"),
    "DeskSettingsScreen",
  ),
});

const sales = createRoute({
  getParentRoute: () => signedIn,
  path: "/sales",
  validateSearch: readSaleFilters,
  beforeLoad: ({ context }) => {
    turnAdvisorsAway(context.queries);
  },
  component: lazyRouteComponent(() => import("./pages/SalesPage"), "SalesPage"),
});

const conversions = createRoute({
  getParentRoute: () => signedIn,
  path: "/conversions",
  validateSearch: readConversionFilters,
  beforeLoad: ({ context }) => {
    turnAdvisorsAway(context.queries);
  },
  component: lazyRouteComponent(
    () => import("./pages/ConversionPages"),
    "ConversionsPage",
  ),
});

const destinations = createRoute({
  getParentRoute: () => settings,
  path: "/destinations",
  validateSearch: (search: Record<string, unknown>): { open?: string } =>
    typeof search.open === "string" ? { open: search.open } : {},
  beforeLoad: ({ context }) => {
    turnOthersAway(context.queries);
  },
  component: lazyRouteComponent(
    () => import("./pages/ConversionPages"),
    "DestinationsPage",
  ),
});

const crm = createRoute({
  getParentRoute: () => settings,
  path: "/crm",
  beforeLoad: ({ context }) => {
    turnOthersAway(context.queries);
  },
  component: lazyRouteComponent(() => import("./pages/CrmPages"), "CrmPage"),
});

const pix = createRoute({
  getParentRoute: () => settings,
  path: "/pix",
  beforeLoad: ({ context }) => {
    turnOthersAway(context.queries);
  },
  component: lazyRouteComponent(
    () => import("../features/sales/Accounts"),
    "PaymentAccountsScreen",
  ),
});

const crmSource = createRoute({
  getParentRoute: () => settings,
  path: "/crm/$sourceId",
  beforeLoad: ({ context }) => {
    turnOthersAway(context.queries);
  },
  component: lazyRouteComponent(() => import("./pages/CrmPages"), "SourcePage"),
});

const operations = createRoute({
  getParentRoute: () => signedIn,
  path: "/operations",
  validateSearch: readOperationsFilters,
  beforeLoad: ({ context }) => {
    turnOthersAway(context.queries);
  },
  component: lazyRouteComponent(() => import("./pages/OperationsPage"), "OperationsPage"),
});

const letters = createRoute({
  getParentRoute: () => settings,
  path: "/letters",
  validateSearch: (search: Record<string, unknown>): { kind?: string } =>
    typeof search.kind === "string" ? { kind: search.kind } : {},
  beforeLoad: ({ context }) => {
    turnOthersAway(context.queries);
  },
  component: lazyRouteComponent(() => import("./pages/LettersPage"), "LettersPage"),
});

const audit = createRoute({
  getParentRoute: () => settings,
  path: "/audit",
  validateSearch: readAuditFilters,
  beforeLoad: ({ context }) => {
    turnOthersAway(context.queries);
  },
  component: lazyRouteComponent(() => import("./pages/AuditPage"), "AuditPage"),
});

const account = createRoute({
  getParentRoute: () => settings,
  path: "/account",
  component: lazyRouteComponent(
    () => import("../features/account/Account"),
    "AccountScreen",
  ),
});

const general = createRoute({
  getParentRoute: () => settings,
  path: "/general",
  component: lazyRouteComponent(() => import("../features/settings/General"), "General"),
});

const routes = root.addChildren([
  signIn,
  join,
  signedIn.addChildren([
    report,
    costs,
    overview,
    events,
    funnels,
    alerts,
    conversions,
    sales,
    newAlert,
    alert,
    links,
    retention,
    bots,
    operations,
    contacts,
    contactsImport,
    contact,
    desk,
    deskImport,
    myClients,
    leadReports,
    inbox,
    linking,
    settings.addChildren([
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
    ]),
  ]),
]);

export function makeRouter(queries: QueryClient, history?: RouterHistory) {
  return createRouter({
    routeTree: routes,
    context: { queries },
    history,
    defaultPreload: "intent",
    defaultErrorComponent: Crashed,
    defaultNotFoundComponent: Missing,
    defaultPendingComponent: Arriving,
    defaultPendingMs: 300,
    scrollRestoration: true,
  });
}

declare module "@tanstack/react-router" {
  interface Register {
    router: ReturnType<typeof makeRouter>;
  }
}
