import type { Row } from "@metabench/core";

/** The band of each row: rows that share a rank share one, and neighbouring bands differ; none for a rank of one's own. */
export function tieBands(rows: readonly Pick<Row, "place">[]): (null | "tied" | "tied-next")[] {
  const sizes = new Map<number, number>();
  for (const { place } of rows) if (place) sizes.set(place.group, (sizes.get(place.group) ?? 0) + 1);
  const shared = [...sizes].filter(([, size]) => size > 1).map(([group]) => group);
  return rows.map(({ place }) => {
    const at = place ? shared.indexOf(place.group) : -1;
    return at < 0 ? null : at % 2 === 0 ? "tied" : "tied-next";
  });
}
