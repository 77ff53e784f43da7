// Keys, filters and live progress. Everything also works without this file.
"use strict";

const claims = () => [...document.querySelectorAll("[data-claim]")].filter((one) => !one.hidden);
let picked = null;

function pick(claim, move) {
  if (!claim) return;
  for (const one of document.querySelectorAll(".picked")) one.classList.remove("picked");
  picked = claim;
  claim.classList.add("picked");
  const inText = document.getElementById("t" + claim.id.slice(1));
  if (inText) inText.classList.add("picked");
  if (move) {
    claim.focus({ preventScroll: true });
    claim.scrollIntoView({ block: "nearest" });
    if (inText) inText.scrollIntoView({ block: "center" });
  }
}

function step(by) {
  const all = claims();
  if (!all.length) return;
  const at = all.indexOf(picked);
  pick(all[Math.min(all.length - 1, Math.max(0, at < 0 ? 0 : at + by))], true);
}

const KEYS = {
  j: () => step(1),
  k: () => step(-1),
  a: () => picked && picked.querySelector("[data-accept]") && picked.querySelector("[data-accept]").click(),
  c: () => {
    const form = picked && picked.querySelector('[data-correct="yes"]');
    if (form) form.requestSubmit();
  },
  o: () => picked && picked.querySelector("[data-source]") && picked.querySelector("[data-source]").click(),
};

document.addEventListener("keydown", (event) => {
  const typing = event.target.closest("input, textarea, select");
  if (typing || event.ctrlKey || event.metaKey || event.altKey || !KEYS[event.key]) return;
  event.preventDefault();
  KEYS[event.key]();
});

function fromAddress() {
  const claim = location.hash.startsWith("#f") && document.getElementById(location.hash.slice(1));
  if (claim) pick(claim, true);
}
window.addEventListener("hashchange", fromAddress);
fromAddress();

const filter = document.querySelector("[data-filter]");
if (filter) {
  filter.hidden = false;
  filter.addEventListener("click", (event) => {
    const wanted = event.target.dataset.show;
    if (!wanted) return;
    for (const button of filter.querySelectorAll("button")) button.setAttribute("aria-pressed", String(button === event.target));
    for (const claim of document.querySelectorAll("[data-claim]")) {
      const shown = wanted === "all" || (wanted === "waiting" ? claim.dataset.waiting === "yes" : claim.dataset.standing === wanted);
      claim.hidden = !shown;
    }
  });
}

const progress = document.querySelector("[data-progress]");
if (progress && progress.querySelector("progress")) {
  const told = new EventSource(progress.dataset.progress);
  told.onmessage = (event) => {
    const now = JSON.parse(event.data);
    if (now.state === "checked" || now.state === "failed") {
      told.close();
      location.reload();
      return;
    }
    progress.querySelector("[data-told]").textContent = now.state === "queued" ? "Waits for its check" : "Being checked";
    progress.querySelector("[data-judged]").textContent = now.judged;
    progress.querySelector("[data-of]").textContent = now.of;
    const bar = progress.querySelector("progress");
    bar.max = Math.max(1, now.of);
    bar.value = now.judged;
  };
}
