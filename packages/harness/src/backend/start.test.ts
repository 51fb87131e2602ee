import { fileURLToPath } from "node:url";
import { execaNode } from "execa";
import { describe, expect, it } from "vitest";
import type { BackendInfo } from "./backend-info.ts";
import { whyNotNative } from "./native/addon.ts";

const child = fileURLToPath(new URL("start-child.test-support.ts", import.meta.url));

interface Answer {
  readonly info: BackendInfo;
  readonly inUse: string;
  readonly gradient: readonly number[];
}

async function startIn(
  prefer: string,
  env: Record<string, string> = {},
): Promise<Answer & { readonly stderr: string }> {
  const { stdout, stderr } = await execaNode(child, [prefer], { env });
  return { ...(JSON.parse(stdout) as Answer), stderr };
}

describe.each([
  { prefer: "native", backend: "tensorflow", library: "TensorFlow 2.20.0" },
  { prefer: "wasm", backend: "wasm", library: "tfjs-backend-wasm 4.22.0" },
])("starting $prefer", ({ prefer, backend, library }) => {
  const missing = prefer === "native" && whyNotNative() !== undefined;

  it.skipIf(missing)(
    "serves whoever imports tfjs-core as a module, gradients included, and prints nothing",
    async () => {
      const { info, inUse, gradient, stderr } = await startIn(prefer, { TF_NUM_INTRAOP_THREADS: "1" });
      expect(info).toMatchObject({ backend, library, threads: 1 });
      expect(info.note).toBeUndefined();
      expect(inUse).toBe(backend);
      expect(gradient).toEqual([2, 4, 6]);
      expect(stderr).toBe("");
    },
  );
});

describe("starting a backend where native TensorFlow does not load", () => {
  // What happens when the cache with the library was cleared: the add-on is there, but cannot be linked.
  const broken = encodeURIComponent(
    'process.dlopen = () => { throw new Error("libtensorflow_cc.so.2: cannot open shared object file"); }',
  );

  it.skipIf(whyNotNative() !== undefined)("goes on with WebAssembly and says why", async () => {
    const { info } = await startIn("auto", { NODE_OPTIONS: `--import=data:text/javascript,${broken}` });
    expect(info).toMatchObject({ backend: "wasm" });
    expect(info.note).toMatch(/cannot open shared object file.*run: metabench setup/u);
  });
});

describe("starting a backend in the tests' own process", () => {
  it("is seen by tfjs-core as imported here", async () => {
    // The name under which other packages import it is what is tested.
    // eslint-disable-next-line @nx/enforce-module-boundaries
    const { startBackend } = await import("@metabench/harness/backend");
    const tf = await import("@tensorflow/tfjs-core");
    const { backend } = await startBackend({ prefer: "wasm" });
    expect(tf.getBackend()).toBe(backend);
    expect([
      ...tf.tidy(() =>
        tf
          .grad((x) => tf.square(x))(tf.tensor1d([3]))
          .dataSync(),
      ),
    ]).toEqual([6]);
  });
});
