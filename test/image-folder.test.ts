import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { encode } from "fast-png";
import { describe, expect, it } from "vitest";
import { metabench, recordOf, workingFolder } from "./command-line.test-support.ts";

/** Fifteen class folders of 16 pictures: class c is as bright as c, give or take a little. */
function putBirds(folder: string): void {
  for (let label = 0; label < 15; label += 1) {
    const ofClass = join(folder, "data", "birds", `bird-${String(label).padStart(2, "0")}`);
    mkdirSync(ofClass, { recursive: true });
    for (let at = 0; at < 16; at += 1) {
      const data = new Uint8Array(16 * 16).fill(10 + 16 * label + (at % 3));
      writeFileSync(
        join(ofClass, `${String(at)}.png`),
        encode({ width: 16, height: 16, channels: 1, depth: 8, data }),
      );
    }
  }
}

const protocol = "--data data --protocol few-shot/double-mnist-28/5w1s --algorithm pixel-centroids";
const birds = "--dataset image-folder --dataset-set folder=birds --dataset-set ratio=[5,5,5]";
const conv4 = "--backbone conv4 --backbone-set width=4";

describe("a folder of pictures", () => {
  it("is prepared and run with its options, and its row says which", async () => {
    const folder = workingFolder({
      "metabench.config.json": JSON.stringify({ datasets: { "image-folder": { size: 16 } } }),
    });
    putBirds(folder);
    const cache = { METABENCH_CACHE: join(folder, "cache") };
    const prepared = await metabench(
      folder,
      "prepare image-folder --data data --set folder=birds --set ratio=[5,5,5] --json",
      cache,
    );
    expect(prepared.code, prepared.note).toBe(0);
    const [{ contentHash }] = (JSON.parse(prepared.out) as { datasets: [{ contentHash: string }] }).datasets;

    const ran = await metabench(
      folder,
      `run ${protocol} ${birds} ${conv4} --episodes 5 --budget 500 --store kept`,
      cache,
    );
    expect(ran.code, ran.note).toBe(0);
    const record = recordOf(join(folder, "kept"), "pixel-centroids");
    expect(record).toMatchObject({
      status: "completed",
      spec: {
        protocol: {
          id: "few-shot/image-folder/5w1s",
          title: expect.stringMatching(
            /^Image folder \(.*folder birds.*\), by the rules of .*, with Conv4 \(width 4\)$/,
          ),
          division: "open",
        },
        dataset: { options: { folder: "birds", size: 16, ratio: [5, 5, 5], seed: 0 }, contentHash },
        backbone: { options: { width: 4 } },
      },
      display: { algorithm: { label: expect.stringMatching(/, Conv4 \(width 4\)$/) } },
      // Brightness alone tells the classes apart.
      metrics: expect.arrayContaining([expect.objectContaining({ name: "accuracy", value: 1 })]),
    });
    const { command = "" } = record.provenance;
    for (const words of [
      "--dataset-set folder=birds",
      "--dataset-set 'ratio=[5,5,5]'",
      "--dataset-set size=16",
      conv4,
    ])
      expect(command).toContain(words);
    expect(ran.out).toContain("Image folder (");

    // The command of the record, on its own, means the same trial.
    const again = await metabench(
      folder,
      `${command.replaceAll("'", "").replace(/^metabench /, "")} --data data --store kept --dry-run`,
      cache,
    );
    expect(again.out).toMatch(/Plan: 2 trials, 2 done/);
  });

  it("is refused with options of nobody's, which it does not have, or which do not fit", async () => {
    const folder = workingFolder({ "data/birds/README.md": "" });
    const refused = async (words: string) => metabench(folder, `run ${protocol} ${words} --dry-run`);
    const alone = await refused("--dataset-set folder=birds");
    expect(alone.note).toMatch(/error \(invalid-usage\): .*Name it with --dataset/);
    const unknown = await refused("--dataset image-folder --dataset-set fodler=birds");
    expect(unknown.note).toMatch(/error \(invalid-options\): .*fodler/);
    const wrong = await refused("--backbone resnet-12 --backbone-set width=wide");
    expect(wrong.note).toMatch(/error \(invalid-options\): .*width/);
    expect([alone.code, unknown.code, wrong.code]).toEqual([2, 2, 2]);
  });
});
