// Sessions by facets. All that is chosen stands in the address, so a view can be shared and linked to:
//   ?theme=ebpf&theme=security&event=kubecon-eu-2026   one of the themes, at that event
//   ?theme=ebpf&theme=security&all=theme               both themes; "all" names the facets of which all is asked
//   ?theme=ebpf&confirmed=theme                        not where the theme is only suggested
//   &day=2026-03-24&room=hall-1                        of an event that is chosen too, as all that is within one
//   &q=words&order=oldest                              these words; newest, oldest, or else what fits best
// The names of facets and the ids of their values are those of facets.json.
import { get, make, number, plain, seek, spell } from "./search.js";

const root = new URL("..", import.meta.url);
// Values that a facet shows; of more it shows only SHOWN
const ALL = 12;
const SHOWN = 8;
// Sessions
const PAGE = 20;
// Sets of filters that are unfolded at first: on a phone, on a desk
const UNFOLDED = [1, 4];

let facets, per, total, every;
/**
 * Which values each session has, from lists of places, each as its distance from the one before. The values
 * of the session at a place are those from starts[place] up to starts[place + 1]: an array for each session
 * would be ten thousands of them.
 */
function spread(...lists) {
  const starts = new Uint32Array(total + 1);
  const through = (visit) => {
    for (const places of lists)
      places.forEach((steps, value) => {
        let at = 0;
        for (const step of steps) visit((at += step), value);
      });
  };
  through((at) => (starts[at + 1] += 1));
  const several = starts.some((count) => count > 1);
  for (let at = 0; at < total; at += 1) starts[at + 1] += starts[at];
  const values = new Uint32Array(starts[total]);
  const free = starts.slice();
  through((at, value) => (values[free[at]++] = value));
  return { starts, values, several };
}
const valuesOf = ({ starts, values }, at) => [...values.subarray(starts[at], starts[at + 1])];
function has({ starts, values }, at, value) {
  for (let own = starts[at]; own < starts[at + 1]; own += 1) if (values[own] === value) return true;
  return false;
}
function fill(facet, { values, places, suggested }) {
  facet.values = values.map((value) =>
    typeof value === "string" ? [value.toLowerCase().replaceAll(" ", "-"), value] : value);
  facet.number = new Map(facet.values.map(([id], at) => [id, at]));
  facet.sure = facet.sessions = spread(places);
  facet.maybe = suggested && spread(suggested);
  if (suggested) facet.sessions = spread(places, suggested);
}
function take(data) {
  ({ facets, per, total } = data);
  every = [...Array(total).keys()];
  for (const facet of facets) {
    fill(facet, facet.within ? { values: [], places: [] } : facet);
    facet.filter = "";
  }
  panels = facets.map(panelOf);
  filters.append(...sets.map(({ set }) => set), reveal);
}

// What is asked for and not there: the places of facets, each with a value
let words, order, chosen, missing, together, confirmed, shown;
function read() {
  const asked = new URLSearchParams(location.search);
  words = asked.get("q") ?? "";
  order = asked.get("order") ?? "";
  chosen = facets.map(({ id }) => new Set(asked.getAll(id)));
  missing = facets.flatMap(({ number, within }, f) =>
    [...chosen[f]].filter((value) => !within && !number.has(value)).map((value) => [f, value]));
  for (const [f, value] of missing) chosen[f].delete(value);
  together = new Set(asked.getAll("all"));
  confirmed = new Set(asked.getAll("confirmed"));
  shown = PAGE;
}
function write(how) {
  const asked = new URLSearchParams();
  if (words) asked.set("q", words);
  facets.forEach(({ id }, f) => chosen[f].forEach((value) => asked.append(id, value)));
  facets.forEach(({ id }, f) => chosen[f].size > 1 && together.has(id) && asked.append("all", id));
  facets.forEach(({ id, maybe }) => maybe && confirmed.has(id) && asked.append("confirmed", id));
  if (order) asked.set("order", order);
  history[how](null, "", `${location.pathname}${asked.size ? `?${asked}` : ""}`);
}

