import { defineConfig } from "vitest/config";

/**
 * Unit tests that compute with TensorFlow.js, start processes that do, or change what their process shares (environment, exit code,
 * module resolution). Each file has a process of its own. All other unit tests share two threads, which saves most of their imports.
 */
const ownProcess = [
  "packages/algorithms/src/**/*.test.ts",
  "packages/harness/src/{backend,conformance,doctor,learner,plugins,processes,retest,trial}/**/*.test.ts",
  "packages/harness/src/**/{child-process,main,plan}.test.ts",
  "bench/**/*.test.ts",
];

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: "pure",
          include: ["packages/*/src/**/*.test.ts", "apps/*/src/**/*.test.ts"],
          exclude: ownProcess,
          testTimeout: 60_000,
          hookTimeout: 60_000,
          setupFiles: ["test/shared-process.test-support.ts"],
          pool: "threads",
          isolate: false,
          maxWorkers: 2,
        },
      },
      {
        test: {
          name: "tensorflow",
          include: ownProcess,
          testTimeout: 60_000,
          hookTimeout: 60_000,
          // TensorFlow's notes on the processor would drown the report.
          env: { TF_CPP_MIN_LOG_LEVEL: "2" },
          pool: "forks",
          maxWorkers: 2,
        },
      },
      {
        test: {
          name: "end-to-end",
          include: ["test/**/*.test.ts"],
          testTimeout: 600_000,
          hookTimeout: 600_000,
          pool: "forks",
          maxWorkers: 2,
        },
      },
    ],
  },
});
