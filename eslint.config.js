import js from "@eslint/js";
import nx from "@nx/eslint-plugin";
import typescript from "typescript-eslint";

/** Who may import whom: every package speaks `core`, and nothing else. */
const onlyCore = (tag) => ({ sourceTag: `type:${tag}`, onlyDependOnLibsWithTags: ["type:core"] });

const boundaries = {
  enforceBuildableLibDependency: true,
  depConstraints: [
    { sourceTag: "type:core", onlyDependOnLibsWithTags: [] },
    onlyCore("algorithms"),
    onlyCore("datasets"),
    onlyCore("harness"),
    onlyCore("leaderboard"),
    { sourceTag: "type:bench", onlyDependOnLibsWithTags: ["*"] },
    { sourceTag: "type:test", onlyDependOnLibsWithTags: ["*"] },
  ],
};

/**
 * A room of the harness is a folder of its `src`, and its `index.ts` the door; `backend/native` has one of its own. Files of a room that lie
 * `depth` folders deep import other rooms through their doors. Fixtures of tests may be imported from anywhere.
 */
const throughDoors = (depth) => ({
  files: [`packages/harness/src${"/*".repeat(depth)}/*.ts`],
  rules: {
    "no-restricted-imports": [
      "error",
      {
        patterns: [
          {
            regex: `^${"\\.\\./".repeat(depth)}(?!backend/native/index\\.ts$)[^./][^/]*/(?!index\\.ts$).*(?<!\\.test-support\\.ts)$`,
            message: "Import another room through its door, index.ts.",
          },
        ],
      },
    ],
  },
});

export default typescript.config(
  { ignores: ["**/dist/**", "**/out-tsc/**", "**/.astro/**", "**/.nx/**", "results/**"] },
  js.configs.recommended,
  ...typescript.configs.strict,
  {
    files: ["packages/*/src/**/*.ts", "apps/*/src/**/*.ts", "bench/**/*.ts", "test/**/*.ts"],
    plugins: { "@nx": nx },
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      "@nx/enforce-module-boundaries": ["error", boundaries],
      "@typescript-eslint/consistent-type-imports": "error",
      "@typescript-eslint/switch-exhaustiveness-check": "error",
    },
  },
  {
    // A test of an algorithm may start a backend; nothing else of the harness is open to it.
    files: ["packages/algorithms/src/**/*.test.ts", "packages/algorithms/src/**/*.test-support.ts"],
    rules: {
      "@nx/enforce-module-boundaries": ["error", { ...boundaries, allow: ["@metabench/harness/backend"] }],
    },
  },
  {
    // A test of the harness may take a protocol that comes with the suite. The harness itself meets every plugin through the loader.
    files: ["packages/harness/src/**/*.test.ts", "packages/harness/src/**/*.test-support.ts"],
    rules: { "@nx/enforce-module-boundaries": ["error", { ...boundaries, allow: ["@metabench/datasets"] }] },
  },
  throughDoors(1),
  throughDoors(2),
  {
    files: ["**/*.mjs", "**/*.js"],
    languageOptions: { globals: { process: "readonly", console: "readonly", URL: "readonly" } },
  },
);