/** Choose what is called otherwise by now, as the pages at former addresses say. */
async function follow() {
  const now = await Promise.all(missing.map(([f, value]) => present(facets[f], value)));
  missing = missing.filter(([f], at) => !now[at] || !chosen[f].add(now[at]));
  if (now.some(Boolean)) write("replaceState");
}
async function present({ path, number }, value) {
  if (!path) return "";
  const page = new URL(path.replace("{}", encodeURIComponent(value)), root);
  const text = await fetch(page).then((answer) => answer.text()).catch(() => "");
  const to = text.match(/<link rel="canonical" href="([^"]+)/)?.[1] ?? "";
  const id = new URL(to, page).pathname.split("/").at(-2);
  return number.has(id) ? id : "";
}

/** What is within the events that are chosen: fetched with them, and gone with them. */
let settled = "";
async function settle(mine) {
  const inner = facets.filter(({ within }) => within);
  if (!inner.length) return;
  const outer = facets.findIndex(({ id }) => id === inner[0].within);
  const ids = [...chosen[outer]];
  const key = ids.join();
  if (key !== settled) {
    const files = await Promise.all(ids.map((id) => get(`explore/${facets[outer].id}/${id}.json`)));
    if (mine !== turn) return;
    settled = key;
    for (const facet of inner) {
      const values = new Map();
      for (const own of files.flat().filter(({ id }) => id === facet.id))
        own.values.forEach((value, at) => {
          const name = JSON.stringify(value);
          values.set(name, [...(values.get(name) ?? []), own.places[at]]);
        });
      fill(facet, { values: [...values.keys()].map((name) => JSON.parse(name)), places: [...values.values()].map(merged) });
    }
  }
  let gone = false;
  facets.forEach(({ within, number }, f) => {
    if (within) for (const value of chosen[f]) gone = (!number.has(value) && chosen[f].delete(value)) || gone;
  });
  if (gone) write("replaceState");
}
/** Several lists of places, each of steps, as one. */
function merged(lists) {
  const places = lists.flatMap((steps) => {
    let at = 0;
    return steps.map((step) => (at += step));
  }).sort((a, b) => a - b);
  return places.map((place, at) => place - (at ? places[at - 1] : 0));
}

/** The places of sessions that hold the words, best first; newest first without words. */
let names, note;
async function found() {
  note = "";
  if (!words.trim()) return every;
  names ??= get("pagefind/sessions.json").then((list) => new Map(list.map((name, at) => [name, at])));
  const [sought, places] = await Promise.all([seek(words), names]);
  note = sought.note;
  return sought.results.map(({ id }) => places.get(id)).filter((at) => at !== undefined);
}

/** What fits all facets; what each value would give, and how much of it is suggested; how many only one facet keeps out. */
function count(places) {
  const fits = [];
  const counts = facets.map(({ values }) => new Uint32Array(values.length));
  const maybes = facets.map(({ values }) => new Uint32Array(values.length));
  const kept = facets.map(() => 0);
  const asked = facets.map((facet, f) => ({
    held: confirmed.has(facet.id) ? facet.sure : facet.sessions,
    maybe: !confirmed.has(facet.id) && facet.maybe,
    values: [...chosen[f]].map((value) => facet.number.get(value)),
    all: together.has(facet.id),
  }));
  const filtered = asked.flatMap(({ values }, f) => (values.length ? [f] : []));
  const tally = (into, { starts, values }, at) => {
    for (let own = starts[at]; own < starts[at + 1]; own += 1) into[values[own]] += 1;
  };
  for (const at of places) {
    let out = -1;
    let fails = 0;
    for (const f of filtered) {
      const { held, values, all } = asked[f];
      const own = (value) => has(held, at, value);
      if (all ? values.every(own) : values.some(own)) continue;
      out = f;
      fails += 1;
    }
    if (fails > 1) continue;
    if (fails) kept[out] += 1;
    else fits.push(at);
    asked.forEach(({ held, maybe, all }, f) => {
      if (fails && (f !== out || all)) return;
      tally(counts[f], held, at);
      if (maybe) tally(maybes[f], maybe, at);
    });
  }
  return { fits, counts, maybes, kept };
}

