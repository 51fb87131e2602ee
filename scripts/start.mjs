/**
 * `npm start`: from a bare clone to the standings in the terminal and the site, on this machine.
 *
 * `--gpu` and `--no-gpu` choose the build of TensorFlow; everything else goes to `metabench run`.
 */
import { existsSync } from "node:fs";
import { performance } from "node:perf_hooks";
import process from "node:process";
import { mustRun, prepare, run } from "./install.mjs";

const given = process.argv.slice(2);
const native = given.filter((argument) => /^--(no-)?gpu$/u.test(argument));
const rest = given.filter((argument) => !native.includes(argument));
const start = performance.now();

prepare(native);
const store = ".metabench/results";
const chosen = rest.some((argument) => /^--(suite|protocol)\b/u.test(argument));
const status = run("metabench", ["run", ...(chosen ? [] : ["--suite", "quick"]), "--store", store, ...rest]);
// A trial that did not complete is shown on the site too; any other failure leaves nothing to show.
if (status > 1) process.exit(status);
// The records that come with the repository stand beside those just made.
const stores = [store, "results"].filter((folder) => existsSync(folder));
mustRun("metabench", ["publish", ...stores.flatMap((folder) => ["--store", folder])]);
console.error(
  `All done in ${((performance.now() - start) / 1000).toFixed(0)} s. Start again to continue or repeat: finished trials are not run twice.`,
);
process.exit(status);
