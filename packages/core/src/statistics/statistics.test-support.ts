import fc from "fast-check";

const score = fc.integer({ min: -1000, max: 1000 }).map((n) => n / 1000);

const sizes = fc.record({ seeds: fc.integer({ min: 1, max: 5 }), items: fc.integer({ min: 2, max: 30 }) });
const matrixOf = ({ seeds, items }: { readonly seeds: number; readonly items: number }) =>
  fc.array(fc.array(score, { minLength: items, maxLength: items }), { minLength: seeds, maxLength: seeds });

/** Matrices of 1 to 5 seeds and 2 to 30 items. */
export const matrices = sizes.chain(matrixOf);

/** Two matrices of one size, independent of each other, the second shifted as a whole so that some pairs differ clearly. */
export const pairs = sizes
  .chain((size) =>
    fc.record({ a: matrixOf(size), b: matrixOf(size), shift: fc.constantFrom(-3, -1, 0, 1, 3) }),
  )
  .map(({ a, b, shift }) => ({ a, b: b.map((row) => row.map((value) => value + shift)) }));
