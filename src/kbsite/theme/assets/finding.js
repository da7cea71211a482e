// What search finds in the names of things and the titles of sessions, all of which are in memory.
// Nothing here knows a page: texts go in, results come out.

const LETTERS = { ł: "l", ø: "o", đ: "d", ı: "i", æ: "ae", œ: "oe", ß: "ss", þ: "th", ð: "d" };
const ASCII = /^[\0-\x7f]*$/;
/** A text without case and accents. The index is spelled by the same rules, in `spelling.py`. */
export const plain = (text) =>
  ASCII.test(text)
    ? text.toLowerCase()
    : text.toLowerCase().replace(/[łøđıæœßþð]/g, (c) => LETTERS[c]).normalize("NFKD").replace(/[\u0300-\u036f]/g, "").normalize("NFC");

// Of scripts that write no spaces between words, every two neighbours are a word
const RUN = /[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3005\u3040-\u30ff\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af\uf900-\ufaff\u{20000}-\u{3ffff}]+/u;
const RUNS = new RegExp(`(${RUN.source})`, "u");
const pairs = (run) => {
  const signs = [...run];
  return signs.length < 2 ? signs : signs.slice(1).map((sign, at) => signs[at] + sign);
};
/** The words of a plain text. */
const split = (text) => {
  if (ASCII.test(text)) return text.match(/[a-z0-9]+/g) ?? [];
  const found = text.match(/[\p{L}\p{N}\p{M}]+/gu) ?? [];
  if (!RUN.test(text)) return found;
  const parts = found.flatMap((word) => word.split(RUNS).filter(Boolean));
  return parts.flatMap((part) => (RUN.test(part) ? pairs(part) : [part]));
};
export const words = (text) => split(plain(text));

// What a question is asked with
const UNSAID = new Set((
  "a an and any are about at be been by can did do does for from had has have how i in is it ll me my of on or our re s said say " +
  "should t talk talks tell that the their there these they this to ve vs was we were what when where which who whose why with you your " +
  "learn learned learnt learnings find show speak speaks speaker speakers spoke talked session sessions keynote keynotes presented gave give given " +
  "video videos slides best good recent latest explain explained difference between work works need needs happen happened getting started").split(" "));
// Of a text that was pasted, its first words ask enough
const ASKED = 12;
/** The words of a question that say what it is about, each once; all, if none does. */
export function telling(text) {
  const all = [...new Set(words(text))].slice(0, 4 * ASKED);
  const some = all.filter((word) => !UNSAID.has(word));
  return (some.length ? some : all).slice(0, ASKED);
}

const LEARNED = new Set(["learn", "learned", "learnt", "learnings"]);
/** Whether a question asks what was learned about something. */
export const asksToLearn = (text) => words(text).some((word) => LEARNED.has(word)) && !telling(text).some((word) => LEARNED.has(word));

