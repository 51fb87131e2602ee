/** Minus sign and thin spaces as in print. */
const print = (text: string): string => text.replace("-", "−");

/** Digits after the point that an uncertainty of this half-width justifies, one to four. */
export function digitsFor(halfWidths: readonly number[]): number {
  const smallest = Math.min(...halfWidths.filter((width) => width > 0));
  return Number.isFinite(smallest) ? Math.min(4, Math.max(1, Math.ceil(-Math.log10(smallest)))) : 1;
}

export const fixed = (value: number, digits: number): string => print(value.toFixed(digits));

/** With its sign, also for gains. */
export const signed = (value: number, digits: number): string => {
  const text = value.toFixed(digits);
  return Number(text) === 0 ? (0).toFixed(digits) : value > 0 ? `+${text}` : print(text);
};

/** Three significant digits, without exponent; thousands set apart. */
export function significant(value: number): string {
  if (value === 0) return "0";
  const digits = Math.max(0, 2 - Math.floor(Math.log10(Math.abs(value))));
  const rounded = Number(value.toPrecision(3));
  return print(
    rounded.toLocaleString("en-GB", {
      minimumFractionDigits: Math.min(digits, 4),
      maximumFractionDigits: Math.min(digits, 4),
    }),
  );
}

export const whole = (value: number): string => print(Math.round(value).toLocaleString("en-GB"));

export const megabytes = (bytes: number): string => whole(bytes / 1e6);

/** Seconds as a reader would say them. */
export function duration(seconds: number): string {
  if (seconds < 60) return `${significant(seconds)} s`;
  if (seconds < 3600) return `${String(Math.floor(seconds / 60))} min ${String(Math.round(seconds % 60))} s`;
  return `${String(Math.floor(seconds / 3600))} h ${String(Math.round((seconds % 3600) / 60))} min`;
}

/** Day and minute, in universal time. */
export const moment = (iso: string): string => `${iso.slice(0, 10)} ${iso.slice(11, 16)} UTC`;

export const plural = (count: number, one: string, many = `${one}s`): string =>
  `${whole(count)} ${count === 1 ? one : many}`;
