import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: "unit",
          include: ["packages/*/src/**/*.test.ts", "apps/*/src/**/*.test.ts", "bench/**/*.test.ts"],
          testTimeout: 60_000,
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
          maxWorkers: 1,
        },
      },
    ],
  },
});
