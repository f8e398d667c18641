// Tells the service worker the files of the build, so that it can fetch what the page needs before it is needed.

import { createHash } from "node:crypto";
import type { Plugin } from "vite";

const WORKER = "sw.js";
/** What starts the page, and what it fetches for the time without a network. Maps are for whoever looks at one. */
const NEEDED = /\/src\/(main|offline\/answer)\.ts$/;
/** The style sheet, and a file that is copied as it is. */
const STYLE = /^page-.*\.css$/;
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
      const files = [...needed(bundle), ...PUBLIC].sort().map((name) => `/assets/${name}`);
      const hash = createHash("sha256").update(JSON.stringify(files)).update(worker.code);
      worker.code = worker.code
        .replace("__FILES__", JSON.stringify(files))
        .replace("__VERSION__", JSON.stringify(hash.digest("hex").slice(0, 12)));
    },
  };
}

type Bundle = Parameters<Extract<NonNullable<Plugin["generateBundle"]>, (...args: never[]) => unknown>>[1];

/** The chunks that are needed, with all that they import, and the style sheet. */
function needed(bundle: Bundle): Set<string> {
  const found = new Set(Object.keys(bundle).filter((name) => STYLE.test(name)));
  const add = (name: string) => {
    const chunk = bundle[name];
    if (chunk?.type !== "chunk" || found.has(name)) return;
    found.add(name);
    chunk.imports.forEach(add);
  };
  for (const [name, chunk] of Object.entries(bundle)) {
    if (chunk.type === "chunk" && NEEDED.test(chunk.facadeModuleId ?? "")) add(name);
  }
  return found;
}
