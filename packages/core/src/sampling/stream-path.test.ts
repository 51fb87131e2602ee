import { expect, it } from "vitest";
import { streamPath } from "./stream-path.ts";

it("names protocol, version, data set, split and purpose, in the form that every stored result was drawn under", () => {
  const protocol = { id: "few-shot/omniglot/5w1s", version: 2, dataset: { id: "omniglot" } };
  expect(streamPath(protocol, "test", "episodes")).toBe("few-shot/omniglot/5w1s@2/omniglot/test/episodes");
});
