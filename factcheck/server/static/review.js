// Keys, filters, live progress, selecting a missed claim, the panel for questions. Everything also works without this file.
"use strict";

const every = (selector, root = document) => [...root.querySelectorAll(selector)];
const claims = () => every("[data-claim]").filter((one) => !one.hidden);
let picked = null;

function pick(claim, move) {
  if (!claim) return;
  for (const one of every(".picked")) one.classList.remove("picked");
  picked = claim;
  claim.classList.add("picked");
  const inText = document.getElementById("t" + claim.id.slice(1));
  if (inText) inText.classList.add("picked");
  if (move) {
    claim.focus({ preventScroll: true });
    claim.scrollIntoView({ block: claim.offsetHeight > innerHeight * 0.6 ? "start" : "nearest" });
    if (inText && matchMedia("(min-width: 62rem)").matches) inText.scrollIntoView({ block: "center" });
  }
}

function step(by) {
  const all = claims();
  if (!all.length) return;
  const at = all.indexOf(picked);
  const next = all[Math.min(all.length - 1, Math.max(0, at < 0 ? 0 : at + by))];
  history.replaceState(null, "", "#" + next.id);
  pick(next, true);
}

function inPicked(selector) {
  return picked && picked.querySelector(selector);
}

function correct() {
  const form = inPicked("[data-correct]");
  if (!form) return;
  if (form.dataset.correct === "yes") form.requestSubmit();
  else form.querySelector("textarea").focus();
}

function overrule() {
  const box = inPicked("[data-verdict]");
  if (!box) return;
  box.open = true;
  box.querySelector("select").focus();
}

const KEYS = {
  j: () => step(1),
  k: () => step(-1),
  a: () => inPicked("[data-accept]") && inPicked("[data-accept]").click(),
  c: correct,
  v: overrule,
  o: () => inPicked("[data-source]") && inPicked("[data-source]").click(),
  m: () => caught && fillMissed(),
  "/": () => document.querySelector("[data-search]") && document.querySelector("[data-search]").focus(),
};

document.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && chat && !chat.hidden) return void closeChat();
  const typing = event.target.closest("input, textarea, select");
  if (typing && event.key === "Escape") typing.blur();
  if (typing || event.ctrlKey || event.metaKey || event.altKey || !KEYS[event.key]) return;
  event.preventDefault();
  KEYS[event.key]();
});

// The claim that the address names, or else the first that needs a person.
function fromAddress() {
  const claim = location.hash.startsWith("#f") && document.getElementById(location.hash.slice(1));
  if (claim && claim.hidden) show({ standing: "all", kind: "", words: "" });
  if (claim) pick(claim, true);
  return claim;
}
window.addEventListener("hashchange", fromAddress);

// Filters.
const tools = document.querySelector("[data-tools]");
const wanted = { standing: "all", kind: "", words: "" };

function show(change) {
  Object.assign(wanted, change);
  const words = wanted.words.trim().toLowerCase();
  for (const button of every("[data-show]", tools)) button.setAttribute("aria-pressed", String(button.dataset.show === wanted.standing));
  for (const claim of every("[data-claim]")) {
    const standing = wanted.standing === "all" || (wanted.standing === "waiting" ? claim.dataset.waiting === "yes" : claim.dataset.standing === wanted.standing);
    const kind = !wanted.kind || claim.dataset.kinds.split(",").includes(wanted.kind);
    claim.hidden = !(standing && kind && (!words || every(".words, .read", claim).some((one) => one.textContent.toLowerCase().includes(words))));
  }
  document.querySelector("[data-none]").hidden = claims().length > 0;
  if (picked && picked.hidden && claims().length) pick(claims()[0], false);
}

if (tools) {
  tools.hidden = false;
  tools.addEventListener("click", (event) => {
    const button = event.target.closest("[data-show]");
    if (button) show({ standing: button.dataset.show });
  });
  tools.querySelector("[data-search]").addEventListener("input", (event) => show({ words: event.target.value }));
  tools.querySelector("[data-kind]").addEventListener("change", (event) => show({ kind: event.target.value }));
}
if (!fromAddress()) pick(document.querySelector('[data-claim][data-waiting="yes"]') || document.querySelector("[data-claim]"), false);

// A claim that was missed: select its words in the text.
const text = document.getElementById("text");
const catcher = document.querySelector("[data-catch]");
let caught = null;

function selected() {
  const range = getSelection().rangeCount && !getSelection().isCollapsed && getSelection().getRangeAt(0);
  if (!range || !text.contains(range.startContainer) || !text.contains(range.endContainer)) return null;
  const copy = range.cloneContents();
  for (const flag of copy.querySelectorAll(".flag")) flag.remove();
  const words = copy.textContent.trim();
  const piece = range.startContainer.parentElement.closest("[data-at]");
  return words ? { words, near: piece ? Number(piece.dataset.at) + range.startOffset : 0 } : null;
}

function fillMissed() {
  const box = document.getElementById("missed");
  box.open = true;
  box.querySelector("[name=words]").value = caught.words;
  box.querySelector("[name=near]").value = caught.near;
  box.querySelector("[name=statement]").focus();
  catcher.hidden = true;
}

if (text && catcher) {
  document.addEventListener("selectionchange", () => {
    const now = selected();
    if (now) caught = now;
    catcher.hidden = !now;
  });
  catcher.addEventListener("mousedown", (event) => event.preventDefault());
  catcher.addEventListener("click", fillMissed);
}

// Live progress.
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

// The panel for questions; it remembers those asked on this page.
const chat = document.getElementById("chat");
const opener = document.querySelector("[data-ask]");

function closeChat() {
  chat.hidden = true;
  opener.focus();
}

if (chat && opener) {
  opener.addEventListener("click", (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    chat.hidden = !chat.hidden;
    if (!chat.hidden) chat.querySelector("[name=question]").focus();
  });
  chat.querySelector("[data-close]").addEventListener("click", closeChat);
  const form = chat.querySelector("[data-chat]");
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const field = form.elements.question;
    const asked = field.value.trim();
    if (!asked) return;
    const body = new URLSearchParams(new FormData(form));
    field.value = "";
    const waiting = document.createElement("p");
    waiting.className = "asked";
    waiting.textContent = asked;
    const talk = chat.querySelector("[data-talk]");
    talk.append(waiting);
    try {
      const answer = await fetch("/ask/more", { method: "POST", body });
      if (!answer.ok) throw new Error(answer.status);
      const made = new DOMParser().parseFromString(await answer.text(), "text/html");
      const shown = [...made.body.children];
      waiting.replaceWith(...shown);
      shown[0].scrollIntoView({ block: "start" });
      const before = document.createElement("input");
      before.type = "hidden";
      before.name = "before";
      before.value = asked;
      form.prepend(before);
    } catch {
      waiting.textContent = asked + " – could not be answered; try again";
    }
  });
}
