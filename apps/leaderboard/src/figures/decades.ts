/** Ticks of a logarithmic axis: powers of ten around the values; with few of them, twos and fives as well. */
export function decades(values: readonly number[]): number[] {
  const positive = values.filter((value) => value > 0);
  if (positive.length === 0) return [];
  const low = Math.floor(Math.log10(Math.min(...positive)));
  const high = Math.ceil(Math.log10(Math.max(...positive)));
  const powers = Array.from({ length: high - low + 1 }, (_, i) => 10 ** (low + i));
  return powers.length > 3 ? powers : powers.flatMap((power) => [power, 2 * power, 5 * power]);
}

/** Those ticks that lie within the values. */
export const decadesWithin = (values: readonly number[]): number[] =>
  decades(values).filter((tick) => tick >= Math.min(...values) && tick <= Math.max(...values));

/** Whether errors spread so far that a logarithmic axis shows them better, and not so far (an exact oracle) that it hides the rest. */
export function isWide(values: readonly number[]): boolean {
  const [least, most] = [Math.min(...values), Math.max(...values)];
  return least > 0 && most / least > 10 && most / least < 1e5;
}
