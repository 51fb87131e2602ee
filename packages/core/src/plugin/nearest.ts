import leven from "leven";

/**
 * Names that someone who typed `wanted` may have meant, nearest first, three at most: an edit distance of up to a third of the
 * name, or one name within the other. Capitals count as small letters.
 */
export function nearest(wanted: string, names: readonly string[]): readonly string[] {
  return [...new Set(names)]
    .map((name) => ({ name, distance: distanceBetween(wanted.toLowerCase(), name.toLowerCase()) }))
    .filter(
      ({ name, distance }) => distance <= Math.max(1, Math.ceil(Math.max(wanted.length, name.length) / 3)),
    )
    .sort((one, other) => one.distance - other.distance || (one.name < other.name ? -1 : 1))
    .slice(0, 3)
    .map(({ name }) => name);
}

const distanceBetween = (wanted: string, name: string) =>
  wanted !== "" && (name.includes(wanted) || wanted.includes(name)) ? 1 : leven(wanted, name);

/**
 * The sentence that a message about an unknown name has: ` Did you mean maml?`, with the space before it. Empty where no name is near.
 *
 * @param shown how a name is written in the message
 */
export function didYouMean(
  wanted: string,
  names: readonly string[],
  shown: (name: string) => string = (name) => name,
): string {
  const near = nearest(wanted, names);
  return near.length === 0 ? "" : ` Did you mean ${near.map(shown).join(", ")}?`;
}
