// Sessions by facets. All that is chosen stands in the address, so a view can be shared and linked to:
//   ?theme=ebpf&theme=security&event=kubecon-eu-2026   one of the themes, at that event
//   ?theme=ebpf&theme=security&all=theme               both themes; "all" names the facets of which all is asked
//   &q=words                                           and these words
// The names of facets and the ids of their values are those of facets.json.
import { get, make, number, plain, seek } from "./search.js";

const root = new URL("..", import.meta.url);
// Values that a facet shows; of more it shows only SHOWN
const ALL = 12;
const SHOWN = 8;
// Sessions
const PAGE = 20;

let facets, per, total, all;
function take(data) {
  ({ facets, per, total } = data);
  all = [...Array(total).keys()];
  for (const facet of facets) {
    facet.values = facet.values.map((value) =>
      typeof value === "string" ? [value.toLowerCase().replaceAll(" ", "-"), value] : value);
    facet.number = new Map(facet.values.map(([id], at) => [id, at]));
    facet.filter = "";
  }
  panels = facets.map(panelOf);
  filters.append(...panels.map(({ set }) => set));
}

let words, chosen, together, shown;
function read() {
  const asked = new URLSearchParams(location.search);
  words = asked.get("q") ?? "";
  chosen = facets.map(({ id, number }) =>
    new Set(asked.getAll(id).map((value) => number.get(value)).filter((at) => at !== undefined)));
  together = new Set(asked.getAll("all"));
  shown = PAGE;
}
function write(how) {
  const asked = new URLSearchParams();
  if (words) asked.set("q", words);
  facets.forEach(({ id, values }, f) => chosen[f].forEach((at) => asked.append(id, values[at][0])));
  facets.forEach(({ id }, f) => chosen[f].size > 1 && together.has(id) && asked.append("all", id));
  history[how](null, "", `${location.pathname}${asked.size ? `?${asked}` : ""}`);
}

/** The places of sessions that hold the words, best first; newest first without words. */
let names, note;
async function found() {
  note = "";
  if (!words.trim()) return all;
  names ??= get("pagefind/sessions.json").then((list) => new Map(list.map((name, at) => [name, at])));
  const [sought, places] = await Promise.all([seek(words), names]);
  note = sought.note && `. ${sought.note}`;
  return sought.results.map(({ id }) => places.get(id)).filter((at) => at !== undefined);
}

function fitsIn(f, at) {
  const { id, sessions } = facets[f];
  if (!chosen[f].size) return true;
  if (together.has(id)) return [...chosen[f]].every((value) => sessions[at].includes(value));
  return sessions[at].some((value) => chosen[f].has(value));
}

/** What fits all facets; what each value would give; and how many only one facet keeps out. */
function count(places) {
  const fits = [];
  const counts = facets.map(({ values }) => new Uint32Array(values.length));
  const kept = facets.map(() => 0);
  for (const at of places) {
    let out = -1;
    let fails = 0;
    for (let f = 0; f < facets.length && fails < 2; f += 1)
      if (!fitsIn(f, at)) {
        out = f;
        fails += 1;
      }
    if (fails === 0) fits.push(at);
    if (fails === 1) kept[out] += 1;
    if (fails < 2)
      facets.forEach(({ sessions }, f) => {
        if (fails === 0 || f === out) for (const value of sessions[at]) counts[f][value] += 1;
      });
  }
  return { fits, counts, kept };
}

const box = make("input.kb-words", { type: "search", placeholder: "Words in the sessions", "aria-label": "Words in the sessions" });
const chips = make("ul.kb-chips.kb-list.kb-row", { "aria-label": "Chosen" });
const status = make("p.kb-count", { role: "status", tabIndex: -1 });
const relax = make("p.kb-relax");
const rows = make("ul.kb-sessions.kb-list.kb-rows");
const summary = make("summary", {}, "Filters");
let panels;
function panelOf({ label, plural, values }, f) {
  const list = make("div");
  const parts = [make("legend", {}, label)];
  if (values.length > ALL) {
    const oninput = (event) => {
      facets[f].filter = plain(event.target.value.trim());
      panel(f);
    };
    parts.push(make("input", { type: "search", oninput, placeholder: `Find among ${values.length.toLocaleString("en")}`, "aria-label": `Find in ${plural}` }));
  }
  const set = make("fieldset", {}, ...parts, list);
  return { set, list, input: parts[1] };
}
const filters = make("details.kb-filters", {}, summary);

let counts;
function panel(f) {
  const { values, filter, id } = facets[f];
  const { list, set, input } = panels[f];
  const order = [];
  values.forEach(([, name], at) => {
    if (chosen[f].has(at) || (counts[f][at] && (!filter || plain(name).includes(filter)))) order.push(at);
  });
  order.sort((a, b) => chosen[f].has(b) - chosen[f].has(a) || counts[f][b] - counts[f][a] || a - b);
  const active = list.contains(document.activeElement) && document.activeElement.value;
  list.replaceChildren(
    ...order.slice(0, Math.max(order.length > ALL ? SHOWN : ALL, chosen[f].size)).map((at) =>
      make(
        "label", {},
        make("input", { type: "checkbox", name: id, value: values[at][0], checked: chosen[f].has(at), onchange: () => toggle(f, at) }),
        make("span", { dir: "auto" }, values[at][1]),
        make("span.kb-count", {}, counts[f][at].toLocaleString("en")),
      )),
  );
  if (active) [...list.querySelectorAll("input")].find((each) => each.value === active)?.focus();
  set.hidden = !order.length && !filter;
  if (input) input.hidden = order.length <= ALL && !filter;
}

