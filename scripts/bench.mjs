/**
 * `npm run bench` and `npm run bench:peers`: benchmarks from a bare clone. Arguments go to the benchmark.
 */
import { existsSync } from "node:fs";
import { join } from "node:path";
import process from "node:process";
import { mustRun, prepare, root } from "./install.mjs";

const [first, ...rest] = process.argv.slice(2);
const peers = first === "peers";
const args = peers ? rest : process.argv.slice(2);

const asksForHelp = args.some((argument) => argument === "--help" || argument === "-h");
const there = ["node_modules/.bin", "packages/harness/dist/trial/index.js"].every((path) =>
  existsSync(join(root, path)),
);
// A question should change nothing, unless nothing is there to answer it.
if (!asksForHelp || !there) prepare();
mustRun("node", ["--no-warnings", peers ? "bench/compare/main.ts" : "bench/in-process/main.ts", ...args]);
