/**
 * `npm run reproduction`: writes the tables of docs/reproduction.md from records, between its marks.
 *
 * `--store FOLDER` (repeatable; `results` unless told) reads other records, `--out FILE` writes another page with marks, `--check` only
 * says by status 1 that the page is not what the records give.
 */
import { spawnSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join, relative } from "node:path";
import process from "node:process";
import { parseArgs } from "node:util";
import { format, resolveConfig } from "prettier";
import { root, stop } from "./install.mjs";

const usage = `Usage: npm run reproduction -- [--store FOLDER]... [--out FILE] [--check]

Writes the tables of docs/reproduction.md, ours beside published numbers, from the records of stores (results unless told).

Examples:
  npm run reproduction
  npm run reproduction -- --store results --store .metabench/results
  npm run reproduction -- --check`;

/** The tables stand between these lines; everything else on the page is written by hand. */
const marks = ["<!-- reproduction: begin -->", "<!-- reproduction: end -->"];

const { store, out, check, help } = flags();
if (help) {
  console.log(usage);
  process.exit(0);
}
const page = out ?? join(root, "docs", "reproduction.md");
const written = readFileSync(page, "utf8");
const [before, rest] = written.split(marks[0]);
const after = rest?.split(marks[1])[1];
if (after === undefined)
  stop(`${page} lacks the lines ${marks.join(" and ")}; put them where the tables go.`);

const { leaderboardSchema, publishedBands, reproductionMarkdown, reproductionOf } =
  await import("@metabench/core");
const tables = reproductionOf(leaderboardSchema.parse(standings()), publishedBands);
const text = [before + marks[0], reproductionMarkdown(tables), marks[1] + after].join("\n\n");
const fresh = await format(text, { ...(await resolveConfig(page)), parser: "markdown" });
const name = relative(process.cwd(), page);
if (fresh === written) console.log(`${name} is what the records give.`);
else if (check) stop(`${name} is not what the records give. Run npm run reproduction and commit it.`);
else {
  writeFileSync(page, fresh);
  console.log(`${name} written.`);
}

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
