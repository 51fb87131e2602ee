/** Shrinks a square grey picture `[from, from]` into `target` at `offset`, as `[to, to]`. */
export type Shrink = (source: Uint8Array, target: Uint8Array, offset: number) => void;

const greatestCommonDivisor = (a: number, b: number): number => (b === 0 ? a : greatestCommonDivisor(b, a % b));

/**
 * Area averaging from `from` to `to` pixels a side: a pixel of the result is the mean of the source over the square it
 * covers, pixels that are covered in part counting by the part. Weights are integers (with from/to = p/q in lowest
 * terms, a source pixel is q units wide and a result's p), so the mean is exact; it is rounded to the nearest integer, halves up.
 *
 * Turning by 90 degrees and shrinking commute.
 */
export function areaAverage(from: number, to: number): Shrink {
  const divisor = greatestCommonDivisor(from, to);
  const unitsOfResult = from / divisor;
  const unitsOfSource = to / divisor;
  const first: number[] = [];
  const weights: number[][] = [];
  for (let i = 0; i < to; i += 1) {
    const start = i * unitsOfResult;
    const end = start + unitsOfResult;
    const row: number[] = [];
    first.push(Math.floor(start / unitsOfSource));
    for (let j = Math.floor(start / unitsOfSource); j * unitsOfSource < end; j += 1)
      row.push(Math.min(end, (j + 1) * unitsOfSource) - Math.max(start, j * unitsOfSource));
    weights.push(row);
  }
  const taps = Math.max(...weights.map((row) => row.length));
  const start = Uint32Array.from(first);
  // Rows of equal length, padded with weight 0 (the padded position may lie outside, where it reads 0).
  const weight = Uint32Array.from(weights.flatMap((row) => [...row, ...Array<number>(taps - row.length).fill(0)]));
  const total = unitsOfResult * unitsOfResult;
  const rows = new Uint32Array(from * to);

  return (source, target, offset) => {
    for (let y = 0; y < from; y += 1)
      for (let i = 0; i < to; i += 1) {
        const at = y * from + (start[i] ?? 0);
        let sum = 0;
        for (let tap = 0; tap < taps; tap += 1) sum += (source[at + tap] ?? 0) * (weight[i * taps + tap] ?? 0);
        rows[y * to + i] = sum;
      }
    for (let i = 0; i < to; i += 1)
      for (let x = 0; x < to; x += 1) {
        let sum = 0;
        const top = start[i] ?? 0;
        for (let tap = 0; tap < taps; tap += 1)
          sum += (rows[(top + tap) * to + x] ?? 0) * (weight[i * taps + tap] ?? 0);
        target[offset + i * to + x] = Math.floor((2 * sum + total) / (2 * total));
      }
  };
}
