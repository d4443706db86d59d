/**
 * The shapes of Pista's API, in the form that `npm run types` generates from the
 * server's OpenAPI file. Written by hand until the first generation replaces it.
 */
export interface components {
  schemas: {
    User: { id: string; email: string; name: string; role: "admin" | "gtr" | "asesor" };
    Tenant: { id: string; name: string; timeZone: string };
    Me: { user: components["schemas"]["User"]; tenant: components["schemas"]["Tenant"] };
    Login: { email: string; password: string };
    UpdateTenant: { name?: string; timeZone?: string };
    Site: {
      id: string;
      tenantId: string;
      name: string;
      domains: string[];
      writeKey: string;
      createdAt: string;
      firstEventAt: string | null;
      lastEventAt: string | null;
      snippet: string;
    };
    Sites: { items: components["schemas"]["Site"][] };
    CreateSite: { name?: string; domains: string[] };
    UpdateSite: { name?: string; domains?: string[] };
    ThrottleRule: {
      eventType: string;
      samplingRate: number;
      alwaysKeep: boolean;
      isDefault: boolean;
    };
    Throttling: { enabled: boolean; items: components["schemas"]["ThrottleRule"][] };
    UpdateThrottleRule: { samplingRate: number; alwaysKeep: boolean };
    StatsBucket: {
      start: string;
      events: number;
      pageViews: number;
      uniqueVisitors: number;
      uniqueSessions: number;
    };
    Stats: {
      totalEvents: number;
      estimatedTotalEvents: number;
      sampled: boolean;
      eventsByType: Record<string, number>;
      uniqueVisitors: number;
      uniqueSessions: number;
      botEvents: number;
      dateRange: { from: string; to: string };
      timeZone: string;
      granularity: "hour" | "day" | "week" | "month";
      series: components["schemas"]["StatsBucket"][];
    };
    MinuteCount: { minute: string; events: number };
    Now: {
      visitorsNow: number;
      eventsLastMinute: number;
      eventsPerMinute: components["schemas"]["MinuteCount"][];
      asOf: string;
    };
    Problem: { type: string; title: string; status: number; code: string; detail: string };
  };
}
