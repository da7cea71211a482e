// Search over Pagefind's index, in a dialog: a combobox whose results are grouped by kind.
const root = new URL("..", import.meta.url);
// Results of one kind
const SHOWN = 5;
// Results whose documents are fetched: for a quick answer, and for a full one
const READ = [6, 24];

/** The data in one of the site's own files. */
export async function get(path) {
  const answer = await fetch(new URL(path, root));
  if (!answer.ok) throw new Error(path);
  return answer.json();
}

let index;
let again = "";
/** Pagefind, with its index being fetched, and the kinds of results in their order, with headings. */
const load = () =>
  (index ??= Promise.all([
    import(new URL(`pagefind/pagefind.js${again}`, root)).then(async (module) => {
      // A worker takes longer to start
      const pagefind = module.createInstance({ noWorker: true });
      await pagefind.init();
      return pagefind;
    }),
    get("assets/kinds.json"),
  ]));
/** What fails is fetched again the next time. */
function lost(why) {
  index = undefined;
  again += "?";
  throw why;
}

/** How Pagefind fetches: alone, it hides that a part is missing, and unpacks slower than a browser does. */
export async function fetchPart(url) {
  try {
    const answer = await fetch(url);
    if (!answer.ok) throw new Error(url);
    if (/\.json\b/.test(url)) return answer;
    const unpacked = answer.body.pipeThrough(new DecompressionStream("gzip"));
    return new Response(await new Response(unpacked).arrayBuffer());
  } catch (why) {
    lost(why);
  }
}

const BARE = "łløođdıi";
/** A text without case and accents, as names are indexed too. */
export const plain = (text) =>
  text.toLowerCase().normalize("NFD").replace(/\p{M}/gu, "").replace(/[łøđı]/g, (c) => BARE[BARE.indexOf(c) + 1]);

const UNSAID = " a an the of to in on at about what who was were is are did do does say said learned how and for with from by ";
async function search(words) {
  const mine = load();
  const { results } = await mine.then(([pagefind]) => pagefind.search(words)).catch(lost);
  // A part was lost
  if (mine !== index) throw new Error("incomplete");
  return results;
}
/** What holds all the words of a text, or else some: Pagefind's results, the words, and what to say. */
export async function seek(text) {
  const all = plain(text).trim().split(/\s+/);
  const telling = all.filter((word) => !UNSAID.includes(` ${word} `));
  const words = telling.length ? telling : all;
  const results = await search(words.join(" "));
  if (results.length || words.length < 2) return { results, words, note: "" };
  const found = (await Promise.all(words.map(search))).flat();
  const some = Object.values(Object.groupBy(found, ({ id }) => id))
    .sort((a, b) => b.length - a.length)
    .map(([first]) => first);
  return { results: some, words, note: "Nothing has all of these words; shown is what has some." };
}

export const number = (n, noun) => `${n.toLocaleString("en")} ${noun}${n === 1 ? "" : "s"}`;

/** An element, as "p.kb-meta"; what is not an element among its children becomes text. */
export function make(what, properties = {}, ...children) {
  const [tag, ...classes] = what.split(".");
  const element = document.createElement(tag);
  element.className = classes.join(" ");
  for (const [name, value] of Object.entries(properties)) {
    if (name in element) element[name] = value;
    else element.setAttribute(name, value);
  }
  element.append(...children.filter((child) => child !== "" && child != null));
  return element;
}

/** A text with the words marked that one of the terms found, if not letter for letter. */
function marked(text, terms) {
  const starts = terms.map((term) => term.slice(0, Math.max(2, Math.ceil(term.length * 0.7))));
  const found = (word) => starts.some((start) => word.startsWith(start));
  const parts = text.split(/([\p{L}\p{N}\p{M}]+)/u);
  return parts.map((part, at) => (at % 2 && found(plain(part)) ? make("mark", {}, part) : part));
}

/** What a document of Pagefind gives: the learnings in it that were found, and the rest of it. */
function results({ meta, url, sub_results: parts }) {
  const { kind, title, context, event, to } = meta;
  // Only they have addresses of their own
  const out = parts.filter(({ anchor }) => anchor).map(({ anchor: { id }, title: text, url }) =>
    ({ kind: "learning", title: text, context: [event, meta[id], title].filter(Boolean).join(" · "), url }));
  if (!parts.length || parts.length > out.length) out.push({ kind, title, context, url: to ? new URL(to, root) : url });
  return out;
}

/** Results by kind; one that is called what was looked for brings its kind to the front. */
function grouped(documents, words, kinds) {
  const all = documents.flatMap(results);
  const exact = ({ title }) => plain(title) === words;
  return kinds
    .map(([kind, heading]) => {
      const list = all.filter((result) => result.kind === kind).sort((a, b) => exact(b) - exact(a));
      return { kind, heading, list: list.slice(0, SHOWN) };
    })
    .filter(({ list }) => list.length)
    .sort((a, b) => b.list.some(exact) - a.list.some(exact));
}

