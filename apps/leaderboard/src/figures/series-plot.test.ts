import { describe, expect, it } from "vitest";
import { drawn, heightOf } from "./drawing.test-support.ts";
import { seriesPlot, type Series } from "./series-plot.ts";

const axes = { x: "Steps", y: "Accuracy (%)" };
/** Lines that all end at almost the same height. */
const crowded = (count: number): Series[] =>
  Array.from({ length: count }, (_, i) => ({
    name: `method ${String(i)}`,
    points: [
      { x: 0, y: 0 },
      { x: 10, y: 97 + i / 100 },
    ],
  }));

describe("seriesPlot", () => {
  it("keeps every name within the picture and apart from the others, however many lines end together", () => {
    const { svg } = seriesPlot("A label.", crowded(19), axes);
    const places = drawn(svg, ".names text")
      .map((name) => name.at("y"))
      .toSorted((a, b) => a - b);
    expect(places).toHaveLength(19);
    expect(places[0]).toBeGreaterThanOrEqual(10);
    expect(places.at(-1)).toBeLessThanOrEqual(heightOf(svg) - 10);
    for (const [i, place] of places.entries()) expect(place - (places[i - 1] ?? -99)).toBeGreaterThan(13);
  });

  it("shows before each name a sample of its line, no two of fifteen alike", () => {
    const samples = drawn(seriesPlot("A label.", crowded(15), axes).svg, ".names line");
    const looks = samples.map(
      (line) => `${String(line.get("stroke"))} ${String(line.get("stroke-dasharray"))}`,
    );
    expect(new Set(looks).size).toBe(15);
  });

  it("names a line at its own end, though others go on", () => {
    const { svg } = seriesPlot(
      "A label.",
      [
        {
          name: "short",
          points: [
            { x: 0, y: 0 },
            { x: 5, y: 9 },
          ],
        },
        ...crowded(1),
      ],
      axes,
    );
    const starts = drawn(svg, ".names path").map((path) =>
      Number(/^M([\d.]+)/.exec(path.get("d") ?? "")?.[1]),
    );
    expect(starts).toHaveLength(2);
    expect(Math.max(...starts) - Math.min(...starts)).toBeGreaterThan(200);
  });

  it("gives the first steps their room where one line alone goes ten times as far", () => {
    const line = (name: string, ...steps: readonly number[]): Series => ({
      name,
      points: steps.map((x) => ({ x, y: x })),
    });
    const at = (...series: readonly Series[]) => {
      const dots = drawn(seriesPlot("A label.", series, { ...axes, wholeX: true }).svg, "circle").map((dot) =>
        dot.at("cx"),
      );
      const [first = 0, last = 0] = [Math.min(...dots), Math.max(...dots)];
      return (x: number) => ((dots[x] ?? NaN) - first) / (last - first);
    };
    const short = line("short", 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10);
    expect(at(short, line("long", 0, 10, 100))(10)).toBeGreaterThan(0.4);
    // Twice as far is drawn as it is.
    expect(at(short, line("long", 0, 10, 20))(10)).toBeCloseTo(0.5, 2);
  });

  it("draws the band of a logarithmic axis that reaches 0 down to the axis' end", () => {
    const points = [
      { x: 0, y: 1, low: 0.5, high: 2 },
      { x: 1, y: 1, low: 0, high: 4 },
    ];
    const { svg } = seriesPlot("A label.", [{ name: "wide", points }], { ...axes, logarithmicY: true });
    const bands = drawn(svg, "path[fill-opacity], g[fill-opacity] path");
    // Both ends of both points: four corners, none of them left out.
    expect(bands.map((band) => band.get("d")?.match(/[\d.]+,[\d.]+/g)?.length)).toEqual([4]);
  });
});
