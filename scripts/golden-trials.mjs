/**
 * `npm run golden -- record FOLDER`: short trials of every built-in learner, as records in FOLDER.
 * `npm run golden -- compare BEFORE AFTER`: exit code 1 unless both folders hold the same trials with the same results.
 *
 * Compare two versions of the code on one machine: results are equal to the bit there, and differ in the last bits elsewhere.
 */
import { spawnSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import process from "node:process";

const small = ["--budget", "3000", "--episodes", "10"];
/** Flags of each run; together they reach every learner, every weighting and the options of training. */
const runs = [
  ["--protocol", "few-shot/double-mnist-28/5w1s", ...small],
  ["--protocol", "few-shot/sinusoid/10-shot", "--budget", "60000", "--episodes", "10"],
  ["--protocol", "multi-task/multi-mnist", "--budget", "10000"],
  ...["uncertainty", "pcgrad"].map((weighting) => [
    ...["--protocol", "multi-task/multi-mnist", "--budget", "10000"],
    ...["--algorithm", "hard-sharing", "--set", `weighting=${weighting}`],
  ]),
  [
    ...[
      "--protocol",
      "few-shot/double-mnist-28/5w5s",
      ...small,
      "--algorithm",
      "maml",
      "--algorithm",
      "baseline",
    ],
    ...["--training", "mixup=0.2", "--training", "augmentation=flip,rotate", "--training", "clip-norm=1"],
  ],
];

/** Fields that differ from run to run, and those with words that may be rewritten; the name of the file is the hash of what else is in `spec`. */
const leftOut = ["cost", "provenance", "display", "spec"];

function record(folder) {
  for (const flags of runs) {
    const { status } = spawnSync("metabench", ["run", ...flags, "--store", folder, "--yes", "--jobs", "1"], {
      stdio: ["ignore", "ignore", "inherit"],
    });
    if (status !== 0) process.exit(status ?? 1);
  }
}

function compare(before, after) {
  const [a, b] = [recordsOf(before), recordsOf(after)];
  const names = [...new Set([...a.keys(), ...b.keys()])].sort();
  const different = names.filter((name) => !(a.has(name) && b.has(name) && holds(a.get(name), b.get(name))));
  for (const name of different) console.log(`${name}: ${differenceOf(a.get(name), b.get(name))}`);
  console.log(`${String(names.length)} trials, ${String(different.length)} differ.`);
  process.exit(names.length > 0 && different.length === 0 ? 0 : 1);
}

function recordsOf(folder) {
  const files = readdirSync(folder).filter((file) => file.endsWith(".json"));
  return new Map(
    files.map((file) => [file, reproducible(JSON.parse(readFileSync(join(folder, file), "utf8")))]),
  );
}

const reproducible = (record) =>
  Object.fromEntries(Object.entries(record).filter(([field]) => !leftOut.includes(field)));

/** Whether everything in `before` is in `after`, to the bit; new fields and new metrics are no difference. */
function holds(before, after) {
  if (before === null || typeof before !== "object") return before === after;
  if (Array.isArray(before) && before.every((one) => typeof one?.name === "string"))
    return before.every((one) => after.some((other) => one.name === other.name && holds(one, other)));
  if (Array.isArray(before) && before.length !== after?.length) return false;
  return Object.entries(before).every(([field, value]) => holds(value, after?.[field]));
}

function differenceOf(before, after) {
  if (before === undefined) return "only in the second folder";
  if (after === undefined) return "only in the first folder";
  const fields = Object.keys(before).filter((field) => !holds(before[field], after[field]));
  return `differs in ${fields.join(", ")}`;
}

const [command, ...folders] = process.argv.slice(2);
if (command === "record" && folders.length === 1) record(resolve(folders[0]));
else if (command === "compare" && folders.length === 2) compare(...folders);
else {
  console.error("Usage: npm run golden -- record FOLDER, or npm run golden -- compare BEFORE AFTER");
  process.exit(2);
}
