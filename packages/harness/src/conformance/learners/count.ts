/** 0 … n − 1. */
export const count = (n: number): readonly number[] => Array.from({ length: n }, (_, at) => at);
