import type * as Plot from "@observablehq/plot";
import { shortened } from "./shortened.ts";
import { spread } from "./spread.ts";

/** A point of a plot that is to be named, in the units of its axes. */
export interface Named {
  readonly name: string;
  readonly x: number;
  readonly y: number;
  /** Colour and dash of its line, shown before the name; none for a point. */
  readonly line?: { readonly colour: string; readonly dash: string };
}

/** Pixels between two names, and about how wide a letter is. */
const [gap, letter] = [17, 6.8];
/** Pixels from the plot to the names, and of a sample of the line before each. */
const [distance, sample] = [26, 24];
const longest = 32;

/** Height that the inside of a plot needs for its names, and width that they need to its right. */
export const roomFor = (
  names: readonly string[],
  lines: boolean,
): { readonly height: number; readonly width: number } => ({
  height: names.length * gap,
  width:
    distance +
    (lines ? sample : 0) +
    Math.max(4, ...names.map((name) => Math.min(name.length, longest))) * letter +
    8,
});

/**
 * Names in a column to the right of a plot, in the order of their points, each with a thin line to its point and a sample of its
 * series' line. However close points lie, no name covers another or leaves the picture.
 */
export function endLabels(points: readonly Named[]): Plot.RenderFunction {
  return (
    _,
    { x: across, y: down },
    __,
    { width, height, marginTop, marginBottom, marginRight },
    { document },
  ) => {
    const element = (tag: string, attributes: Readonly<Record<string, string | number>>, text?: string) => {
      const made = document.createElementNS("http://www.w3.org/2000/svg", tag) as SVGElement;
      for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, String(value));
      if (text !== undefined) made.textContent = text;
      return made;
    };
    const right = width - marginRight;
    const placed = points.map((point) => ({
      ...point,
      left: Number(across?.(point.x)),
      top: Number(down?.(point.y)),
    }));
    const shifts = spread(
      placed.map(({ top }) => top),
      gap,
      [marginTop, height - marginBottom],
    );
    const group = element("g", { class: "names" });
    for (const [i, { name, line, left, top }] of placed.entries()) {
      const y = top + (shifts[i] ?? 0);
      const start = right + distance - 4;
      group.append(
        element("path", {
          d: `M${left + 6} ${top}L${right + 8} ${y}H${start}`,
          fill: "none",
          stroke: "var(--soft)",
          "stroke-width": 0.6,
          "stroke-opacity": 0.7,
        }),
      );
      if (line)
        group.append(
          element("line", {
            x1: start + 2,
            x2: start + sample,
            y1: y,
            y2: y,
            stroke: line.colour,
            "stroke-width": 2.5,
            "stroke-dasharray": line.dash,
          }),
        );
      const text = element(
        "text",
        { x: start + (line ? sample : 0) + 4, y, dy: "0.32em", fill: "currentColor", "text-anchor": "start" },
        shortened(name, longest),
      );
      if (name.length > longest) text.append(element("title", {}, name));
      group.append(text);
    }
    return group as SVGElement;
  };
}
