// Search in a dialog: a combobox whose results are grouped by kind. What names and titles say is there at
// once; what texts say, which Pagefind's index holds, follows below it.
import { SHOWN, answer, asksToLearn, beginnings, catalogue, number, plain, spell, telling, words } from "./finding.js";

export { number, plain, spell };

const root = new URL("..", import.meta.url);
// Texts that are fetched
const READ = 10;
// Learnings that answer what was learned
const TAUGHT = 15;
// What follows it in a text is only there to be found
const UNSHOWN = "\u2063";
// Is in it where somebody wrote down what was learned
const LEARNED = "kblearned";

/** The data in one of the site's own files. */
export async function get(path) {
  const answer = await fetch(new URL(path, root));
  if (!answer.ok) throw new Error(path);
  return answer.json();
}

const unpacked = (answer) => new Response(answer.body.pipeThrough(new DecompressionStream("gzip")));
let names;
/** All names and titles. What fails is fetched again the next time. */
const load = () =>
  (names ??= fetch(new URL("assets/names.gzip", root))
    .then((answer) => (answer.ok ? unpacked(answer).json() : Promise.reject(new Error("names"))))
    .then(catalogue)
    .catch((why) => {
      names = undefined;
      throw why;
    }));

let index;
let again = "";
/** Pagefind, with its index being fetched. */
const texts = () =>
  (index ??= import(new URL(`pagefind/pagefind.js${again}`, root)).then(async (module) => {
    // A worker takes longer to start
    const pagefind = module.createInstance({ noWorker: true });
    await pagefind.init();
    return pagefind;
  }));
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
    return new Response(await unpacked(answer).arrayBuffer());
  } catch (why) {
    lost(why);
  }
}

/** How many letters two words begin with alike. */
function alike(one, other) {
  let at = 0;
  while (at < one.length && one[at] === other[at]) at += 1;
  return at;
}
const ENDING = /^(?:[bdgmnprt]?(?:ing|ed|ers?)|e?s|ly)$/;
/** Whether a word of a text is what was looked for, or nearly: Pagefind takes the nearest beginning, however short. */
const means = (word, sought) => {
  const same = alike(word, sought);
  // Three letters begin too many words
  if (/^[a-z0-9]{1,3}$/.test(sought)) return word === sought || (word === `${sought}s` && !sought.endsWith("s"));
  return same === sought.length || (same > 4 && same >= sought.length * 0.6) || (same === word.length && ENDING.test(sought.slice(same)));
};
async function search(sought, close = means) {
  const mine = texts();
  const { results } = await mine.then((pagefind) => pagefind.search(sought.join(" "))).catch(lost);
  const [first] = results;
  const own = first && words((await first.data()).content);
  // A part was lost
  if (mine !== index) throw new Error("incomplete");
  return own && sought.every((word) => own.some((other) => close(other, word))) ? results : [];
}
const each = (found) => [...new Map(found.map((result) => [result.id, result])).values()];
/** What of the texts holds all the words, said in one way or another, or else some: Pagefind's results, and what to say. */
async function read(ways) {
  const results = each((await Promise.all(ways.map((way) => search(way)))).flat());
  const [sought] = ways;
  if (results.length || sought.length < 2) return { results, note: "" };
  const some = (await Promise.all(sought.map((word) => search([word])))).flat();
  const times = Object.groupBy(some, ({ id }) => id);
  return {
    results: each(some).sort((a, b) => times[b.id].length - times[a.id].length),
    note: some.length ? "Nothing has all of these words; shown is what has some." : "",
  };
}
/** The texts from which something was learned about what is asked for. */
async function learned(ways) {
  return each((await Promise.all(ways.map((way) => search([...way, LEARNED])))).flat());
}
/** Whether some text has all of these very words, or words that begin so. */
const written = (sought) => search(sought, (other, word) => other.startsWith(word)).then(({ length }) => length > 0, () => false);
/** Whether texts have what was taken for a slip, beside the other words or alone. */
async function noSlip({ words: meant }, text) {
  const sought = telling(text);
  const others = sought.filter((word) => !meant.includes(word));
  return (await written(sought)) || (await Promise.all(others.map((word) => written([word])))).every(Boolean);
}
/** The sessions and pages whose texts hold the words of a question: Pagefind's results, the words, and what to say. */
export async function seek(text) {
  const sought = telling(text);
  if (!sought.length) return { results: [], words: [], note: "" };
  const all = await load();
  const found = await read(answer(all, text, true).ways);
  if (found.results.length) return { ...found, words: sought };
  const { asked, guessed, words: other } = answer(all, text);
  if (!guessed) return { ...found, words: sought };
  const { results } = await read([other]);
  return { results, words: other, note: `Shown is what has “${asked}”.` };
}

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

