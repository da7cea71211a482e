// A schedule is filtered by track, theme and stars, and shows what is on now.
import { make, number, session, starred, watch } from "./stars.js";

const FACETS = ["track", "theme"];
const UNFOLDED = ".kb-unfold[aria-expanded=true]";
const all = (selector, of = document) => [...of.querySelectorAll(selector)];

// What is chosen stands in the address, so a view can be shared, and other days are asked the same
let chosen;
function read() {
  const asked = new URLSearchParams(location.search);
  chosen = { starred: asked.has("starred") };
  for (const facet of FACETS) chosen[facet] = new Set(asked.getAll(facet));
}
function write() {
  const asked = new URLSearchParams();
  for (const facet of FACETS) for (const name of chosen[facet]) asked.append(facet, name);
  if (chosen.starred) asked.set("starred", "");
  const search = `${asked}`.replace(/=(?=&|$)/g, "");
  history.replaceState(history.state, "", `${location.pathname}${search && `?${search}`}${location.hash}`);
}
const isFiltered = () => chosen.starred || FACETS.some((facet) => chosen[facet].size);

let plans = [];
function planOf(element) {
  const inputs = all(".kb-filters input", element);
  const cards = all(".kb-session", element).map((row) => ({
    row,
    id: session(row.querySelector("a")),
    places: new Set(row.dataset.kbIn?.split(" ")),
    on: row.dataset.kbOn?.split(" ").map(Number),
  }));
  const status = make("p", { className: "kb-shown", role: "status" });
  const reset = make("button", { className: "kb-button", type: "button", hidden: true }, "Show all");
  const filters = element.querySelector(".kb-filters");
  if (filters) {
    filters.append(status, reset);
    filters.hidden = false;
  }
  // On a phone it shows the filters
  const unfold = element.querySelector(".kb-unfold");
  unfold?.addEventListener("click", () => (unfold.ariaExpanded = unfold.ariaExpanded !== "true"));
  const jumps = all(".kb-jumps a", element).map((link) => ({ link, hour: link.hash.slice(0, -2) }));
  const plan = { element, inputs, cards, status, reset, jumps, unfold };
  for (const input of inputs)
    input.addEventListener("change", () => {
      if (input.name === "starred") chosen.starred = input.checked;
      else if (!chosen[input.name].delete(input.value)) chosen[input.name].add(input.value);
      changed();
    });
  reset.addEventListener("click", () => {
    chosen = { starred: false, track: new Set(), theme: new Set() };
    changed();
    filters.querySelector("summary, input").focus();
  });
  return plan;
}

function draw({ element, inputs, cards, status, reset, jumps, unfold }) {
  const stars = starred();
  const among = Object.fromEntries(
    FACETS.map((facet) => [facet, inputs.filter(({ name, value }) => name === facet && chosen[facet].has(value)).map(({ dataset }) => dataset.kbPlace)]));
  // Whether a session fits all that is chosen, but for one facet
  const fits = ({ id, places }, but) =>
    (but === "starred" || !chosen.starred || stars.has(id)) &&
    FACETS.every((facet) => facet === but || !chosen[facet].size || among[facet].some((place) => places.has(place)));
  for (const input of inputs) {
    const { name, value, dataset } = input;
    input.checked = name === "starred" ? chosen.starred : chosen[name].has(value);
    const has = ({ id, places }) => (name === "starred" ? stars.has(id) : places.has(dataset.kbPlace));
    const count = cards.filter((card) => has(card) && fits(card, name)).length;
    input.parentElement.querySelector(".kb-count").textContent = count;
    input.parentElement.hidden = !count && !input.checked && name !== "starred";
  }
  let shown = 0;
  for (const card of cards) {
    card.row.hidden = !fits(card);
    shown += !card.row.hidden;
  }
  for (const slot of all(".kb-slot", element)) slot.hidden = !slot.querySelector(".kb-session:not([hidden])");
  for (const { link, hour } of jumps) {
    const [first] = all(`.kb-slot:not([hidden]) > [id^="${hour.slice(1)}"]`, element);
    link.parentElement.hidden = !first;
    if (first) link.hash = first.id;
  }
  for (const summary of all("summary", element)) {
    const { size } = chosen[summary.parentElement.querySelector("input").name];
    summary.dataset.kbTitle ??= summary.textContent;
    summary.textContent = `${summary.dataset.kbTitle}${size ? ` (${size})` : ""}`;
  }
  const some = chosen.starred + FACETS.reduce((sum, facet) => sum + chosen[facet].size, 0);
  if (unfold) unfold.textContent = `Filter${some ? ` (${some})` : ""}`;
  status.textContent = isFiltered() ? `${shown.toLocaleString("en")} of ${number(cards.length, "session")}` : "";
  reset.hidden = !isFiltered();
}

function changed() {
  write();
  plans.forEach(draw);
  now();
  // Other days, and other pages of this one
  for (const link of all(".kb-letters a, .kb-pager a")) link.search = location.search;
}

// What is on, by the reader's clock
function now() {
  for (const { element, cards } of plans) {
    const begins = element.dataset.kbBegins;
    if (!begins) continue;
    const minute = (Date.now() - new Date(begins)) / 6e4;
    const timed = cards.filter(({ row, on }) => on && !row.hidden);
    const isOn = ({ on: [from, until] }) => from <= minute && minute < until;
    for (const card of timed) {
      card.row.querySelector(".kb-label--now")?.remove();
      if (isOn(card)) card.row.querySelector("p").append(make("span", { className: "kb-label kb-label--now" }, "Now"));
    }
    const jumps = element.querySelector(".kb-jumps ul");
    jumps?.querySelector(".kb-jump--now")?.remove();
    if (minute < 0) continue;
    const is = timed.findLast(isOn);
    const next = timed.find(({ on }) => on[0] > minute);
    const heading = (is ?? next)?.row.closest(".kb-slot").firstElementChild;
    if (!heading) continue;
    const words = is ? "Now" : `Next: ${heading.querySelector("time").textContent}`;
    jumps?.prepend(make("li", { className: "kb-jump--now" }, make("a", { href: `#${heading.id}` }, words)));
  }
}
setInterval(now, 30000);

// One list of chips is open at a time, and neither it nor what holds it when the reader is elsewhere
addEventListener("click", ({ target }) => {
  for (const open of all(".kb-filters details[open]")) if (!open.contains(target)) open.open = false;
  for (const unfold of all(UNFOLDED)) if (target !== unfold && !unfold.nextElementSibling.contains(target)) unfold.ariaExpanded = false;
});
addEventListener("keydown", ({ key, target }) => {
  if (key !== "Escape" || !target.closest) return;
  const open = target.closest(".kb-filters details[open]");
  const unfold = target.closest(".kb-bar")?.querySelector(UNFOLDED);
  if (open) open.open = false;
  else if (unfold) unfold.ariaExpanded = false;
  (open?.querySelector("summary") ?? unfold)?.focus();
});

watch(() => plans.forEach(draw));

// With navigation.instant the theme puts pages in the place of others
function begin() {
  read();
  plans = all(".kb-plan").map(planOf);
  plans.forEach(draw);
  for (const link of isFiltered() ? all(".kb-letters a, .kb-pager a") : []) link.search = location.search;
  now();
}
if (window.document$) document$.subscribe(begin);
else begin();
