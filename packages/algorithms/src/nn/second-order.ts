import {
  Conv2DBackpropFilter,
  Equal,
  Greater,
  Less,
  LessEqual,
  MaxPoolGrad,
  NotEqual,
  avgPool,
  backend_util,
  conv2d,
  engine,
  mul,
  ones,
  pad as padTensor,
  registerGradient,
  zeros,
} from "@tensorflow/tfjs-core";
import type { NamedAttrMap, Tensor4D } from "@tensorflow/tfjs-core";
import { recording, stopGradient } from "./engine.ts";
import type { TapeNode } from "./engine.ts";

interface Recorder {
  addTapeNode: (...args: readonly unknown[]) => void;
}

const installed = Symbol.for("metabench.second-order");

function consumes(node: TapeNode, outputs: ReadonlySet<number>): boolean {
  return Object.values(node.inputs).some((input) => outputs.has(input.id));
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
  };
}

/** Comparisons are flat almost everywhere, so their gradient is zero; `max` and `min` need that of `equal`. */
function registerComparisons(): void {
  for (const kernelName of [Equal, NotEqual, Greater, Less, LessEqual]) {
    registerGradient({
      kernelName,
      inputsToSave: ["a", "b"],
      gradFunc: (_, [a, b]) => ({
        a: () => zeros(a?.shape ?? []),
        b: () => zeros(b?.shape ?? []),
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

/** What tfjs' pooling kernels take. */
export interface PoolAttributes {
  readonly filterSize: [number, number] | number;
  readonly strides: [number, number] | number;
  readonly pad: "valid" | "same" | number;
}

/**
 * From a tensor over a pool's input, the entry at each window's maximum: the adjoint of max pooling's gradient.
 *
 * @param mask [n, height, width, channels], 1 where a window has its maximum, 0 elsewhere.
 * @throws RangeError if windows overlap (an entry may then be the maximum of two windows, which a mask cannot say).
 */
export function gatherMaxima(
  x: Tensor4D,
  mask: Tensor4D,
  { filterSize, strides, pad }: PoolAttributes,
): Tensor4D {
  const info = backend_util.computePool2DInfo(x.shape, filterSize, strides, 1, pad);
  const { filterHeight, filterWidth, strideHeight, strideWidth, padInfo } = info;
  if (strideHeight < filterHeight || strideWidth < filterWidth) {
    throw new RangeError(
      `The second derivative of max pooling is known for windows that do not overlap, not for ${String(filterHeight)}×${String(filterWidth)} ` +
        `windows every ${String(strideHeight)}×${String(strideWidth)}; use nn.maxPool with strides of the window's size, or first order.`,
    );
  }
  const chosen = mul<Tensor4D>(x, mask);
  const { top, bottom, left, right } = padInfo;
  const padded: Tensor4D =
    top + bottom + left + right === 0
      ? chosen
      : padTensor<Tensor4D>(chosen, [
          [0, 0],
          [top, bottom],
          [left, right],
          [0, 0],
        ]);
  const size: [number, number] = [filterHeight, filterWidth];
  return mul(avgPool(padded, size, [strideHeight, strideWidth], "valid"), filterHeight * filterWidth);
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
          const inputs = { dy: ones(dy.shape), input: stopGradient(input), output: stopGradient(output) };
          const mask = stopGradient(engine().runKernel<Tensor4D>(MaxPoolGrad, inputs, attributes));
          return gatherMaxima(cotangent as Tensor4D, mask, attributes as unknown as PoolAttributes);
        },
        input: () => zeros(input.shape),
        output: () => zeros(output.shape),
      };
    },
  });
}

/**
 * Makes second derivatives right: cures the order of the tape and registers the gradients that tfjs 4.22.0 lacks. Idempotent; importing
 * this room does it.
 */
export function installSecondOrder(): void {
  const holder = engine() as unknown as Record<symbol, boolean | undefined>;
  if (holder[installed] === true) return;
  holder[installed] = true;
  cureTapeOrder();
  registerComparisons();
  registerFilterGradient();
  registerPoolGradient();
}
