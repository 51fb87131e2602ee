import { readFileSync } from "node:fs";
import * as tf from "@tensorflow/tfjs-core";
import type { Scalar, Tensor1D, Tensor2D, Tensor4D } from "@tensorflow/tfjs-core";
import { describe, expect, it } from "vitest";
import { drawer, expectGradients, type GradientSummary } from "../against-pytorch.test-support.ts";
import { convBlock, crossEntropy, descend, gradient, leaves, linear, valueAndGradient } from "./index.ts";
import type { ChannelStatistics, ConvBlockWeights, LinearWeights } from "./index.ts";

/** Made by golden/maml_pytorch.py of this package, which says how. */
interface Golden {
  readonly cases: readonly {
    readonly order: 1 | 2;
    readonly steps: number;
    readonly rate: number;
    readonly normaliser: "query" | "support";
    readonly loss: number;
    readonly gradients: Readonly<Record<string, GradientSummary>>;
  }[];
}

type Net = { readonly blocks: readonly ConvBlockWeights[]; readonly head: LinearWeights };

const [ways, queries, size, channels] = [5, 3, 28, 32];
const golden = JSON.parse(
  readFileSync(new URL("maml-pytorch.golden.json", import.meta.url), "utf8"),
) as Golden;

function initialWeights(): Net {
  const draw = drawer(1);
  const blocks = [1, channels, channels, channels].map((inputs): ConvBlockWeights => {
    const limit = 1 / Math.sqrt(9 * inputs);
    const kernel = draw<Tensor4D>([3, 3, inputs, channels], limit);
    const bias = draw<Tensor1D>([channels], limit);
    const scale = draw<Tensor1D>([channels], 0.3, 1);
    return { convolution: { kernel, bias }, norm: { scale, offset: draw<Tensor1D>([channels], 0.3) } };
  });
  const limit = 1 / Math.sqrt(channels);
  const kernel = draw<Tensor2D>([channels, ways], limit);
  return { blocks, head: { kernel, bias: draw<Tensor1D>([ways], limit) } };
}

function forward(
  weights: Net,
  images: Tensor4D,
  given?: readonly ChannelStatistics[],
): [Tensor2D, ChannelStatistics[]] {
  const used: ChannelStatistics[] = [];
  let x = images;
  for (const [index, block] of weights.blocks.entries()) {
    const { output, statistics } = convBlock.apply(block, x, given?.[index]);
    used.push(statistics);
    x = output;
  }
  return [linear.apply(weights.head, tf.reshape(x, [images.shape[0], channels])), used];
}

const labels = (count: number): Tensor1D =>
  tf.tensor1d(
    Array.from({ length: count }, (_, index) => index % ways),
    "int32",
  );

/** Compares a MAML step on Conv4 with PyTorch's, on the backend in use. */
export function describeMamlAgainstPyTorch(backend: string): void {
  describe(`a MAML step on Conv4, on ${backend}, agrees with PyTorch's autograd in double precision to 1e-3`, () => {
    for (const { order, steps, rate, normaliser, ...expected } of golden.cases) {
      it(`order ${String(order)}, ${String(steps)} inner steps at ${String(rate)}, queries normalised by the ${normaliser} set`, () => {
        tf.tidy(() => {
          const support = drawer(2)<Tensor4D>([ways, size, size, 1], 0.5, 0.5);
          const query = drawer(3)<Tensor4D>([ways * queries, size, size, 1], 0.5, 0.5);
          const outer = (weights: Net): Scalar => {
            let adapted = weights;
            for (let step = 0; step < steps; step++) {
              const inner = (w: Net): Scalar => crossEntropy(forward(w, support)[0], labels(ways));
              adapted = descend(adapted, gradient(inner, adapted, { order }), rate);
            }
            const given = normaliser === "support" ? forward(adapted, support)[1] : undefined;
            return crossEntropy(forward(adapted, query, given)[0], labels(ways * queries));
          };
          const { value, gradient: found } = valueAndGradient(outer, initialWeights());
          expect(Math.abs(value.arraySync() - expected.loss) / expected.loss).toBeLessThan(1e-3);

          expectGradients(leaves(found), expected.gradients, 1e-3);
        });
      });
    }
  });
}
