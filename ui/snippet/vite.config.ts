import { fileURLToPath } from "node:url";

import type { Plugin } from "vite";
import { defineConfig } from "vitest/config";

/** One keyword for all: saves 30 bytes of the 4 KiB. Every `const` was checked by the compiler by now. */
const letOnly: Plugin = {
  name: "let-only",
  renderChunk: (code) => code.replace(/\bconst /g, "let "),
};

export default defineConfig({
  plugins: [letOnly],
  root: fileURLToPath(new URL(".", import.meta.url)),
  build: {
    outDir: process.env.PISTA_DIST ?? "../../pista/web/dist",
    // The app's files live in the same folder.
    emptyOutDir: false,
    target: "es2017",
    copyPublicDir: false,
    // Terser makes some hundred bytes less of it than the default; 4 KiB is the promise.
    minify: "terser",
    terserOptions: {
      ecma: 2017,
      module: true,
      compress: { hoist_funs: true, passes: 2, pure_getters: true, unsafe_arrows: true },
    },
    lib: { entry: "src/main.ts", formats: ["iife"], name: "_", fileName: () => "snip.js" },
  },
  test: { environment: "jsdom", include: ["src/**/*.test.ts"], restoreMocks: true },
});
