/** A value in its table's unit: shares in percent with one digit, anything else with three figures. */
export function score(value: number, unit: string): string {
  return unit === "share" ? `${(value * 100).toFixed(1)} %` : figures(value);
}

/** Three significant figures, without an exponent where a person would write none. */
export function figures(value: number): string {
  if (value === 0) return "0";
  const magnitude = Math.floor(Math.log10(Math.abs(value)));
  if (magnitude < -4 || magnitude > 6) return value.toExponential(2);
  return value.toFixed(Math.max(0, 2 - magnitude));
}

/** "93.1 to 94.9", in the table's unit without its sign. */
export function interval(low: number | null, high: number | null, unit: string): string {
  if (low === null || high === null) return "no interval";
  const show = (value: number) => (unit === "share" ? (value * 100).toFixed(1) : figures(value));
  return `${show(low)} to ${show(high)}`;
}

/** A standard deviation: percentage points for shares. */
export function deviation(value: number, unit: string): string {
  return unit === "share" ? `${(value * 100).toFixed(1)} pp` : figures(value);
}

/** A difference with its sign, of what is not shown as 0: percentage points for shares. */
export function difference(value: number, unit: string): string {
  const shown = unit === "share" ? (value * 100).toFixed(1) : figures(value);
  const text = Number(shown) === 0 ? shown.replace("-", "") : value > 0 ? `+${shown}` : shown;
  return unit === "share" ? `${text} pp` : text;
}
