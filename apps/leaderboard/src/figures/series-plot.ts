import * as Plot from "@observablehq/plot";
import { csvOf, draw, seriesColour, seriesDash, type Drawing } from "./draw.ts";
import { decadesWithin } from "./decades.ts";
import { spread } from "./spread.ts";

/** A named line, with a band where an interval is known. */
export interface Series {
  readonly name: string;
  /** Series of one group, such as the seeds of a method, share colour and label; the name by default. */
  readonly group?: string;
  readonly points: readonly {
    readonly x: number;
    readonly y: number;
    readonly low?: number | null;
    readonly high?: number | null;
  }[];
}

/** Axes of a line plot. */
export interface Axes {
  readonly x: string;
  readonly y: string;
  readonly logarithmicY?: boolean;
  /** Ticks at whole numbers only. */
  readonly wholeX?: boolean;
}

const groupOf = ({ name, group }: Series) => group ?? name;

const height = 340;
const marginTop = 34;
const marginBottom = 42;

/** 20000 as 20k: axes have no room for more. */
const thousands = (value: number): string => {
  if (Math.abs(value) >= 1e6) return `${String(value / 1e6)}M`;
  return Math.abs(value) >= 1e3 ? `${String(value / 1e3)}k` : String(value);
};

/** Lines with bands, each named at its end; labels are moved apart where they would overlap. */
export function seriesPlot(label: string, series: readonly Series[], axes: Axes): Drawing {
  const groups = [...new Set(series.map(groupOf))];
  const points = series.flatMap((line, n) => line.points.map((point) => ({ ...point, name: line.name, n })));
  const domain = points
    .flatMap(({ y, low, high }) => [y, low ?? y, high ?? y])
    .filter((y) => !axes.logarithmicY || y > 0);
  const ticksY = axes.logarithmicY ? decadesWithin(domain) : 5;
  const [least, most] = [Math.min(...domain), Math.max(...domain)];
  const up = (y: number) => {
    const along = axes.logarithmicY
      ? (Math.log(y) - Math.log(least)) / (Math.log(most) - Math.log(least))
      : (y - least) / (most - least);
    return Number.isFinite(along) ? along * (height - marginTop - marginBottom) : 0;
  };
  const ends = groups.flatMap((name) => {
    const last = series.find((line) => groupOf(line) === name)?.points.at(-1);
    return last && (!axes.logarithmicY || last.y > 0) ? [{ ...last, name }] : [];
  });
  const shifts = spread(
    ends.map(({ y }) => up(y)),
    16,
    height - marginTop - marginBottom,
  );
  const longest = Math.max(...groups.map((name) => name.length), 4);
  const of = (n: number) => (point: { n: number }) => point.n === n;
  const lastX = Math.max(...points.map(({ x }) => x));
  const svg = draw(label, {
    width: 760,
    height,
    marginLeft: 52,
    marginTop,
    marginBottom,
    marginRight: Math.min(260, longest * 6.8 + 24),
    x: {
      label: axes.x,
      labelAnchor: "center",
      labelArrow: "none",
      labelOffset: 38,
      ticks: axes.wholeX ? Math.min(10, lastX) : 6,
      tickFormat: axes.wholeX ? "d" : thousands,
    },
    y: {
      label: axes.y,
      labelArrow: "none",
      ticks: ticksY,
      ...(axes.logarithmicY && { type: "log", tickFormat: "~g" }),
    },
    marks: [
      Plot.gridY({ stroke: "var(--rule)", strokeOpacity: 1, ticks: ticksY }),
      ...series.flatMap((line, n) => {
        const colour = seriesColour(groups.indexOf(groupOf(line)));
        const dash = seriesDash(groups.indexOf(groupOf(line)));
        const own = points.filter(of(n));
        const style = { stroke: colour, strokeDasharray: dash };
        const banded =
          own.length > 1 &&
          own.every(({ low, high }) => low != null && high != null && (!axes.logarithmicY || low > 0));
        return [
          ...(banded
            ? [Plot.areaY(own, { x: "x", y1: "low", y2: "high", fill: colour, fillOpacity: 0.16 })]
            : []),
          Plot.lineY(own, { x: "x", y: "y", strokeWidth: 2, ...style }),
          Plot.dot(own, { x: "x", y: "y", r: own.length === 1 ? 4 : 2, fill: colour }),
        ];
      }),
      ...ends.map((end, i) =>
        Plot.text([end], {
          x: lastX,
          y: "y",
          text: "name",
          dx: 9,
          dy: -(shifts[i] ?? 0),
          textAnchor: "start",
          fill: "currentColor",
        }),
      ),
    ],
  });
  return {
    svg,
    csv: csvOf(
      ["series", axes.x, axes.y, "low", "high"],
      points.map(({ name, x, y, low, high }) => [name, x, y, low ?? null, high ?? null]),
    ),
  };
}
