// Stars on sessions, which this browser keeps. Other scripts ask here which sessions have one.
export const root = new URL("..", import.meta.url);
// Several sites may share a host
const KEY = `kbsite:stars:${root.pathname}`;
/** Whether something is the id of a session. */
export const isId = (id) => typeof id === "string" && /^[^/\s]+\/[^/\s]+$/.test(id);
const all = (selector) => document.querySelectorAll(selector);

/** An element; what is not one among its children becomes text. */
export function make(tag, properties = {}, ...children) {
  const element = Object.assign(document.createElement(tag), properties);
  element.append(...children);
  return element;
}
export const number = (n, noun) => `${n.toLocaleString("en")} ${noun}${n === 1 ? "" : "s"}`;

let stars = new Set();
// Whether what was changed last is kept
let kept = true;
function read() {
  if (!kept) return;
  try {
    const held = JSON.parse(localStorage.getItem(KEY));
    stars = new Set(Array.isArray(held) ? held.filter(isId) : []);
  } catch (why) {
    // What is no list is none; where nothing may be read, what is known stays
    if (why instanceof SyntaxError) stars = new Set();
  }
}

/** The ids of all sessions with a star. */
export const starred = () => new Set(stars);

/** Give stars to sessions, or take them away. */
export function star(ids, on = true) {
  // Another tab may have changed them
  read();
  for (const id of ids) {
    if (on) stars.add(id);
    else stars.delete(id);
  }
  try {
    localStorage.setItem(KEY, JSON.stringify([...stars]));
    kept = true;
  } catch {
    kept = false;
  }
  tell();
}

const listeners = new Set();
/** Have a function called whenever stars have changed. */
export const watch = (listener) => listeners.add(listener);
function tell() {
  show();
  for (const listener of listeners) listener();
}

/** The id of the session that a link leads to, if it leads to one. */
export function session({ pathname }) {
  const [, id] = /^sessions\/([^/]+\/[^/]+)\/$/.exec(pathname.slice(root.pathname.length)) ?? [];
  return id && decodeURIComponent(id);
}

const lost = make("p", { className: "kb-lost", role: "status", lang: "en" });
function show() {
  for (const button of all("[data-kb-star]")) button.ariaPressed = stars.has(button.dataset.kbStar);
  for (const count of all("[data-kb-starred]")) count.textContent = stars.size ? ` (${stars.size})` : "";
  lost.textContent = kept ? "" : "This browser keeps no stars: they are lost when you leave this site.";
  if (!kept) document.querySelector("article").append(lost);
}

export function button(id, title) {
  const made = make("button", { className: "kb-star", type: "button", ariaLabel: `Star: ${title}`, ariaPressed: stars.has(id) });
  made.dataset.kbStar = id;
  return made;
}

function begin() {
  read();
  for (const row of all("[data-kb-stars] .kb-session:not(:has(.kb-star))")) {
    const link = row.querySelector("a");
    const id = session(link);
    if (id) row.append(button(id, link.textContent));
  }
  for (const each of all("[data-kb-star][hidden]")) each.hidden = false;
  show();
}

document.addEventListener("click", ({ target }) => {
  const pressed = target.closest?.("[data-kb-star]");
  if (pressed) star([pressed.dataset.kbStar], pressed.ariaPressed !== "true");
});
function again() {
  read();
  tell();
}
addEventListener("storage", ({ key }) => (key === KEY || key === null) && again());
addEventListener("pageshow", ({ persisted }) => persisted && again());

// With navigation.instant the theme puts pages in the place of others
if (window.document$) document$.subscribe(begin);
else begin();
