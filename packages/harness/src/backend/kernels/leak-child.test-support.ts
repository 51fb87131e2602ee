import process from "node:process";
import * as tf from "@tensorflow/tfjs-core";
import type { Tensor, Tensor4D } from "@tensorflow/tfjs-core";
import { startNative } from "../native/start-native.ts";
import { noise, run } from "./kernel-values.test-support.ts";

/** What so many calls of a use left behind. */
export interface Left {
  readonly name: string;
  readonly kernels: readonly string[];
  /** As tfjs counts them. */
  readonly tensors: number;
  /** As the add-on counts them. */
  readonly nativeTensors: number;
  readonly residentBytes: number;
}

// Calls each of the suite's kernels, and its gradient, as often as the second argument says, after as many as the first says that do
// not count; then tells the parent what was left.
const [, , before = "", counted = ""] = process.argv;
const { kernels: inUse } = await startNative(1);

const images = tf.keep(noise([2, 6, 6, 4])) as Tensor4D;
const smaller = tf.keep(noise([2, 3, 3, 4]));
const filter = tf.keep(noise([3, 3, 4, 4])) as Tensor4D;
const halfFilter = tf.keep(noise([3, 3, 2, 4]));
const [scale, offset] = [tf.keep(noise([4])), tf.keep(noise([4]))];
const labels = tf.keep(tf.tensor1d([0, 3], "int32"));
const logits = tf.keep(noise([2, 4]));
const convolution = { strides: 1, pad: "same", dataFormat: "NHWC", dilations: 1 };
const window = { filterSize: 2, strides: 2, pad: "valid" };
const epsilon = { varianceEpsilon: 1e-3 };

/** Kernels by name, and a use of all of them. */
const uses: readonly (readonly [readonly string[], () => void])[] = [
  [
    ["Conv2D", "Conv2DBackpropInput", "Conv2DBackpropFilter"],
    () => {
      tf.grads((x: Tensor, w: Tensor) => tf.conv2d(x as Tensor4D, w as Tensor4D, 1, "same"))([
        images,
        filter,
      ]);
    },
  ],
  [
    ["GroupedConv2D", "GroupedConv2DBackpropInput", "GroupedConv2DBackpropFilter"],
    () => {
      run("GroupedConv2D", { x: images, filter: halfFilter }, convolution);
      run(
        "GroupedConv2DBackpropInput",
        { dy: images, filter: halfFilter },
        { ...convolution, inputShape: images.shape },
      );
      run(
        "GroupedConv2DBackpropFilter",
        { x: images, dy: images },
        { ...convolution, filterShape: halfFilter.shape },
      );
    },
  ],
  [
    ["MaxPoolGrad"],
    () => {
      tf.grad((x: Tensor) => tf.maxPool(x as Tensor4D, 2, 2, "valid"))(images, smaller);
    },
  ],
  [
    ["MaxPoolWithWorkspace", "MaxPoolWithWorkspaceGrad"],
    () => {
      const [y = images, workspace = images] = run("MaxPoolWithWorkspace", { x: images }, window);
      run("MaxPoolWithWorkspaceGrad", { dy: smaller, x: images, y, workspace }, window);
    },
  ],
  [
    ["FusedTrainingBatchNorm", "FusedTrainingBatchNormGrad"],
    () => {
      const [dy = images, mean = scale, variance = scale] = run(
        "FusedTrainingBatchNorm",
        { x: images, scale, offset },
        epsilon,
      );
      run("FusedTrainingBatchNormGrad", { dy, x: images, scale, mean, variance }, epsilon);
    },
  ],
  [
    ["ChannelAffine", "ChannelAffineGrad"],
    () => {
      run("ChannelAffine", { x: images, centre: offset, scale, offset }, {});
      run("ChannelAffineGrad", { dy: images, x: images, centre: offset, scale }, {});
    },
  ],
  [
    ["ReluGrad"],
    () => {
      tf.grad((x: Tensor) => tf.relu(x))(images);
    },
  ],
  [
    ["SparseSoftmaxCrossEntropy"],
    () => {
      run("SparseSoftmaxCrossEntropy", { logits, labels }, {});
    },
  ],
  [
    ["Sum", "Mean", "Cast", "Reshape"],
    () => {
      tf.grad((x: Tensor) => tf.sum(tf.reshape(tf.mean(tf.cast(x, "float32"), [1, 2]), [8])))(images);
      tf.sum(tf.reshape(images, [2, 6, 6, 4]), [0, 1, 2]);
    },
  ],
];

const forgotten = inUse.filter((name) => !uses.some(([kernels]) => kernels.includes(name)));
if (forgotten.length > 0) throw new Error(`Nobody calls ${forgotten.join(", ")}; add a use.`);

const { binding } = tf.backend() as unknown as { readonly binding: { getNumOfTensors(): number } };
function look(): {
  readonly tensors: number;
  readonly nativeTensors: number;
  readonly residentBytes: number;
} {
  globalThis.gc?.();
  return {
    tensors: tf.memory().numTensors,
    nativeTensors: binding.getNumOfTensors(),
    residentBytes: process.memoryUsage.rss(),
  };
}
function call(use: () => void, times: number): void {
  for (let done = 0; done < times; done += 1) tf.tidy(use);
}

const left: Left[] = [];
const possible = uses.filter(([kernels]) => kernels.every((name) => inUse.includes(name)));
for (const [, use] of possible) call(use, Number(before));
for (const [kernels, use] of possible) {
  const start = look();
  call(use, Number(counted));
  const end = look();
  left.push({
    name: kernels.join(", "),
    kernels,
    tensors: end.tensors - start.tensors,
    nativeTensors: end.nativeTensors - start.nativeTensors,
    residentBytes: end.residentBytes - start.residentBytes,
  });
}
process.send?.(left);
process.disconnect();
