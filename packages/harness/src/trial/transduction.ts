/** Share of the larger magnitude by which two numbers may differ through the order of float operations alone. */
const tolerance = 1e-3;

/** Whether two lists of the same numbers, computed with and without neighbours, differ beyond what rounding explains. */
export function differ(a: ArrayLike<number>, b: ArrayLike<number>): boolean {
  let largest = 0;
  let difference = 0;
  for (let at = 0; at < a.length; at += 1) {
    largest = Math.max(largest, Math.abs(a[at] ?? 0), Math.abs(b[at] ?? 0));
    difference = Math.max(difference, Math.abs((a[at] ?? 0) - (b[at] ?? 0)));
  }
  return difference > tolerance * Math.max(largest, 1e-6);
}
