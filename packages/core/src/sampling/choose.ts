/** Up to this many, such as the images of a class, the whole order is written down anew. */
const orderedAtMost = 64;

/** Beyond this many, searching the displaced positions one by one costs more than a map. */
const searchedAtMost = 64;

// Overwritten by every call before it is read; kept here because the episode sampler calls 100,000 times a second.
const ordered = new Uint32Array(orderedAtMost);
const displacedPosition = new Float64Array(searchedAtMost);
const displacedValue = new Uint32Array(searchedAtMost);

/**
 * Writes `count` distinct integers of 0…n−1, every ordered selection equally likely, to `target` from `offset` on.
 *
 * The first `count` steps of a Fisher–Yates shuffle of 0…n−1. Only the positions it displaced are kept, so memory is
 * O(count); how they are kept moves no result. `below(m)` must draw uniformly from 0…m−1.
 */
export function chooseInto(
  target: Uint32Array,
  offset: number,
  count: number,
  n: number,
  below: (bound: number) => number,
): void {
  if (n <= orderedAtMost) chooseFromArray(ordered, target, offset, count, n, below);
  else if (count <= searchedAtMost) chooseSearching(target, offset, count, n, below);
  else if (n <= 16 * count) chooseFromArray(new Uint32Array(n), target, offset, count, n, below);
  else chooseFromMap(target, offset, count, n, below);
}

function chooseSearching(
  target: Uint32Array,
  offset: number,
  count: number,
  n: number,
  below: (bound: number) => number,
): void {
  for (let i = 0; i < count; i += 1) {
    const position = i + below(n - i);
    let chosen = position;
    let own = i;
    let slot = i;
    for (let k = 0; k < i; k += 1) {
      const displaced = displacedPosition[k] ?? 0;
      if (displaced === position) {
        chosen = displacedValue[k] ?? 0;
        slot = k;
      }
      if (displaced === i) own = displacedValue[k] ?? 0;
    }
    target[offset + i] = chosen;
    // A slot that was not found is the new one at i; a found one leaves slot i without a position to match.
    displacedPosition[i] = -1;
    displacedPosition[slot] = position;
    displacedValue[slot] = own;
  }
}

function chooseFromArray(
  order: Uint32Array,
  target: Uint32Array,
  offset: number,
  count: number,
  n: number,
  below: (bound: number) => number,
): void {
  for (let i = 0; i < n; i += 1) order[i] = i;
  for (let i = 0; i < count; i += 1) {
    const position = i + below(n - i);
    target[offset + i] = order[position] ?? 0;
    order[position] = order[i] ?? 0;
  }
}

function chooseFromMap(
  target: Uint32Array,
  offset: number,
  count: number,
  n: number,
  below: (bound: number) => number,
): void {
  const displaced = new Map<number, number>();
  for (let i = 0; i < count; i += 1) {
    const position = i + below(n - i);
    target[offset + i] = displaced.get(position) ?? position;
    displaced.set(position, displaced.get(i) ?? i);
  }
}

/** 0, 1, … n−1. */
export function identity(n: number): Uint32Array {
  const order = new Uint32Array(n);
  for (let i = 0; i < n; i += 1) order[i] = i;
  return order;
}
