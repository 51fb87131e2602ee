import leven from "leven";

/**
 * Names that someone who typed `wanted` may have meant, nearest first, three at most: an edit distance of up to a third of the
 * name, or one name within the other.
 */
export function nearest(wanted: string, names: readonly string[]): readonly string[] {
  return [...new Set(names)]
    .map((name) => ({
      name,
      distance: name.includes(wanted) || wanted.includes(name) ? 1 : leven(wanted, name),
    }))
    .filter(
      ({ name, distance }) => distance <= Math.max(1, Math.ceil(Math.max(wanted.length, name.length) / 3)),
    )
    .sort((one, other) => one.distance - other.distance || (one.name < other.name ? -1 : 1))
    .slice(0, 3)
    .map(({ name }) => name);
}