const button = (text, onclick, more) => make("button.kb-button", { type: "button", onclick, ...more }, text);
const box = make("input.kb-words", { type: "search", placeholder: "Words in the sessions", "aria-label": "Words in the sessions" });
const chips = make("ul.kb-chips.kb-list.kb-row", { "aria-label": "Chosen" });
const heading = make("h2.kb-results__heading", { id: "results", tabIndex: -1 });
const remark = make("p.kb-meta");
// Both are said when they change
const status = make("div", { role: "status" }, heading, remark);
const relax = make("p.kb-relax");
const rows = make("ul.kb-sessions.kb-list.kb-rows");
const summary = make("summary", {}, "Filters");
const orders = make("select", {
  "aria-label": "Order of the sessions",
  onchange: () => {
    order = orders.value;
    changed();
  },
});
// The way out of the filters where they are above the sessions
const reveal = button("", () => {
  filters.open = false;
  heading.scrollIntoView();
  heading.focus();
}, { className: "kb-button kb-reveal" });
const filters = make("details.kb-filters", {}, summary);
const wide = matchMedia("(min-width: 60em)");

/** Facets of one label are in one set, which folds. */
let panels;
const sets = [];
function setOf(label) {
  const known = sets.find((each) => each.label === label);
  if (known) return known;
  const at = sets.length;
  const body = make("div", { id: `facet-${at}` });
  const fold = make("button.kb-unfold", { type: "button", "aria-controls": body.id, onclick: () => unfold(one, body.hidden, true) }, label);
  const one = { label, body, fold, set: make("fieldset", {}, make("legend", {}, fold), body), own: [] };
  sets.push(one);
  return one;
}
function unfold(one, open, asked) {
  one.asked ||= asked;
  one.body.hidden = !open;
  one.fold.ariaExpanded = open;
}
function panelOf({ id, label, plural }, f) {
  const one = setOf(label);
  const oninput = (event) => {
    facets[f].filter = plain(event.target.value.trim());
    panel(f);
  };
  const input = make("input", { type: "search", oninput, "aria-label": `Find in ${plural}` });
  const list = make("div");
  const swap = (names) => () => {
    if (!names.delete(id)) names.add(id);
    changed();
  };
  const both = make("input", { type: "checkbox", name: "all", value: id, onchange: () => swap(together)() });
  const sure = make("input", { type: "checkbox", name: "confirmed", value: id, onchange: () => swap(confirmed)() });
  const ways = make("div.kb-ways", {}, make("label", {}, both, `All of these ${plural}`), make("label", {}, sure, "Only what is confirmed"));
  one.own.push(f);
  one.body.append(input, list, ways);
  return { one, list, input, both, sure, ways };
}

let counts, maybes, fits;
function panel(f) {
  const { values, filter, id, sessions, maybe, ordered, plural } = facets[f];
  const { list, input, both, sure, ways } = panels[f];
  const some = [];
  values.forEach(([value, name], at) => {
    if (chosen[f].has(value) || (counts[f][at] && (!filter || plain(name).includes(filter)))) some.push(at);
  });
  const picked = (at) => chosen[f].has(values[at][0]);
  const ranks = new Map(some.map((at) => [at, picked(at) ? total + 1 : ordered ? 0 : counts[f][at]]));
  some.sort((a, b) => ranks.get(b) - ranks.get(a) || a - b);
  const active = list.contains(document.activeElement) && document.activeElement.value;
  list.replaceChildren(
    ...some.slice(0, Math.max(some.length > ALL ? SHOWN : ALL, chosen[f].size)).map((at) =>
      make(
        "label", {},
        make("input", { type: "checkbox", name: id, value: values[at][0], checked: picked(at), onchange: () => toggle(f, values[at][0]) }),
        make("span", { dir: "auto" }, values[at][1]),
        make("span.kb-count", {}, spell(counts[f][at]), maybes[f][at] ? make("span.kb-perhaps", {}, `, ${spell(maybes[f][at])} suggested`) : ""),
      )),
  );
  if (active) [...list.querySelectorAll("input")].find((each) => each.value === active)?.focus();
  both.parentElement.hidden = !sessions.several || chosen[f].size < 2;
  both.checked = together.has(id);
  sure.parentElement.hidden = !maybe;
  sure.checked = confirmed.has(id);
  ways.hidden = both.parentElement.hidden && !maybe;
  input.placeholder = `Find among ${spell(values.length)}`;
  input.hidden = some.length <= ALL && !filter;
  // One value that all of them have would be no choice
  const idle = some.length === 1 && !chosen[f].size && counts[f][some[0]] === fits.length;
  panels[f].idle = !filter && (!some.length || idle);
}
function fold(one, at) {
  one.set.hidden = one.own.every((f) => panels[f].idle);
  if (!one.asked) unfold(one, at < UNFOLDED[wide.matches ? 1 : 0] || one.own.some((f) => chosen[f].size));
}

