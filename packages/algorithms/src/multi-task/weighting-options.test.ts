import { describe, expect, it } from "vitest";
import { z } from "zod";
import { hardSharing } from "./architectures/hard-sharing.ts";
import { weightedAlgorithm } from "./plugin.ts";
import { weightings } from "./weightings/index.ts";

const plugin = weightedAlgorithm(hardSharing);
const parse = (options: object) => JSON.stringify(plugin.parseOptions(options));

describe("options of a weighting", () => {
  it.each(["equal", "uncertainty", "pcgrad"])("leave %s as it is in stored records", (weighting) => {
    // What a record of results/ holds, in its order.
    const stored = `{"weighting":"${weighting}","batchSize":128,"rate":0.05,"decay":"linear","momentum":0.9,"weightDecay":0.001,"clipNorm":2}`;
    for (const options of [{ weighting }, { weighting, weightingOptions: {} }, JSON.parse(stored) as object])
      expect(parse(options)).toBe(stored);
  });

  it("are the same trial as a default left out or written out", () => {
    const [left, written] = [{}, { weightingOptions: { c: 0.5 } }].map((own) =>
      parse({ weighting: "cagrad", ...own }),
    );
    expect(written).toBe(left);
    expect(JSON.parse(left ?? "")).toMatchObject({ weightingOptions: { c: 0.5 } });
    expect(parse(JSON.parse(left ?? "") as object)).toBe(left);
  });

  it.each([
    [
      { weighting: "pcgrad", weightingOptions: { c: 0.4 } },
      'weightingOptions: pcgrad takes no options; "c" is an option of cagrad, so set weighting=cagrad or leave it out.',
    ],
    [
      { weighting: "dynamic-weight-average", weightingOptions: { c: 0.4 } },
      'weightingOptions: dynamic-weight-average takes temperature; "c" is an option of cagrad',
    ],
    [
      { weighting: "cagrad", weightingOptions: { radius: 0.4 } },
      'weightingOptions: cagrad takes c, and not "radius".',
    ],
    [{ weighting: "cagrad", weightingOptions: { c: -1 } }, "weightingOptions.c: Too small"],
    [
      { weighting: "static" },
      "weightingOptions.weights: expected a weight of at least 0 for each task, such as --set weightingOptions.weights.left=0.7.",
    ],
  ])("that do not belong are refused with advice: %j", (options, message) => {
    expect(() => parse(options)).toThrow(message);
  });

  it("set beside the weighting are sent to their place, and other unknown options are not", () => {
    expect(() => parse({ weighting: "cagrad", c: 0.4 })).toThrow(
      '"c" is an option of the weighting cagrad, so set weightingOptions.c.',
    );
    expect(() => parse({ radius: 0.4 })).toThrow('no option "radius"');
  });

  it("are listed to people in the description, and to programs as one schema for each weighting", () => {
    const schema = z.toJSONSchema(plugin.optionsSchema, { io: "input" });
    const { weightingOptions, weighting } = schema.properties as Record<
      string,
      { readonly description: string; readonly enum?: unknown; readonly oneOf?: readonly { title: string }[] }
    >;
    const ids = Object.keys(weightings);
    expect(weighting?.enum).toEqual(ids);
    expect(weightingOptions?.oneOf?.map(({ title }) => title)).toEqual(ids);
    expect(weightingOptions?.description).toMatch(/cagrad takes c=0\.5 \(How far/);
    for (const { id, options } of Object.values(weightings))
      for (const option of Object.keys(options.shape))
        expect(weightingOptions?.description).toMatch(new RegExp(`${id} takes [^;]*${option}`));
  });
});
