/**
 * How far each label must move so that no two stand closer than `gap`, in order of their places.
 *
 * @param places where the labels would stand
 * @param range lowest and highest place that a label may take; wide enough for all of them, or the highest ones go beyond it
 * @returns the shift of each
 */
export function spread(
  places: readonly number[],
  gap: number,
  [lowest, highest]: readonly [lowest: number, highest: number],
): number[] {
  const groups: { first: number; members: number[] }[] = [];
  const order = places.map((place, index) => ({ place, index })).toSorted((a, b) => a.place - b.place);
  const end = (group: { first: number; members: number[] }) => group.first + group.members.length * gap;
  const centre = (members: readonly number[]) =>
    members.reduce((sum, index, at) => sum + (places[index] ?? 0) - at * gap, 0) / members.length;
  for (const { place, index } of order) {
    groups.push({ first: place, members: [index] });
    for (;;) {
      const [above, below] = [groups.at(-1), groups.at(-2)];
      if (!above || !below || end(below) <= above.first) break;
      groups.pop();
      below.members.push(...above.members);
      below.first = centre(below.members);
    }
  }
  const shifts = places.map(() => 0);
  const stacked = groups.flatMap(({ first, members }) =>
    members.map((index, at) => ({ index, place: first + at * gap })),
  );
  for (const [at, { index, place }] of stacked.entries()) {
    const below = Math.min(place, highest - (stacked.length - 1 - at) * gap);
    shifts[index] = Math.max(below, lowest + at * gap) - (places[index] ?? 0);
  }
  return shifts;
}
