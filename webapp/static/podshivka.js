// Small comforts; every page works without them.
const field = document.getElementById("q");
const typing = (element) => element && /^(INPUT|SELECT|TEXTAREA)$/.test(element.tagName);

// «/» puts the cursor into the search field.
document.addEventListener("keydown", (event) => {
  if (event.key !== "/" || event.ctrlKey || event.altKey || event.metaKey || typing(document.activeElement)) return;
  event.preventDefault();
  field.focus();
  field.select();
});

// The sheet of facets on a phone: Escape closes it, the focus returns to its link.
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape" || location.hash !== "#refine") return;
  location.hash = "found";
  document.querySelector(".to-refine")?.focus();
});

// The time strip is one stop of Tab: arrows move along it.
for (const strip of document.querySelectorAll(".strip ol")) {
  const cells = [...strip.querySelectorAll("a")];
  const first = cells.find((cell) => cell.getAttribute("aria-current")) ?? cells[0];
  for (const cell of cells) cell.tabIndex = cell === first ? 0 : -1;
  strip.addEventListener("keydown", (event) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    const next = cells[cells.indexOf(document.activeElement) + step];
    if (!step || !next) return;
    event.preventDefault();
    document.activeElement.tabIndex = -1;
    next.tabIndex = 0;
    next.focus();
  });
}
