import js from "@eslint/js";
import nx from "@nx/eslint-plugin";
import typescript from "typescript-eslint";

/** Who may import whom: every package speaks `core`, and nothing else. */
const onlyCore = (tag) => ({ sourceTag: `type:${tag}`, onlyDependOnLibsWithTags: ["type:core"] });

export default typescript.config(
  { ignores: ["**/dist/**", "**/out-tsc/**", "**/.astro/**", "**/.nx/**", "results/**"] },
  js.configs.recommended,
  ...typescript.configs.strict,
  {
    files: ["packages/*/src/**/*.ts", "apps/*/src/**/*.ts", "bench/**/*.ts", "test/**/*.ts"],
    plugins: { "@nx": nx },
    rules: {
      "@nx/enforce-module-boundaries": [
        "error",
        {
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
        },
      ],
      "@typescript-eslint/consistent-type-imports": "error",
    },
  },
  {
    // A test of an algorithm may start a backend; nothing else of the harness is open to it.
    files: ["packages/algorithms/src/**/*.test.ts", "packages/algorithms/src/**/*.test-support.ts"],
    rules: { "@nx/enforce-module-boundaries": "off" },
  },
  {
    files: ["**/*.mjs", "**/*.js"],
    languageOptions: { globals: { process: "readonly", console: "readonly", URL: "readonly" } },
  },
);
