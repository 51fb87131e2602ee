/** Numbers of candidate seeds at which the gate looks. */
export const looks: readonly number[] = [1, 2, 3, 5, 8];

/**
 * One-sided level of each look by the number of cells that may differ, such that a gate of cells without a change calls one of them a
 * regression in at most 2.5 % of its runs. Simulated with looks at 1, 2, 3, 5 and 8 seeds against 8 of the baseline, by
 * `packages/core/simulations/gate-levels.ts`.
 */
const levels: readonly (readonly [cells: number, level: number])[] = [
  [1, 0.00769],
  [2, 0.0036],
  [4, 0.00172],
  [8, 0.00083],
  [12, 0.00054],
  [24, 0.00025],
];

/**
 * The one-sided level at which each look tests, for a number of cells; between the simulated numbers by a straight line of logarithms,
 * beyond them in proportion to 1 / cells.
 *
 * @param cells at least 1
 */
export function levelOf(cells: number): number {
  const above = levels.findIndex(([count]) => count >= cells);
  const [last, lastLevel] = levels.at(-1) ?? [1, NaN];
  if (above < 0) return (lastLevel * last) / cells;
  const [high, highLevel] = levels[above] ?? [1, NaN];
  if (high === cells || above === 0) return highLevel;
  const [low, lowLevel] = levels[above - 1] ?? [1, NaN];
  const share = Math.log(cells / low) / Math.log(high / low);
  return Math.exp(Math.log(lowLevel) + share * Math.log(highLevel / lowLevel));
}
