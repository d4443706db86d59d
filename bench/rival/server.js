// The webhook of document 4, durable before its answer: checked on the very bytes, put into Bull's
// queue under the message's id, answered when Redis has it. One of several processes on one port,
// and one more that works the queue off as Pista's worker does, except that it stores nothing.
import cluster from "node:cluster";
import { createHmac, timingSafeEqual } from "node:crypto";

import Queue from "bull";
import express from "express";

const { PORT, REDIS_PORT, APP_SECRET, SERVERS } = process.env;
const PATH = "/api/chat/webhook";
const AT_ONCE = 10;
const JOB = {
  attempts: 3,
  backoff: { type: "exponential", delay: 2000 },
  removeOnComplete: true,
};

function open() {
  return new Queue("webhook", { redis: { host: "127.0.0.1", port: Number(REDIS_PORT) } });
}

function isSigned(body, header) {
  const ours = Buffer.from(
    `sha256=${createHmac("sha256", APP_SECRET).update(body).digest("hex")}`,
  );
  const given = Buffer.from(header ?? "");
  return ours.length === given.length && timingSafeEqual(ours, given);
}

function messageOf(webhook) {
  return webhook.entry[0].changes[0].value.messages[0];
}

function serve() {
  const queue = open();
  const app = express();
  app.disable("x-powered-by");
  app.disable("etag");
  app.post(PATH, express.raw({ type: "*/*", limit: "4mb" }), (request, response) => {
    if (!isSigned(request.body, request.get("x-hub-signature-256"))) {
      response.sendStatus(401);
      return;
    }
    const webhook = JSON.parse(request.body);
    queue.add(webhook, { ...JOB, jobId: messageOf(webhook).id }).then(
      () => response.status(200).send("ok"),
      () => response.sendStatus(503),
    );
  });
  app.listen(Number(PORT), "127.0.0.1", 1024);
}

function work() {
  void open().process(AT_ONCE, async (job) => messageOf(job.data).id);
}

if (cluster.isPrimary) {
  for (let number = 0; number < Number(SERVERS); number += 1) cluster.fork({ ROLE: "web" });
  if (process.env.WORKS === "yes") cluster.fork({ ROLE: "worker" });
} else if (process.env.ROLE === "web") {
  serve();
} else {
  work();
}
