/** Every text on the screen, in every language. */
import { access } from "./access";
import { adLinks } from "./adLinks";
import { alerts } from "./alerts";
import { audit } from "./audit";
import { auth } from "./auth";
import { bots } from "./bots";
import { breakdown } from "./breakdown";
import { channels } from "./channels";
import { channelSteps } from "./channelSteps";
import { common } from "./common";
import { contact } from "./contact";
import { contacts } from "./contacts";
import { conversions } from "./conversions";
import { costs } from "./costs";
import { credit } from "./credit";
import { crm } from "./crm";
import { crmSales } from "./crmSales";
import { desk } from "./desk";
import { deskImport } from "./deskImport";
import { deskMine } from "./deskMine";
import { deskReports } from "./deskReports";
import { deskRules } from "./deskRules";
import { deskSettings } from "./deskSettings";
import { deskViews } from "./deskViews";
import { destinations } from "./destinations";
import { exports } from "./exports";
import { firings } from "./firings";
import { funnels } from "./funnels";
import { inbox } from "./inbox";
import { inboxCompose } from "./inboxCompose";
import { inboxMessages } from "./inboxMessages";
import { letters } from "./letters";
import { operations } from "./operations";
import { linking } from "./linking";
import { overview } from "./overview";
import { partitions } from "./partitions";
import { payments } from "./payments";
import { people } from "./people";
import { contactImport } from "./contactImport";
import { privacy } from "./privacy";
import { report } from "./report";
import { retention } from "./retention";
import { saidOfPayments } from "./saidOfPayments";
import { sales } from "./sales";
import { secondFactor } from "./secondFactor";
import { settings } from "./settings";
import { shell } from "./shell";
import { siteForms } from "./siteForms";
import { sites } from "./sites";
import { stream } from "./stream";
import { timeline } from "./timeline";

export const catalogue = {
  ...shell,
  ...common,
  ...auth,
  ...overview,
  ...report,
  ...costs,
  ...linking,
  ...adLinks,
  ...breakdown,
  ...stream,
  ...bots,
  ...funnels,
  ...alerts,
  ...firings,
  ...contacts,
  ...conversions,
  ...credit,
  ...sales,
  ...payments,
  ...saidOfPayments,
  ...destinations,
  ...contact,
  ...timeline,
  ...sites,
  ...siteForms,
  ...settings,
  ...partitions,
  ...exports,
  ...retention,
  ...people,
  ...access,
  ...audit,
  ...crm,
  ...crmSales,
  ...channels,
  ...channelSteps,
  ...letters,
  ...operations,
  ...desk,
  ...deskImport,
  ...deskMine,
  ...deskReports,
  ...deskRules,
  ...deskSettings,
  ...deskViews,
  ...inbox,
  ...inboxCompose,
  ...inboxMessages,
  ...secondFactor,
  ...privacy,
  ...contactImport,
} as const;
