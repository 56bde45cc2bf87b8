// Tables that can be sorted by a click on a column's head and, if they are long, filtered. Without it they stand as they came.
"use strict";
(() => {
const FILTERED_FROM = 9;
// so that "can loc" finds "Can Lộc"
const fold = text => text.toLowerCase().replaceAll("đ", "d").normalize("NFD").replace(/[\u0300-\u036f]/g, "");
const by = cell => cell.dataset.by ?? cell.textContent.trim();
const isUnknown = value => value === "" || value === "–";
function compare(one, other) {
  const numbers = [one, other].map(value => value === "" ? NaN : Number(value));
  return numbers.every(Number.isFinite) ? numbers[0] - numbers[1] : one.localeCompare(other, "vi", {numeric: true});
}
function makeSortable(table) {
  const body = table.tBodies[0], heads = [...table.tHead.rows[0].cells];
  heads.forEach((head, column) => {
    const button = document.createElement("button");
    button.type = "button";
    button.title = "Sắp xếp theo cột này";
    button.append(...head.childNodes);
    head.append(button);
    button.addEventListener("click", () => {
      const isDown = head.getAttribute("aria-sort") === "ascending";
      heads.forEach(each => each.removeAttribute("aria-sort"));
      head.setAttribute("aria-sort", isDown ? "descending" : "ascending");
      // what is not known stands last either way
      const rows = [...body.rows].map(row => [by(row.cells[column]), row]);
      rows.sort(([one], [other]) => isUnknown(one) || isUnknown(other)
        ? isUnknown(one) - isUnknown(other) : (isDown ? -1 : 1) * compare(one, other));
      body.append(...rows.map(([, row]) => row));
    });
  });
}
function makeFiltered(table) {
  const label = document.createElement("label"), input = document.createElement("input"), count = document.createElement("small");
  label.className = "filter";
  input.type = "search";
  count.setAttribute("role", "status");
  label.append("Lọc: ", input, count);
  table.before(label);
  const rows = [...table.tBodies[0].rows].map(row => [row, fold(row.textContent)]);
  input.addEventListener("input", () => {
    const words = fold(input.value).split(/\s+/).filter(Boolean);
    let shown = 0;
    for (const [row, text] of rows) {
      row.hidden = !words.every(word => text.includes(word));
      shown += !row.hidden;
    }
    count.textContent = words.length ? `${shown}/${rows.length} dòng` : "";
  });
}
for (const table of document.querySelectorAll("table.rows")) {
  const rows = table.tBodies[0].rows.length;
  if (rows > 1) makeSortable(table);
  if (rows >= FILTERED_FROM) makeFiltered(table);
}
})();
