// One element for each look of text on a page: what stands in the same elements and classes, in the
// same colours, has the same contrast. Each text in a drawing counts, as shapes may lie beneath it.
// What a tab has looked at on one page of a site it need not look at on another.
() => {
  const told = new Map([[null, ""]])
  const look = element => {
    if (!told.has(element)) {
      const {color, backgroundColor, backgroundImage, opacity, fontSize, fontWeight, position} =
        getComputedStyle(element)
      told.set(element, [look(element.parentElement), element.localName, ...element.classList, color,
        backgroundColor, backgroundImage, opacity, fontSize, fontWeight, position].join(" "))
    }
    return told.get(element)
  }
  const digest = text => {
    let [a, b] = [0xdeadbeef, 0x41c6ce57]
    for (let at = 0; at < text.length; at++) {
      a = Math.imul(a ^ text.charCodeAt(at), 2654435761)
      b = Math.imul(b ^ text.charCodeAt(at), 1597334677)
    }
    return (a >>> 0).toString(36) + (b >>> 0).toString(36)
  }
  const says = element => [...element.childNodes]
    .some(node => node.nodeType == Node.TEXT_NODE && node.data.trim())
  const before = new Set(sessionStorage.getItem("looks")?.split(" "))
  const found = new Map()
  for (const element of document.querySelectorAll("body *")) {
    if (!says(element) || !element.checkVisibility()) continue
    const key = element.closest("svg") ? element : digest(look(element))
    if (!found.has(key) && !before.has(key)) found.set(key, element)
  }
  const looks = [...found.keys()].filter(key => typeof key == "string")
  sessionStorage.setItem("looks", [...before, ...looks].join(" "))
  return [...found.values()]
}
