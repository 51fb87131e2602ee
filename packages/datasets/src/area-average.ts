/** Shrinks a square grey picture `[from, from]` into `target` at `offset`, as `[to, to]`. */
export type Shrink = (source: Uint8Array, target: Uint8Array, offset: number) => void;

const greatestCommonDivisor = (a: number, b: number): number =>
  b === 0 ? a : greatestCommonDivisor(b, a % b);

/**
 * Area averaging from `from` to `to ≤ from` pixels a side: a pixel of the result is the mean of the source over the square it
 * covers, pixels that are covered in part counting by the part. With from/to = p/q in lowest terms, a source pixel is q units wide
 * and one of the result p, so weights are integers and the mean is exact; it is rounded to the nearest integer, halves up.
 *
 * Turning by 90 degrees and shrinking commute.
 */
export function areaAverage(from: number, to: number): Shrink {
  const divisor = greatestCommonDivisor(from, to);
  const p = from / divisor;
  const q = to / divisor;
  // A source pixel j lies in result pixel into[j] with near[j] units and in the next one with the rest, far[j].
  const into = Uint32Array.from({ length: from }, (_, j) => Math.floor((j * q) / p));
  const near = into.map((i, j) => Math.min((i + 1) * p, (j + 1) * q) - j * q);
  const far = near.map((units) => q - units);
  // One more than needed, for the empty rest of the last pixel.
  const width = to + 1;
  const row = new Uint32Array(width);
  const sums = new Uint32Array(width * width);
  const total = p * p;

  return (source, target, offset) => {
    sums.fill(0);
    for (let y = 0; y < from; y += 1) {
      row.fill(0);
      let sum = 0;
      for (let x = 0; x < from; x += 1) {
        const value = source[y * from + x] ?? 0;
        if (value === 0) continue;
        sum += value;
        const i = into[x] ?? 0;
        row[i] = (row[i] ?? 0) + value * (near[x] ?? 0);
        row[i + 1] = (row[i + 1] ?? 0) + value * (far[x] ?? 0);
      }
      if (sum === 0) continue;
      const start = (into[y] ?? 0) * width;
      const [upper, lower] = [near[y] ?? 0, far[y] ?? 0];
      for (let i = 0; i < to; i += 1) {
        const value = row[i] ?? 0;
        sums[start + i] = (sums[start + i] ?? 0) + value * upper;
        sums[start + width + i] = (sums[start + width + i] ?? 0) + value * lower;
      }
    }
    for (let y = 0; y < to; y += 1)
      for (let x = 0; x < to; x += 1)
        target[offset + y * to + x] = Math.floor((2 * (sums[y * width + x] ?? 0) + total) / (2 * total));
  };
}
