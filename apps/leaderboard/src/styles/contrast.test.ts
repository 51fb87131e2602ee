import { readFileSync } from "node:fs";
import { expect, it } from "vitest";

/** Relative luminance of `#rrggbb`, by WCAG 2.2. */
function luminance(colour: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const share = parseInt(colour.slice(at, at + 2), 16) / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrast(a: string, b: string): number {
  const [dark = 0, light = 0] = [luminance(a), luminance(b)].toSorted((x, y) => x - y);
  return (light + 0.05) / (dark + 0.05);
}

const [light = "", dark = ""] = readFileSync(new URL("tokens.css", import.meta.url), "utf8").split("@media");

it.each([
  ["light", light],
  ["dark", dark],
])("lines and marks have a contrast of 3 with the paper, in the %s", (_, css) => {
  const colours = new Map(
    [...css.matchAll(/--([\w-]+): (#\w{6});/g)].map(([, name, colour]) => [name, colour]),
  );
  const series = [...colours].filter(([name]) => name?.startsWith("series-"));
  expect(series).toHaveLength(7);
  for (const [name, colour = ""] of series)
    expect(contrast(colour, colours.get("paper") ?? ""), name).toBeGreaterThanOrEqual(3);
});
