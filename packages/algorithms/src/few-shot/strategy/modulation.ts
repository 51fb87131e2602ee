import { add, mul, slice, type Tensor1D } from "@tensorflow/tfjs-core";
import { leaves, map, type Weights } from "../../nn/index.ts";

/** A layer whose output is scaled and shifted per channel: the paths of the weights to scale and of those to shift as well. */
export interface ModulatedLayer {
  readonly gain: string;
  readonly shift: string;
  readonly channels: number;
}

/** The layers of a network that normalise (weights `scale` and `offset`) or, where none does, those with `kernel` and `bias`. */
export function modulatedLayers(body: Weights): readonly ModulatedLayer[] {
  const found = leaves(body);
  const pairs = (gain: string, shift: string): ModulatedLayer[] =>
    [...found.keys()]
      .filter((path) => path === gain || path.endsWith(`.${gain}`))
      .flatMap((path) => {
        const beside = path.slice(0, path.length - gain.length) + shift;
        const channels = found.get(beside)?.size;
        return channels === undefined ? [] : [{ gain: path, shift: beside, channels }];
      });
  const norms = pairs("scale", "offset");
  return norms.length > 0 ? norms : pairs("kernel", "bias");
}

/**
 * The weights under which each layer's output y is (1 + γ) y + β by channel: feature-wise linear modulation, Perez et al. 2018.
 * https://arxiv.org/abs/1709.07871
 *
 * @param gammas [channels of all layers together], in their order; likewise `betas`
 */
export function modulate<W extends Weights>(
  body: W,
  layers: readonly ModulatedLayer[],
  gammas: Tensor1D,
  betas: Tensor1D,
): W {
  const changes = new Map<string, { readonly gamma: Tensor1D; readonly beta?: Tensor1D }>();
  let from = 0;
  for (const { gain, shift, channels } of layers) {
    const gamma = add<Tensor1D>(slice(gammas, [from], [channels]), 1);
    changes.set(gain, { gamma }).set(shift, { gamma, beta: slice(betas, [from], [channels]) });
    from += channels;
  }
  return map(body, (leaf, path) => {
    const change = changes.get(path);
    if (change === undefined) return leaf;
    const scaled = mul(leaf, change.gamma);
    return change.beta === undefined ? scaled : add(scaled, change.beta);
  });
}
