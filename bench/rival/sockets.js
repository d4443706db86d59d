// What the server of document 1 is at heart: `ws`, each message to every open socket. Of several
// processes on one port; a line on the standard input goes out from each of them. Nothing is kept,
// nobody is asked who they are, and all hear everything.
import cluster from "node:cluster";
import { createServer } from "node:http";
import { createInterface } from "node:readline";

import { WebSocket, WebSocketServer } from "ws";

const { PORT, SERVERS } = process.env;

function serve() {
  const server = createServer();
  const sockets = new WebSocketServer({ server, path: "/ws" });
  sockets.on("connection", (socket) => socket.send('{"type":"hello"}'));
  process.on("message", (line) => {
    for (const socket of sockets.clients) {
      if (socket.readyState === WebSocket.OPEN) socket.send(line);
    }
  });
  server.listen({ port: Number(PORT), host: "127.0.0.1", backlog: 1024 });
}

function lead() {
  for (let number = 0; number < Number(SERVERS); number += 1) cluster.fork();
  createInterface({ input: process.stdin }).on("line", (line) => {
    for (const worker of Object.values(cluster.workers)) worker.send(line);
  });
}

if (cluster.isPrimary) lead();
else serve();
