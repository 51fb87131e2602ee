import { spread } from "./spread.ts";

/** A labelled point of a plot. */
interface Labelled {
  readonly name: string;
  readonly time: number;
  readonly score: number;
}

/** Size of the plot's inner part, and about how wide a letter of a label is. */
const [width, height, letter] = [520, 260, 7];

function positions(values: readonly number[], length: number): number[] {
  const [least, most] = [Math.min(...values), Math.max(...values)];
  return values.map((value) => ((value - least) / (most - least || 1)) * length);
}

/**
 * How far the labels to the right of points move up so that none covers another or its neighbour's point.
 *
 * @param logarithmic whether the scores are drawn on a logarithmic scale, as the times are
 */
export function labelShifts(points: readonly Labelled[], logarithmic: boolean): number[] {
  const across = positions(
    points.map(({ time }) => Math.log(time)),
    width,
  );
  const up = positions(
    points.map(({ score }) => (logarithmic ? Math.log(score) : score)),
    height,
  );
  const shifts = points.map(() => 0);
  const placed = points.map(({ name }, i) => ({
    i,
    from: across[i] ?? 0,
    to: (across[i] ?? 0) + name.length * letter + 20,
    y: up[i] ?? 0,
  }));
  let cluster: typeof placed = [];
  const settle = () => {
    spread(
      cluster.map(({ y }) => y),
      16,
    ).forEach((shift, at) => (shifts[cluster[at]?.i ?? 0] = shift));
  };
  for (const label of placed.toSorted((a, b) => a.from - b.from)) {
    if (cluster.every(({ to }) => to < label.from)) {
      settle();
      cluster = [];
    }
    cluster.push(label);
  }
  settle();
  return shifts;
}
