export { inspect } from "./inspect.ts";
export { renderReport } from "./render.ts";
export { doctorReportSchema } from "./report.ts";
