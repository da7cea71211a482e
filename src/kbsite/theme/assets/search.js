// Search over Pagefind's index, in a dialog: a combobox whose results are grouped by kind.
const root = new URL("..", import.meta.url);
// Results of one kind
const SHOWN = 5;
// Results whose documents are fetched: for a quick answer, and for a full one
const READ = [6, 24];
const KINDS = {
  theme: "Themes", learning: "Learnings", session: "Sessions", person: "People",
  organisation: "Organisations", project: "Projects", page: "Pages",
};

// Pagefind unpacks what it fetches in JavaScript; browsers do it many times as fast.
const { fetch } = window;
window.fetch = async (...request) => {
  const answer = await fetch(...request);
  if (!/\/pagefind\/.+\.(pf_\w+|pagefind)$/.test(answer.url) || !answer.ok) return answer;
  const bytes = await answer.arrayBuffer();
  if (new Uint8Array(bytes)[0] !== 0x1f) return new Response(bytes);
  return new Response(new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip")));
};

let index;
/** Pagefind, with its index being fetched. */
export const pagefind = () =>
  (index ??= import(new URL("pagefind/pagefind.js", root)).then((module) => {
    // A worker takes longer to start
    const instance = module.createInstance({ noWorker: true });
    return instance.init().then(() => instance);
  }));

const BARE = { ł: "l", ø: "o", đ: "d", ı: "i", ß: "ss", æ: "ae", œ: "oe" };
/** A text without case and accents, as names are indexed too. */
export const plain = (text) =>
  text.toLowerCase().normalize("NFD").replace(/\p{M}/gu, "").replace(/[łøđıßæœ]/g, (c) => BARE[c]);

/** An element; what is not an element among its children becomes text. */
export function make(tag, properties = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (name in element) element[name] = value;
    else element.setAttribute(name, value);
  }
  element.append(...children.filter((child) => child !== "" && child != null));
  return element;
}

/** A text with the words marked that one of the terms found, if not letter for letter. */
function marked(text, terms) {
  const found = (word) =>
    terms.some((term) => {
      let same = 0;
      while (same < term.length && term[same] === word[same]) same += 1;
      return same >= Math.max(2, Math.ceil(term.length * 0.7));
    });
  const parts = text.split(/([\p{L}\p{N}\p{M}]+)/u);
  return parts.map((part, at) => (at % 2 && found(plain(part)) ? make("mark", {}, part) : part));
}

/** What a document of Pagefind gives: the learnings in it that were found, and the rest of it. */
function results({ meta: { kind, title, context, event, minutes = "" }, url, sub_results: parts }) {
  const minute = Object.fromEntries(minutes.split(" ").map((each) => each.split("=")));
  // Only they have addresses of their own
  const learnings = parts.filter(({ anchor }) => anchor);
  const out = learnings.map(({ anchor: { id }, title: text, url }) => {
    const context = [event, minute[id], title].filter(Boolean).join(" · ");
    return { kind: "learning", title: text, context, url };
  });
  if (!parts.length || parts.length > out.length) out.push({ kind, title, context, url });
  return out;
}

/** Results by kind; one that is called what was looked for brings its kind to the front. */
function grouped(documents, words) {
  const groups = new Map(Object.keys(KINDS).map((kind) => [kind, []]));
  for (const result of documents.flatMap(results)) groups.get(result.kind)?.push(result);
  const exact = ({ title }) => plain(title) === words;
  return [...groups]
    .filter(([, list]) => list.length)
    .map(([kind, list]) => [kind, list.sort((a, b) => exact(b) - exact(a)).slice(0, SHOWN)])
    .sort(([, a], [, b]) => b.some(exact) - a.some(exact));
}

