/**
 * One line from Vitest's JSON report. A file that could not even be loaded has no tests to fail, so it counts as one failure; so does a run
 * that ended badly with no failed test in its report.
 */
export function summarise(report, status) {
  const passed = report?.numPassedTests ?? 0;
  const skipped = (report?.numPendingTests ?? 0) + (report?.numTodoTests ?? 0);
  const broken = (report?.testResults ?? []).filter(
    (file) => file.status === "failed" && !file.assertionResults.some((test) => test.status === "failed"),
  );
  const known = (report?.numFailedTests ?? 0) + broken.length;
  const failed = known === 0 && (status !== 0 || report === undefined) ? 1 : known;
  return { failed, line: `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ""}` };
}
