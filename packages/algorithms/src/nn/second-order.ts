import {
  Conv2DBackpropFilter,
  Equal,
  Greater,
  Less,
  LessEqual,
  MaxPoolGrad,
  NotEqual,
  conv2d,
  engine,
  getGradient,
  fill,
  registerGradient,
} from "@tensorflow/tfjs-core";
import type { NamedAttrMap, Tensor, Tensor4D } from "@tensorflow/tfjs-core";
import { isAbsenceAccepted, recording, stopGradient } from "./engine.ts";
import type { TapeNode } from "./engine.ts";
import { registerChannelAffineGradients } from "./fused/channel-affine.ts";
import { registerCrossEntropyGradients } from "./fused/cross-entropy.ts";
import { gatherMaxima } from "./fused/gather-maxima.ts";
import type { PoolAttributes } from "./fused/gather-maxima.ts";
import { registerGroupedConvolutionGradients } from "./fused/grouped-convolution.ts";
import { registerMaxPoolGradients } from "./fused/max-pool.ts";
import { registerTrainingBatchNormGradients } from "./fused/training-batch-norm.ts";

interface Recorder {
  addTapeNode: (...args: readonly unknown[]) => void;
}

const installed = Symbol.for("metabench.second-order");

function consumes(node: TapeNode, outputs: ReadonlySet<number>): boolean {
  return Object.values(node.inputs).some((input) => outputs.has(input.id));
}

/** tfjs makes zeros of an output's size where a cotangent is absent; this node's gradient sees the absence instead. */
function passAbsence(node: TapeNode, [kernelName, , , , saved, attributes]: readonly unknown[]): void {
  const { gradFunc } = getGradient(kernelName as string);
  node.gradient = (cotangents) =>
    gradFunc(cotangents as Tensor[], saved as Tensor[], attributes as NamedAttrMap);
}

/**
 * Cures the order of tfjs' tape.
 *
 * When a gradient reuses the output of its operation (`exp`, `softmax`, `sqrt`, ...), tfjs records the clone that it saves *before* the
 * operation, so a walk back meets the operation first and drops, without a word, what a second derivative sends through the clone. Here a
 * new node moves in front of the nodes just before it that read its outputs.
 */
function cureTapeOrder(): void {
  const recorder = engine() as unknown as Recorder;
  if (typeof recorder.addTapeNode !== "function")
    throw new Error("This tfjs has no tape to cure; metabench needs tfjs 4.22.0 exactly.");
  const original = recorder.addTapeNode.bind(recorder);
  recorder.addTapeNode = (...args) => {
    original(...args);
    const tape = recording().activeTape;
    const node = tape?.pop();
    if (tape === null || node === undefined)
      throw new Error("tfjs recorded no node; metabench needs tfjs 4.22.0 exactly.");
    const outputs = new Set(node.outputs.map(({ id }) => id));
    let place = tape.length;
    for (
      let before = tape[place - 1];
      before !== undefined && consumes(before, outputs);
      before = tape[place - 1]
    )
      place -= 1;
    tape.splice(place, 0, node);
    if (isAbsenceAccepted(node.kernelName)) passAbsence(node, args);
  };
}

/** Comparisons are flat almost everywhere, so their gradient is zero; `max` and `min` need that of `equal`. */
function registerComparisons(): void {
  for (const kernelName of [Equal, NotEqual, Greater, Less, LessEqual]) {
    registerGradient({
      kernelName,
      inputsToSave: ["a", "b"],
      gradFunc: (_, [a, b]) => ({
        a: () => fill(a?.shape ?? [], 0),
        b: () => fill(b?.shape ?? [], 0),
      }),
    });
  }
}

interface ConvolutionAttributes {
  readonly strides: [number, number] | number;
  readonly pad: "valid" | "same" | number;
  readonly dataFormat: "NHWC";
}

/** `dw = x ⋆ dy` is linear in both, so its cotangents are the other two convolutions. */
function registerFilterGradient(): void {
  registerGradient({
    kernelName: Conv2DBackpropFilter,
    inputsToSave: ["x", "dy"],
    gradFunc: (cotangent, saved, attributes: NamedAttrMap) => {
      const [x, dy] = saved as [Tensor4D, Tensor4D];
      const ddw = cotangent as Tensor4D;
      const { strides, pad, dataFormat } = attributes as unknown as ConvolutionAttributes;
      return {
        x: () =>
          engine().runKernel("Conv2DBackpropInput", { dy, filter: ddw }, {
            strides,
            pad,
            dataFormat,
            inputShape: x.shape,
          } as unknown as NamedAttrMap),
        dy: () => conv2d(x, ddw, strides, pad, dataFormat),
      };
    },
  });
}

/** Max pooling's gradient is linear in `dy` and, where it is differentiable, constant in the input. */
function registerPoolGradient(): void {
  registerGradient({
    kernelName: MaxPoolGrad,
    inputsToSave: ["dy", "input", "output"],
    gradFunc: (cotangent, saved, attributes) => {
      const [dy, input, output] = saved as [Tensor4D, Tensor4D, Tensor4D];
      return {
        dy: () => {
          const maskOf = (value: number) => {
            const inputs = {
              dy: fill(dy.shape, value),
              input: stopGradient(input),
              output: stopGradient(output),
            };
            return stopGradient(engine().runKernel<Tensor4D>(MaxPoolGrad, inputs, attributes));
          };
          return gatherMaxima(cotangent as Tensor4D, maskOf, attributes as unknown as PoolAttributes);
        },
        input: () => fill(input.shape, 0),
        output: () => fill(output.shape, 0),
      };
    },
  });
}

/**
 * Corrects the second derivatives of TensorFlow.js 4.22.0 in this process. Importing `@metabench/algorithms/nn` does it, so there is no need
 * to call it.
 */
export function installSecondOrder(): void {
  const holder = engine() as unknown as Record<symbol, boolean | undefined>;
  if (holder[installed] === true) return;
  holder[installed] = true;
  cureTapeOrder();
  registerComparisons();
  registerFilterGradient();
  registerPoolGradient();
  registerChannelAffineGradients();
  registerTrainingBatchNormGradients();
  registerMaxPoolGradients();
  registerGroupedConvolutionGradients();
  registerCrossEntropyGradients();
}
