import { readFileSync, writeFileSync } from "node:fs";
import { relative } from "node:path";
import process from "node:process";
import { format, resolveConfig } from "prettier";
import { stop } from "./install.mjs";

/**
 * Replaces the text between `<!-- name: begin -->` and `<!-- name: end -->` of a Markdown page; the rest of the page is written by hand.
 * With `check` it writes nothing, and ends the program with status 1 where the page is stale.
 *
 * @param {{ page: string, name: string, markdown: string, check: boolean, source: string, remedy: string }} part `source` says what the
 *   text is made from, `remedy` what to do about a stale page
 */
export async function writePart({ page, name, markdown, check, source, remedy }) {
  const marks = [`<!-- ${name}: begin -->`, `<!-- ${name}: end -->`];
  const written = readFileSync(page, "utf8");
  const [before, rest] = written.split(marks[0]);
  const after = rest?.split(marks[1])[1];
  if (after === undefined)
    stop(`${page} lacks the lines ${marks.join(" and ")}. Add them where the text belongs.`);
  const text = [before + marks[0], markdown, marks[1] + after].join("\n\n");
  const fresh = await format(text, { ...(await resolveConfig(page)), parser: "markdown" });
  const file = relative(process.cwd(), page);
  if (fresh === written) console.log(`${file} agrees with ${source}.`);
  else if (check) stop(`${file} does not agree with ${source}. ${remedy}`);
  else {
    writeFileSync(page, fresh);
    console.log(`${file} written.`);
  }
}
