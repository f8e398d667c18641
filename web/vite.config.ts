// The build of the worker's page: one small entry, the map and what answers without a network in chunks of their
// own, names with a hash; and the service worker, whose name stays.

import { defineConfig } from "vite";
import { compress } from "./build/compress.ts";
import { nameFiles } from "./build/worker.ts";

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
    rolldownOptions: {
      input: ["src/main.ts", "src/styles/page.css", "src/sw.ts"],
      output: { entryFileNames: ({ name }) => (name === "sw" ? "sw.js" : "[name]-[hash].js") },
    },
  },
  worker: { format: "es" },
  plugins: [nameFiles(), compress()],
});
