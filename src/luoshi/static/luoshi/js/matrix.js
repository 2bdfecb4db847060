// Arrow keys in the matrix: one cell at a time is reached by Tab, the others by the arrows. Without this script every
// cell is a link of its own.

const table = document.querySelector("[data-matrix]");

const cellsOf = (row) => [...row.cells];
const linkIn = (cell) => cell?.querySelector("a");

function settle(root) {
  for (const link of root.querySelectorAll("tbody a.cell")) link.tabIndex = -1;
  const first = root.querySelector("tbody a.cell");
  if (first) first.tabIndex = 0;
}

function next(cell, down, right) {
  const row = cell.parentElement;
  const rows = [...row.parentElement.rows];
  let line = rows.indexOf(row);
  let column = cellsOf(row).indexOf(cell);
  // Empty cells are stepped over.
  for (;;) {
    line += down;
    column += right;
    const found = rows[line]?.cells[column];
    if (!found) return null;
    if (linkIn(found)) return linkIn(found);
  }
}

const STEPS = { ArrowDown: [1, 0], ArrowUp: [-1, 0], ArrowRight: [0, 1], ArrowLeft: [0, -1] };

document.addEventListener("keydown", (event) => {
  const step = STEPS[event.key];
  const cell = event.target.closest?.("[data-matrix] tbody :is(td, th)");
  if (!step || !cell || event.ctrlKey || event.metaKey || event.altKey) return;
  const wanted = next(cell, ...step);
  if (!wanted) return;
  event.preventDefault();
  for (const link of cell.closest("tbody").querySelectorAll('a.cell[tabindex="0"]')) link.tabIndex = -1;
  wanted.tabIndex = 0;
  wanted.focus();
});

if (table) settle(table);
// The filter replaces the table; further rows come in as they are scrolled to.
document.addEventListener("htmx:afterSwap", (event) => {
  const found = document.querySelector("[data-matrix]");
  if (!found) return;
  if (event.target.id === "results" || !found.contains(document.activeElement)) settle(found);
  else for (const link of found.querySelectorAll('tbody a.cell:not([tabindex])')) link.tabIndex = -1;
});
