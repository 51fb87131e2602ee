import { fileURLToPath } from "node:url";
import { defineConfig } from "astro/config";
import { relativeLinks } from "./relative-links.mjs";

/** Record folders, joined by the system's path delimiter. */
process.env.METABENCH_RESULTS ??= fileURLToPath(new URL("../../results", import.meta.url));

export default defineConfig({
  output: "static",
  outDir: process.env.METABENCH_SITE ?? "dist",
  build: { format: "file", inlineStylesheets: "always" },
  compressHTML: true,
  devToolbar: { enabled: false },
  integrations: [relativeLinks()],
});
