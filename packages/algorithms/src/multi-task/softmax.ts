/** exp(xᵢ) / Σ exp(xⱼ), without overflow for large x. */
export function softmax(logits: readonly number[]): readonly number[] {
  const largest = Math.max(...logits);
  const exponentials = logits.map((logit) => Math.exp(logit - largest));
  const sum = exponentials.reduce((total, each) => total + each, 0);
  return exponentials.map((each) => each / sum);
}
