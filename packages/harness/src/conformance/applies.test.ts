import { axesOf, kindIds } from "@metabench/core";
import { expect, it } from "vitest";
import { checks } from "./checks/index.ts";

it("asks each check of the learners that its property names", () => {
  const asked = (name: string) => {
    const check = checks.find((one) => one.name === name);
    return kindIds.filter((kind) => check?.appliesTo(axesOf(kind)));
  };
  expect(asked("shapes")).toEqual(kindIds);
  expect(asked("steps")).toEqual(["few-shot-classification", "few-shot-regression"]);
  expect(asked("label-order")).toEqual(["few-shot-classification"]);
});
