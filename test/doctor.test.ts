import { describe, expect, it } from "vitest";
import { metabench, workingFolder } from "./command-line.test-support.ts";

/** Loaded before the backend, in every process: an add-on whose TensorFlow knows no operation whose name begins so. */
function withoutOperations(prefix: string): string {
  const script = `
    const { dlopen } = process;
    process.dlopen = (module, ...rest) => {
      dlopen(module, ...rest);
      const binding = module.exports;
      if (binding.executeOp === undefined) return;
      module.exports = Object.create(binding, {
        executeOp: {
          value: (name, ...given) => {
            if (name.startsWith(${JSON.stringify(prefix)})) throw new Error("Op type not registered '" + name + "'");
            return binding.executeOp(name, ...given);
          },
        },
      });
    };`;
  return `--import=data:text/javascript,${encodeURIComponent(script)}`;
}

interface Report {
  readonly backend: { readonly backend: string; readonly kernels: readonly string[] };
}

describe("metabench doctor", () => {
  it("names the kernels that are in use, and only those", async () => {
    const folder = workingFolder();
    const whole = await metabench(folder, "doctor --json");
    expect(whole.code, whole.note).toBe(0);
    const { backend, kernels } = (JSON.parse(whole.out) as Report).backend;
    if (backend !== "tensorflow") return; // WebAssembly's kernels are its own, and always all in use.
    expect(kernels).toEqual(expect.arrayContaining(["Conv2D", "FusedTrainingBatchNorm", "ReluGrad", "Sum"]));
    const lacking = await metabench(folder, "doctor", { NODE_OPTIONS: withoutOperations("_Mkl") });
    expect(lacking.code, lacking.note).toBe(0);
    expect(lacking.out).toMatch(/own kernels: ReluGrad, .*Sum/);
    expect(lacking.out).not.toMatch(/Conv2D|FusedTrainingBatchNorm/);
  });
});
