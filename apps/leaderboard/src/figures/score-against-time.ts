import * as Plot from "@observablehq/plot";
import { waitingMs, type Table } from "@metabench/core";
import { measureOf } from "../table/measure.ts";
import { csvOf, draw, type Drawing } from "./draw.ts";
import { headlineLabel } from "./score-intervals.ts";
import { decades, isWide } from "./decades.ts";
import { labelShifts } from "./label-shifts.ts";

/** Score against the time that a task takes, with the front of rows that no other beats in both; null with fewer than two. */
export function scoreAgainstTime(table: Table): Drawing | null {
  const { factor } = measureOf(table.headline.unit, []);
  const points = table.rows.flatMap((row) => {
    const time = waitingMs(row);
    const score = row.score?.mean;
    const front = table.pareto.includes(row.id);
    return time === null || time <= 0 || score === undefined
      ? []
      : [{ name: row.algorithm.label, time, score: score * factor, front }];
  });
  if (points.length < 2) return null;
  const front = points.filter((point) => point.front).toSorted((a, b) => a.time - b.time);
  const scores = points.map(({ score }) => score);
  const logarithmic = table.headline.direction === "lower" && isWide(scores);
  const ticksY = logarithmic ? decades(scores) : 5;
  const shifts = labelShifts(points, logarithmic);
  const x = table.protocol.kind === "multi-task" ? "Prediction, ms a batch" : "Adaptation, ms a task";
  const svg = draw(
    `${headlineLabel(table)} against ${x}, on a logarithmic scale. On the front: ${front.map(({ name }) => name).join(", ")}.`,
    {
      width: 760,
      height: 340,
      marginLeft: 52,
      marginRight: 150,
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
        Plot.line(front, { x: "time", y: "score", stroke: "var(--soft)", strokeDasharray: "4 3" }),
        Plot.dot(points, {
          x: "time",
          y: "score",
          r: 4.5,
          stroke: "var(--accent)",
          strokeWidth: 2,
          fill: (point: { front: boolean }) => (point.front ? "var(--accent)" : "var(--paper)"),
        }),
        ...points.map((point, i) =>
          Plot.text([point], {
            x: "time",
            y: "score",
            text: "name",
            dx: 9,
            dy: -(shifts[i] ?? 0),
            textAnchor: "start",
            fill: "currentColor",
          }),
        ),
      ],
    },
  );
  return {
    svg,
    csv: csvOf(
      ["method", x, headlineLabel(table), "on the front"],
      points.map(({ name, time, score, front: on }) => [name, time, score, on ? "yes" : "no"]),
    ),
  };
}
