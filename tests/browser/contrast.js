// The contrast of text that axe leaves open: on a drawing, under something, at the edge of a box
// that scrolls. Its ground is the last shape drawn before it, at its start, middle and end, or the
// first opaque background around it. What pictures, gradients and filters do stays undecided: null.
selector => {
  const element = document.querySelector(selector)
  const svg = element.closest("svg")
  const brush = Object.assign(document.createElement("canvas"), {width: 1, height: 1})
    .getContext("2d", {willReadFrequently: true})
  const rgba = colour => {
    brush.clearRect(0, 0, 1, 1)
    brush.fillStyle = colour
    brush.fillRect(0, 0, 1, 1)
    return [...brush.getImageData(0, 0, 1, 1).data]
  }
  const over = (colour, below) => {
    const share = colour[3] / 255
    return below.map((value, at) => colour[at] * share + value * (1 - share))
  }
  const light = colour => {
    const [r, g, b] = colour.map(value => value / 255)
      .map(value => value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4)
    return 0.2126 * r + 0.7152 * g + 0.0722 * b
  }
  const contrast = (one, other) => {
    const [dark, bright] = [light(one), light(other)].sort((a, b) => a - b)
    return (bright + 0.05) / (dark + 0.05)
  }

  // The page behind it
  const layers = []
  for (let box = element; box; box = box.parentElement) {
    const style = getComputedStyle(box)
    if (style.opacity < 1 || style.filter != "none") return null
    if (svg && svg.contains(box) && box != svg) continue  // shapes have no background
    if (style.backgroundImage != "none") return null
    layers.unshift(rgba(style.backgroundColor))
    if (layers[0][3] == 255) break
  }
  const page = layers.reduce((below, layer) => over(layer, below), [255, 255, 255])

  // The drawing between
  const style = getComputedStyle(element)
  let grounds = [page]
  if (svg) {
    const shapes = [...svg.querySelectorAll("circle, ellipse, path, polygon, rect")]
      .filter(shape => shape.compareDocumentPosition(element) & Node.DOCUMENT_POSITION_FOLLOWING)
      .map(shape => [shape, getComputedStyle(shape)]).filter(([, {fill}]) => fill != "none")
    if (shapes.some(([, {fill}]) => fill.startsWith("url"))) return null
    const box = element.getBoundingClientRect()
    grounds = [0.02, 0.5, 0.98].map(part => {
      const place = new DOMPoint(box.left + part * box.width, box.top + box.height / 2)
      return shapes.reduce((below, [shape, {fill, fillOpacity, opacity}]) => {
        const [r, g, b, alpha] = rgba(fill)
        const inside = shape.isPointInFill(place.matrixTransform(shape.getScreenCTM().inverse()))
        return inside ? over([r, g, b, alpha * fillOpacity * opacity], below) : below
      }, page)
    })
    if (style.paintOrder.startsWith("stroke") && style.stroke != "none")
      grounds = grounds.map(ground => over(rgba(style.stroke), ground))  // a rim around the letters
  }

  const text = rgba(svg ? style.fill : style.color)
  const pixels = parseFloat(style.fontSize)
  const large = pixels >= 24 || pixels >= 18.66 && style.fontWeight >= 700
  const [ratio, ground] = grounds.map(ground => [contrast(over(text, ground), ground), ground])
    .sort((a, b) => a[0] - b[0])[0]
  const shown = colour => `rgb(${colour.slice(0, 3).map(Math.round)})`
  return {
    ratio: Math.floor(ratio * 100) / 100,
    needed: large ? 3 : 4.5,
    text: shown(text),
    ground: shown(ground),
  }
}
