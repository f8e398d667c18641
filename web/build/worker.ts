// Tells the service worker the files of the build, so that it can fetch what the page needs before it is needed.

import { createHash } from "node:crypto";
import type { Plugin } from "vite";

const WORKER = "sw.js";
/** The map is fetched by whoever looks at it. */
const LATER = /^(map|maplibre)-|\.(br|gz|map)$|^\.vite\//;
/** Files that are copied as they are. */
const PUBLIC = ["icon.svg"];

/** Writes the names of the files, and a version made of everything, into the service worker. */
export function nameFiles(): Plugin {
  return {
    name: "name-files",
    apply: "build",
    enforce: "post",
    generateBundle(_, bundle) {
      const worker = bundle[WORKER];
      if (worker?.type !== "chunk") return this.error("the service worker was not built");
      if (worker.imports.length > 0) return this.error("the service worker must be one file");
      const built = Object.keys(bundle).filter((name) => name !== WORKER && !LATER.test(name));
      const files = [...built, ...PUBLIC].sort().map((name) => `/assets/${name}`);
      const hash = createHash("sha256").update(JSON.stringify(files)).update(worker.code);
      worker.code = worker.code
        .replace("__FILES__", JSON.stringify(files))
        .replace("__VERSION__", JSON.stringify(hash.digest("hex").slice(0, 12)));
    },
  };
}
