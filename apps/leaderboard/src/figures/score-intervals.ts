import * as Plot from "@observablehq/plot";
import type { Table } from "@metabench/core";
import { measureOf } from "../table/measure.ts";
import { csvOf, draw, type Drawing } from "./draw.ts";
import { scoreAxis } from "./score-axis.ts";

/** Name of the headline with its unit, for an axis. */
export function headlineLabel({ headline }: Pick<Table, "headline">): string {
  return headline.unit === "share" ? "Accuracy (%)" : "Mean squared error";
}

/**
 * Score of each row as a dot with its interval, its seeds as small rings; a control that lies beyond the axis of the methods as a number at its
 * end.
 */
export function scoreIntervals(table: Table, options: { readonly compact?: boolean } = {}): Drawing {
  const { factor } = measureOf(table.headline.unit, []);
  const digits = table.headline.unit === "share" ? 1 : 3;
  const scored = table.rows.flatMap(({ algorithm, score, seeds, place }) =>
    score
      ? [
          {
            name: algorithm.label,
            control: algorithm.role === "control",
            mean: score.mean * factor,
            low: (score.low ?? score.mean) * factor,
            high: (score.high ?? score.mean) * factor,
            leads: place?.group === 1,
            seeds: seeds.flatMap((seed) =>
              seed.score === null ? [] : [{ name: algorithm.label, score: seed.score * factor }],
            ),
          },
        ]
      : [],
  );
  const axis = scoreAxis(scored, 1);
  const shown = scored.filter(({ mean }) => axis.side(mean) === "within");
  const beyond = (side: "left" | "right") =>
    Plot.text(
      scored.filter(({ mean }) => axis.side(mean) === side),
      {
        y: "name",
        text: ({ mean }: { mean: number }) =>
          side === "left" ? `◂ ${mean.toFixed(digits)}` : `${mean.toFixed(digits)} ▸`,
        frameAnchor: side,
        fill: ({ leads }: { leads: boolean }) => (leads ? "var(--accent)" : "var(--soft)"),
      },
    );
  const longest = Math.max(...scored.map(({ name }) => name.length), 8);
  const several = scored.some(({ seeds }) => seeds.length > 1);
  const svg = draw(
    `${headlineLabel(table)} with 95 % intervals: ${scored.map(({ name, mean }) => `${name} ${mean.toFixed(2)}`).join(", ")}.`,
    {
      width: options.compact ? 440 : 720,
      height: scored.length * (options.compact ? 22 : 28) + 56,
      marginLeft: Math.min(280, longest * 6.6 + 20),
      marginTop: 8,
      marginBottom: 40,
      x: {
        label: headlineLabel(table),
        domain: [axis.low, axis.high],
        ticks: 5,
        labelAnchor: "center",
        labelArrow: "none",
        labelOffset: 36,
      },
      y: { label: null, domain: scored.map(({ name }) => name), tickSize: 0, padding: 0.5 },
      marks: [
        Plot.gridX({ stroke: "var(--rule)", strokeOpacity: 1, ticks: 5 }),
        Plot.ruleY(shown, {
          y: "name",
          x1: ({ low }: { low: number }) => Math.max(low, axis.low),
          x2: ({ high }: { high: number }) => Math.min(high, axis.high),
          stroke: "var(--accent)",
          strokeWidth: 2,
        }),
        beyond("left"),
        beyond("right"),
        Plot.dot(shown, {
          x: "mean",
          y: "name",
          r: 4.5,
          fill: ({ leads }: { leads: boolean }) => (leads ? "var(--accent)" : "var(--paper)"),
          stroke: "var(--accent)",
          strokeWidth: 2,
        }),
        ...(several && !options.compact
          ? [
              Plot.dot(
                scored.flatMap(({ seeds }) => seeds.filter(({ score }) => axis.side(score) === "within")),
                { x: "score", y: "name", dy: 9, r: 2, stroke: "var(--soft)" },
              ),
            ]
          : []),
      ],
    },
  );
  const csv = csvOf(
    ["method", headlineLabel(table), "low", "high", "seeds"],
    scored.map(({ name, mean, low, high, seeds }) => [
      name,
      mean,
      low,
      high,
      seeds.map(({ score }) => score).join(" "),
    ]),
  );
  return { svg, csv };
}
