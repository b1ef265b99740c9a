// The reader's clippings, kept in his browser. Without this script they are kept in a link.
const KEY = "podshivka.clippings";
const MOST = 200;
const stored = () => {
  try {
    return JSON.parse(localStorage.getItem(KEY) ?? "[]");
  } catch {
    return [];
  }
};
const keep = (list) => localStorage.setItem(KEY, JSON.stringify(list.slice(0, MOST)));

// «В подборку» beside an article puts it aside, and takes it back.
for (const link of document.querySelectorAll("a.clip-it")) {
  const article = link.dataset.article;
  const has = () => stored().some((one) => one.article === article);
  const show = () => {
    link.textContent = has() ? "Убрать из подборки" : "В подборку";
    link.setAttribute("aria-pressed", String(has()));
  };
  link.setAttribute("role", "button");
  show();
  const said = document.createElement("span");
  said.setAttribute("aria-live", "polite");
  link.after(said);
  const turn = (event) => {
    event.preventDefault();
    const list = stored();
    if (has()) keep(list.filter((one) => one.article !== article));
    else if (list.length < MOST) keep([...list, { article, note: "" }]);
    said.textContent = ` В подборке ${stored().length} из ${MOST}. `;
    const open = document.createElement("a");
    open.href = "/clippings";
    open.textContent = "Открыть";
    said.append(open);
    show();
  };
  link.addEventListener("click", turn);
  link.addEventListener("keydown", (event) => event.key === " " && turn(event));
}

// The page of clippings: the list of the browser is shown by the server, which keeps nothing of it.
const page = () => document.getElementById("clippings");
const form = () => page()?.querySelector("form.clippings");
const shown = () => {
  const articles = [...form().querySelectorAll("li input[name=article]")].map((one) => one.value);
  const notes = [...form().querySelectorAll("li input[name=note]")].map((one) => one.value);
  return articles.map((article, place) => ({ article, note: notes[place] }));
};
const body = (list) => {
  const data = new URLSearchParams();
  for (const one of list) {
    data.append("article", one.article);
    data.append("note", one.note);
  }
  return data;
};
const show = async (data) => {
  const answer = await fetch("/clippings", { method: "POST", body: data });
  const made = new DOMParser().parseFromString(await answer.text(), "text/html").getElementById("clippings");
  if (!answer.ok || !made) return false;
  page().replaceWith(made);
  live();
  return true;
};
const live = () => {
  form().method = "post"; // files are made of a list of any length
  form().addEventListener("submit", async (event) => {
    if (event.submitter?.hasAttribute("formaction")) return;
    event.preventDefault();
    const data = new URLSearchParams(new FormData(form()));
    if (event.submitter?.name) data.append(event.submitter.name, event.submitter.value);
    if (await show(data)) keep(shown());
    page().querySelector("h1").tabIndex = -1;
    page().querySelector("h1").focus();
  });
  form().addEventListener("change", () => keep(shown()));
};
if (page()) {
  const own = stored();
  const given = new URLSearchParams(location.search).has("article");
  if (!given && own.length) await show(body(own));
  else if (!given || JSON.stringify(shown()) === JSON.stringify(own)) live();
  else if (shown().length) {
    const adopt = document.createElement("button");
    adopt.type = "button";
    adopt.className = "button";
    adopt.textContent = own.length ? "Заменить ею мою подборку" : "Сделать моей подборкой";
    adopt.addEventListener("click", () => {
      keep(shown());
      location.assign("/clippings");
    });
    page().querySelector("h1").after(adopt);
  }
}
