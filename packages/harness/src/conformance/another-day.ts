/** Half a week and some: another hour, minute, second and weekday. */
const shift = 302_400_000 + 5_025_678;

/**
 * Runs `body` with `Date.now` shifted by about 3.5 days, so anything derived from the clock changes even if rounded to hours.
 *
 * @returns what `body` returns
 */
export function onAnotherDay<T>(body: () => T): T {
  const { now } = Date;
  Date.now = () => now() + shift;
  try {
    return body();
  } finally {
    Date.now = now;
  }
}
