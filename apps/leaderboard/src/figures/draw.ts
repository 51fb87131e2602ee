import * as Plot from "@observablehq/plot";
import { parseHTML } from "linkedom";

/** A drawn figure: its SVG, and the data behind it. */
export interface Drawing {
  readonly svg: string;
  /** Comma-separated values with a head line. */
  readonly csv: string;
}

const { document } = parseHTML("<!doctype html><html><body></body></html>");

/**
 * Draws a plot as SVG text in the colours of the page.
 *
 * @param label its text alternative
 */
export function draw(label: string, options: Plot.PlotOptions): string {
  const figure = Plot.plot({
    document: document as unknown as Document,
    marginTop: 18,
    marginRight: 20,
    style: { background: "none", color: "inherit", fontSize: "13px" },
    ...options,
  });
  figure.setAttribute("class", "plot");
  figure.setAttribute("role", "img");
  for (const style of figure.querySelectorAll("style")) style.remove();
  // The label says it all; those that Plot gives to groups of marks may not stand on them.
  for (const part of figure.querySelectorAll("[aria-label], [aria-description]")) {
    part.removeAttribute("aria-label");
    part.removeAttribute("aria-description");
  }
  figure.setAttribute("aria-label", label);
  return figure.outerHTML;
}

/** Colour of the n-th series; the series are named beside their marks, since colour alone carries no meaning. */
export const seriesColour = (n: number): string => `var(--series-${String(n % 7)})`;

const dashes = ["none", "6 3", "2 3", "10 3 2 3"] as const;

/** A dash of its own each time that the colours are used up: of 28 series no two look the same. */
export const seriesDash = (n: number): string => dashes[Math.floor(n / 7) % dashes.length] ?? "none";

/** Lines of comma-separated values. */
export function csvOf(
  head: readonly string[],
  rows: readonly (readonly (string | number | null)[])[],
): string {
  const field = (value: string | number | null) => {
    const text = value === null ? "" : String(value);
    return /[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
  };
  return [head, ...rows].map((row) => row.map(field).join(",")).join("\n");
}
