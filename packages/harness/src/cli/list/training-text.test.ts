import { trainingOptionsSchema } from "@metabench/core";
import { expect, it } from "vitest";
import { trainingJsonSchema, trainingLines } from "./training-text.ts";

it("names every training option once, as the flag that asks for it, with what it does", () => {
  const text = trainingLines().join("\n");
  expect(text).toContain("--training clip-norm=number");
  expect(text).toContain("--training schedule=constant|linear|cosine|step");
  expect(text).toContain("--training augmentation=flip,crop,rotate,scale");
  expect(text.match(/--training /g)).toHaveLength(Object.keys(trainingOptionsSchema.shape).length);
  for (const schema of Object.values(trainingOptionsSchema.shape))
    expect(text).toContain(schema.description ?? "no description");
});

it("says for programs what --training takes", () => {
  expect(trainingJsonSchema()).toMatchObject({
    type: "object",
    additionalProperties: false,
    properties: {
      clipNorm: { type: "number", exclusiveMinimum: 0 },
      augmentation: { type: "array", items: { enum: ["flip", "crop", "rotate", "scale"] } },
    },
  });
});