function toggle(f, at) {
  if (!chosen[f].delete(at)) chosen[f].add(at);
  changed();
}
function changed(how = "pushState") {
  shown = PAGE;
  write(how);
  return draw();
}
const button = (text, onclick, more) => make("button.kb-button", { type: "button", onclick, ...more }, text);
const further = button("Show more", async () => {
  shown += PAGE;
  await draw();
  rows.children[shown - PAGE]?.querySelector("a").focus();
});
const clear = (sets, text = words) => () => {
  sets.forEach((set) => set.clear());
  words = box.value = text;
  changed();
};

const files = new Map();
async function row(at) {
  const file = Math.floor(at / per);
  if (!files.has(file)) files.set(file, get(`explore/rows/${file}.json`));
  const [path, title, line, has] = (await files.get(file))[at % per];
  const linked = facets.filter(({ path }) => path).flatMap(({ path, hues, values, sessions }) =>
    sessions[at].map((value) => {
      const [id, name] = values[value];
      const style = hues ? `--kb-hue:${hues[value]}` : "";
      return make("a.kb-chip", { style, dir: "auto", href: new URL(path.replace("{}", id), root).href }, name);
    }));
  return make(
    "li.kb-session", {},
    make("p.kb-session__title", {}, make("a", { href: new URL(path, root).href, dir: "auto" }, title)),
    make("p.kb-meta", {}, line),
    make("p.kb-meta.kb-row", {}, ...linked, has),
  );
}

let turn = 0;
const draw = () => drawn((turn += 1)).catch(() => {
  // To fetch them again the next time
  files.clear();
  names = undefined;
  status.textContent = "The sessions could not be loaded. The lists are below.";
});
async function drawn(mine) {
  const places = await found();
  if (mine !== turn) return;
  const result = count(places);
  const { fits, kept } = result;
  const some = await Promise.all(fits.slice(0, shown).map(row));
  if (mine !== turn) return;
  ({ counts } = result);
  facets.forEach((_, f) => panel(f));
  const picked = facets.flatMap(({ values, id }, f) =>
    [...chosen[f]].map((at) =>
      make("li", { "data-facet": id }, button(values[at][1], () => toggle(f, at), { className: "kb-chip", "aria-label": `Remove filter ${values[at][1]}` }))));
  // What is pressed here goes
  const pressed = [chips, relax].some((part) => part.contains(document.activeElement));
  chips.replaceChildren(...picked);
  chips.hidden = !picked.length;
  summary.textContent = picked.length ? `Filters (${picked.length}): ${number(fits.length, "session")}` : "Filters";
  status.textContent = (fits.length === total ? "" : `${fits.length.toLocaleString("en")} of `) + number(total, "session") + note;
  rows.replaceChildren(...some);
  further.hidden = fits.length <= shown;
  relax.replaceChildren();
  if (!fits.length) {
    const ways = [];
    const way = (text, sessions, press) => sessions && ways.push(button(`${text}: ${number(sessions, "session")}`, press));
    facets.forEach(({ label }, f) => way(label, kept[f], clear([chosen[f]])));
    if (words) {
      way(`The words “${words}”`, count(all).fits.length, clear([], ""));
      if (!kept.some(Boolean)) way("All filters", places.length, clear(chosen));
    }
    if (!ways.length) ways.push(button("Everything", clear(chosen, "")));
    relax.append("No session matches all of these. Try without: ", ...ways);
  }
  if (pressed) (chips.querySelector("button") ?? status).focus();
}

let waiting;
box.addEventListener("input", () => {
  clearTimeout(waiting);
  waiting = setTimeout(() => {
    words = box.value;
    if (shownIn.isConnected) changed("replaceState");
  }, 120);
});
function show() {
  read();
  box.value = words;
  return draw();
}
addEventListener("popstate", () => shownIn?.isConnected && show());
const wide = matchMedia("(min-width: 60em)");
const fit = () => (filters.open = wide.matches);
wide.addEventListener("change", fit);
fit();

// With navigation.instant the theme brings Explore again and again
let shownIn;
async function begin() {
  const place = document.getElementById("kb-explore");
  if (!place || place === shownIn) return;
  shownIn = place;
  try {
    if (!facets) take(await get("explore/facets.json"));
  } catch (why) {
    place.replaceWith("Explore could not be loaded. The lists are below.");
    throw why;
  }
  panels.forEach(({ input }, f) => {
    facets[f].filter = "";
    if (input) input.value = "";
  });
  await show();
  const search = "search" in place.dataset;
  place.append(...(search ? [box] : []), chips, filters, make("div.kb-results", {}, status, relax, rows, further));
}
if (window.document$) document$.subscribe(begin);
else begin();
