/** Turns the heads of sortable tables into buttons. Without this script a table stands sorted by score. */

type Order = "ascending" | "descending";

const valueOf = (row: HTMLTableRowElement, column: number): number | null => {
  const text = row.cells[column]?.dataset["sort"];
  return text === undefined ? null : Number(text);
};

/** Rows in the given order; those without a value last, either way. */
function sortRows(body: HTMLTableSectionElement, column: number, order: Order): void {
  const sign = order === "ascending" ? 1 : -1;
  const rows = [...body.rows].map((row) => ({ row, value: valueOf(row, column) }));
  rows.sort((a, b) =>
    a.value === null ? (b.value === null ? 0 : 1) : b.value === null ? -1 : sign * (a.value - b.value),
  );
  body.append(...rows.map(({ row }) => row));
}

function sortBy(table: HTMLTableElement, head: HTMLTableCellElement): void {
  const body = table.tBodies[0];
  if (!body) return;
  const current = head.getAttribute("aria-sort");
  const first: Order = head.dataset["first"] === "ascending" ? "ascending" : "descending";
  const order: Order = current === null ? first : current === "ascending" ? "descending" : "ascending";
  for (const other of table.querySelectorAll("thead th[aria-sort]")) other.removeAttribute("aria-sort");
  head.setAttribute("aria-sort", order);
  sortRows(body, head.cellIndex, order);
}

for (const table of document.querySelectorAll<HTMLTableElement>("table[data-sortable]"))
  for (const head of table.querySelectorAll<HTMLTableCellElement>("thead th[data-first]")) {
    const name = head.querySelector(".name");
    if (!name) continue;
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = name.textContent;
    name.replaceChildren(button);
    button.addEventListener("click", () => {
      sortBy(table, head);
    });
  }
