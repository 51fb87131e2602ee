/** Σ aᵢ bᵢ of two vectors of one length. */
export const dot = (a: readonly number[], b: readonly number[]): number =>
  a.reduce((sum, each, i) => sum + each * (b[i] ?? NaN), 0);
