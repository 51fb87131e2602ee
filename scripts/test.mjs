/**
 * `npm test`: everything that Vitest finds, from a bare clone. Arguments go to Vitest (`npm test -- --project pure`).
 *
 * The last line is `N passed, N failed`, with `, N skipped` where tests were.
 */
import { existsSync, mkdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import process from "node:process";
import { prepare, root, run } from "./install.mjs";
import { summarise } from "./summary.mjs";

const folder = join(root, ".metabench");
const report = join(folder, "test-report.json");

prepare();
mkdirSync(folder, { recursive: true });
rmSync(report, { force: true });
const status = run("vitest", [
  "run",
  "--reporter=default",
  "--reporter=json",
  `--outputFile.json=${report}`,
  ...process.argv.slice(2),
]);
const summary = summarise(existsSync(report) ? JSON.parse(readFileSync(report, "utf8")) : undefined, status);
console.log(summary.line);
process.exitCode = summary.failed === 0 ? 0 : 1;
