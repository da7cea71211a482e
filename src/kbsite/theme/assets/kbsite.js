// Search is fetched when it is first wanted: "/", Ctrl+K, a click, or focus on what leads to it.
if (document.querySelector("[data-kb-search]")) {
  let early = null; // what is typed until it is there
  const fetched = () => {
    import("../pagefind/pagefind.js").catch(() => {}); // which search.js waits for
    return import("./search.js");
  };
  const search = async (event, words = "") => {
    event.preventDefault();
    if (early !== null) return;
    early = words;
    try {
      const { open } = await fetched();
      await open(() => early);
    } finally {
      early = null;
    }
  };
  const door = (event) => event.target.closest?.("[data-kb-search]");
  const writing = (element) =>
    element.isContentEditable ||
    (element.matches("input, textarea, select") && element.getClientRects().length > 0);

  addEventListener("focusin", (event) => door(event) && fetched());
  addEventListener("click", (event) => {
    if (door(event) && !(event.ctrlKey || event.metaKey || event.shiftKey)) search(event);
  });
  addEventListener(
    "keydown",
    (event) => {
      const { key, target } = event;
      const command = event.ctrlKey || event.metaKey;
      if (event.altKey) return;
      if (early !== null && key.length === 1 && !command) {
        early += key;
        event.preventDefault();
        event.stopImmediatePropagation(); // single letters are shortcuts of the theme
      } else if (command ? key === "k" : key === "/" && !writing(target)) search(event);
    },
    true,
  );
}
