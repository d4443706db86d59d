/** The generated shapes under the names that the screens use. */
import type { components } from "./types";

type Schemas = components["schemas"];

export type Me = Schemas["Me"];
export type Tenant = Schemas["Tenant"];
export type Login = Schemas["Login"];
export type UpdateTenant = Schemas["UpdateTenant"];
export type Site = Schemas["Site"];
export type Sites = Schemas["Sites"];
export type CreateSite = Schemas["CreateSite"];
export type UpdateSite = Schemas["UpdateSite"];
export type ThrottleRule = Schemas["ThrottleRule"];
export type Throttling = Schemas["Throttling"];
export type UpdateThrottleRule = Schemas["UpdateThrottleRule"];
export type Stats = Schemas["Stats"];
export type StatsBucket = Schemas["StatsBucket"];
export type Now = Schemas["Now"];
export type MinuteCount = Schemas["MinuteCount"];
export type Problem = Schemas["Problem"];