function toggle(f, value) {
  if (!chosen[f].delete(value)) chosen[f].add(value);
  changed();
}
function changed(how = "pushState") {
  shown = PAGE;
  missing = [];
  write(how);
  return draw();
}
const further = button("Show more", async () => {
  shown += PAGE;
  await draw();
  rows.children[shown - PAGE]?.querySelector("a").focus();
});
const clear = (choices, text = words) => () => {
  choices.forEach((choice) => choice.clear());
  words = box.value = text;
  changed();
};

const link = (path, text, more) => make("a", { href: new URL(path, root).href, dir: "auto", ...more }, text);
function chipsOf(at, held) {
  return facets.flatMap(({ path, listed, hues, values, [held]: sessions }) =>
    (listed && sessions ? valuesOf(sessions, at) : []).map((value) => {
      const [id, name] = values[value];
      const style = hues ? `--kb-hue:${hues[value]}` : "";
      return link(path.replace("{}", id), name, { className: "kb-chip", style });
    }));
}
/** Whether a session fits only because of what is suggested for it. */
const perhaps = (at) =>
  facets.some(({ id, maybe, sure, number }, f) => {
    const values = [...chosen[f]].map((value) => number.get(value));
    const own = (value) => has(sure, at, value);
    return maybe && values.length && !(together.has(id) ? values.every(own) : values.some(own));
  });
const dotted = (parts) => parts.filter(Boolean).flatMap((part, at) => (at ? [" · ", part] : [part]));
const files = new Map();
async function row(at) {
  const file = Math.floor(at / per);
  if (!files.has(file)) files.set(file, get(`explore/rows/${file}.json`));
  const { path, title, lang, theme, status, kind, event, when, who, more, signs } = (await files.get(file))[at % per];
  const speakers = who.flatMap(([name, own, org], at) => {
    const said = org && org !== who[at + 1]?.[2] ? ` (${org})` : "";
    return [at ? ", " : "", link(own, name), said];
  });
  const about = theme && (theme[2] ? `perhaps ${theme[0]}` : theme[0]);
  const mark = theme && make(`span.kb-spot${theme[2] ? ".kb-spot--suggested" : ""}`, { style: `--kb-hue:${theme[1]}`, title: about }, make("span.kb-read", {}, `${about}: `));
  const extra = (text, more = "") => text && make(`span.kb-session__extra${more}`, {}, text);
  const held = signs.map(([name, n, words], at) =>
    make(`span.kb-sign.kb-sign--${name}`, { title: n + words }, n, make("span.kb-read", {}, words + (at < signs.length - 1 ? ", " : ""))));
  const line = dotted([
    status && make("span.kb-label.kb-label--status", {}, status),
    who.length && make("span.kb-session__who", {}, ...speakers, more ? ` and ${more} more` : ""),
    make("span.kb-session__what", {}, extra(kind && `${kind}, `), link(...event), extra(when, ".kb-dot")),
    held.length && make("span.kb-there", {}, ...held),
  ]);
  // Where there is no room for chips, which say what is suggested
  const maybe = perhaps(at) ? make("span.kb-session__maybe", {}, make("span.kb-label", {}, "suggested"), " · ") : "";
  const suggested = chipsOf(at, "maybe");
  const labels = [...chipsOf(at, "sure"), ...(suggested.length ? [make("span.kb-row.kb-chips--suggested", {}, "suggested:", ...suggested)] : [])];
  return make(
    "li.kb-session.kb-session--row", {},
    make("p.kb-session__title", {}, link(path, title, lang ? { lang } : {})),
    make("p.kb-meta.kb-session__line", {}, mark, maybe, ...line),
    ...(labels.length ? [make("p.kb-meta.kb-row.kb-session__chips", {}, ...labels)] : []),
  );
}

