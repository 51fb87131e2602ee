/**
 * `npm run plugin-docs`: writes docs/nn.md, and the tables between the marks of docs/plugins.md, from types and schemas.
 *
 * A mark says what the table below it shows: `<!-- fields: manifestSchema -->` the fields of a Zod schema that `@metabench/core` exports,
 * `<!-- members: FewShotContext -->` the members of one of its interfaces, `<!-- members: AlgorithmDefinition, algorithmManifest -->` both.
 * `--check` writes nothing and says by status 1 that a page is stale.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { join, relative } from "node:path";
import { parseArgs } from "node:util";
import { format, resolveConfig } from "prettier";
import { root, stop } from "./install.mjs";
import { describe, exportsOf, membersOf, programOf } from "./plugin-docs/declarations.mjs";
import { declarationText, fieldsTable, membersTable } from "./plugin-docs/markdown.mjs";
import { sections } from "./plugin-docs/sections.mjs";

const { check } = flags();
const docs = (name) => join(root, "docs", name);
const entries = {
  core: join(root, "packages/core/src/index.ts"),
  nn: join(root, "packages/algorithms/src/nn/index.ts"),
};
const program = programOf(Object.values(entries));
const checker = program.getTypeChecker();
const core = new Map(exportsOf(program, entries.core).map((one) => [one.name, one]));
const schemas = await import("@metabench/core");

const pages = [
  [docs("nn.md"), nnPage()],
  [docs("plugins.md"), filled(readFileSync(docs("plugins.md"), "utf8"))],
];
for (const [file, text] of pages) {
  const formatted = await format(text, { ...(await resolveConfig(file)), filepath: file });
  if (!check) writeFileSync(file, formatted);
  else if (formatted !== current(file))
    stop(`${relative(root, file)} is not what the types give. Run npm run plugin-docs.`);
}

function current(file) {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return undefined;
  }
}

/** Every export of the building blocks, section by section. */
function nnPage() {
  const all = new Map(exportsOf(program, entries.nn).map((one) => [one.name, describe(checker, one)]));
  const texts = sections.flatMap(({ title, about, names }) => [
    `## ${title}`,
    ...(about ? [about] : []),
    ...names.map((name) => {
      const found = all.get(name);
      if (!found)
        stop(`@metabench/algorithms/nn has no ${name}; take it out of scripts/plugin-docs/sections.mjs.`);
      const silent = [found, ...(found.methods ?? []), ...(found.members ?? [])].find(
        ({ summary }) => !summary,
      );
      if (silent) stop(`${name} of @metabench/algorithms/nn: ${silent.name} has no doc comment; write one.`);
      all.delete(name);
      return declarationText(found);
    }),
  ]);
  if (all.size > 0)
    stop(
      `${[...all.keys()].join(", ")} of @metabench/algorithms/nn: give each a section in scripts/plugin-docs/sections.mjs.`,
    );
  return [
    "<!-- Written by `npm run plugin-docs` from the types and doc comments of packages/algorithms/src/nn. Edit those. -->",
    "# Building blocks: `@metabench/algorithms/nn`",
    "Every export with its signature. [plugins.md](plugins.md#building-blocks) says how they fit together. Types of tensors, such as `Tensor2D`, are those of `@tensorflow/tfjs-core`.",
    ...texts,
    "",
  ].join("\n\n");
}

/** A page with the tables that its marks ask for. */
function filled(page) {
  return page.replaceAll(/<!-- (fields|members): ([\w, ]+) -->\n[\s\S]*?<!-- end -->/g, (_, what, names) => {
    const [name, beside] = names.split(", ");
    const table =
      what === "fields"
        ? fieldsTable(schemaOf(name), schemas.formOf)
        : membersTable(interfaceOf(name), beside && schemaOf(beside), schemas.formOf);
    return `<!-- ${what}: ${names} -->\n\n${table}\n\n<!-- end -->`;
  });
}

function schemaOf(name) {
  const schema = schemas[name];
  return schema?.shape ? schema : stop(`@metabench/core exports no schema ${name} of an object.`);
}

function interfaceOf(name) {
  const found = core.get(name);
  if (!found) stop(`@metabench/core exports no ${name}.`);
  const members = membersOf(checker, found.declaration);
  const silent = members.find(({ summary }) => summary === "");
  if (silent) stop(`${name}.${silent.name} of @metabench/core has no doc comment; write one.`);
  return members;
}

function flags() {
  try {
    return parseArgs({ options: { check: { type: "boolean", default: false } } }).values;
  } catch (error) {
    stop(`${error.message}. Usage: npm run plugin-docs -- [--check]`);
  }
}
