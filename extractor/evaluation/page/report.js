"use strict";
const form = document.getElementById("filters");
const shown = document.getElementById("shown");
const cases = Array.from(document.querySelectorAll(".case"));
const words = new Map(cases.map((each) => [each, each.textContent.toLowerCase()]));

// Set by a number of the table of classes, which counts what this run has wrong, not the earlier one.
let picked = "";

function fits(each, wanted) {
  if (picked && !each.dataset.now.split(" ").includes(picked)) return false;
  for (const [name, value] of wanted) {
    if (!value) continue;
    if (name === "words") {
      if (!words.get(each).includes(value.toLowerCase().trim())) return false;
    } else if (name === "field") {
      if (!each.dataset.field.split(" ").includes(value)) return false;
    } else if (each.dataset[name] !== value) return false;
  }
  return true;
}

function filter() {
  const wanted = Array.from(new FormData(form));
  let count = 0;
  for (const each of cases) {
    each.hidden = !fits(each, wanted);
    if (!each.hidden) count += 1;
  }
  shown.textContent = count === cases.length ? `${count} errors` : `${count} of ${cases.length} errors`;
}

form.addEventListener("input", () => {
  picked = "";
  filter();
});
form.addEventListener("submit", (event) => event.preventDefault());
form.addEventListener("reset", () => {
  picked = "";
  setTimeout(filter);
});
for (const button of document.querySelectorAll("[data-pick]")) {
  button.addEventListener("click", () => {
    form.reset();
    const pick = button.dataset.pick;
    const isClass = pick === "missed" || pick === "spurious";
    form.elements.namedItem("class").value = isClass ? pick : "wrong";
    picked = isClass ? "" : pick;
    if (!isClass) form.elements.namedItem("field").value = pick;
    form.elements.namedItem("kind").value = button.dataset.kind;
    setTimeout(() => {
      filter();
      document.getElementById("errors").scrollIntoView();
      form.elements.namedItem("class").focus({ preventScroll: true });
    });
  });
}
filter();
