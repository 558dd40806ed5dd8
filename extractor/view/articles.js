"use strict";
document.documentElement.classList.add("js");

const SVG = "http://www.w3.org/2000/svg";
const by = (id) => document.getElementById(id);
const cardOf = (key) => by(`card-${key}`);
const markOf = (key) => by(`mark-${key}`);
const headOf = (card) => card.querySelector(".head");
const parts = Array.from(document.querySelectorAll(".part"));

// ---- The open card

let open = null; // its key
let origin = null; // where Esc goes back to

function reflect(key, on) {
  const card = cardOf(key);
  const mark = markOf(key);
  card.classList.toggle("open", on);
  headOf(card).setAttribute("aria-expanded", String(on));
  if (!mark) return;
  mark.classList.toggle("on", on);
  mark.setAttribute("aria-expanded", String(on));
  const part = mark.closest(".part");
  for (const field of ["subject", "time", "baseline", "attribution"]) {
    for (const piece of part.querySelectorAll(`[data-roles~="${field}-${key}"]`)) {
      piece.classList.toggle(`traced-${field}`, on);
    }
  }
  for (const link of part.querySelectorAll(`.lines [data-ends~="${key}"]`)) {
    link.classList.toggle("on", on);
    for (const end of link.dataset.ends.split(" ")) {
      if (end !== key) markOf(end).classList.toggle("kin", on);
    }
  }
}

function close(back) {
  if (open === null) return;
  reflect(open, false);
  if (back && origin) origin.focus();
  open = origin = null;
}

function show(key, from) {
  close(false);
  const card = cardOf(key);
  const mark = markOf(key);
  const part = card.closest(".part");
  if (part.hidden) turnTo(part.dataset.place);
  if (card.hidden) part.querySelector(".filters").reset();
  card.hidden = false;
  open = key;
  origin = from;
  reflect(key, true);
  const sheet = getComputedStyle(card).position === "fixed";
  if (!sheet) card.scrollIntoView({ block: "nearest" });
  if (mark && from !== mark) mark.scrollIntoView({ block: sheet ? "start" : "center" });
  else if (mark && sheet && mark.getBoundingClientRect().bottom > card.getBoundingClientRect().top) {
    mark.scrollIntoView({ block: "start" });
  }
  headOf(card).focus({ preventScroll: true });
}

document.addEventListener("click", (event) => {
  const leading = event.target.closest("[data-go], .claim, .head, .close");
  if (!leading) return;
  event.preventDefault();
  if (leading.matches(".close")) {
    close(true);
    return;
  }
  const key = leading.dataset.go || leading.closest("[data-key]").dataset.key;
  if (key === open && !leading.dataset.go) close(true);
  else show(key, leading);
});
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape") close(true);
  if (event.key === " " && event.target.matches(".claim")) {
    event.preventDefault();
    event.target.click();
  }
});

// ---- Lines between claims

const WIDE = 5; // between two lines in the margin
const ROUND = 4;

function box(mark, frame, last) {
  const boxes = mark.getClientRects();
  const found = boxes[last ? boxes.length - 1 : 0];
  return { left: found.left - frame.left, right: found.right - frame.left, bottom: found.bottom - frame.top };
}

function lane(taken, low, high, most) {
  let place = 0;
  while (place < most - 1 && (taken[place] || []).some(([a, b]) => a < high && low < b)) place += 1;
  (taken[place] = taken[place] || []).push([low, high]);
  return place;
}

function path(from, to, taken, room) {
  const [x, y] = [(from.left + from.right) / 2, from.bottom];
  const [x2, y2] = [(to.left + to.right) / 2, to.bottom];
  if (Math.abs(y - y2) < 6) return `M${x} ${y}C${x} ${y + 11} ${x2} ${y2 + 11} ${x2} ${y2}`;
  const most = Math.max(1, Math.floor((room - 4) / WIDE));
  const edge = room - 5 - WIDE * lane(taken, Math.min(y, y2), Math.max(y, y2), most);
  const way = y2 > y ? 1 : -1;
  return (
    `M${x} ${y}V${y + 2}q0 ${ROUND} ${-ROUND} ${ROUND}H${edge + ROUND}q${-ROUND} 0 ${-ROUND} ${way * ROUND}` +
    `V${y2 + 2 + ROUND - way * ROUND}q0 ${way * ROUND} ${ROUND} ${way * ROUND}H${x2 - ROUND}q${ROUND} 0 ${ROUND} ${-ROUND}V${y2}`
  );
}

