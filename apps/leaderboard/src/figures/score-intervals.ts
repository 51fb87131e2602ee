import * as Plot from "@observablehq/plot";
import { metricNamed, type Table } from "@metabench/core";
import { measureOf, textOf } from "../table/measure.ts";
import { rowNames } from "../table/row-names.ts";
import { csvOf, draw, type Drawing } from "./draw.ts";
import { scoreAxis } from "./score-axis.ts";
import { shortened } from "./shortened.ts";

/** Letters of a name beside the axis; the rest of a longer one is in its title. */
const lettersOfName = 40;

/** Name of the headline with its unit, for an axis. */
export function headlineLabel({ headline }: Pick<Table, "headline">): string {
  const title = metricNamed(headline.name)?.title ?? headline.name;
  return headline.unit === "share" ? `${title} (%)` : title;
}

/**
 * Score of each row as a dot with its interval, its seeds as small rings; a control that lies beyond the axis of the methods as a number at its
 * end.
 */
export function scoreIntervals(table: Table, options: { readonly compact?: boolean } = {}): Drawing {
  const { factor } = measureOf(table.headline.unit, []);
  const show = textOf(table.headline.unit);
  const names = rowNames(table.rows);
  const scored = table.rows.flatMap(({ id, algorithm, score, seeds, place }) =>
    score
      ? [
          {
            name: names.get(id) ?? id,
            control: algorithm.role === "control",
            mean: score.mean * factor,
            low: (score.low ?? score.mean) * factor,
            high: (score.high ?? score.mean) * factor,
            leads: place?.group === 1,
            seeds: seeds.flatMap((seed) =>
              seed.score === null ? [] : [{ name: names.get(id) ?? id, score: seed.score * factor }],
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
        text: ({ mean }: { mean: number }) => (side === "left" ? `◂ ${show(mean)}` : `${show(mean)} ▸`),
        frameAnchor: side,
        fill: ({ leads }: { leads: boolean }) => (leads ? "var(--accent)" : "var(--soft)"),
      },
    );
  const longest = Math.min(lettersOfName, Math.max(...scored.map(({ name }) => name.length), 8));
  const several = scored.some(({ seeds }) => seeds.length > 1);
  const svg = draw(
    `${headlineLabel(table)} with 95 % intervals: ${scored.map(({ name, mean }) => `${name} ${show(mean)}`).join(", ")}.`,
    {
      width: options.compact ? 440 : 720,
      height: scored.length * (options.compact ? 22 : 28) + 56,
      marginLeft: longest * 6.6 + 20,
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
      y: { axis: null, domain: scored.map(({ name }) => name), padding: 0.5 },
      marks: [
        Plot.gridX({ stroke: "var(--rule)", strokeOpacity: 1, ticks: 5 }),
        ...[true, false].map((cut) =>
          Plot.text(
            scored.filter(({ name }) => name.length > lettersOfName === cut),
            {
              y: "name",
              text: ({ name }: { name: string }) => shortened(name, lettersOfName),
              ...(cut && { title: "name" }),
              frameAnchor: "left",
              textAnchor: "end",
              dx: -8,
              fill: "currentColor",
            },
          ),
        ),
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
