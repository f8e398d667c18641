// Writes a .br and a .gz beside every file of the build that shrinks, so that the server never compresses one.

import { readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";
import type { Plugin, ResolvedConfig } from "vite";

const TEXT = /\.(js|mjs|css|svg|json|webmanifest)$/;
const SMALLEST = 512;

/** Compresses the files of a finished build as far as it goes: those of the build's folder, or of one inside it. */
export function compress(inside = ""): Plugin {
  let folder = "";
  return {
    name: "compress",
    apply: "build",
    configResolved(config: ResolvedConfig) {
      folder = join(config.root, config.build.outDir, inside);
    },
    async closeBundle() {
      const names = (await readdir(folder)).filter((name) => TEXT.test(name));
      await Promise.all(names.map((name) => compressFile(join(folder, name))));
    },
  };
}

async function compressFile(path: string): Promise<void> {
  const content = await readFile(path);
  if (content.length < SMALLEST) return;
  const quality = { params: { [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY } };
  await writeFile(`${path}.br`, brotliCompressSync(content, quality));
  await writeFile(`${path}.gz`, gzipSync(content, { level: 9 }));
}
