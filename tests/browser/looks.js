// One element for each look of text on a page: what stands in the same elements and classes, in the
// same colours, has the same contrast. Each text in a drawing counts, as shapes may lie beneath it.
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
  const says = element => [...element.childNodes]
    .some(node => node.nodeType == Node.TEXT_NODE && node.data.trim())
  const found = new Map()
  for (const element of document.querySelectorAll("body *")) {
    if (!says(element) || !element.checkVisibility()) continue
    const key = element.closest("svg") ? element : look(element)
    if (!found.has(key)) found.set(key, element)
  }
  return [...found.values()]
}
