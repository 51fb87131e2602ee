import type { JsonObject } from "@metabench/core";
import { findProtocol } from "@metabench/datasets";
import { describe, expect, it } from "vitest";
import { loadPlugins } from "../plugins/index.ts";
import { withSubstitutes } from "./substitution.ts";

const registry = await loadPlugins({ sources: [], cwd: import.meta.dirname });
const protocol = findProtocol("few-shot/mini-imagenet/5w1s").at("quick");
const onFolder = (options: JsonObject) =>
  withSubstitutes(protocol, { dataset: { id: "image-folder", options }, backbone: undefined }, registry);

describe("a protocol on another data set or backbone", () => {
  it("keeps the options that were set and are no defaults, and says them in its title", () => {
    const changed = onFolder({ folder: "birds", size: 84, ratio: [5, 5, 5] });
    expect(changed).toMatchObject({
      id: "few-shot/image-folder/5w1s",
      basedOn: protocol.id,
      division: "open",
      dataset: { id: "image-folder", options: { folder: "birds", ratio: [5, 5, 5] } },
      title: `Image folder (folder birds, ratio [5,5,5]), by the rules of ${protocol.title}`,
    });
    expect(onFolder({}).dataset).toEqual({ id: "image-folder", options: {} });
  });

  it("tells long lists of classes apart by a hash", () => {
    const names = (first: string) => Array.from({ length: 20 }, (_, at) => `${first}-${String(at)}`);
    const titled = (first: string) =>
      onFolder({ classes: { train: names(first), validation: names("b"), test: names("c") } }).title;
    expect(titled("a")).toMatch(/^Image folder \(classes of hash [0-9a-f]{8}\), by/);
    expect(titled("a")).not.toBe(titled("d"));
  });

  it("sets options of a backbone", () => {
    const backbone = { id: "resnet-12", options: { width: 32 } };
    expect(withSubstitutes(protocol, { dataset: undefined, backbone }, registry)).toMatchObject({
      id: protocol.id,
      title: `${protocol.title}, with ResNet-12 (width 32)`,
      dataset: protocol.dataset,
      backbone,
    });
  });

  it("stays as it is where its own are named with the options that it has", () => {
    const quick = findProtocol("few-shot/double-mnist-28/5w1s").at("quick");
    const named = (size: number, width: number) =>
      withSubstitutes(
        quick,
        {
          dataset: { id: "double-mnist", options: { size } },
          backbone: { id: "conv4", options: { width } },
        },
        registry,
      );
    expect(named(28, 32)).toBe(quick);
    expect(named(64, 32)).toMatchObject({ division: "open", backbone: quick.backbone });
    expect(named(28, 8)).toMatchObject({ id: quick.id, division: "open", dataset: quick.dataset });
  });

  it.each<[JsonObject, RegExp]>([
    [{ fodler: "birds" }, /image-folder.*fodler/s],
    [{ size: "large" }, /image-folder.*size/s],
    [{ folder: "../birds" }, /image-folder.*folder/s],
  ])("refuses options that the plugin does not have, or not so: %j", (options, says) => {
    expect(() => onFolder(options)).toThrow(
      expect.objectContaining({ code: "invalid-options", message: expect.stringMatching(says) }),
    );
  });
});
