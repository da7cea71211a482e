// What a page does beyond being read. Everything here works without it, as a link or as text.
const all = (selector) => document.querySelectorAll(selector);
const plain = (event) => !(event.ctrlKey || event.metaKey || event.shiftKey || event.altKey);
/** Leave an event to nobody else: neither to the browser nor to the theme, which follows links too. */
function take(event) {
  event.preventDefault();
  event.stopPropagation();
}

// What happened is said where it was asked for.
async function copy(text, from) {
  const word = from.firstChild;
  const before = word.data;
  word.data = await navigator.clipboard.writeText(text).then(
    () => "copied",
    () => "could not copy",
  );
  setTimeout(() => {
    word.data = before;
  }, 2000);
}

// What is folded opens where an address leads to it.
const unfold = () =>
  document.getElementById(location.hash.slice(1))?.closest("details")?.setAttribute("open", "");
addEventListener("hashchange", unfold);

const clock = { hour: "2-digit", minute: "2-digit", hourCycle: "h23" };

function begin() {
  unfold();

  // A session's video loads on a click, and the places in it lead to the player.
  const video = document.querySelector("[data-kb-embed]");
  const player = document.createElement("iframe");

  function play(second) {
    player.title = "Recording of this session";
    player.allow = "autoplay; fullscreen";
    player.src = `${video.dataset.kbEmbed}?autoplay=1&start=${second}`;
    if (video.isConnected) video.replaceWith(player);
    player.parentElement.scrollIntoView({ block: "center" });
    player.focus();
  }

  for (const link of video ? all("[data-kb-at]") : []) {
    link.addEventListener("click", (event) => {
      if (!plain(event)) return;
      take(event);
      play(link.dataset.kbAt);
    });
  }

  // A link to a learning and a citation are copied.
  for (const link of navigator.clipboard ? all(".kb-permalink") : []) {
    link.firstChild.data = "copy link";
    link.ariaLive = "polite";
    link.addEventListener("click", (event) => {
      if (!plain(event)) return;
      take(event);
      if (link.firstChild.data !== "copy link") return;
      if (link.pathname === location.pathname) history.replaceState(null, "", link.hash);
      copy(link.href, link);
    });
  }

  for (const button of navigator.clipboard ? all("[data-kb-copy]") : []) {
    button.hidden = false;
    button.ariaLive = "polite";
    button.addEventListener("click", () =>
      copy(document.getElementById(button.dataset.kbCopy).textContent, button),
    );
  }

  // A margin stays in sight, and one that is taller than the window with its end.
  for (const margin of all(".kb-margin")) {
    const measured = () => margin.style.setProperty("--kb-height", `${margin.offsetHeight}px`);
    new ResizeObserver(measured).observe(margin);
  }

  // Times are in the event's zone; a reader elsewhere sees their own beside those that are to come.
  for (const time of all("[data-kb-time]")) {
    const start = new Date(time.dateTime);
    if (new Date(time.dataset.kbTime || start) < Date.now()) continue;
    const there = new Date(`${time.dateTime.slice(0, 16)}Z`);
    const here = new Date(start - start.getTimezoneOffset() * 6e4);
    if (Math.abs(here - there) < 6e4) continue;
    const other = here.getUTCDate() === there.getUTCDate() ? {} : { weekday: "short" };
    const until = time.dataset.kbTime;
    const end = until && until !== time.dateTime && new Date(until).toLocaleTimeString([], clock);
    const local = document.createElement("span");
    local.className = "kb-local";
    local.textContent = `${start.toLocaleString([], { ...other, ...clock })}${end ? `–${end}` : ""}${until && " your time"}`;
    time.parentElement.append(local);
    for (const note of all("[data-kb-yours]")) note.hidden = false;
  }

  // What is true only until a session, or only after it: a build knows no clock, the reader does.
  for (const part of all("[data-kb-before], [data-kb-after]")) {
    const { kbBefore, kbAfter } = part.dataset;
    part.hidden = kbBefore ? Date.now() >= new Date(kbBefore) : Date.now() < new Date(kbAfter);
  }
}

// With navigation.instant the theme puts pages in the place of others, and says so here.
if (window.document$) document$.subscribe(begin);
else begin();

// The menu of narrow screens, by keyboard too: the theme has a label there, which takes no focus.
const drawer = document.getElementById("__drawer");
const menu = document.createElement("button");

for (const label of all("label.md-header__button[for=__drawer]")) {
  menu.className = `${label.className} kb-menu`;
  menu.ariaLabel = "Menu";
  menu.lang = "en";
  menu.append(...label.childNodes);
  menu.addEventListener("click", () => drawer.click());
  label.replaceWith(menu);
}
const told = () => (menu.ariaExpanded = drawer.checked);
told();
drawer.addEventListener("change", told);
addEventListener("keydown", ({ key }) => {
  if (key !== "Escape" || !drawer.checked) return;
  drawer.click();
  menu.focus();
});

// Search is fetched when it is first wanted: "/", Ctrl+K, a click, or focus on what leads to it.
if (document.querySelector("[data-kb-search]")) {
  // What is typed until it is there
  let early = null;
  const fetched = () => {
    // Which search.js waits for
    import("./finding.js").catch(() => {});
    return import("./search.js");
  };
  const search = async (event, from) => {
    take(event);
    if (early !== null) return;
    const box = from?.form && from;
    early = box?.value ?? "";
    try {
      const { open } = await fetched();
      await open(() => early, box);
    } catch {
      // A reader who gave up stays
      if (early !== null) location = document.querySelector("a[data-kb-search]").href;
    } finally {
      early = null;
    }
  };
  const door = (event) => event.target.closest?.("[data-kb-search]");
  const writing = (element) =>
    element.isContentEditable ||
    (element.matches("input, textarea, select") && element.getClientRects().length > 0);

  // Who comes near will ask
  for (const near of ["focusin", "pointerover", "touchstart"])
    addEventListener(near, (event) => door(event) && fetched().then(({ prepare }) => prepare(), () => {}), { passive: true });
  addEventListener(
    "click",
    (event) => {
      if (door(event) && !(event.ctrlKey || event.metaKey || event.shiftKey)) search(event, door(event));
    },
    true,
  );
  addEventListener("input", (event) => door(event) && !event.isComposing && search(event, event.target));
  addEventListener(
    "keydown",
    (event) => {
      const { key, target } = event;
      const command = event.ctrlKey || event.metaKey;
      if (event.altKey) return;
      const typed = key === "Enter" ? "\n" : key;
      const cancelled = key === "Escape";
      if (early !== null && !command && (cancelled || typed.length === 1)) {
        early = cancelled ? null : early + typed;
        event.preventDefault();
        // Single letters are shortcuts of the theme
        event.stopImmediatePropagation();
      } else if (command ? key === "k" : key === "/" && !writing(target)) search(event);
    },
    true,
  );
}
