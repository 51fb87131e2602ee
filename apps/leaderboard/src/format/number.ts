/** Minus sign and thin spaces as in print. */
const print = (text: string): string => text.replace("-", "−");

/**
 * Digits after the point that the smallest of these half-widths justifies, one to four. A millionth of the largest is rounding
 * (that of an exact oracle), not an uncertainty.
 */
export function digitsFor(halfWidths: readonly number[]): number {
  const rounding = 1e-6 * Math.max(...halfWidths, 0);
  const smallest = Math.min(...halfWidths.filter((width) => width > rounding));
  return Number.isFinite(smallest) ? Math.min(4, Math.max(1, Math.ceil(-Math.log10(smallest)))) : 1;
}

export const fixed = (value: number, digits: number): string => print(value.toFixed(digits));

/** With its sign, also for gains. */
export const signed = (value: number, digits: number): string => {
  const text = value.toFixed(digits);
  return Number(text) === 0 ? (0).toFixed(digits) : value > 0 ? `+${text}` : print(text);
};

const superscript = (digits: string): string =>
  digits.replace("-", "⁻").replaceAll(/\d/g, (digit) => "⁰¹²³⁴⁵⁶⁷⁸⁹".charAt(Number(digit)));

/** Three significant digits, thousands set apart; below 0.0001 as a power of ten. */
export function significant(value: number): string {
  if (value === 0) return "0";
  const [mantissa = "", exponent = ""] = value.toExponential(2).split("e");
  if (Number(exponent) < -4) return print(`${mantissa} × 10${superscript(exponent)}`);
  const digits = Math.max(0, 2 - Number(exponent));
  return print(
    Number(value.toPrecision(3)).toLocaleString("en-GB", {
      minimumFractionDigits: digits,
      maximumFractionDigits: digits,
    }),
  );
}

export const whole = (value: number): string => print(Math.round(value).toLocaleString("en-GB"));

export const megabytes = (bytes: number): string => whole(bytes / 1e6);

/** Seconds as a reader would say them. */
export function duration(seconds: number): string {
  // Rounded before it is taken apart: the rest of 119.7 s is no 60 s.
  const [whole, minutes] = [Math.round(seconds), Math.round(seconds / 60)];
  if (whole < 60) return `${significant(seconds)} s`;
  if (whole < 3600) return `${String(Math.floor(whole / 60))} min ${String(whole % 60)} s`;
  return `${String(Math.floor(minutes / 60))} h ${String(minutes % 60)} min`;
}

/** Day and minute, in universal time. */
export const moment = (iso: string): string => `${iso.slice(0, 10)} ${iso.slice(11, 16)} UTC`;

export const plural = (count: number, one: string, many = `${one}s`): string =>
  `${whole(count)} ${count === 1 ? one : many}`;
