/** How much of the machine a trial gets. */
export interface TrialResources {
  /** Threads a single operation may use. */
  readonly threads: number;
}

/**
 * The environment variables that a process which computes must be *started* with.
 *
 * The allocator's settings cannot be made from inside: glibc reads them once, at the start. Training frees and allocates the same
 * large blocks at every step, and each page given back to the system costs a fault when it is taken again. Large pages, where the system
 * gives them on request, spare translations of addresses.
 */
export function trialEnvironment({ threads }: TrialResources): Readonly<Record<string, string>> {
  return {
    TF_NUM_INTRAOP_THREADS: String(threads),
    TF_NUM_INTEROP_THREADS: "1",
    OMP_NUM_THREADS: String(threads),
    TF_CPP_MIN_LOG_LEVEL: "2",
    TF_FORCE_GPU_ALLOW_GROWTH: "true",
    MALLOC_TRIM_THRESHOLD_: "4294967296",
    MALLOC_TOP_PAD_: "67108864",
    MALLOC_MMAP_THRESHOLD_: "33554432",
    GLIBC_TUNABLES: "glibc.malloc.hugetlb=1",
  };
}
