// Filters of the register of decisions. Without them, each filter has a page of its own.
const form = document.querySelector("[data-register]");
const rows = [...document.querySelectorAll("[data-row]")];
const groups = [...document.querySelectorAll("[data-group]")];
const status = form.querySelector("[role=status]");
const folded = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
const texts = rows.map((row) => folded(row.textContent));

const show = () => {
  const asked = Object.fromEntries([...new FormData(form)].filter(([, value]) => value));
  const { q = "", ...facets } = asked;
  const words = folded(q).split(/\s+/).filter(Boolean);
  let count = 0;
  rows.forEach((row, number) => {
    const fits = Object.entries(facets).every(([name, value]) => (row.dataset[name] ?? "").split(" ").includes(value));
    row.hidden = !fits || !words.every((word) => texts[number].includes(word));
    count += !row.hidden;
  });
  for (const group of groups) group.hidden = !group.querySelector("[data-row]:not([hidden])");
  const any = Object.keys(asked).length > 0;
  form.querySelector("[type=reset]").hidden = !any;
  status.textContent = any ? form.dataset[count === 0 ? "none" : count === 1 ? "one" : "many"].replace("{count}", count) : "";
  history.replaceState(null, "", any ? `?${new URLSearchParams(asked)}` : location.pathname);
};

for (const [name, value] of new URLSearchParams(location.search)) if (form.elements[name]) form.elements[name].value = value;
form.addEventListener("input", show);
form.addEventListener("submit", (event) => { event.preventDefault(); show(); });
form.addEventListener("reset", () => setTimeout(show));
show();
