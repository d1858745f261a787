// What the pages can do besides being read. Everything here can be reached without it.
const root = document.documentElement;
const keep = {
  get: (name) => { try { return localStorage.getItem(name); } catch { return null; } },
  set: (name, value) => { try { localStorage.setItem(name, value); } catch { /* nothing is kept */ } },
};

// The way past the menu stays on this page, whatever address it was asked by.
for (const link of document.querySelectorAll(".md-skip")) link.href = location.pathname + link.hash;

// What is wider than its place can be moved from the keyboard.
const narrow = new ResizeObserver((seen) => {
  for (const { target } of seen) {
    if (target.scrollWidth > target.clientWidth) target.tabIndex = 0;
    else target.removeAttribute("tabindex");
  }
});
for (const wide of document.querySelectorAll(".md-typeset table, .md-typeset__scrollwrap, .md-typeset pre > code")) narrow.observe(wide);

// Light or dark.
for (const button of document.querySelectorAll("[data-theme-toggle]")) {
  const dark = () => (root.dataset.theme ?? (matchMedia("(prefers-color-scheme:dark)").matches ? "dark" : "light")) === "dark";
  const tell = () => button.setAttribute("aria-pressed", String(dark()));
  tell();
  button.addEventListener("click", () => {
    root.dataset.theme = dark() ? "light" : "dark";
    keep.set("coop-theme", root.dataset.theme);
    tell();
  });
}

// The menu closes when one leaves it.
for (const menu of document.querySelectorAll(".coop-menu")) {
  menu.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && menu.open) { menu.open = false; menu.firstElementChild.focus(); }
  });
  menu.addEventListener("focusout", (event) => { if (event.relatedTarget && !menu.contains(event.relatedTarget)) menu.open = false; });
}

// Share this page: the system's own way, else its address is copied.
for (const button of document.querySelectorAll("[data-share]")) {
  button.addEventListener("click", async () => {
    const page = { title: document.title, url: location.href.split("#")[0] };
    try {
      if (navigator.share) return await navigator.share(page);
      await navigator.clipboard.writeText(page.url);
    } catch (refused) {
      if (refused.name === "AbortError") return;
      prompt(button.dataset.share, page.url);
      return;
    }
    button.parentElement.querySelector("[role=status]").textContent = button.dataset.copied;
  });
}
for (const button of document.querySelectorAll("[data-print]")) button.addEventListener("click", () => print());

// On paper a page says its address; one that is made to be printed has it as a square code, too.
const printed = document.querySelector("[data-code]");
if (printed) {
  const address = document.querySelector("link[rel=canonical]")?.href ?? location.href.split("#")[0];
  printed.textContent = address;
  if (document.querySelector("[data-print]")) {
    import(new URL(printed.dataset.code, location.href).href).then(({ generate }) => {
      const canvas = document.createElement("canvas");
      generate(address).toCanvas(canvas);
      printed.prepend(canvas);
    });
  }
}

// "This is me", on the members' site: kept in this browser alone.
for (const link of document.querySelectorAll("[data-me]")) {
  link.addEventListener("click", () => keep.set("coop-me", link.dataset.me));
}
const me = keep.get("coop-me");
for (const way of me ? document.querySelectorAll("[data-my]") : []) way.href = way.dataset.my.replace("*", me);
const mine = document.querySelector("[data-mine]");
if (mine && me) {
  const link = [...document.querySelectorAll("[data-me]")].find((one) => one.dataset.me === me);
  if (link) { mine.querySelector("a").href = link.href; mine.querySelector("b").textContent = link.textContent; mine.hidden = false; }
}
// What waits for me stands on my own page: the page of the day shows the same list.
const waiting = me && document.querySelector("[data-waiting-of]");
if (waiting) {
  const page = new URL(waiting.dataset.waitingOf.replace("*", encodeURIComponent(me)), location.href);
  fetch(page).then(async (answer) => {
    const list = answer.ok && new DOMParser().parseFromString(await answer.text(), "text/html").querySelector("[data-waiting]");
    for (const vote of list ? list.querySelectorAll("[data-vote]") : []) vote.remove(); // the page of the day has them already
    if (!list?.childElementCount) return;
    for (const link of list.querySelectorAll("a")) link.href = new URL(link.getAttribute("href"), page);
    const title = document.createElement("h2");
    [title.id, title.textContent] = ["_to-me", waiting.dataset.title];
    waiting.append(title, list);
    waiting.hidden = false;
  }).catch(() => { /* the page stays as it is for everybody */ });
}