// Letters of a text that are shown around what was found
const PIECE = 90;
const WORD = /([\p{L}\p{N}\p{M}]+)/u;
/** Which of the words a part of a text is, or is nearly. */
const marks = (part, sought) => {
  const own = words(part);
  return sought.filter((word) => own.some((each) => means(each, word)));
};
/** A text with the words marked that were looked for. */
const marked = (text, sought) =>
  text.split(WORD).map((part, at) => (at % 2 && marks(part, sought).length ? make("mark", {}, part) : part));
/** The piece of a text that most of the words are in; nothing if others tell as much. */
function piece(content, sought, ...others) {
  const [text] = content.split(UNSHOWN);
  const there = [];
  let at = 0;
  text.split(WORD).forEach((part, number) => {
    if (number % 2) for (const word of marks(part, sought)) there.push({ at, word });
    at += part.length;
  });
  const held = (from) => new Set(there.filter(({ at }) => at >= from && at < from + PIECE).map(({ word }) => word)).size;
  const most = Math.max(0, ...there.map(({ at }) => held(at)));
  if (!most || marks(others.join(" "), sought).length >= most) return "";
  const first = there.find(({ at }) => held(at) === most).at;
  const from = Math.max(0, first - PIECE / 2);
  const start = from && text.indexOf(" ", from) < first ? text.indexOf(" ", from) + 1 : from;
  const end = first + PIECE * 1.5;
  return `${start ? "… " : ""}${text.slice(start, end)}${end < text.length ? "…" : ""}`;
}

/** What a document of Pagefind gives: the learnings and quotes in it that were found, and the rest of it; how many words each has. */
function results({ meta, url, content, sub_results: parts }, sought) {
  const { kind, title, context, event, to } = meta;
  // Only they have addresses of their own
  const out = parts.filter(({ anchor }) => anchor).map(({ anchor: { id }, title: text, url, plain_excerpt: around }) => ({
    kind: id.split("-")[0], title: text, url, has: marks(`${text} ${around}`, sought).length,
    context: [meta[`basis-${id}`], event, meta[id], title].filter(Boolean).join(" · "),
  }));
  if (!parts.length || parts.length > out.length) out.push({ kind, title, context, has: 0, url: to ? new URL(to, root).href : url, piece: piece(content.slice(title.length).replace(/^[.\s]+/, ""), sought, title, context) });
  return out;
}

