/** Events as the stream tells them. */
import type { LiveEvent } from "../src/api/model";

export function makeLive(fields: Partial<LiveEvent> = {}): LiveEvent {
  return {
    eventId: "01a20000-0000-7000-8000-000000000001",
    siteId: "01a20000-0000-7000-8000-0000000000a1",
    eventType: "PAGE_VIEW",
    visitorId: "v1758565884546_a1b2c3",
    sessionId: "01a20000-0000-7000-8000-0000000000b1",
    occurredAt: "2025-11-22T15:04:05.250Z",
    receivedAt: "2025-11-22T15:04:05.500Z",
    count: 1,
    samplingRate: 100,
    host: "flores.example",
    path: "/rosas",
    title: "Rosas",
    referrer: "",
    channel: "paid_social",
    utmSource: "ig",
    utmMedium: "",
    utmCampaign: "",
    utmTerm: "",
    utmContent: "",
    clickId: "",
    country: "PE",
    device: "mobile",
    browser: "Chrome",
    os: "Android",
    bot: "",
    metadata: { url: "https://flores.example/rosas", value: 3 },
    ...fields,
  };
}
