import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { metabench, recordOf, recordsIn, workingFolder } from "./command-line.test-support.ts";

/** A data set, a protocol on it, an algorithm and a suite: the example of the documentation. */
const documentation = new URL("../docs/", import.meta.url);
const ramps = readdirSync(documentation)
  .filter((name) => name.endsWith(".md"))
  .map(
    (name) =>
      /^```ts file=ramps\.ts\n([^]*?)^```$/m.exec(readFileSync(new URL(name, documentation), "utf8"))?.[1],
  )
  .find((text) => text !== undefined);

/** A protocol alone, on built-in data. */
const digits = (title: string, queries: number) => `
import { defineProtocol } from "@metabench/core";
export default defineProtocol({
  kind: "few-shot-classification",
  id: "my-lab/digits/5w1s",
  version: 1,
  title: "${title}",
  summary: "Two-digit numbers never seen in training are to be told apart.",
  dataset: { id: "double-mnist", options: { size: 28 } },
  backbone: { id: "conv4", options: { width: 4 } },
  ways: 5,
  shots: 1,
  queries: ${String(queries)},
  curveSteps: 1,
  tiers: { quick: { seeds: 1, budget: { images: 600, validateEvery: 300 }, validationEpisodes: 4, testEpisodes: 20 } },
});
`;

interface Standings {
  readonly tables: readonly {
    readonly id: string;
    readonly notComparable: string | null;
    readonly rows: readonly { readonly algorithm: { readonly id: string } }[];
  }[];
}
const tablesOf = async (folder: string) => {
  const { out } = await metabench(folder, "show --store kept --json");
  return (JSON.parse(out) as Standings).tables.map(({ id, notComparable, rows }) => ({
    id,
    comparable: notComparable === null,
    algorithms: rows.map(({ algorithm }) => algorithm.id).sort(),
  }));
};
const planned = async (folder: string, args: string) => {
  const { code, out, note } = await metabench(folder, `run ${args} --store kept --dry-run --json`);
  expect(code, note).toBe(0);
  return (JSON.parse(out) as { trials: readonly { algorithm: string; state: string; identity: string }[] })
    .trials;
};

