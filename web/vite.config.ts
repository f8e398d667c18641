// The build of the worker's page: one small entry, the map in a chunk of its own, names with a hash.

import { defineConfig } from "vite";
import { compress } from "./build/compress.ts";

export default defineConfig({
  base: "/assets/",
  build: {
    target: "es2022",
    outDir: "dist",
    assetsDir: "",
    manifest: true,
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 1300,
    rolldownOptions: { input: ["src/main.ts", "src/styles/page.css"] },
  },
  worker: { format: "es" },
  plugins: [compress()],
});
