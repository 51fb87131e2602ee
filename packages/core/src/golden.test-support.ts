import golden from "./statistics.golden.json" with { type: "json" };

/** Values of independent implementations, by golden/generate.py of this package; `versions` in the file names them. */
export { golden };
