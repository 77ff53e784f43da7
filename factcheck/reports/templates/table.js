"use strict";
(() => {
  const form = document.querySelector("[data-filters]");
  const table = document.querySelector("[data-list]");
  if (!form || !table) return;
  const rows = [...table.tBodies[0].rows].map((row) => ({
    row,
    words: row.textContent.toLowerCase(),
    standing: row.dataset.standing,
    kind: row.dataset.kind,
  }));
  const told = form.querySelector("output");
  const choose = () => {
    const { words, standing, kind } = Object.fromEntries(new FormData(form));
    const wanted = words.toLowerCase().split(/\s+/).filter(Boolean);
    let shown = 0;
    for (const one of rows) {
      const fits = (!standing || one.standing === standing) && (!kind || one.kind === kind)
        && wanted.every((word) => one.words.includes(word));
      one.row.hidden = !fits;
      shown += fits;
    }
    told.textContent = `${shown} of ${rows.length} shown`;
  };
  form.hidden = false; // without scripts there is nothing to choose with
  form.addEventListener("input", choose);
  form.addEventListener("submit", (event) => event.preventDefault());
  choose();
})();
