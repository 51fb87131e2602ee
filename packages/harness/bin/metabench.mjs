#!/usr/bin/env node
// Runs under any Node that understands modules: where it is older than the suite needs, it starts the one installed through npm.
import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const self = fileURLToPath(import.meta.url);
const main = new URL("../dist/cli/main.js", import.meta.url);
const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
const environmentIsMissing = 3;

if (!existsSync(main)) {
  console.error("error: metabench is not built. Run `npm run build` in its checkout.");
  process.exitCode = environmentIsMissing;
} else if (major > 22 || (major === 22 && minor >= 18)) {
  await import(main.href);
} else {
  const node = installedNode(dirname(self));
  if (node === undefined) {
    console.error(
      `error: metabench needs Node 22.18 or newer, this is ${process.versions.node}. Install it, or run \`npm rebuild node\` in metabench's checkout.`,
    );
    process.exitCode = environmentIsMissing;
  } else restart(node);
}

/** The program of the npm package `node`, in the nearest node_modules. */
function installedNode(folder) {
  const program = join(
    folder,
    "node_modules",
    "node",
    "bin",
    process.platform === "win32" ? "node.exe" : "node",
  );
  if (existsSync(program)) return program;
  return dirname(folder) === folder ? undefined : installedNode(dirname(folder));
}

function restart(node) {
  // First in the path too, for what the suite starts by name.
  const delimiter = process.platform === "win32" ? ";" : ":";
  const env = { ...process.env, PATH: `${dirname(node)}${delimiter}${process.env["PATH"] ?? ""}` };
  const child = spawn(node, [self, ...process.argv.slice(2)], { stdio: "inherit", env });
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, () => child.kill(signal));
  child.on("error", (error) => {
    console.error(
      `error: ${node} does not start (${error.message}). Run \`npm rebuild node\` in metabench's checkout.`,
    );
    process.exitCode = environmentIsMissing;
  });
  child.on("exit", (code, signal) => {
    if (signal === null) process.exitCode = code ?? 1;
    else {
      process.removeAllListeners(signal);
      process.kill(process.pid, signal);
    }
  });
}
