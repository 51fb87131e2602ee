/** Half a week and some: another hour, minute, second and weekday. */
const shift = 302_400_000 + 5_025_678;

/**
 * Runs `body` with a clock that shows another day, so that what goes by the clock comes out otherwise even where it rounds to hours.
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
