/**
 * `npm run reproduction`: writes the tables of docs/reproduction.md from records.
 *
 * `--store FOLDER` (repeatable, default `results`) reads other records. `--out FILE` writes another page that has the same marks.
 * `--check` writes nothing and ends with status 1 if the page is stale.
 */
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import process from "node:process";
import { parseArgs } from "node:util";
import { writePart } from "./generated-part.mjs";
import { root, stop } from "./install.mjs";

const usage = `Usage: npm run reproduction -- [--store FOLDER]... [--out FILE] [--check]

Writes the tables of docs/reproduction.md, ours beside published numbers, from the records of stores (default: results).

Examples:
  npm run reproduction
  npm run reproduction -- --store results --store .metabench/results
  npm run reproduction -- --check`;

const { store, out, check, help } = flags();
if (help) {
  console.log(usage);
  process.exit(0);
}
const page = out ?? join(root, "docs", "reproduction.md");
const { leaderboardSchema, publishedBands, reproductionMarkdown, reproductionOf } =
  await import("@metabench/core");
const tables = reproductionOf(leaderboardSchema.parse(standings()), publishedBands);
await writePart({
  page,
  name: "reproduction",
  markdown: reproductionMarkdown(tables),
  check,
  source: "the records",
  remedy: "Run npm run reproduction and commit the page.",
});

function flags() {
  try {
    return parseArgs({
      options: {
        store: { type: "string", multiple: true, default: [join(root, "results")] },
        out: { type: "string" },
        check: { type: "boolean", default: false },
        help: { type: "boolean", short: "h", default: false },
      },
    }).values;
  } catch (error) {
    return stop(`${error.message}\n\n${usage}`);
  }
}

function standings() {
  const command = [join(root, "packages", "harness", "bin", "metabench.mjs"), "show", "--json"];
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [...command, ...store.flatMap((folder) => ["--store", folder])],
    { encoding: "utf8", maxBuffer: 2 ** 30 },
  );
  if (status !== 0) stop(stderr);
  return JSON.parse(stdout);
}
