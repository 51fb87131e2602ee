import type { NativeKernel, StockKernel } from "./tensorflow-ops.ts";

/** A kernel that computes float32 and leaves every other type to the one of the same name that tfjs-node brought. */
export function floatsOnly({ name, run }: NativeKernel, stock: (name: string) => StockKernel): NativeKernel {
  const other = stock(name);
  return {
    name,
    run: (inputs, attributes) =>
      Object.values(inputs).every(({ dtype }) => dtype === "float32")
        ? run(inputs, attributes)
        : other(inputs, attributes),
  };
}
