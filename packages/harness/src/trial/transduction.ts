/** Share of the larger magnitude by which two numbers may differ through the order of float operations alone. */
const tolerance = 1e-3;

/** Share of the magnitude of what a difference was taken of that it may be off by: a few of float32's last bits. */
const lastBits = 1e-5;

/** Logits by which a class lies below the best one beyond which its share is nothing, whatever the number. */
const negligible = 50;

/** Whether two lists of the same numbers, computed with and without neighbours, differ beyond what rounding explains. Not a number differs. */
export function differ(a: ArrayLike<number>, b: ArrayLike<number>): boolean {
  let largest = 0;
  let difference = 0;
  for (let at = 0; at < a.length; at += 1) {
    largest = Math.max(largest, Math.abs(a[at] ?? 0), Math.abs(b[at] ?? 0));
    difference = Math.max(difference, Math.abs((a[at] ?? 0) - (b[at] ?? 0)));
  }
  return !(difference <= tolerance * Math.max(largest, 1e-6));
}

/** How far each class of a query lies below its best one, none further than {@link negligible}, and the largest number that counted. */
function belowBest(
  logits: ArrayLike<number>,
  classes: number,
): { readonly margins: Float64Array; readonly largest: number } {
  const margins = new Float64Array(logits.length);
  let largest = 0;
  for (let row = 0; row < logits.length; row += classes) {
    let best = -Infinity;
    for (let at = row; at < row + classes; at += 1) best = Math.max(best, logits[at] ?? NaN);
    for (let at = row; at < row + classes; at += 1) {
      const margin = best - (logits[at] ?? NaN);
      margins[at] = Math.min(margin, negligible);
      if (!(margin > negligible)) largest = Math.max(largest, Math.abs(logits[at] ?? NaN));
    }
  }
  return { margins, largest };
}

/**
 * Whether logits of the same queries, computed with and without others beside them, say different things: margins between classes are
 * compared, so that neither a number added to all of them nor a class ruled out by an enormous one hides a difference.
 *
 * @param classes logits a query; `a` and `b` hold them query by query
 */
export function logitsDiffer(a: ArrayLike<number>, b: ArrayLike<number>, classes: number): boolean {
  const [one, other] = [belowBest(a, classes), belowBest(b, classes)];
  let spread = 0;
  let difference = 0;
  for (const [at, margin] of one.margins.entries()) {
    const beside = other.margins[at] ?? NaN;
    spread = Math.max(spread, margin, beside);
    difference = Math.max(difference, Math.abs(margin - beside));
  }
  const rounding = lastBits * Math.max(one.largest, other.largest);
  return !(difference <= Math.max(tolerance * spread, rounding, 1e-9));
}