const input = make("input", {
  id: "kb-search", type: "text", role: "combobox", autocomplete: "off", spellcheck: false,
  placeholder: "Talk, person, theme, event", "aria-label": "Search",
  "aria-autocomplete": "list", "aria-controls": "kb-found", "aria-expanded": "false",
});
const list = make("div", { id: "kb-found", role: "listbox", "aria-label": "Results" });
const status = make("p", { role: "status" });
const instead = make("p");
const more = make("p");
const close = make("button", { type: "button" }, "Close");
const dialog = make(
  "dialog.kb-search", { lang: "en", dir: "ltr", "aria-label": "Search" },
  make("div.kb-field", {}, input, close), make("div.kb-hits", {}, status, instead, list, more),
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

// Not all that was found is shown
let cut = false;
/** Put groups of results below those that are shown, each result once. */
function add(groups, sought) {
  const there = new Set(options.map(({ href }) => href));
  const address = ({ url, path }) => new URL(url ?? path, root).href;
  const option = (result) => {
    const { title, context, piece } = result;
    const link = make(
      "a.kb-result", { id: `kb-option-${options.length}`, role: "option", href: address(result), tabIndex: -1, "aria-selected": "false" },
      make("b", { dir: "auto" }, ...marked(title, sought)), make("span", { dir: "auto" }, ...marked(context ?? "", sought)),
      piece ? make("span.kb-piece", { dir: "auto" }, ...marked(piece, sought)) : "",
    );
    options.push(link);
    return link;
  };
  for (const { kind, heading, list: found, count = found.length, most = SHOWN } of groups) {
    const fresh = found.filter((result) => !there.has(address(result)));
    const results = fresh.slice(0, most);
    cut ||= count > found.length || fresh.length > most;
    if (!results.length) continue;
    // The less certain ones of a kind may follow later
    const id = `kb-found-${kind}${document.getElementById(`kb-found-${kind}`) ? "-more" : ""}`;
    const top = make("div.kb-kind", { id, role: "presentation" }, id.endsWith("-more") ? `More ${heading.toLowerCase()}` : heading);
    list.append(make("div", { role: "group", "aria-labelledby": id }, top, ...results.map(option)));
  }
  input.setAttribute("aria-expanded", String(options.length > 0));
}
/** Show these and no others; the first is chosen, if any is. */
function show(groups, sought, first = 0) {
  options = [];
  cut = false;
  list.replaceChildren();
  add(groups, sought);
  choose(first);
}

const link = (path, text) => make("a", { href: new URL(path, root).href }, text);
function say(text, ...links) {
  status.textContent = text;
  instead.replaceChildren();
  more.replaceChildren(...links);
}
const lists = () => ["themes", "people", "sessions"].map((list) => link(`${list}/`, list));
function nothing(why) {
  show([], []);
  say(`${why} The lists are here:`, ...lists());
}
/** Say what was found, which may be of other words than were typed, and lead on. */
function conclude(said, { asked, guessed }, text) {
  say(guessed ? `Showing results for “${asked}”: ${said}` : said, link(`explore/?q=${encodeURIComponent(asked)}`, "All sessions that match"));
  const onclick = () => {
    literal = text;
    input.focus();
    find();
  };
  if (guessed) instead.append(make("button", { type: "button", onclick }, `Search for “${text}” instead`));
}

/** Below an empty field: what there is, and how one may ask. */
function begin(all) {
  const groups = beginnings(all);
  show(groups, [], -1);
  const [theme] = groups.find(({ kind }) => kind === "theme")?.list ?? [];
  say(theme ? `Ask for a name, a city and a year, or in words: “what was learned about ${theme.title}”.` : "");
}

/** The texts that were found, by kind: what has most of the words first. */
async function below(found, sought, all, ways = [sought]) {
  const documents = await Promise.all(found.slice(0, READ).map((result) => result.data()));
  const fitting = documents.filter(({ content }) => {
    const own = words(content);
    return ways.some((way) => way.some((word) => own.some((other) => means(other, word))));
  });
  const fresh = fitting.flatMap((document) => results(document, sought)).sort((a, b) => b.has - a.has);
  cut ||= found.length > READ;
  return ["learning", "quote", "session", "page"]
    .map((kind) => ({ kind, heading: all.kinds[kind].heading, list: fresh.filter((result) => result.kind === kind) }))
    .sort((a, b) => (b.list[0]?.has ?? 0) - (a.list[0]?.has ?? 0));
}
/** What was learned, of what is asked for or of the theme that it names. */
async function taught({ ways, groups: [first], words: sought }, all) {
  const theme = first?.kind === "theme" ? words(first.list[0].title) : sought;
  const groups = await below(await learned([theme, ...ways]), theme, all);
  return groups.filter(({ kind, list }) => kind === "learning" && list.length).map((group) => ({ ...group, most: TAUGHT }));
}

let turn = 0;
// What is shown is not yet of what is typed; Enter was pressed meanwhile
let stale = false;
let entered = false;
// What was typed and is meant so
let literal = "";
function enter() {
  stale = false;
  if (entered && input.value.trim()) options[chosen]?.click();
  entered = false;
}
async function find() {
  clearTimeout(waiting);
  const mine = (turn += 1);
  const text = input.value.trim();
  stale = true;
  if (text !== literal) literal = "";
  try {
    const all = await load();
    if (mine !== turn) return;
    if (!text) return begin(all);
    const typed = words(text).join("");
    if (!typed || plain(text).length < 2 || (/^\w$/.test(typed) && !answer(all, text, true).groups.length)) {
      show([], []);
      return say("Type two letters or more.");
    }
    let known = answer(all, text, text === literal);
    // Texts have more words than names and titles
    if (known.guessed && !known.sure && (await noSlip(known, text))) known = answer(all, text, true);
    if (mine !== turn) return;
    const certain = known.groups.filter(({ certain }) => certain);
    // What was learned stands below the first of them
    const asked = asksToLearn(text);
    show(asked ? certain.slice(0, 1) : certain, known.words);
    if (options.length) {
      conclude(known.guessed ? "searching the texts…" : "Searching the texts…", known, text);
      enter();
    } else say("Searching…");
    let note = "";
    let groups = [];
    try {
      const first = asked ? await taught(known, all) : [];
      const found = await read(known.ways);
      if (mine !== turn) return;
      groups = await below(found.results, known.words, all, known.ways);
      if (mine !== turn) return;
      if (first.length) groups = groups.filter(({ kind }) => kind !== "learning");
      add(first, known.words);
      // No talk has all of the words: what some of them name comes first
      const whole = !found.note && groups.some(({ kind, list }) => kind !== "page" && list.length);
      if (!certain.length && !whole) add(known.groups, known.words);
      note = certain.length ? "" : found.note;
    } catch (why) {
      if (mine !== turn) return;
      if (!known.groups.length) throw why;
      note = "These are names and titles; the texts could not be loaded.";
    }
    if (asked) add(certain.slice(1), known.words);
    add(groups, known.words);
    add(known.groups.filter(({ certain }) => !certain), known.words);
    if (!certain.length) choose(0);
    const count = number(options.length, "result") + (cut ? ", and there are more" : "");
    if (options.length) conclude([count, note].filter(Boolean).join(". "), known, text);
    else nothing(`Nothing was found for “${text}”. Try fewer words.`);
  } catch {
    if (mine === turn) nothing("Search could not be loaded.");
  } finally {
    if (mine === turn) enter();
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

/** Fetch what a search needs, before it is asked for: first what answers at once. */
export function prepare() {
  const soon = () => setTimeout(() => texts().catch(() => {}));
  // `find` says if something fails
  load().then(soon, soon);
}

let ready;
/** Open the dialog; `typed` says what was typed on the way here, null to give up; `box` is where. */
export async function open(typed, box) {
  prepare();
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
