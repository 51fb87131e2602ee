import { describe, expect, it } from "vitest";
import { folderWith, inChild } from "./plugin-files.test-support.ts";

const tier =
  "{ seeds: 1, budget: { images: 100, validateEvery: 50 }, validationEpisodes: 2, testEpisodes: 3 }";
const protocol = (id: string, more = "") => `defineProtocol({
  kind: "few-shot-regression", id: "${id}", version: 1, title: "Mine", summary: "Mine.",
  dataset: { id: "sinusoid" }, backbone: { id: "multilayer-perceptron" }, shots: 5, queries: 10, curveSteps: 1,
  tiers: { quick: ${tier} }, ${more}
})`;
const suite = (id: string) =>
  `defineSuite({ id: "${id}", tier: "quick", title: "Mine", entries: [{ protocol: "my-lab/waves", algorithms: [{ id: "oracle" }] }] })`;
const module = (exported: string) => `
import { defineProtocol, defineSuite } from "@metabench/core";
export default ${exported};
`;

/** What a registry with these files holds besides the built-in plugins, by `--plugin` source. */
const loading = async (files: Readonly<Record<string, string>>) =>
  inChild(`loadPlugins(${JSON.stringify({ cwd: folderWith(files), sources: Object.keys(files) })}).then(({ protocols, suites, find }) => ({
    own: [...protocols, ...suites].filter(({ origin }) => origin.package === null).map(({ plugin }) => plugin.id),
    source: protocols.find(({ plugin }) => plugin.id === "my-lab/waves")?.origin.source,
    builtIn: find.protocol("multi-task/multi-mnist").origin.package + " " + find.suite("quick").origin.package,
  }))`);

describe("protocols and suites as plugins", () => {
  it("are loaded from a file like any other, alone or in a list, and come with the data sets package", async () => {
    const { value, error } = await loading({
      "waves.ts": module(protocol("my-lab/waves")),
      "more.ts": module(`[${protocol("my-lab/other")}, ${suite("my-lab/nightly")}]`),
    });
    expect(error).toBeUndefined();
    expect(value).toEqual({
      own: ["my-lab/waves", "my-lab/other", "my-lab/nightly"],
      source: expect.stringMatching(/^[0-9a-f]{64}$/),
      builtIn: "@metabench/datasets @metabench/datasets",
    });
  });

  it.each<[string, string, RegExp]>([
    [
      "in the namespace of a regime",
      protocol("few-shot/waves"),
      /protocol "few-shot\/waves" of \S*mine\.ts begins with "few-shot", .* for instance "my-lab\/waves"/,
    ],
    [
      "under the id of a built-in one",
      protocol("few-shot/sinusoid/5-shot"),
      /begins with "few-shot".*"my-lab\/sinusoid\/5-shot"/,
    ],
    ["without a namespace", suite("nightly"), /suite "nightly" of .* has no namespace.*"my-lab\/nightly"/],
    [
      "with a field that there is not",
      protocol("my-lab/waves", "wayz: 5,"),
      /mine\.ts does not load: protocol "my-lab\/waves": .*wayz/,
    ],
    [
      "as the bare object of a definition",
      `{ kind: "few-shot-regression", id: "my-lab/waves" }`,
      /The default export of \S*mine\.ts is not a plugin: kind: .*defineProtocol/,
    ],
    [
      "put together by hand, and not itself at a tier",
      `{ ...${protocol("my-lab/waves")}, id: "my-lab/others" }`,
      /mine\.ts: Protocol my-lab\/others is my-lab\/waves/,
    ],
    [
      "put together by hand, where a tier throws",
      `{ ...${protocol("my-lab/waves")}, at() { throw new TypeError("no tiers today"); } }`,
      /mine\.ts: TypeError: no tiers today \(at .*mine\.ts:7:/,
    ],
    [
      "as a suite put together by hand",
      `{ kind: "suite", id: "my-lab/x" }`,
      /mine\.ts: suite "my-lab\/x": tier: /,
    ],
  ])("are refused %s, and their file is blamed", async (_, exported, says) => {
    const { error } = await loading({ "mine.ts": module(exported) });
    expect(error).toMatchObject({ code: "invalid-plugin", message: expect.stringMatching(says) });
  });

  it("are refused where two are of one id, with both origins", async () => {
    const { error } = await loading({
      "one.ts": module(protocol("my-lab/waves")),
      "two.ts": module(protocol("my-lab/waves")),
    });
    expect(error).toMatchObject({
      code: "duplicate-plugin",
      message: expect.stringMatching(/protocol "my-lab\/waves".*one\.ts.*two\.ts/),
    });
  });
});
