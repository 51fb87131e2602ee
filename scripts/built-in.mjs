/**
 * `npm run built-in`: writes the table of built-in methods, data sets and protocols of README.md from `metabench list … --json`.
 *
 * `--out FILE` writes another page that has the same marks. `--check` writes nothing and ends with status 1 if the page is stale.
 */
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import process from "node:process";
import { parseArgs } from "node:util";
import { writePart } from "./generated-part.mjs";
import { root, stop } from "./install.mjs";

const usage = `Usage: npm run built-in -- [--out FILE] [--check]

Writes the table of what is built in, in README.md.

Examples:
  npm run built-in
  npm run built-in -- --check`;

const { out, check, help } = flags();
if (help) {
  console.log(usage);
  process.exit(0);
}
await writePart({
  page: out ?? join(root, "README.md"),
  name: "built-in",
  markdown: table(),
  check,
  source: "what metabench lists",
  remedy: "Run npm run built-in and commit the page.",
});

function flags() {
  try {
    return parseArgs({
      options: {
        out: { type: "string" },
        check: { type: "boolean", default: false },
        help: { type: "boolean", short: "h", default: false },
      },
    }).values;
  } catch (error) {
    return stop(`${error.message}\n\n${usage}`);
  }
}

/** One row per kind of thing; algorithms and protocols have a row per setting. */
function table() {
  const algorithms = listed("algorithms");
  const rows = [
    ...grouped(algorithms, ({ role, setting }) => `${role}s, ${inWords(setting)}`, linked),
    ...grouped(listed("datasets"), () => "data sets", linked),
    ...grouped(listed("backbones"), () => "backbones", linked),
    ...grouped(
      families(listed("protocols")),
      ({ setting }) => `protocols, ${inWords(setting)}`,
      ({ family, variants }) =>
        [`\`${family}\``, ...(variants.length > 0 ? [`(${variants.join(", ")})`] : [])].join(" "),
    ),
  ];
  return [
    "| what | built in |",
    "| --- | --- |",
    ...rows.map(([kind, things]) => `| ${kind} | ${things.join(", ")} |`),
  ].join("\n");
}

function grouped(items, kindOf, show) {
  return [...Map.groupBy(items, kindOf)].map(([kind, members]) => [kind, members.map(show)]);
}

function linked({ id, reference }) {
  return reference === null ? `\`${id}\`` : `[\`${id}\`](${reference.url})`;
}

/** `few-shot-classification` → `few-shot classification`. */
function inWords(setting) {
  return setting.replaceAll("-", " ").replace(/^(few|multi) /u, "$1-");
}

/** Protocols that differ in the last part of their id, such as `5w1s`, share an entry. */
function families(protocols) {
  const named = protocols.map(({ id, at }) => {
    const [regime, data, variant] = id.split("/");
    return { family: `${regime}/${data}`, variant, setting: at[0].kind };
  });
  return [...Map.groupBy(named, ({ family }) => family)].map(([family, members]) => ({
    family,
    setting: members[0].setting,
    variants: members.flatMap(({ variant }) => (variant === undefined ? [] : [`\`${variant}\``])),
  }));
}

function listed(kind) {
  const command = [join(root, "packages", "harness", "bin", "metabench.mjs"), "list", kind, "--json"];
  const { status, stdout, stderr } = spawnSync(process.execPath, command, {
    cwd: root,
    // The table must not depend on this machine's data.
    env: { ...process.env, METABENCH_DATA: "" },
    encoding: "utf8",
    maxBuffer: 2 ** 26,
  });
  if (status !== 0) stop(stderr);
  return JSON.parse(stdout)[kind];
}