/** A name without what one may leave out: spaces, hyphens, points; but C++ is not C. */
const key = (text) => {
  const own = plain(text);
  return ASCII.test(own) && !/[+#]/.test(own) ? own.replace(/[^a-z0-9]+/g, "") : own.replace(/(?<![\p{L}\p{N}+#])[+#]+|[^\p{L}\p{N}\p{M}+#]/gu, "");
};
const forms = (word) => (word.length < 3 ? [word] : [word, word.replace(/s$/, ""), `${word}s`, word.replace(/ies$/, "y")]);

// Fewer letters begin too many words
const BEGINS = 3;
const LONG = 5;
/** A word to look for in texts of words between spaces: how it may stand there, and begin one. */
const probe = (word) => ({ word, begins: ` ${word}`, whole: forms(word).map((form) => ` ${form} `) });
const below = (length) => ({ word }) => word.length < length && /^[a-z0-9]+$/.test(word);
/** Whether a word may only be one of a text, never begin one. */
const short = below(BEGINS);
/** Whether what it begins is less than what has it. */
const shortish = below(LONG);
/** How well a word fits such a text: 2 as a whole, 1 as the beginning of one, 0 not at all. */
const fit = (hay, each) => {
  const { begins, whole } = each;
  const there = hay.includes(begins);
  for (const form of there ? whole : whole.slice(1)) if (hay.includes(form)) return 2;
  return Number(there && !short(each));
};
/** The worst fit of some words. */
const fits = (hay, probes) => {
  let worst = 2;
  for (const each of probes) {
    const own = fit(hay, each);
    if (!own) return 0;
    if (own < worst) worst = own;
  }
  return worst;
};
/** Texts as words between spaces, those with hyphens also without them; thousands are soon done at once. */
const spaced = (texts) => {
  const joined = (text) => text.replace(/([a-z0-9]+)-([a-z0-9]+)(?:-([a-z0-9]+))?/g, "$& $1$2$3");
  const ascii = joined(texts.join("\n").toLowerCase()).replace(/[^a-z0-9\n ]+/g, " ").split("\n");
  return texts.map((text, at) => ` ${ASCII.test(text) ? ascii[at].trim() : split(joined(plain(text))).join(" ")} `);
};

/** Letters to change, leave out, put in or swap to make one word of another; more than `most` is not told. */
export function distance(one, other, most) {
  if (Math.abs(one.length - other.length) > most) return most + 1;
  let before;
  let last = [];
  let row = Array.from({ length: other.length + 1 }, (_, at) => at);
  for (let i = 1; i <= one.length; i += 1) {
    [before, last, row] = [last, row, [i]];
    let least = i;
    for (let j = 1; j <= other.length; j += 1) {
      const same = one[i - 1] === other[j - 1];
      let cost = Math.min(last[j] + 1, row[j - 1] + 1, last[j - 1] + !same);
      if (i > 1 && j > 1 && one[i - 1] === other[j - 2] && one[i - 2] === other[j - 1]) cost = Math.min(cost, before[j - 2] + 1);
      row.push(cost);
      least = Math.min(least, cost);
    }
    if (least > most) return most + 1;
  }
  return row[other.length];
}
/** How many letters may be wrong in a word. */
const slips = ({ length }) => (length < 4 ? 0 : length < 8 ? 1 : 2);

/** Whether a short name is made of a longer one: DRA, k8s. */
const shortens = (short, long) => {
  const [one, first, middle, last] = /^(\p{L})(\d+)(\p{L})$/u.exec(short) ?? [];
  const whole = key(long);
  return one
    ? whole.length === Number(middle) + 2 && whole.startsWith(first) && whole.endsWith(last)
    : short.length > 1 && short === split(plain(long)).map(([letter]) => letter).join("");
};

/** An id that a name gives, as `names.py` has it: 0, the number that it ends with, or all of it. */
const identity = (id, name) => {
  if (typeof id === "string") return id;
  let given = plain(name).replace(/[^a-z0-9]+/g, "-").replace(/^-|-$/g, "");
  if (given.length > 80) given = given.slice(0, given.lastIndexOf("-", 80));
  return id ? `${given}-${id}` : given;
};

/** All names and titles, ready to be searched. */
export function catalogue({ named, others, first, address, events, titles, speakers, ids }) {
  const entries = [];
  const kinds = {};
  const keys = new Map();
  const place = (kind, heading) => (kinds[kind] = { heading, place: Object.keys(kinds).length, first: entries.length });
  for (const [kind, heading, address, rows] of named) {
    place(kind, heading);
    for (const [name, sessions = 0, line = "", id = 0, also = [], about = [], near = []] of rows) {
      const entry = { kind, name, sessions, line, also, about, near, path: () => address.replace("{0}", identity(id, name)) };
      [[name], also, about].forEach((list, level) => {
        for (const text of list) {
          const own = keys.get(key(text));
          if (!own) keys.set(key(text), [[entry, level, text]]);
          else if (!own.some(([other]) => other === entry)) own.push([entry, level, text]);
        }
      });
      entries.push(entry);
    }
  }
  for (const [kind, heading] of others) place(kind, heading);
  spaced(entries.map(({ name }) => name)).forEach((hay, at) => (entries[at].hay = entries[at].more = hay));
  const richer = entries.filter(({ kind, also, about }) => also.length || about.length || kind === "event");
  const texts = richer.map(({ kind, name, also, about, line }) => [name, ...also, ...about, kind === "event" ? line : ""].join(" / "));
  spaced(texts).forEach((more, at) => (richer[at].more = more));
  const placed = entries.filter(({ kind }) => kind === "event");
  spaced(placed.map(({ line }) => line)).forEach((where, at) => (placed[at].where = where));
  const talks = [];
  const hays = spaced(titles);
  for (const [event, label, count] of events)
    for (const end = talks.length + count; talks.length < end; ) {
      const at = talks.length;
      const title = titles[at];
      const by = speakers[at].map((place) => entries[kinds.person.first + place]);
      const whole = hays[at] + by.map(({ hay }) => hay).join("");
      talks.push({ title, label, by, hay: hays[at], whole, path: () => address.replace("{0}", `${event}/${identity(ids[at] ?? 0, title)}`) });
    }
  return { entries, kinds, first, keys, talks };
}

/** All words of names and titles: how much each weighs, and how a name writes it. */
function vocabulary(all) {
  if (all.words) return all.words;
  const words = (all.words = new Map());
  const add = (word, weight, look) => {
    const there = words.get(word);
    if (!there) words.set(word, { weight, look });
    else {
      there.weight += weight;
      if (there.look === word) there.look = look;
    }
  };
  for (const { kind, name, more, sessions } of all.entries) {
    const weight = kind === "person" || kind === "organisation" ? 1 : 3 + sessions;
    for (const look of name.match(/[\p{L}\p{N}\p{M}]+/gu) ?? []) add(plain(look), weight, look);
    for (const word of split(more)) add(word, weight, word);
  }
  for (const { hay } of all.talks) for (const word of split(hay)) add(word, 1, word);
  return words;
}
/** How much a word weighs that is there, or begins one; -1 where nobody can say. */
function weight(all, word) {
  if (word.length < 4 || /[^\p{L}]/u.test(word) || RUN.test(word)) return -1;
  const known = vocabulary(all);
  const own = forms(word).reduce((sum, form) => sum + (known.get(form)?.weight ?? 0), 0);
  if (own) return own;
  for (const [other, { weight }] of known) if (other.startsWith(word)) return weight;
  return 0;
}
/** Whether one word is another with letters left out or swapped, or one doubled: what happens to short words too. */
const typed = (word, other) =>
  word.length < other.length ||
  (word.length > other.length
    ? /(.)\1/.test(word) && word.replace(/(.)\1/, "$1") === other
    : [...word].sort().join() === [...other].sort().join());
// A word of so many letters is hardly another by chance
const TELLING = 7;
/** The known words that somebody who typed this one may have meant, the likeliest first. */
function meant(all, word, count, least = 1) {
  const found = [];
  const most = slips(word);
  if (!most) return [];
  const name = (other) => other[0] === word[0] && called(all, other).some(([{ kind }, level]) => !level && (kind === "theme" || kind === "project"));
  for (const [other, { weight }] of vocabulary(all)) {
    if (other.length < 4 || other === word || weight < least) continue;
    const away = distance(word, other, most);
    if (away > most || (weight <= RARE && (away > 1 || other[0] !== word[0]))) continue;
    if (word.length < TELLING && (weight <= RARE || other[0] !== word[0] || !(typed(word, other) || name(other)))) continue;
    found.push({ other, rank: away * 1e6 + (other[0] !== word[0]) * 5e5 - Math.min(weight, 4e5) });
  }
  return found.sort((a, b) => a.rank - b.rank).slice(0, count).map(({ other }) => other);
}
/** The words of names, or of titles too, that have all the others of a question and one that is nearly this one, the nearest first. */
function beside(all, sought, at, titles) {
  const word = sought[at];
  if (sought.length < 2 || word.length < 4 || RUN.test(word)) return [];
  const others = sought.filter((_, other) => other !== at).map(probe);
  const ranks = new Map();
  const look = (hay, most) => {
    if (!hay.includes(others[0].begins) || fits(hay, others) < 2) return;
    for (const other of hay.trim().split(" ")) {
      if (other[0] !== word[0] || other.length < 4 || sought.includes(other)) continue;
      const away = distance(word, other, most);
      if (away <= most) ranks.set(other, Math.min(away, ranks.get(other) ?? 9));
    }
  };
  // A person's name is often spelled as it is heard
  for (const { kind, hay } of all.entries) look(hay, kind === "person" && (titles || word.length > 5) ? 2 : slips(word));
  if (titles) for (const { hay } of all.talks) look(hay, slips(word));
  return [...ranks].sort((a, b) => a[1] - b[1]).map(([other]) => other);
}
// A word that is nearly never used may be a slip in a long one that is used so often
const RARE = 3;
const COMMON = 100;
/** What is meant by a word, if not the word itself. */
function better(all, sought, at) {
  const word = sought[at];
  const own = weight(all, word);
  if (own === 0) return beside(all, sought, at, true)[0] ?? meant(all, word, 1)[0] ?? word;
  return own > 0 && own <= RARE && word.length > 6 ? (meant(all, word, 1, COMMON)[0] ?? word) : word;
}

/** The entries that are called what is asked, with how: 0 by name, 1 by another, 2 by a keyword. */
const called = ({ keys }, ...asked) => {
  for (const text of asked) for (const form of forms(text)) if (keys.has(form)) return keys.get(form);
  return [];
};

// Results of one kind
export const SHOWN = 5;
// Scores of things that are called what is asked: by name, by another, by a keyword, or by a
// keyword that is the name of another; of a session by its title; of what belongs to them; and of things that a part of the question names
const EXACT = [100, 95, 70];
const OTHER = 50;
const TITLED = 90;
const WHOLE = 50;
const BESIDE = 34;
const PART = 30;
const BEGUN = 20;
/** Things by their names: what fits, each with a score; `titled` says that titles have the very words. */
function things(all, asked, sought, titled) {
  const found = new Map();
  const probes = sought.map(probe);
  const add = (entry, score, why = "") => {
    if (score > (found.get(entry)?.score ?? 0)) found.set(entry, { entry, score, why });
  };
  const so = called(all, key(asked), sought.join(""));
  const named = so.some(([, level]) => level < 2);
  for (const [entry, level, text] of so) {
    const why = level === 1 ? `also known as ${text}` : level === 2 && entry.kind !== "event" ? `covers “${text}”` : "";
    // A keyword that is another thing's name asks for that
    // What many work for or on is asked for before who does
    const score = level === 2 && named ? OTHER : EXACT[level] - (entry.kind === "organisation" ? 6 : 0);
    add(entry, score + (level && fits(entry.hay, probes)), why);
    if (level === 2 || entry.kind !== "theme") continue;
    for (const place of entry.near.slice(0, 3)) add(all.entries[all.kinds.project.first + place], BESIDE, `belongs to ${entry.name}`);
  }
  if (/^\w$/.test(sought.join(""))) return [...found.values()];
  // A name within a longer question
  for (let size = sought.length - 1; size > 0; size -= 1)
    for (let at = 0; at + size <= sought.length; at += 1)
      for (const [entry, level, text] of called(all, sought.slice(at, at + size).join("")))
        if (level < 2) add(entry, size > 1 ? 80 : PART, level ? `also known as ${text}` : "");
  // All but one word of a longer question, a year among them, say which event
  if (sought.length > 2 && sought.some((word) => /^\d{4}$/.test(word)))
    for (const entry of all.entries)
      if (entry.where && probes.filter((each) => fit(entry.more, each) < 2).length === 1) add(entry, BESIDE + 1);
  const joined = sought.length > 1 && ` ${sought.join("")} `;
  // Of a person no name is another's plural
  const spelled = sought.map((word) => ({ ...probe(word), whole: [` ${word} `] }));
  const brief = probes.some(shortish);
  const begun = [];
  for (const entry of all.entries) {
    const say = entry.kind === "person" ? spelled : probes;
    const own = joined && entry.hay.includes(joined) ? 2 : fits(entry.hay, say);
    const some = own === 2 && entry.kind !== "event" ? 0 : fits(entry.more, say);
    if (!own && !some) continue;
    if (brief && own < 2 && some < 2) {
      begun.push(entry);
      continue;
    }
    // What is known of an event is its place and its time
    const other = some && (entry.kind === "event" && some === 2 ? (probes.some((each) => fit(entry.where, each) === 2) ? 76 : 62) : 30 + 6 * some);
    const score = Math.max(own && 40 + 10 * own, other);
    const begins = entry.hay.startsWith(probes[0].begins) ? 3 : 0;
    const longer = Math.min(6, entry.hay.split(" ").length - 2 - sought.length);
    const size = entry.kind === "event" ? 0 : Math.min(4, Math.log10(entry.sessions + 1) * 1.5);
    const name = score === other && entry.also.find((name) => fits(spaced([name])[0], probes));
    add(entry, Math.min(entry.kind === "event" ? 76 : 69, score + begins - longer + size), name && `also known as ${name}`);
  }
  // What a short word begins is meant only if nothing has the word; then hardly a person
  const whole = titled || found.size > 0;
  for (const entry of begun) {
    const person = entry.kind === "person";
    if (!(whole && person) && fits(entry.hay, probes)) add(entry, whole || person ? BEGUN : 50 + Math.min(4, Math.log10(entry.sessions + 1) * 1.5));
  }
  return [...found.values()];
}

/** Other ways to say the same: other spellings of a name, what it is short for, a project's other names. */
function readings(all, asked, sought) {
  const ways = new Map([[sought.join(" "), 0]]);
  for (const [entry, , text] of called(all, key(asked), sought.join("")))
    for (const name of [entry.name, ...entry.also]) {
      const same = key(name) === key(text) || shortens(key(text), name) || shortens(key(name), text);
      const way = words(name).join(" ");
      if ((same || entry.kind === "project") && !ways.has(way)) ways.set(way, same ? 1 : 4);
    }
  return [...ways].slice(0, 6).map(([way, less]) => ({ sought: way.split(" "), less }));
}

/** Sessions by their titles and speakers. */
function talks(all, asked, ways) {
  const found = [];
  const name = key(asked);
  const said = ways.map(({ sought, less }) => ({ probes: sought.map(probe), phrase: ` ${sought.join(" ")}`, less }));
  for (const talk of all.talks) {
    let best = 0;
    for (const { probes, phrase, less } of said) {
      const worst = fits(talk.whole, probes);
      // What a short word begins may be a word of the title, but is hardly a speaker's name
      if (!worst || (worst === 1 && probes.some((each) => shortish(each) && fit(talk.whole, each) < 2 && !fit(talk.hay, each)))) continue;
      const titled = fits(talk.hay, probes);
      const near = probes.length > 1 && talk.hay.includes(phrase) ? 3 : 0;
      const some = probes.some((each) => fit(talk.hay, each));
      best = Math.max(best, (titled ? 35 + 10 * titled + near : some ? 32 + 5 * worst : 36) - less);
    }
    if (best) found.push({ talk, score: key(talk.title) === name ? TITLED : best });
  }
  return found.sort((a, b) => b.score - a.score);
}

/** What a question finds as it stands. */
function found(all, asked, sought) {
  const ways = readings(all, asked, sought);
  // One letter is a name at most
  const titled = /^\w$/.test(sought.join("")) ? [] : talks(all, asked, ways);
  return { asked, sought, ways, named: things(all, asked, sought, titled[0]?.score > WHOLE), titled };
}
const best = ({ named }) => Math.max(0, ...named.map(({ score }) => score));
/** The same question with one word in the place of another, as names write it. */
const instead = (all, text, from, to) =>
  text.replace(/[\p{L}\p{N}\p{M}]+/gu, (word) => (plain(word) === from ? vocabulary(all).get(to).look : word));
/** What a question finds that finds nothing as it stands, or hardly anything. */
function guessed(all, asked, sought) {
  const meant = sought.map((_, at) => better(all, sought, at));
  if (meant.some((word, at) => word !== sought[at])) {
    const text = sought.reduce((text, word, at) => (word === meant[at] ? text : instead(all, text, word, meant[at])), asked);
    return found(all, text, meant);
  }
  return undefined;
}
/** What a question finds with another word in the place of one that is known. */
function replaced(all, asked, sought) {
  for (const at of sought.keys())
    for (const other of beside(all, sought, at, false).slice(0, 3)) {
      const tried = found(all, instead(all, asked, sought[at], other), sought.with(at, other));
      if (best(tried) > PART + 10) return tried;
    }
  return undefined;
}

/** Answer a question from names and titles: groups of results, best first, and what was taken to be meant. */
export function answer(all, asked, literally) {
  const sought = telling(asked);
  let is = found(all, asked, sought);
  if (!literally && best(is) < EXACT[2] && is.titled.length < RARE) is = guessed(all, asked, sought) ?? is;
  if (!literally && best(is) <= BESIDE && !is.titled.length && sought.length > 1) is = replaced(all, asked, sought) ?? is;
  is.named.sort((a, b) => b.score - a.score);
  const groups = Object.values(Object.groupBy(is.named, ({ entry, score }) => entry.kind + (score > BESIDE))).map((list) => {
    const [{ entry, score }] = list;
    return { kind: entry.kind, score, all: list, make: ({ entry, why }) => shown(entry, why) };
  });
  if (is.titled.length) groups.push({ kind: "session", score: is.titled[0].score, all: is.titled, make: ({ talk }) => shownTalk(talk) });
  groups.sort((a, b) => b.score - a.score || all.kinds[a.kind].place - all.kinds[b.kind].place);
  return {
    asked: is.asked,
    guessed: is.asked !== asked,
    // That it is a name says that it is meant
    sure: best(is) >= EXACT[1],
    words: is.sought,
    ways: is.ways.map(({ sought }) => sought),
    groups: groups.map(({ kind, score, all: list, make }) => ({
      kind, heading: all.kinds[kind].heading, certain: score > BESIDE, count: list.length, list: list.slice(0, SHOWN).map(make),
    })),
  };
}

// The browser's own way takes as long, the first time, as all else here
export const spell = (n) => String(n).replace(/\B(?=(\d{3})+$)/g, ",");
export const number = (n, noun) => `${spell(n)} ${noun}${n === 1 ? "" : "s"}`;
const line = (...parts) => parts.filter(Boolean).join(" · ");
const shown = ({ kind, name, path, line: more, sessions }, why) => {
  const held = sessions && number(sessions, "session");
  return { title: name, path: path(), context: kind === "theme" ? line(why, held, more) : line(why, more, held) };
};
const shownTalk = ({ title, path, by, label }) => ({ title, path: path(), context: line(by.map(({ name }) => name).join(", "), label) });

/** What to begin with: the themes that taught most, and the newest events. */
export function beginnings({ entries, kinds, first }) {
  const events = entries.slice(kinds.event.first, kinds.event.first + SHOWN).filter(({ kind }) => kind === "event");
  return [
    { kind: "theme", heading: kinds.theme.heading, list: first.map((place) => shown(entries[kinds.theme.first + place])) },
    { kind: "event", heading: "Recent events", list: events.map((event) => shown(event)) },
  ].filter(({ list }) => list.length);
}
