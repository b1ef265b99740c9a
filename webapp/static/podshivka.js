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

// An article: n and p go from match to match.
const matches = document.querySelectorAll("mark[id]");
document.addEventListener("keydown", (event) => {
  const step = { n: 1, p: -1, т: 1, з: -1 }[event.key];
  if (!step || !matches.length || event.ctrlKey || event.altKey || event.metaKey || typing(document.activeElement)) return;
  const here = [...matches].findIndex((mark) => "#" + mark.id === location.hash);
  const next = matches[here < 0 && step < 0 ? matches.length - 1 : here + step];
  if (next) location.hash = next.id;
});

// A reference is copied by a click.
for (const reference of document.querySelectorAll(".cite .citation")) {
  if (!navigator.clipboard) break;
  const button = document.createElement("button");
  button.type = "button";
  button.className = "button plain copy";
  button.textContent = "Копировать";
  const said = document.createElement("span");
  said.setAttribute("aria-live", "polite");
  said.className = "note";
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(reference.textContent);
    said.textContent = " Скопировано";
  });
  reference.after(button, said);
}
