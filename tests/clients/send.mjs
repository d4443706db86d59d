// Sends with Segment's own Node client: `node send.mjs HOST WRITE_KEY COUNT SECONDS`.
// Message number n is of the visitor `node-n`.
import { setTimeout as sleep } from "node:timers/promises";
import { Analytics } from "@segment/analytics-node";

const [host, writeKey, count, seconds] = process.argv.slice(2);
const analytics = new Analytics({
  writeKey,
  host,
  flushAt: 5,
  flushInterval: 50,
  httpRequestTimeout: 3000,
});
const failures = [];
analytics.on("error", (error) => failures.push(String(error.reason ?? error.code)));

function send(number) {
  const userId = `node-${number}`;
  switch (number % 3) {
    case 0:
      analytics.track({
        userId,
        event: "Order Completed",
        properties: { revenue: 89.9, n: number },
      });
      break;
    case 1: {
      const url = `https://shop.example.com/lilies/${number}?utm_source=ig`;
      analytics.page({ userId, name: "Lilies", properties: { url } });
      break;
    }
    default:
      analytics.identify({ userId, traits: { email: "m@example.com", plan: "pro" } });
  }
}

for (let number = 0; number < Number(count); number += 1) {
  send(number);
  await sleep((Number(seconds) * 1000) / Number(count));
}
await analytics.closeAndFlush();
process.stdout.write(failures.join("\n"));
process.exitCode = failures.length > 0 ? 1 : 0;
