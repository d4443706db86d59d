import react from "@vitejs/plugin-react";
import { defineConfig } from "vitest/config";

import { mockServer } from "./dev/mock-server.ts";

/** Where `vite dev` finds the real server. */
const server = process.env.PISTA_DEV_SERVER ?? "http://127.0.0.1:8000";
const paths = ["/api", "/tracking-v2", "/openapi.json", "/docs", "/snip.js"];

export default defineConfig(({ mode }) => ({
  plugins: [react(), mode === "mock" && mockServer()],
  build: {
    outDir: process.env.PISTA_DIST ?? "../pista/web/dist",
    emptyOutDir: true,
    target: "es2022",
    // Since May 2024 every browser knows light-dark(); what stands in for it does not work.
    cssTarget: ["chrome123", "firefox120", "safari17.5"],
    // The page must run under a policy that allows no inline data but images.
    assetsInlineLimit: 0,
  },
  server: {
    proxy:
      mode === "mock"
        ? {}
        : {
            ...Object.fromEntries(paths.map((path) => [path, server])),
            "/ws": { target: server.replace("http", "ws"), ws: true },
          },
  },
  test: {
    environment: "jsdom",
    setupFiles: ["./src/test/setup.ts"],
    include: ["src/**/*.test.{ts,tsx}", "dev/**/*.test.ts"],
    restoreMocks: true,
    testTimeout: 120_000,
    // One file of all icons instead of six thousand.
    alias: {
      "@tabler/icons-react": "@tabler/icons-react/dist/cjs/tabler-icons-react.cjs",
    },
  },
}));