// Search in the directory: words, trade, place, free now. The address says what was asked, so going back finds it again.
const search = document.querySelector("[data-search]");
if (search) {
  const list = document.querySelector("[data-results]");
  const everybody = document.querySelector("[data-everybody]");
  const status = search.querySelector("[role=status]");
  const template = list.querySelector("template");
  const most = 60;
  let rows = null;

  const folded = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase().replaceAll("œ", "oe").replaceAll("æ", "ae");
  const words = (text) => folded(text).split(/[^\p{L}\p{N}]+/u).filter((word) => word.length > 1 && !stop.has(word)).map(singular);
  const stop = new Set((search.dataset.stop ?? "").split(" "));
  const singular = (word) => (word.length > 4 ? word.replace(/[sx]$/, "") : word);
  const asked = () => Object.fromEntries([...new FormData(search)].filter(([, value]) => value));

  const card = (row) => {
    const one = template.content.cloneNode(true);
    const link = one.querySelector("a");
    link.href = search.dataset.base + row.u;
    link.textContent = row.n;
    for (const [name, text] of [["headline", row.h], ["trades", row.t], ["place", row.c], ["price", row.f]]) one.querySelector(`[data-${name}]`).textContent = text ?? "";
    const state = one.querySelector("[data-state]");
    state.textContent = row.s ?? "";
    state.className = row.a ? `coop-state coop-state--${row.a}` : "";
    const [image, initials] = [one.querySelector("img"), one.querySelector(".coop-initials")];
    if (row.p) { image.src = `${search.dataset.root}files/members/${row.p}`; image.classList.toggle("coop-logo", row.p.endsWith(".png")); initials.remove(); }
    else { initials.textContent = row.i; initials.classList.add(`coop-tint-${row.x}`); image.remove(); }
    return one;
  };

  // Those of the town that was asked for first, then those who are free; then as in the directory.
  const rank = { available: 0, limited: 1, full: 3, away: 4 };
  const ranked = (found, want) => {
    const score = (row) => (want.some((word) => row.l.some((has) => has.startsWith(word))) ? 0 : 10) + (rank[row.a] ?? 2);
    return found.map((row) => [score(row), row]).sort((one, other) => one[0] - other[0]).map(([, row]) => row);
  };

  const fits = (row, query, want) =>
    want.every((word) => row.w.some((has) => has.startsWith(word))) &&
    (!query.trade || row.m.includes(query.trade)) &&
    (!query.office || row.o === query.office) &&
    (!query.region || row.r === query.region) &&
    (!query.type || (query.type === "organisation") === (row.y === "o")) &&
    (!query.free || row.a === "available" || row.a === "limited");

  const show = async () => {
    const query = asked();
    const any = Object.keys(query).length > 0;
    history.replaceState(null, "", any ? `?${new URLSearchParams(query)}` : location.pathname);
    everybody.hidden = any;
    search.querySelector("[data-reset]").hidden = !any;
    list.hidden = !any;
    if (!any) { status.textContent = ""; return; }
    rows ??= (await (await fetch(search.dataset.search)).json()).map((row) => ({ ...row, w: row.w.split(" "), l: (row.l ?? "").split(" ") }));
    const want = words(query.q ?? "");
    const found = ranked(rows.filter((row) => fits(row, query, want)), want);
    list.replaceChildren(template, ...found.slice(0, most).map(card));
    status.textContent = search.dataset[found.length === 0 ? "none" : found.length === 1 ? "one" : "many"].replace("{count}", found.length);
  };

  for (const [name, value] of new URLSearchParams(location.search)) {
    const field = search.elements[name];
    if (field) { if (field.type === "checkbox") field.checked = true; else field.value = value; }
  }
  let waiting;
  search.addEventListener("input", () => { clearTimeout(waiting); waiting = setTimeout(show, 150); });
  search.addEventListener("submit", (event) => { event.preventDefault(); show(); });
  search.addEventListener("reset", () => { setTimeout(show); });
  show();
}
