import * as Plot from "@observablehq/plot";
import { csvOf, draw, seriesColour, seriesDash, type Drawing } from "./draw.ts";
import { decadesWithin } from "./decades.ts";
import { endLabels, roomFor } from "./end-labels.ts";

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

const marginTop = 34;
const marginBottom = 42;

/** 20000 as 20k: axes have no room for more. */
const thousands = (value: number): string => {
  if (Math.abs(value) >= 1e6) return `${String(value / 1e6)}M`;
  return Math.abs(value) >= 1e3 ? `${String(value / 1e3)}k` : String(value);
};

/** Whether one point lies so far beyond all others that the rest would be a strip on a linear axis. */
function isFar(values: readonly number[]): boolean {
  const [last = 0, next = 0] = [...new Set(values)].toSorted((a, b) => b - a);
  return next > 0 && last > 3 * next;
}

/** An axis of whole numbers, logarithmic (of 1 + x) where a few series go much further than the rest. */
function wholeNumbers(values: readonly number[]): Plot.ScaleOptions {
  const last = Math.max(...values);
  if (!isFar(values)) return { ticks: Math.min(10, last), tickFormat: "d" };
  const ticks = [0, ...[1, 2, 5].flatMap((step) => [1, 10, 100, 1000].map((power) => step * power))];
  return { type: "symlog", ticks: ticks.filter((tick) => tick <= last), tickFormat: "d" };
}

/** Lines with bands, each named in a column on the right by its end, with a sample of its line. */
export function seriesPlot(label: string, series: readonly Series[], axes: Axes): Drawing {
  const groups = [...new Set(series.map(groupOf))];
  const points = series.flatMap((line, n) => line.points.map((point) => ({ ...point, name: line.name, n })));
  const shown = (y: number) => !axes.logarithmicY || y > 0;
  const values = points.flatMap(({ y, low, high }) => [y, low ?? y, high ?? y]).filter(shown);
  const [least, most] = [Math.min(...values), Math.max(...values)];
  const ticksY = axes.logarithmicY ? decadesWithin(values) : 5;
  const styleOf = (group: string) => {
    const n = groups.indexOf(group);
    return { colour: seriesColour(n), dash: seriesDash(n) };
  };
  const ends = groups.flatMap((name) => {
    const last = series.find((line) => groupOf(line) === name)?.points.findLast(({ y }) => shown(y));
    return last ? [{ x: last.x, y: last.y, name, line: styleOf(name) }] : [];
  });
  const room = roomFor(groups, true);
  const svg = draw(label, {
    width: 760,
    height: Math.max(264, room.height) + marginTop + marginBottom,
    marginLeft: 52,
    marginTop,
    marginBottom,
    marginRight: room.width,
    x: {
      label: axes.x,
      labelAnchor: "center",
      labelArrow: "none",
      labelOffset: 38,
      ...(axes.wholeX ? wholeNumbers(points.map(({ x }) => x)) : { ticks: 6, tickFormat: thousands }),
    },
    y: {
      label: axes.y,
      labelArrow: "none",
      ticks: ticksY,
      ...(axes.logarithmicY && { type: "log", tickFormat: "~g", domain: [least, most] }),
    },
    marks: [
      Plot.gridY({ stroke: "var(--rule)", strokeOpacity: 1, ticks: ticksY }),
      ...series.flatMap((line, n) => {
        const { colour, dash } = styleOf(groupOf(line));
        const own = points.filter((point) => point.n === n && shown(point.y));
        // On a logarithmic axis a band that reaches 0 ends where the axis does.
        const band = own.flatMap(({ x, low, high }) =>
          low == null || high == null
            ? []
            : [{ x, low: axes.logarithmicY ? Math.max(low, least) : low, high }],
        );
        return [
          ...(own.length > 1 && band.length === own.length
            ? [Plot.areaY(band, { x: "x", y1: "low", y2: "high", fill: colour, fillOpacity: 0.16 })]
            : []),
          Plot.lineY(own, { x: "x", y: "y", strokeWidth: 2, stroke: colour, strokeDasharray: dash }),
          Plot.dot(own, { x: "x", y: "y", r: own.length === 1 ? 4 : 2, fill: colour }),
        ];
      }),
      endLabels(ends),
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
