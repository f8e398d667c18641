// The build of the pages, in two runs so that they share no chunk and the worker's page stays small. The usual run
// builds the worker's: one small entry, the map and what answers without a network in chunks of their own, names with
// a hash; and the service worker, whose name stays. `--mode staff` adds what staff work with, for stations,
// grievances, benefits and planning; those share chunks.

import { defineConfig, type UserConfig } from "vite";
import { compress } from "./build/compress.ts";
import { nameFiles } from "./build/worker.ts";

const shared: UserConfig = {
  base: "/assets/",
  worker: { format: "es" },
  oxc: { jsx: { runtime: "automatic", importSource: "preact" } },
};
const build = {
  target: "es2022",
  outDir: "dist",
  assetsDir: "",
  assetsInlineLimit: 0,
  modulePreload: { polyfill: false },
  chunkSizeWarningLimit: 1300,
};

const worker: UserConfig = {
  ...shared,
  build: {
    ...build,
    manifest: true,
    rolldownOptions: {
      input: ["src/main.ts", "src/styles/page.css", "src/sw.ts"],
      output: {
        entryFileNames: ({ name }) => (name === "sw" ? "sw.js" : "[name]-[hash].js"),
        // What both maps share is counted apart from the first screen, by its name.
        codeSplitting: {
          includeDependenciesRecursively: false,
          groups: [{ name: "maplibre", test: /node_modules.maplibre-gl|src.map.(basemap|builtin|colours)/ }],
        },
      },
    },
  },
  plugins: [nameFiles(), compress()],
};

const staff: UserConfig = {
  ...shared,
  publicDir: false,
  build: {
    ...build,
    emptyOutDir: false,
    manifest: ".vite/staff.json",
    rolldownOptions: {
      input: [
        "src/staff/staff.tsx",
        "src/staff/styles/staff.css",
        "src/grievances/grievances.tsx",
        "src/grievances/styles/grievances.css",
        "src/benefits/desk/desk.tsx",
        "src/benefits/desk/styles/desk.css",
        "src/planner/planner.tsx",
        "src/planner/styles/planner.css",
      ],
      // A folder of their own: the files of the worker's page are counted and listed by their names.
      output: {
        entryFileNames: "staff/[name]-[hash].js",
        chunkFileNames: "staff/[name]-[hash].js",
        assetFileNames: "staff/[name]-[hash][extname]",
      },
    },
  },
  plugins: [compress("staff")],
};

export default defineConfig(({ mode }) => (mode === "staff" ? staff : worker));
