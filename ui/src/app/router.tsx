import type { QueryClient } from "@tanstack/react-query";
import {
  createRoute,
  createRouter,
  lazyRouteComponent,
  redirect,
  type RouterHistory,
} from "@tanstack/react-router";
import { meQuery } from "../api/queries";
import { readFiringFilters, readNewRule, readOpenRule } from "../features/alerts/filters";
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
import { Arriving, Crashed, Missing } from "./screens";
import { forAdmins, forSupervisors, join, root, signedIn, signIn } from "./routes/entry";
import { settingsRoutes } from "./routes/settings";

function readImport({ id }: Record<string, unknown>): { id?: string } {
  return typeof id === "string" && id !== "" ? { id } : {};
}

const report = createRoute({
  getParentRoute: () => signedIn,
  path: "/",
  staticData: forSupervisors,
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
  staticData: forSupervisors,
  component: lazyRouteComponent(() => import("./pages/CostsPage"), "CostsPage"),
});

const overview = createRoute({
  getParentRoute: () => signedIn,
  path: "/overview",
  validateSearch: readFilters,
  staticData: forSupervisors,
  component: lazyRouteComponent(() => import("./pages/OverviewPage"), "OverviewPage"),
});

const events = createRoute({
  getParentRoute: () => signedIn,
  path: "/events",
  validateSearch: readEventFilters,
  staticData: forSupervisors,
  component: lazyRouteComponent(() => import("./pages/EventsPage"), "EventsPage"),
});

const funnels = createRoute({
  getParentRoute: () => signedIn,
  path: "/funnels",
  validateSearch: readFunnelFilters,
  staticData: forSupervisors,
  component: lazyRouteComponent(() => import("./pages/FunnelsPage"), "FunnelsPage"),
});

const links = createRoute({
  getParentRoute: () => signedIn,
  path: "/links",
  validateSearch: readLinkFilters,
  staticData: forSupervisors,
  component: lazyRouteComponent(() => import("./pages/LinksPage"), "LinksPage"),
});

const retention = createRoute({
  getParentRoute: () => signedIn,
  path: "/retention",
  validateSearch: readRetentionFilters,
  staticData: forSupervisors,
  component: lazyRouteComponent(() => import("./pages/RetentionPage"), "RetentionPage"),
});

const bots = createRoute({
  getParentRoute: () => signedIn,
  path: "/bots",
  validateSearch: readBotFilters,
  staticData: forSupervisors,
  component: lazyRouteComponent(() => import("./pages/BotsPage"), "BotsPage"),
});

const alerts = createRoute({
  getParentRoute: () => signedIn,
  path: "/alerts",
  validateSearch: readFiringFilters,
  staticData: forSupervisors,
  component: lazyRouteComponent(() => import("./pages/AlertsPages"), "AlertsPage"),
});

const newAlert = createRoute({
  getParentRoute: () => signedIn,
  path: "/alerts/new",
  validateSearch: readNewRule,
  staticData: forAdmins,
  component: lazyRouteComponent(() => import("./pages/AlertsPages"), "NewAlertPage"),
});

const alert = createRoute({
  getParentRoute: () => signedIn,
  path: "/alerts/$ruleId",
  validateSearch: readOpenRule,
  staticData: forSupervisors,
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
  staticData: forSupervisors,
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
  staticData: forSupervisors,
  component: lazyRouteComponent(() => import("./pages/DeskPages"), "DeskPage"),
});

const deskImport = createRoute({
  getParentRoute: () => signedIn,
  path: "/desk/import",
  validateSearch: readImport,
  staticData: forSupervisors,
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
  staticData: forSupervisors,
  component: lazyRouteComponent(() => import("./pages/LinkingPage"), "LinkingPage"),
});

const sales = createRoute({
  getParentRoute: () => signedIn,
  path: "/sales",
  validateSearch: readSaleFilters,
  staticData: forSupervisors,
  component: lazyRouteComponent(() => import("./pages/SalesPage"), "SalesPage"),
});

const conversions = createRoute({
  getParentRoute: () => signedIn,
  path: "/conversions",
  validateSearch: readConversionFilters,
  staticData: forSupervisors,
  component: lazyRouteComponent(
    () => import("./pages/ConversionPages"),
    "ConversionsPage",
  ),
});

const operations = createRoute({
  getParentRoute: () => signedIn,
  path: "/operations",
  validateSearch: readOperationsFilters,
  staticData: forAdmins,
  component: lazyRouteComponent(() => import("./pages/OperationsPage"), "OperationsPage"),
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
    settingsRoutes,
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
