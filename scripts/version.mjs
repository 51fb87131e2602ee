/** `npm run version-packages`: raises the versions as the files in `.changeset` ask, and moves their texts into CHANGELOG.md. */
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { mustRun, root, stop } from "./install.mjs";
import { withEntry } from "./changelog.mjs";

const folder = join(root, ".changeset");
const changesets = readdirSync(folder)
  .filter((name) => name.endsWith(".md"))
  .sort()
  .map((name) => readFileSync(join(folder, name), "utf8"));
if (changesets.length === 0)
  stop("There is nothing to release: .changeset holds no changes. Describe one: npx changeset");

mustRun("changeset", ["version"]);
const { version } = JSON.parse(readFileSync(join(root, "packages/core/package.json"), "utf8"));
const changelog = join(root, "CHANGELOG.md");
writeFileSync(changelog, withEntry(readFileSync(changelog, "utf8"), version, changesets));
const citation = join(root, "CITATION.cff");
writeFileSync(citation, readFileSync(citation, "utf8").replace(/^version: .*$/m, `version: ${version}`));
mustRun("npm", ["install", "--package-lock-only", "--ignore-scripts", "--no-audit", "--no-fund"]);
