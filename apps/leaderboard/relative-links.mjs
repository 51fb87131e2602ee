import { readdir, readFile, writeFile } from "node:fs/promises";
import { dirname, join, posix, sep } from "node:path";
import { fileURLToPath } from "node:url";

/**
 * Makes every address of the built pages relative, so that the site works under any path and straight from the disk.
 *
 * Pages are written with addresses from the root (`/algorithms/maml.html`), which the development server understands.
 */
export function relativeLinks() {
  return {
    name: "relative-links",
    hooks: {
      "astro:build:done": async ({ dir }) => {
        const root = fileURLToPath(dir);
        for (const file of await readdir(root, { recursive: true })) {
          if (!file.endsWith(".html")) continue;
          const html = await readFile(join(root, file), "utf8");
          await writeFile(join(root, file), relativeTo(file.split(sep).join("/"), html));
        }
      },
    },
  };
}

/** Rewrites `href`, `src` and `url(…)` that start at the root as seen from `page`, a path relative to the root. */
export function relativeTo(page, html) {
  const from = dirname(page);
  const toHere = (address) => {
    const [, path, rest] = /^\/([^?#]*)(.*)$/.exec(address) ?? [];
    if (path === undefined) return address;
    return `${posix.relative(from, path === "" ? "index.html" : path)}${rest}`;
  };
  return html
    .replaceAll(
      /(<[a-z][^>]*?\s(?:href|src)=")(\/(?!\/)[^"]*)(")/g,
      (_, head, address, tail) => head + toHere(address) + tail,
    )
    .replaceAll(
      /url\((["']?)(\/(?!\/)[^)"']*)\1\)/g,
      (_, quote, address) => `url(${quote}${toHere(address)}${quote})`,
    );
}
