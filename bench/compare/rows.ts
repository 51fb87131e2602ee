/** One line of the comparison: a workload on each side, and how it is measured. */
export interface Row {
  /** Also the name of our workload. */
  readonly id: string;
  readonly title: string;
  readonly ours: string;
  readonly peer: string;
  /** What the milliseconds are for. */
  readonly unit: string;
  /** The ratio that is asked for; null for a row that is shown for information. */
  readonly bar: number | null;
  /** Processes side by side on each side, one thread each; 1 means one process with all threads. */
  readonly processes: 1 | 2;
  /** Units in one of a workload's own units: the tasks of a meta-batch, where the row counts tasks. */
  readonly perUnit: number;
  /** Whether one run is measurement enough. */
  readonly long: boolean;
}

const row = (
  id: string,
  title: string,
  bar: number | null,
  more: Partial<Omit<Row, "id" | "title" | "bar">> = {},
): Row => ({
  id,
  title,
  bar,
  ours: id,
  peer: id,
  unit: "update",
  processes: 1,
  perUnit: 1,
  long: false,
  ...more,
});

/** Every row, in the order of the table. */
export const rows: readonly Row[] = [
  row("protonet/5w1s15q", "ProtoNet training step, 5-way 1-shot 15-query", 1.1),
  row("protonet/60w5s5q", "ProtoNet training step, 60-way 5-shot 5-query", 1.5),
  row("maml/second-order-1", "MAML second order, 1 inner step, meta-batch 4", 1.3),
  row("maml/second-order-5", "MAML second order, 5 inner steps, meta-batch 4", 1.3),
  row("maml/first-order-5", "first-order MAML, 5 inner steps, meta-batch 4", 1.2),
  row("lenet/equal", "MultiMNIST LeNet, batch 256, equal weights", 1),
  row("lenet/pcgrad", "MultiMNIST LeNet, batch 256, PCGrad", 1.2),
  row(
    "two-trials",
    "two trials side by side, one thread each: MAML second order, 5 inner steps, tasks together",
    1.3,
    {
      ours: "maml/second-order-5",
      peer: "maml/second-order-5",
      unit: "task",
      processes: 2,
      perUnit: 4,
    },
  ),
  row("conv4/forward-600", "Conv4-64 forward, 600 images", 1.5, { unit: "batch" }),
  row("episodes/meta-test", "ProtoNet meta-test, 1000 episodes, from images", 5, {
    unit: "test",
    long: true,
  }),
  row("episodes/index", "index episodes", 10, { unit: "episode" }),
  row("maml/vmap-1", "MAML second order, 1 inner step, against torch.func.vmap", null, {
    ours: "maml/second-order-1",
  }),
  row("maml/vmap-5", "MAML second order, 5 inner steps, against torch.func.vmap", null, {
    ours: "maml/second-order-5",
  }),
];
