"use strict";
(() => {
  const finding = (number) => document.getElementById(`f${number}`);
  const pieces = [...document.querySelectorAll("[data-findings]")];
  const numbers = (element) => element.dataset.findings.split(" ");

  const pick = (chosen) => {
    for (const piece of pieces) {
      piece.classList.toggle("picked", numbers(piece).some((number) => chosen.includes(number)));
    }
    for (const box of document.querySelectorAll(".finding")) {
      box.classList.toggle("picked", chosen.includes(box.dataset.finding));
    }
  };

  document.getElementById("text").addEventListener("click", (event) => {
    const piece = event.target.closest("[data-findings]");
    if (!piece) return;
    event.preventDefault();
    if (window.getSelection().toString()) return; // someone is copying words, not choosing a finding
    const chosen = numbers(piece);
    for (const number of chosen) finding(number).open = true;
    pick(chosen);
    const first = finding(chosen[0]);
    const rail = document.getElementById("findings");
    rail.scrollTop += first.getBoundingClientRect().top - rail.getBoundingClientRect().top;
    first.scrollIntoView({ block: "nearest" });
    first.querySelector("summary").focus({ preventScroll: true });
  });

  document.getElementById("findings").addEventListener("click", (event) => {
    const box = event.target.closest(".finding");
    if (!box) return;
    const number = box.dataset.finding;
    pick([number]);
    if (!event.target.closest("[data-back]")) return;
    event.preventDefault();
    const place = pieces.find((piece) => numbers(piece).includes(number));
    place.scrollIntoView({ block: "center" });
    place.focus({ preventScroll: true });
  });

  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    const box = document.activeElement.closest(".finding");
    if (box) box.querySelector("[data-back]").click();
  });

  const opened = [];
  window.addEventListener("beforeprint", () => {
    for (const box of document.querySelectorAll("details:not([open])")) {
      box.open = true;
      opened.push(box);
    }
  });
  window.addEventListener("afterprint", () => {
    for (const box of opened.splice(0)) box.open = false;
  });
})();