const input = make("input", {
  id: "kb-search", type: "text", role: "combobox", autocomplete: "off", spellcheck: false,
  placeholder: "Search talks, people, themes, learnings", "aria-label": "Search",
  "aria-autocomplete": "list", "aria-controls": "kb-found", "aria-expanded": "false",
});
const list = make("div", { id: "kb-found", role: "listbox", "aria-label": "Results" });
const status = make("p", { className: "kb-search__status", role: "status" });
const more = make("p", { className: "kb-search__more" });
const close = make("button", { type: "button", className: "kb-search__close", }, "Close");
const dialog = make(
  "dialog", { className: "kb-search", "aria-label": "Search" },
  make("div", { className: "kb-search__field" }, input, close),
  make("div", { className: "kb-search__body" }, status, list, more),
);

let options = [];
let chosen = 0;
function choose(at) {
  options[chosen]?.setAttribute("aria-selected", "false");
  chosen = at;
  options[at]?.setAttribute("aria-selected", "true");
  options[at]?.scrollIntoView({ block: "nearest" });
  input.setAttribute("aria-activedescendant", options[at]?.id ?? "");
}

function show(groups, terms) {
  options = [];
  const text = (part, words) =>
    make("span", { className: `kb-result__${part}` }, ...marked(words ?? "", terms));
  const option = (kind, { title, context, url }) => {
    const link = make(
      "a", { id: `kb-option-${options.length}`, role: "option", href: url, tabIndex: -1, "aria-selected": "false", className: `kb-result kb-result--${kind}` },
      text("title", title), text("context", context),
    );
    options.push(link);
    return link;
  };
  list.replaceChildren(
    ...groups.map(([kind, found]) => {
      const heading = make("div", { id: `kb-found-${kind}`, className: "kb-search__kind", role: "presentation" }, KINDS[kind]);
      return make("div", { role: "group", "aria-labelledby": heading.id }, heading, ...found.map((each) => option(kind, each)));
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
async function find() {
  const mine = (turn += 1);
  const text = input.value.trim();
  const words = plain(text).replace(/\s+/g, " ");
  if (words.length < 2) {
    show([], []);
    return say("");
  }
  try {
    const search = await pagefind();
    if (mine !== turn) return;
    const found = await search.search(words);
    if (mine !== turn) return;
    const terms = words.split(/[^\p{L}\p{N}]+/u).filter(Boolean);
    for (const read of READ) {
      const documents = await Promise.all(found.results.slice(0, read).map((each) => each.data()));
      if (mine !== turn) return;
      show(grouped(documents, words), terms);
      if (found.results.length <= read) break;
    }
    const count = found.results.length;
    if (count) {
      const pages = count === 1 ? "1 page" : `${count.toLocaleString("en")} pages`;
      say(`${pages} found`, link(`explore/?q=${encodeURIComponent(text)}`, "All sessions that match"));
    } else nothing(`Nothing was found for “${text}”. Try fewer words, or only the beginning of one.`);
  } catch {
    if (mine === turn) nothing("Search could not be loaded.");
  }
}

let waiting;
input.addEventListener("input", () => {
  clearTimeout(waiting);
  waiting = setTimeout(find, 50);
});
input.addEventListener("keydown", (event) => {
  const last = options.length - 1;
  const to = {
    ArrowDown: chosen < last ? chosen + 1 : 0,
    ArrowUp: chosen > 0 ? chosen - 1 : last,
    Home: 0,
    End: last,
  }[event.key];
  if (to !== undefined && options.length) {
    event.preventDefault();
    choose(to);
  } else if (event.key === "Enter" && options[chosen]) {
    event.preventDefault();
    options[chosen].click();
  }
});
dialog.addEventListener("click", (event) => {
  if (event.target === dialog || event.target === close || event.target.closest("a")) dialog.close();
});

let ready;
/** Open the dialog; `typed` says what was typed on the way here. */
export async function open(typed) {
  // `find` says so
  pagefind().catch(() => {});
  await (ready ??= new Promise((done) => {
    const style = make("link", { rel: "stylesheet", href: new URL("search.css", import.meta.url).href });
    style.onload = style.onerror = done;
    document.head.append(style);
    document.body.append(dialog);
  }));
  if (!dialog.open) dialog.showModal();
  if (typed()) input.value = typed();
  else input.select();
  find();
}
