// Offers names and words while a query is typed: a combobox with a listbox (ARIA 1.2). Without it the form works as well.
const query = document.querySelector("#q[data-suggest]");
const KINDS = {
  word: "слово", person: "персона", enterprise: "предприятие", organisation: "организация", source: "издание",
};
const PAUSE_MS = 120;

function part(name, attributes, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  element.append(...children);
  return element;
}

if (query) {
  const list = part("ul", { id: "q-options", role: "listbox", "aria-label": "Подсказки", class: "options", hidden: "" });
  const live = part("p", { role: "status", class: "unseen" });
  query.after(list);
  query.form.append(live);
  for (const [key, value] of Object.entries({
    role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": "q-options",
  })) query.setAttribute(key, value);

  let typed = "";
  let active = -1;
  let timer = 0;
  let asked = 0;

  const options = () => [...list.children];
  const isOpen = () => !list.hidden;

  function close() {
    list.hidden = true;
    active = -1;
    asked += 1;
    query.setAttribute("aria-expanded", "false");
    query.removeAttribute("aria-activedescendant");
    live.textContent = "";
  }

  function choose(place) {
    active = place;
    options().forEach((option, nth) => option.setAttribute("aria-selected", String(nth === place)));
    if (place < 0) query.removeAttribute("aria-activedescendant");
    else query.setAttribute("aria-activedescendant", options()[place].id);
    query.value = place < 0 ? typed : options()[place].dataset.text;
    options()[place]?.scrollIntoView({ block: "nearest" });
  }

  function show(found) {
    list.replaceChildren(...found.map((one, nth) => part(
      "li",
      { id: `q-option-${nth}`, role: "option", "aria-selected": "false", "data-text": one.text, "data-url": one.url },
      part("span", { class: "what" }, one.text), " ",
      part("span", { class: "soft" }, `${KINDS[one.kind]}, ${one.count.toLocaleString("ru")}`),
    )));
    list.hidden = !found.length;
    query.setAttribute("aria-expanded", String(found.length > 0));
    live.textContent = found.length ? `Подсказок: ${found.length}` : "Подсказок нет";
  }

  async function ask() {
    const mine = ++asked;
    typed = query.value;
    if (typed.trim().length < 2) return close();
    try {
      const answer = await fetch(`${query.dataset.suggest}?q=${encodeURIComponent(typed)}`);
      if (answer.ok && mine === asked) { active = -1; show(await answer.json()); }
    } catch { close(); }
  }

  query.addEventListener("input", () => {
    clearTimeout(timer);
    query.removeAttribute("aria-activedescendant");
    timer = setTimeout(ask, PAUSE_MS);
  });
  query.addEventListener("keydown", (event) => {
    const count = options().length;
    if (event.key === "Escape" && isOpen()) {
      event.preventDefault();
      query.value = typed;
      close();
    } else if (isOpen() && (event.key === "ArrowDown" || event.key === "ArrowUp")) {
      event.preventDefault();
      const step = event.key === "ArrowDown" ? 1 : -1;
      choose(((active + 1 + step + count + 1) % (count + 1)) - 1);
    } else if (event.key === "Enter") {
      clearTimeout(timer);
      if (isOpen() && active >= 0) {
        event.preventDefault();
        location.assign(options()[active].dataset.url);
      }
    }
  });
  query.addEventListener("blur", close);
  list.addEventListener("mousedown", (event) => {
    const option = event.target.closest("[role=option]");
    event.preventDefault();
    if (option) location.assign(option.dataset.url);
  });
}
