// Reloads the page when it, or what it has fetched, is another one; says what there is to say of search.
const { searchParams } = new URL(import.meta.url);
const { origin, pathname } = location;
const OWN = "/.kbsite/";

let state = searchParams.get("state");
/** Tags of the page and of what it has fetched, by address. */
const tags = new Map([[location.href.split("#")[0], `"${searchParams.get("tag")}"`]]);
const tag = async (url) => (await fetch(url, { method: "HEAD", cache: "no-store" })).headers.get("ETag");

/** What belongs to the page beside itself; the search index is read anew by whoever searches. */
function remember(entries) {
  for (const { name: url } of entries.getEntries()) {
    const { origin: theirs, pathname: path } = new URL(url);
    if (theirs !== origin || path.startsWith(OWN) || path.includes("/pagefind/") || tags.has(url)) continue;
    tags.set(url, undefined);
    tag(url).then((known) => tags.set(url, known), () => tags.delete(url));
  }
}

async function changed() {
  if (location.pathname !== pathname) return true;
  for (const [url, known] of tags) if (known && (await tag(url)) !== known) return true;
  return false;
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
    if (await changed().catch(() => false)) location.reload();
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
