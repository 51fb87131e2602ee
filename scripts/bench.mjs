/**
 * `npm run bench` and `npm run bench:peers`: benchmarks from a bare clone. Arguments go to the benchmark.
 */
import process from "node:process";
import { mustRun, prepare } from "./install.mjs";

const [first, ...rest] = process.argv.slice(2);
const peers = first === "peers";
const args = peers ? rest : process.argv.slice(2);

prepare();
mustRun("node", ["--no-warnings", peers ? "bench/compare/main.ts" : "bench/in-process/main.ts", ...args]);
