export { environment } from "./environment.ts";
export type { Environment } from "./environment.ts";
export { inspect } from "./inspect.ts";
export { renderReport } from "./render.ts";
export { doctorReportSchema } from "./report.ts";