let turn = 0;
const draw = () => drawn((turn += 1)).catch(() => {
  // To fetch them again the next time
  files.clear();
  names = undefined;
  heading.textContent = "The sessions could not be loaded. The lists are below.";
});
async function drawn(mine) {
  const [places] = await Promise.all([found(), settle(mine)]);
  if (mine !== turn) return;
  const result = count(places);
  const { kept } = result;
  const listed = order ? result.fits.sort((a, b) => (order === "oldest" ? b - a : a - b)) : result.fits;
  const some = await Promise.all(listed.slice(0, shown).map(row));
  if (mine !== turn) return;
  ({ counts, maybes, fits } = result);
  facets.forEach((_, f) => panel(f));
  sets.forEach(fold);
  const picked = facets.flatMap(({ values, number, id }, f) =>
    [...chosen[f]].map((value) => {
      const [, name] = values[number.get(value)];
      return make("li", { "data-facet": id }, button(name, () => toggle(f, value), { className: "kb-chip", "aria-label": `Remove filter ${name}` }));
    }));
  // What is pressed here goes
  const pressed = [chips, relax].some((part) => part.contains(document.activeElement));
  chips.replaceChildren(...picked);
  chips.hidden = !picked.length;
  summary.textContent = picked.length ? `Filters (${picked.length}): ${number(fits.length, "session")}` : "Filters";
  reveal.textContent = `Show ${spell(fits.length)}`;
  heading.textContent = (fits.length === total ? "" : `${spell(fits.length)} of `) + number(total, "session");
  remark.textContent = [...missing.map(([f, value]) => `There is no ${facets[f].id} “${value}” here.`), note].filter(Boolean).join(" ");
  remark.hidden = !remark.textContent;
  const ways = [[words.trim() ? "Best match first" : "Newest first", ""], ...(words.trim() ? [["Newest first", "newest"]] : []), ["Oldest first", "oldest"]];
  orders.replaceChildren(...ways.map(([text, value]) => make("option", { value, selected: value === order }, text)));
  orders.hidden = fits.length < 2;
  rows.replaceChildren(...some);
  further.hidden = fits.length <= shown;
  relax.replaceChildren();
  relax.hidden = fits.length > 0;
  if (!fits.length) {
    const offers = [];
    const way = (text, sessions, press) => sessions && offers.push(button(`${text}: ${number(sessions, "session")}`, press));
    facets.forEach(({ label }, f) => way(label, kept[f], clear([chosen[f]])));
    if (words) {
      way(`The words “${words}”`, count(every).fits.length, clear([], ""));
      if (!kept.some(Boolean)) way("All filters", places.length, clear(chosen));
    }
    if (!offers.length) offers.push(button("Everything", clear(chosen, "")));
    relax.append("No session matches all of these. Try without: ", ...offers);
  }
  if (pressed) (chips.querySelector("button") ?? heading).focus();
}

let waiting;
box.addEventListener("input", () => {
  clearTimeout(waiting);
  waiting = setTimeout(() => {
    words = box.value;
    if (shownIn.isConnected) changed("replaceState");
  }, 120);
});
async function show() {
  read();
  box.value = words;
  await follow();
  await draw();
}
addEventListener("popstate", () => shownIn?.isConnected && show());
const fit = () => {
  filters.open = wide.matches;
  if (counts) sets.forEach(fold);
};
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
    facets[f].filter = input.value = "";
  });
  await show();
  // What is there before has the same rows; a reader may be in it already
  const { activeElement: active } = document;
  const typed = place.querySelector(".kb-words")?.value;
  const within = place.contains(active);
  const link = [...place.querySelectorAll(".kb-rows a")].indexOf(active);
  filters.open ||= place.querySelector("details")?.open ?? false;
  place.replaceChildren(...("search" in place.dataset ? [box] : []), chips, filters, make("section.kb-results", { "aria-labelledby": "results" }, status, orders, relax, rows, further));
  if (within) (rows.querySelectorAll("a")[link] ?? box).focus();
  if (typed) {
    box.value = typed;
    box.dispatchEvent(new Event("input"));
  }
}
if (window.document$) document$.subscribe(begin);
else begin();
