import * as Plot from "@observablehq/plot";
import { axesOfTable, regimes, timedOn, type Table } from "@metabench/core";
import { measureOf, textOf } from "../table/measure.ts";
import { rowNames } from "../table/row-names.ts";
import { csvOf, draw, type Drawing } from "./draw.ts";
import { headlineLabel } from "./score-intervals.ts";
import { decades, isWide } from "./decades.ts";
import { endLabels, roomFor } from "./end-labels.ts";
import { scoreAxis } from "./score-axis.ts";
import { symbolsOf, timedRows } from "./timed-devices.ts";

/** Rows that can be drawn, and whether they are: controls that lie beyond the methods, as on the axis of scores alone, are not. */
function pointsOf(table: Table) {
  const { factor } = measureOf(table.headline.unit, []);
  const names = rowNames(table.rows);
  const all = timedRows(table).map(({ row, time, score }) => ({
    name: names.get(row.id) ?? row.id,
    control: row.algorithm.role === "control",
    mean: score * factor,
    low: (row.score?.low ?? score) * factor,
    high: (row.score?.high ?? score) * factor,
    time,
    score: score * factor,
    front: table.pareto.includes(row.id),
    device: timedOn(row),
  }));
  const axis = scoreAxis(all, 1);
  return all.map((point) => ({ ...point, within: axis.side(point.mean) === "within" }));
}

/** The controls that {@link scoreAgainstTime} does not draw; empty where it draws all. */
export function beyondInWords(table: Table): string {
  const show = textOf(table.headline.unit);
  const beyond = pointsOf(table).filter(({ within }) => !within);
  if (beyond.length === 0) return "";
  return ` Outside the axis: ${beyond.map(({ name, mean }) => `${name} ${show(mean)}`).join("; ")}.`;
}

/**
 * Score against the time that a task takes, with the front of rows that no other of the same device beats in both; null with fewer
 * than two. Controls that lie beyond the methods, as on the axis of the scores alone, are not drawn.
 */
export function scoreAgainstTime(table: Table): Drawing | null {
  const all = pointsOf(table);
  if (all.length < 2) return null;
  const points = all.filter(({ within }) => within);
  const symbols = symbolsOf(table);
  const front = all.filter((point) => point.front).toSorted((a, b) => a.time - b.time);
  const scores = points.map(({ score }) => score);
  const logarithmic = table.headline.direction === "lower" && isWide(scores);
  const ticksY = logarithmic ? decades(scores) : 5;
  const room = roomFor(
    points.map(({ name }) => name),
    false,
  );
  const { adapts, timed } = regimes[axesOfTable(table).regime];
  const x = `${adapts ? "Adaptation" : "Prediction"}, ms ${timed}`;
  const svg = draw(
    `${headlineLabel(table)} against ${x}, on a logarithmic scale. On the front: ${front.map(({ name }) => name).join(", ")}.`,
    {
      width: 760,
      height: Math.max(264, room.height) + 76,
      marginLeft: 52,
      marginRight: room.width,
      marginTop: 34,
      marginBottom: 42,
      x: {
        type: "log",
        label: x,
        labelAnchor: "center",
        labelArrow: "none",
        labelOffset: 38,
        tickFormat: "~g",
        ticks: decades(points.map(({ time }) => time)),
        nice: true,
      },
      y: {
        label: headlineLabel(table),
        labelArrow: "none",
        ticks: ticksY,
        nice: true,
        ...(logarithmic && { type: "log", tickFormat: "~g" }),
      },
      marks: [
        Plot.gridY({ stroke: "var(--rule)", strokeOpacity: 1, ticks: ticksY }),
        ...[...symbols.keys()].map((device) =>
          Plot.line(
            front.filter((point) => point.device === device && points.includes(point)),
            { x: "time", y: "score", stroke: "var(--soft)", strokeDasharray: "4 3" },
          ),
        ),
        Plot.dot(points, {
          x: "time",
          y: "score",
          r: 4.5,
          symbol: ({ device }: { device: string }) => symbols.get(device) ?? "circle",
          stroke: "var(--accent)",
          strokeWidth: 2,
          fill: (point: { front: boolean }) => (point.front ? "var(--accent)" : "var(--paper)"),
        }),
        endLabels(points.map(({ name, time, score }) => ({ name, x: time, y: score }))),
      ],
    },
  );
  return {
    svg,
    csv: csvOf(
      ["method", x, headlineLabel(table), "on the front", "device"],
      all.map(({ name, time, score, front: on, device }) => [name, time, score, on ? "yes" : "no", device]),
    ),
  };
}
