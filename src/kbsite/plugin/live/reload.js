// Reloads the page when it, or what it has fetched, is another one; says what there is to say of search.
const { searchParams } = new URL(import.meta.url);
const { origin, pathname } = location;
const OWN = "/.kbsite/";

const first = searchParams.get("state");
let state = first;
/** Tags of the page and of what it has fetched, by address. */
const tags = new Map([[location.href.split("#")[0], `"${searchParams.get("tag")}"`]]);
const tag = async (url) => (await fetch(url, { method: "HEAD", cache: "no-store" })).headers.get("ETag");

/** What belongs to the page beside itself; the search index is read anew by whoever searches. */
async function remember(entries) {
  const fetched = [];
  for (const { name: url, serverTiming } of entries.getEntries()) {
    const { origin: theirs, pathname: path } = new URL(url);
    if (theirs !== origin || path.startsWith(OWN) || path.includes("/pagefind/") || tags.has(url)) continue;
    // The tag of what was fetched, which may be another by now. Where others could listen, browsers
    // keep it for themselves.
    const known = serverTiming?.find(({ name }) => name === "tag")?.description;
    tags.set(url, known && `"${known}"`);
    fetched.push(url);
    if (!known) tag(url).then((now) => tags.set(url, now), () => tags.delete(url));
  }
  if (state !== first) reload(fetched); // which may be of before the change
}

async function changed(urls) {
  if (location.pathname !== pathname) return true;
  for (const url of urls) if (tags.get(url) && (await tag(url)) !== tags.get(url)) return true;
  return false;
}

async function reload(urls) {
  if (await changed(urls).catch(() => false)) location.reload();
}

const note = document.createElement("p");
note.role = "status";
function place() {
  const hits = document.querySelector("dialog.kb-search .kb-hits");
  if (hits && !hits.contains(note)) hits.prepend(note);
}
new MutationObserver(place).observe(document.body, { childList: true });

let source;
function listen() {
  source ??= new EventSource(`${OWN}changes`);
  source.onmessage = async ({ data }) => {
    const now = JSON.parse(data);
    note.textContent = now.search;
    if (now.state === state) return;
    state = now.state;
    if (now.page && now.page !== location.pathname) location.assign(now.page);
    else reload(tags.keys());
  };
}
// A browser keeps few connections open, and those of pages that nobody sees would be some of them.
function attend() {
  if (document.visibilityState === "visible") return listen();
  source?.close();
  source = undefined;
}
document.addEventListener("visibilitychange", attend);
addEventListener("pagehide", () => source?.close());
new PerformanceObserver(remember).observe({ type: "resource", buffered: true });
addEventListener("load", attend);
