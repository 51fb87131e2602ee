import { Relu, engine, fill, registerGradient } from "@tensorflow/tfjs-core";
import type { Tensor } from "@tensorflow/tfjs-core";
import { share } from "./shared-data.ts";
import { attribute, operation } from "./tensorflow-ops.ts";
import type { NativeKernel } from "./tensorflow-ops.ts";

/** `ReluGrad` ({dy, x}) → dy where x > 0, else 0: one operation for tfjs' comparison, conversion and product. */
export const reluGradient: NativeKernel = {
  name: "ReluGrad",
  run: ({ dy, x }) => operation("ReluGrad", [attribute.float32()], [dy, x]),
};

/** `x` goes in as a constant, unknown to any tape: a second derivative would carry zeros of its full size through it. */
function maskBySign(dy: Tensor, x: Tensor): Tensor {
  return engine().runKernel("ReluGrad", { dy, x: engine().makeTensorFromTensorInfo(share(x)) });
}

/** Lets ReLU's gradient use {@link reluGradient}, which is linear in `dy` and constant in `x` wherever ReLU has a derivative. */
export function registerReluGradients(): void {
  registerGradient({
    kernelName: Relu,
    inputsToSave: ["x"],
    gradFunc: (dy, [x]) => ({ x: () => maskBySign(dy as Tensor, x as Tensor) }),
  });
  registerGradient({
    kernelName: "ReluGrad",
    inputsToSave: ["x"],
    gradFunc: (cotangent, [x]) => ({
      dy: () => maskBySign(cotangent as Tensor, x as Tensor),
      x: () => fill((x as Tensor).shape, 0),
    }),
  });
}
