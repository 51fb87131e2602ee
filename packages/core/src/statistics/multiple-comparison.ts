/**
 * Holm's adjusted p values, in the order given: comparing them with α keeps the chance of any false rejection at or
 * below α. Holm 1979, https://www.jstor.org/stable/4615733
 */
export function holm(pValues: ArrayLike<number>): number[] {
  const order = Array.from(pValues, (p, index) => ({ p, index })).sort((a, b) => a.p - b.p);
  const adjusted = new Array<number>(order.length).fill(1);
  let largest = 0;
  for (const [i, { p, index }] of order.entries()) {
    largest = Math.max(largest, Math.min(1, (order.length - i) * p));
    adjusted[index] = largest;
  }
  return adjusted;
}