function draw(part) {
  const text = part.querySelector(".text");
  const canvas = text.querySelector(".lines");
  const frame = text.getBoundingClientRect();
  if (!frame.width) return;
  const taken = [];
  const room = parseFloat(getComputedStyle(text).paddingLeft);
  const groups = [];
  for (const mark of text.querySelectorAll("[data-again], [data-about]")) {
    for (const kind of ["again", "about"]) {
      const earlier = mark.dataset[kind] && markOf(mark.dataset[kind]);
      if (!earlier) continue;
      const from = box(earlier, frame, true);
      const group = document.createElementNS(SVG, "g");
      group.setAttribute("class", kind);
      group.dataset.ends = `${earlier.dataset.key} ${mark.dataset.key}`;
      group.classList.toggle("on", open === earlier.dataset.key || open === mark.dataset.key);
      const line = document.createElementNS(SVG, "path");
      line.setAttribute("d", path(from, box(mark, frame, false), taken, room));
      const dot = document.createElementNS(SVG, "circle");
      dot.setAttribute("cx", String((from.left + from.right) / 2));
      dot.setAttribute("cy", String(from.bottom));
      dot.setAttribute("r", "2.5");
      group.append(line, dot);
      groups.push(group);
    }
  }
  // At the end and at once: a change between two measurements would have the page laid out again for each.
  canvas.setAttribute("width", String(frame.width));
  canvas.setAttribute("height", String(frame.height));
  canvas.replaceChildren(...groups);
  dim(part);
}

function dim(part) {
  for (const group of part.querySelectorAll(".lines g")) {
    group.classList.toggle("out", group.dataset.ends.split(" ").some((key) => markOf(key).classList.contains("out")));
  }
}

const watch = new ResizeObserver((seen) => seen.forEach((each) => draw(each.target.closest(".part"))));
for (const part of parts) watch.observe(part.querySelector(".text"));

// ---- Filters and order

const subjects = new Intl.Collator("it");
const orders = {
  text: () => 0,
  size: (a, b) =>
    a.dataset.kind.localeCompare(b.dataset.kind) ||
    a.dataset.unit.localeCompare(b.dataset.unit) ||
    Number(b.dataset.size) - Number(a.dataset.size),
  subject: (a, b) =>
    (a.dataset.subject === "") - (b.dataset.subject === "") || subjects.compare(a.dataset.subject, b.dataset.subject),
};

function filter(part, form, words) {
  const kinds = new Set(Array.from(form.querySelectorAll("[name=kind]:checked"), (each) => each.value));
  const wanted = form.elements.namedItem("find").value.trim().toLowerCase();
  const order = orders[form.elements.namedItem("order").value];
  const list = part.querySelector(".cards");
  const all = Array.from(list.children);
  all.sort((a, b) => order(a, b) || Number(a.dataset.number) - Number(b.dataset.number));
  if (all.some((card, place) => card !== list.children[place])) list.append(...all);
  let count = 0;
  for (const card of all) {
    const fits = kinds.has(card.dataset.kind) && words.get(card).includes(wanted);
    if (!fits && card.dataset.key === open) close(false);
    card.hidden = !fits;
    const mark = markOf(card.dataset.key);
    if (mark) mark.classList.toggle("out", !fits);
    if (fits) count += 1;
  }
  const status = part.querySelector(".shown");
  status.textContent = count === all.length ? `${count} claims` : `${count} of ${all.length} claims`;
  dim(part);
}

for (const part of parts) {
  const form = part.querySelector(".filters");
  for (const head of part.querySelectorAll(".head")) head.setAttribute("aria-expanded", "false");
  if (!form) continue;
  const words = new Map(Array.from(part.querySelectorAll(".card"), (each) => [each, each.textContent.toLowerCase()]));
  const again = () => filter(part, form, words);
  form.addEventListener("input", again);
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("reset", () => setTimeout(again));
}

// ---- Several articles

const chooser = document.querySelector(".switch");

function turnTo(place) {
  for (const part of parts) part.hidden = place !== "" && part.dataset.place !== place;
  chooser.elements.namedItem("article").value = place;
  for (const button of chooser.querySelectorAll("[data-step]")) {
    const next = Number(place) + Number(button.dataset.step);
    button.disabled = place === "" || next < 1 || next > parts.length;
  }
}

if (chooser) {
  const choose = (place) => {
    close(false);
    turnTo(place);
  };
  chooser.addEventListener("submit", (event) => event.preventDefault());
  chooser.addEventListener("change", (event) => choose(event.target.value));
  for (const button of chooser.querySelectorAll("[data-step]")) {
    button.addEventListener("click", () => {
      const now = Number(chooser.elements.namedItem("article").value);
      choose(String(now + Number(button.dataset.step)));
    });
  }
  turnTo("1");
}
