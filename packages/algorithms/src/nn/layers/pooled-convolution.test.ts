import { startBackend } from "@metabench/harness/backend";
import type { Tensor4D } from "@tensorflow/tfjs-core";
import { expect, it } from "vitest";
import { stream } from "../derivatives.test-support.ts";
import { convolution, maxPool, pooledConvolution, relu, uniform } from "../index.ts";

await startBackend();

it("a pooled convolution equals pooling after bias and ReLU, bit for bit", () => {
  const random = stream(3);
  const weights = pooledConvolution.initialise(random, 5, 3, 7);
  const x = uniform<Tensor4D>(random, [4, 13, 12, 3], 2);
  for (const padding of ["same", "valid"] as const) {
    const plain = maxPool(relu(convolution.apply(weights, x, { padding })));
    expect(pooledConvolution.apply(weights, x, { padding }).dataSync()).toEqual(plain.dataSync());
  }
});
