/** The generated shapes under the names that the screens use. */
import type { components } from "./types";

type Schemas = components["schemas"];

export type Me = Schemas["Me"];
export type Tenant = Schemas["Tenant"];
export type Login = Schemas["Login"];
export type ChangeTenant = Schemas["ChangeTenant"];
export type Site = Schemas["Site"];
export type Sites = Schemas["Sites"];
export type NewSite = Schemas["NewSite"];
export type ChangeSite = Schemas["ChangeSite"];
export type Throttle = Schemas["ThrottleItem"];
export type Throttles = Schemas["Throttles"];
export type EventStats = Schemas["EventStats"];
export type Breakdown = Schemas["Breakdown"];
export type BreakdownRow = Schemas["BreakdownRow"];
export type Counts = Schemas["Counts"];
export type Funnel = Schemas["Funnel"];
export type FunnelStep = Schemas["FunnelStep"];
export type Partitions = Schemas["Partitions"];
export type PartitionMonth = Schemas["Month"];
export type Removal = Schemas["Removal"];
export type Retention = Schemas["Retention"];
export type Cohort = Schemas["Cohort"];
export type ReturnWeek = Schemas["ReturnWeek"];
export type Point = Schemas["Point"];
export type Now = Schemas["Now"];
export type Problem = Schemas["Problem"];
