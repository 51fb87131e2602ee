import { join } from "node:path";
import { expect, it } from "vitest";
import { metabench, recordOf, workingFolder } from "./command-line.test-support.ts";

const backend = { name: "wasm", device: "cpu" };

it("`--backend wasm` completes few-shot classification and multi-task learning, and records say so", async () => {
  const folder = workingFolder();
  const fewShot = await metabench(
    folder,
    "run --backend wasm --protocol few-shot/double-mnist-28/5w1s --algorithm prototypical-networks --budget 240 --episodes 2 --store kept",
  );
  expect(fewShot.code, fewShot.note).toBe(0);
  const multiTask = await metabench(
    folder,
    "run --backend wasm --protocol multi-task/multi-mnist --algorithm hard-sharing --budget 512 --store kept",
  );
  expect(multiTask.code, multiTask.note).toBe(0);
  for (const id of ["from-scratch", "prototypical-networks", "single-task", "hard-sharing"])
    expect(recordOf(join(folder, "kept"), id), id).toMatchObject({
      status: "completed",
      provenance: { backend },
    });
});
