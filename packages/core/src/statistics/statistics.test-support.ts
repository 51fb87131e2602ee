import fc from "fast-check";

const score = fc.integer({ min: -1000, max: 1000 }).map((n) => n / 1000);

/** Matrices of 1 to 5 seeds and 2 to 30 items. */
export const matrices = fc
  .record({ seeds: fc.integer({ min: 1, max: 5 }), items: fc.integer({ min: 2, max: 30 }) })
  .chain(({ seeds, items }) =>
    fc.array(fc.array(score, { minLength: items, maxLength: items }), { minLength: seeds, maxLength: seeds }),
  );