describe("a protocol outside the repository", () => {
  it("is listed where the configuration names its file, as every other kind of plugin is", async () => {
    const folder = workingFolder({
      "ramps.ts": ramps ?? "",
      "metabench.config.json": '{ "plugins": ["./ramps.ts"] }',
    });
    for (const [list, holds] of [
      ["protocols", "my-lab/ramps/5-shot"],
      ["suites", "my-lab/nightly"],
      ["datasets", "ramps"],
      ["algorithms", "nearest-point"],
    ] as const) {
      const { code, out } = await metabench(folder, `list ${list}`);
      expect(code).toBe(0);
      expect(out).toContain(holds);
    }
  });

  it("runs from a file with its own data set, algorithm and suite, and its table stands alone", async () => {
    const folder = workingFolder({ "ramps.ts": ramps ?? "" });
    const ran = await metabench(
      folder,
      "run --plugin ./ramps.ts --protocol my-lab/ramps/5-shot --algorithm nearest-point --store kept",
    );
    expect(ran.code, ran.note).toBe(0);
    const record = recordOf(join(folder, "kept"), "nearest-point");
    const hash = expect.stringMatching(/^[0-9a-f]{64}$/) as string;
    expect(record).toMatchObject({
      status: "completed",
      spec: {
        protocol: { id: "my-lab/ramps/5-shot", tier: "quick", division: "closed", testEpisodes: 200 },
        dataset: { id: "ramps", options: { steepest: 3 }, source: hash },
        algorithm: { source: hash },
        backbone: { id: "multilayer-perceptron", options: { hidden: [40, 40] }, source: null },
      },
      provenance: {
        command:
          "metabench run --protocol my-lab/ramps/5-shot --tier quick --algorithm nearest-point --plugin ./ramps.ts --seeds 0",
      },
    });
    const again = record.provenance.command.replace(/^metabench run /, "");
    expect((await planned(folder, again)).map(({ state }) => state)).toEqual(["done"]);

    // From here on the configuration names the plugin.
    writeFileSync(join(folder, "metabench.config.json"), JSON.stringify({ plugins: ["./ramps.ts"] }));
    const listed = await metabench(folder, "list protocols");
    expect(listed.out).toMatch(/my-lab\/ramps\/5-shot\n {2}Ramps, 5-shot\.[^]*?from .*ramps\.ts/);
    expect((await metabench(folder, "list suites --json")).out).toContain('"my-lab/nightly"');
    const suite = await planned(folder, "--suite my-lab/nightly");
    expect(suite.map(({ algorithm, state }) => [algorithm, state])).toEqual([
      ["nearest-point", "done"],
      ["maml", "new"],
    ]);
    const misspelt = await metabench(folder, "run --protocol my-lab/ramp/5-shot --dry-run");
    expect(misspelt).toMatchObject({
      code: 2,
      note: expect.stringMatching(/Did you mean my-lab\/ramps\/5-shot/) as string,
    });

    // The same algorithm on a built-in protocol stands elsewhere.
    const elsewhere = await metabench(
      folder,
      "run --protocol few-shot/sinusoid/5-shot --algorithm nearest-point --algorithm oracle --store kept",
    );
    expect(elsewhere.code, elsewhere.note).toBe(0);
    expect(await tablesOf(folder)).toEqual(
      expect.arrayContaining([
        { id: "my-lab/ramps/5-shot/v1/quick", comparable: true, algorithms: ["nearest-point"] },
        {
          id: "few-shot/sinusoid/5-shot/v1/quick",
          comparable: true,
          algorithms: ["nearest-point", "oracle"],
        },
      ]),
    );
  });

  it("makes new trials and a table of its own where its rules were edited, and none where its words were", async () => {
    const folder = workingFolder({ "digits.ts": digits("Digits", 5) });
    const args = "--plugin ./digits.ts --protocol my-lab/digits/5w1s --algorithm pixel-centroids";
    const run = async () => metabench(folder, `run ${args} --store kept`);
    expect((await run()).code).toBe(0);
    const states = async () =>
      (await planned(folder, args)).map(({ algorithm, state }) => [algorithm, state]);
    writeFileSync(join(folder, "digits.ts"), digits("Two digits", 5));
    expect(await states()).toEqual([
      ["from-scratch", "done"],
      ["pixel-centroids", "done"],
    ]);
    writeFileSync(join(folder, "digits.ts"), digits("Two digits", 6));
    expect(await states()).toEqual([
      ["from-scratch", "new"],
      ["pixel-centroids", "new"],
    ]);
    expect((await run()).code).toBe(0);
    const [main, other, ...more] = await tablesOf(folder);
    expect(main).toMatchObject({ id: "my-lab/digits/5w1s/v1/quick", comparable: true });
    expect(other).toMatchObject({ comparable: false, algorithms: ["from-scratch", "pixel-centroids"] });
    expect(more).toEqual([]);
  });

  it("is in its records, which are tested again, explained and published without its plugin", async () => {
    const folder = workingFolder({ "digits.ts": digits("Digits", 5) });
    const ran = await metabench(
      folder,
      "run --plugin ./digits.ts --protocol my-lab/digits/5w1s --algorithm prototypical-networks --store kept",
    );
    expect(ran.code, ran.note).toBe(0);
    const retested = await metabench(folder, "retest --store kept --json");
    expect(retested.code, retested.note).toBe(0);
    expect(recordsIn(join(folder, "kept")).get("prototypical-networks")).toHaveProperty("robustness");
    const explained = await metabench(folder, "explain --store kept --json");
    expect(explained.code, explained.note).toBe(0);
    const published = await metabench(folder, "publish --store kept --out public");
    expect(published.code, published.note).toBe(0);
    expect(existsSync(join(folder, "public/site/protocols/my-lab/digits/5w1s.html"))).toBe(true);
  });

  it("is refused before anything is trained where its data are of another kind, or do not fill its tasks", async () => {
    const folder = workingFolder({
      "kind.ts": digits("Digits", 5).replace(
        '{ id: "double-mnist", options: { size: 28 } }',
        '{ id: "sinusoid" }',
      ),
      "many.ts": digits("Digits", 5000),
    });
    const refused = async (file: string) =>
      metabench(folder, `run --plugin ./${file} --protocol my-lab/digits/5w1s --algorithm chance --dry-run`);
    expect(await refused("kind.ts")).toMatchObject({
      code: 2,
      note: expect.stringMatching(
        /error \(invalid-protocol\): Protocol my-lab\/digits\/5w1s is for few-shot-class.* data set sinusoid/,
      ) as string,
    });
    const many = await refused("many.ts");
    expect(many.note).toMatch(/^error \(invalid-protocol\): /m);
    expect(many.code).toBe(2);
  });

  it("is checked by conform, alone in its file, which says what it checked", async () => {
    const folder = workingFolder({
      "digits.ts": digits("Digits", 5),
      "wrong.ts": digits("Digits", 5).replace("double-mnist", "duoble-mnist"),
    });
    const sound = await metabench(folder, "conform ./digits.ts");
    expect(sound.out).toMatch(
      /protocol my-lab\/digits\/5w1s\n {2}pass {2}fields: .*quick\.\n {2}pass {2}data set: /,
    );
    expect(sound.out).toContain("metabench run --protocol my-lab/digits/5w1s --dry-run");
    expect(sound.code).toBe(0);
    const wrong = await metabench(folder, "conform ./wrong.ts --json");
    expect(JSON.parse(wrong.out)).toMatchObject({
      passed: false,
      algorithms: [],
      definitions: [
        {
          kind: "protocol",
          id: "my-lab/digits/5w1s",
          passed: false,
          checks: expect.arrayContaining([
            expect.objectContaining({
              name: "data set",
              status: "failed",
              mend: expect.stringMatching(/Did you mean double-mnist\?/) as string,
            }),
          ]) as unknown[],
        },
      ],
    });
    expect(wrong.code).toBe(1);
  });

  it("is called the plugin's fault, with what was expected, where a field is wrong", async () => {
    const folder = workingFolder({ "digits.ts": digits("Digits", 5).replace("ways: 5", 'ways: "five"') });
    const { code, note } = await metabench(folder, "list protocols --plugin ./digits.ts");
    expect(note).toMatch(
      /^error \(invalid-plugin\): Plugin .*digits\.ts does not load: protocol "my-lab\/digits\/5w1s": ways: a whole number, at least 2/,
    );
    expect(note).not.toMatch(/fault of metabench/);
    expect(code).toBe(2);
  });
});
