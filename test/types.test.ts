import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { metabench, workingFolder } from "./command-line.test-support.ts";

const plugin = (rate: string) => `
import { readFile } from "node:fs/promises";
import { defineBackbone } from "@metabench/core";
import { linear } from "@metabench/algorithms/nn";
import { reshape, type Tensor2D } from "@tensorflow/tfjs-core";
import { z } from "zod";
import { side } from "./parts/side.ts";
void readFile;
export default defineBackbone({
  id: "mine", version: "1.0.0", title: "Mine", summary: "For a test.", reference: null,
  options: z.strictObject({ width: z.number().default(${rate}) }),
  create: ({ inputShape }, { width }) => ({
    features: width,
    initialise: (random) => linear.initialise(random, inputShape.length * side, width),
    apply: (weights, inputs) => ({ embedding: reshape(inputs, [1, -1]) as Tensor2D, statistics: {} }),
  }),
});`;
const files = { "mine.ts": plugin("8"), "parts/side.ts": "export const side: number = 1;" };
const read = (folder: string, name = "tsconfig.json") =>
  JSON.parse(readFileSync(join(folder, name), "utf8")) as {
    readonly compilerOptions: Readonly<Record<string, unknown>>;
  };

describe("metabench types", () => {
  it("checks Node's own modules, relative imports and the suite's packages from a folder of its own", async () => {
    const folder = workingFolder(files);
    const { code, out } = await metabench(folder, "types --json");
    expect(JSON.parse(out)).toEqual({
      schema: "metabench/types/1",
      file: join(folder, "tsconfig.json"),
      check: { status: "passed" },
    });
    expect(code).toBe(0);
  });

  it("finds errors in what a plugin imports, in any folder or from a file's name", async () => {
    const folder = workingFolder({ ...files, "parts/side.ts": 'export const side: number = "one";' });
    const { code, out } = await metabench(join(folder, ".."), `types ${join(folder, "mine.ts")}`);
    expect(out).toMatch(/1 type error\n.*parts\/side\.ts:1:14 TS2322: /);
    expect(code).toBe(1);
  });

  it("keeps what the owner added, and renews the rest", async () => {
    const folder = workingFolder(files);
    await metabench(folder, "types");
    const first = read(folder);
    const paths = {
      ...(first.compilerOptions["paths"] as object),
      "@metabench/core": ["gone"],
      "#own": ["./parts/side.ts"],
    };
    writeFileSync(
      join(folder, "tsconfig.json"),
      JSON.stringify({
        ...first,
        compilerOptions: { ...first.compilerOptions, noUnusedLocals: true, paths },
      }),
    );
    const { code, out } = await metabench(folder, "types");
    expect(code, out).toBe(0);
    expect(read(folder)).toEqual({
      ...first,
      compilerOptions: {
        ...first.compilerOptions,
        noUnusedLocals: true,
        paths: { ...(first.compilerOptions["paths"] as object), "#own": ["./parts/side.ts"] },
      },
    });
  });

  it("leaves a tsconfig of another's alone, and says how to use both", async () => {
    const own = '{ "compilerOptions": { "strict": true } } // mine';
    const folder = workingFolder({ ...files, "tsconfig.json": own });
    const { code, note } = await metabench(folder, "types");
    expect(note).toMatch(/tsconfig\.json is there already.*--file tsconfig\.metabench\.json.*"extends"/s);
    expect(code).toBe(2);
    expect(readFileSync(join(folder, "tsconfig.json"), "utf8")).toBe(own);
    expect((await metabench(folder, "types --file tsconfig.metabench.json")).code).toBe(0);
  });

  it("says why nothing was checked", async () => {
    const folder = workingFolder({ "mine.js": "export default 1;" });
    expect((await metabench(folder, "types")).out).toMatch(/not type-checked: the compiler says: .*TS18003/);
    mkdirSync(join(folder, "node_modules/typescript"), { recursive: true });
    writeFileSync(
      join(folder, "node_modules/typescript/package.json"),
      '{ "name": "typescript", "version": "5.4.2", "bin": { "tsc": "./bin/tsc" } }',
    );
    const { code, out } = await metabench(folder, "types");
    expect(out).toMatch(/not type-checked: TypeScript 5\.4\.2 at \S+ is too old\. Install 5\.8 or newer\./);
    expect(code).toBe(0);
    const gone = await metabench(folder, "types ./gone");
    expect(gone.note).toMatch(/There is no \S+gone\./);
    expect(gone.code).toBe(2);
  });
});
