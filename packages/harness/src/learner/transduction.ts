/** Share of what tells examples apart by which two numbers may differ through the order of float operations alone. */
const tolerance = 1e-3;

/** Share of the magnitude of what a difference was taken of that it may be off by: a few of float32's last bits. */
const lastBits = 1e-5;

/** Share of a usual feature's spread that may appear in one that hardly ever is other than 0, as where a ReLU cuts off. */
const atTheEdge = 1e-4;

/** Logits by which a class lies below the best one beyond which its share is nothing, whatever the number. */
const negligible = 50;

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
 * @param classes logits per query; `a` and `b` hold them query by query
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

const lowerMedian = (values: readonly number[]) =>
  [...values].sort((a, b) => a - b)[(values.length - 1) >> 1] ?? 0;

/** Largest less smallest value of each feature. */
function spreads(values: ArrayLike<number>, features: number): readonly number[] {
  const smallest = new Array<number>(features).fill(Infinity);
  const largest = new Array<number>(features).fill(-Infinity);
  for (let at = 0; at < values.length; at += 1) {
    const feature = at % features;
    smallest[feature] = Math.min(smallest[feature] ?? NaN, values[at] ?? NaN);
    largest[feature] = Math.max(largest[feature] ?? NaN, values[at] ?? NaN);
  }
  return largest.map((value, feature) => value - (smallest[feature] ?? NaN));
}

/**
 * Whether features of the same examples (embeddings, outputs), computed with and without others beside them, are others: each feature is
 * measured by what tells examples apart in it, so that neither a number added to all of them nor a feature of enormous numbers hides a
 * difference. Not a number differs.
 *
 * @param features numbers an example; `a` and `b` hold them example by example
 * @param among features of more examples, where `a` holds too few to show how far apart they lie
 */
export function featuresDiffer(
  a: ArrayLike<number>,
  b: ArrayLike<number>,
  features: number,
  among: ArrayLike<number> = a,
): boolean {
  if (a.length !== b.length) return true;
  const spread = spreads(among, features);
  const edge = atTheEdge * lowerMedian(spread.filter((value) => value > 0));
  for (let at = 0; at < a.length; at += 1) {
    const [one, other] = [a[at] ?? NaN, b[at] ?? NaN];
    const rounding = lastBits * Math.max(Math.abs(one), Math.abs(other));
    const allowed = Math.max(tolerance * (spread[at % features] ?? 0), rounding, edge, 1e-9);
    if (!(Math.abs(one - other) <= allowed)) return true;
  }
  return false;
}
