import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import { performance } from "node:perf_hooks";
import process from "node:process";
import { fileURLToPath } from "node:url";

/** The top folder of the checkout. */
export const root = fileURLToPath(new URL("..", import.meta.url));

const bin = join(root, "node_modules", ".bin");
const stamp = join(root, "node_modules", ".metabench-install");
/** Status of `metabench setup` when this machine cannot have native TensorFlow; it has said why. */
const unavailable = 3;
const windows = process.platform === "win32";

/** Environment for everything after the installation: Node 22 and the project's programs come first on the path. */
const environment = {
  ...process.env,
  PATH: [bin, process.env.PATH].join(delimiter),
  NX_DAEMON: "false",
  NX_TUI: "false",
  ASTRO_TELEMETRY_DISABLED: "1",
};

/** The caller's path without any project's programs: npm must not run on a Node that it is about to replace. */
const outerEnvironment = {
  ...process.env,
  PATH: (process.env.PATH ?? "")
    .split(delimiter)
    .filter((folder) => !folder.endsWith(join("node_modules", ".bin")))
    .join(delimiter),
};

/** Prints one line and ends the program with status 1. */
export function stop(message) {
  console.error(message);
  process.exit(1);
}

/** Runs a program of the project with the terminal; returns its exit status. */
export function run(program, args) {
  const { status, error } = spawnSync(program, args, {
    cwd: root,
    env: environment,
    stdio: ["ignore", "inherit", "inherit"],
    shell: windows,
  });
  if (error !== undefined)
    stop(`${program} could not be started (${error.message}); delete node_modules and start again.`);
  return status ?? 1;
}

/** Runs a program of the project with the terminal, and ends in its status when that is not 0. */
export function mustRun(program, args) {
  const status = run(program, args);
  if (status !== 0) process.exit(status);
}

/** Installs and builds what is not there yet, then native TensorFlow; prints what is slow. `native` are arguments of `metabench setup`. */
export function prepare(native = []) {
  checkNode();
  installPackages();
  build();
  const status = run("metabench", ["setup", ...native]);
  if (status === unavailable) console.error("Going on with WebAssembly, several times slower.");
  else if (status !== 0) process.exit(status);
}

function checkNode() {
  const major = Number(process.versions.node.split(".")[0]);
  if (major < 20)
    stop(
      `Node.js ${process.versions.node} is too old: 20 or newer is needed. Get it from https://nodejs.org or your system's packages.`,
    );
}

function installPackages() {
  const wanted = createHash("sha256")
    .update(readFileSync(join(root, "package-lock.json")))
    .digest("hex");
  if (existsSync(stamp) && readFileSync(stamp, "utf8") === wanted) return;
  step("Installing packages (about 760, a minute)", () =>
    npm("ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"),
  );
  // The one install script that is wanted: the package `node` fetches Node 22 for this platform.
  step("Installing Node 22 for this project", () => npm("rebuild", "node", "--loglevel=error"));
  const { stdout } = spawnSync(join(bin, "node"), ["--version"], { encoding: "utf8", shell: windows });
  if (!String(stdout).startsWith("v22."))
    stop(
      "Node 22 did not arrive in node_modules/.bin. Check that npm reaches its registry, then run: npm rebuild node",
    );
  writeFileSync(stamp, wanted);
}

function npm(...args) {
  const outcome = spawnSync("npm", args, {
    cwd: root,
    env: outerEnvironment,
    encoding: "utf8",
    shell: windows,
    maxBuffer: 1 << 26,
  });
  return {
    ...outcome,
    advice:
      "Check the network and npm's registry (npm config get registry), then start again; what is done stays done.",
  };
}

function build() {
  const args = ["run-many", "-t", "build", "--projects", "packages/*", "--output-style", "stream"];
  step("Building", () => ({
    ...spawnSync("nx", args, {
      cwd: root,
      env: environment,
      encoding: "utf8",
      shell: windows,
      maxBuffer: 1 << 26,
    }),
    advice: "The messages above name file and line.",
  }));
}

/** Says what begins and how long it took; shows a program's output only when it fails. */
function step(what, work) {
  console.error(`${what} …`);
  const start = performance.now();
  const { status, error, stdout, stderr, advice } = work();
  if (status !== 0) {
    console.error([stdout, stderr, error?.message].filter(Boolean).join("\n"));
    stop(`${what}: failed. ${advice}`);
  }
  console.error(`${what}: done in ${((performance.now() - start) / 1000).toFixed(1)} s`);
}
