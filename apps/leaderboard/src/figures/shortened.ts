/** A name of at most so many letters: a longer one loses its end, not its beginning. */
export const shortened = (name: string, letters: number): string =>
  name.length <= letters ? name : `${name.slice(0, letters - 1).trimEnd()}…`;