const input = make("input", {
  id: "kb-search", type: "text", role: "combobox", autocomplete: "off", spellcheck: false,
  placeholder: "Search talks, people, themes, learnings", "aria-label": "Search",
  "aria-autocomplete": "list", "aria-controls": "kb-found", "aria-expanded": "false",
});
const list = make("div", { id: "kb-found", role: "listbox", "aria-label": "Results" });
const status = make("p", { role: "status" });
const more = make("p");
const close = make("button", { type: "button" }, "Close");
const dialog = make(
  "dialog.kb-search", { lang: "en", dir: "ltr", "aria-label": "Search" },
  make("div.kb-field", {}, input, close), make("div.kb-hits", {}, status, list, more),
);

let options = [];
let chosen = 0;
function choose(at) {
  options[chosen]?.setAttribute("aria-selected", "false");
  const option = options[(chosen = at)];
  option?.setAttribute("aria-selected", "true");
  option?.scrollIntoView({ block: "nearest" });
  input.setAttribute("aria-activedescendant", option?.id ?? "");
}

function show(groups, terms) {
  options = [];
  const option = ({ title, context, url }) => {
    const link = make(
      "a.kb-result", { id: `kb-option-${options.length}`, role: "option", href: url, tabIndex: -1, "aria-selected": "false" },
      make("b", { dir: "auto" }, ...marked(title, terms)), make("span", { dir: "auto" }, ...marked(context ?? "", terms)),
    );
    options.push(link);
    return link;
  };
  list.replaceChildren(
    ...groups.map(({ kind, heading, list }) => {
      const id = `kb-found-${kind}`;
      const top = make("div.kb-kind", { id, role: "presentation" }, heading);
      return make("div", { role: "group", "aria-labelledby": id }, top, ...list.map(option));
    }),
  );
  input.setAttribute("aria-expanded", String(options.length > 0));
  choose(0);
}

const link = (path, text) => make("a", { href: new URL(path, root).href }, text);
function say(text, ...links) {
  status.textContent = text;
  more.replaceChildren(...links);
}
function nothing(why) {
  show([], []);
  say(`${why} The lists are here:`, ...["themes", "people", "sessions"].map((list) => link(`${list}/`, list)));
}

let turn = 0;
// What is shown is not yet of what is typed; Enter was pressed meanwhile
let stale = false;
let entered = false;
async function find() {
  clearTimeout(waiting);
  const mine = (turn += 1);
  const text = input.value.trim();
  const words = plain(text).replace(/\s+/g, " ");
  stale = true;
  try {
    if (words.length < 2) {
      show([], []);
      return say(words && "Type two letters or more.");
    }
    if (!options.length) say("Searching…");
    const [found, [, kinds]] = await Promise.all([seek(text), load()]);
    for (const read of READ) {
      if (mine !== turn) return;
      const { results } = found;
      const documents = await Promise.all(results.slice(0, read).map((each) => each.data()));
      if (mine !== turn) return;
      show(grouped(documents, words, kinds), found.words);
      if (results.length <= read) break;
    }
    const count = found.results.length;
    if (count) {
      say(found.note || number(count, "result"), link(`explore/?q=${encodeURIComponent(text)}`, "All sessions that match"));
    } else nothing(`Nothing was found for “${text}”. Try fewer words.`);
  } catch {
    if (mine === turn) nothing("Search could not be loaded.");
  } finally {
    if (mine === turn) {
      stale = false;
      if (entered) options[0]?.click();
      entered = false;
    }
  }
}

let waiting;
input.addEventListener("input", () => {
  clearTimeout(waiting);
  waiting = setTimeout(find, 50);
  // What is being found is not wanted any more
  turn += 1;
  stale = true;
  entered = false;
});
input.addEventListener("keydown", (event) => {
  const last = options.length - 1;
  const to = {
    ArrowDown: chosen < last ? chosen + 1 : 0,
    ArrowUp: chosen > 0 ? chosen - 1 : last,
  }[event.key];
  if (to !== undefined && options.length) {
    event.preventDefault();
    choose(to);
  } else if (event.key === "Enter" && !event.isComposing) {
    event.preventDefault();
    if (stale) entered = true;
    else options[chosen]?.click();
  }
});
dialog.addEventListener("click", (event) => {
  if (event.target === dialog || event.target === close || event.target.closest("a")) dialog.close();
});

let ready;
/** Open the dialog; `typed` says what was typed on the way here, null to give up; `box` is where. */
export async function open(typed, box) {
  // `find` says so
  load().catch(() => {});
  await (ready ??= new Promise((done) => {
    const style = make("link", { rel: "stylesheet", href: new URL("search.css", import.meta.url).href });
    style.onload = style.onerror = done;
    // In the head it would go with the page, where the theme puts the next one in its place
    document.body.append(style, dialog);
  }));
  const text = typed();
  if (text === null) return;
  if (!dialog.open) dialog.showModal();
  dialog.onclose = () => {
    if (box) box.value = input.value;
  };
  // Enter is a line's end, which the field drops
  if (text) input.value = text;
  else input.select();
  entered = text.includes("\n");
  find();
}
