/* What can be measured of a page as it stands in its window; called with the kind of its page. */
(kind) => {
  const root = document.documentElement;
  const isUnseen = (element) => {
    for (let e = element; e; e = e.parentElement) {
      if (e.matches(".skip, script, style, noscript, title")) return true;
      // What only those hear who do not see the page.
      if (getComputedStyle(e).clipPath === "inset(50%)") return true;
    }
    return !element.checkVisibility({ visibilityProperty: true });
  };
  const words = (text) => text.split(/\s+/).filter((word) => /[\p{L}\p{N}]/u.test(word)).length;
  const tables = document.querySelector("#tables");
  const main = document.querySelector("main") || document.body;
  const second = document.querySelector("#second");
  const before = (node, mark) =>
    !mark || (mark !== node && !mark.contains(node) && Boolean(mark.compareDocumentPosition(node) & Node.DOCUMENT_POSITION_PRECEDING));
  const box = (node) => {
    const range = document.createRange();
    range.selectNodeContents(node);
    return [...range.getClientRects()];
  };
  const counted = { main: 0, first_screen: 0, above_second: 0, all: 0 };
  const clipped = new Set();
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const named = (element) => (element.closest("[id]") || element).id + ": " + element.textContent.trim().slice(0, 40);
  while (walker.nextNode()) {
    const node = walker.currentNode;
    const parent = node.parentElement;
    const n = words(node.data);
    if (!n || isUnseen(parent)) continue;
    const rects = box(node).filter((rect) => rect.width > 1 && rect.height > 1);
    if (!rects.length) continue;
    counted.all += n;
    if (main.contains(node) && before(node, tables)) counted.main += n;
    if (before(node, second)) counted.above_second += n;
    if (rects[0].top + scrollY < innerHeight) counted.first_screen += n;
    for (let e = parent; e && e !== root; e = e.parentElement) {
      const style = getComputedStyle(e);
      const scrolls = /auto|scroll/.test(style.overflowX + style.overflowY);
      if (scrolls) break;
      if (/hidden|clip/.test(style.overflowX) && e.clientWidth) {
        const edge = e.getBoundingClientRect();
        if (rects.some((rect) => rect.right > edge.right + 1 || rect.left < edge.left - 1 || rect.bottom > edge.bottom + 2)) clipped.add(named(parent));
      }
      if (style.textOverflow === "ellipsis") clipped.add(named(parent));
      if (e.parentElement === document.body && rects.some((rect) => rect.right > root.clientWidth + 1 || rect.left < -1)) clipped.add(named(parent));
    }
  }
  const said = (element) => {
    const copy = element.cloneNode(true);
    copy.querySelectorAll(".badge, [popover]").forEach((e) => e.remove());
    return copy.textContent.trim();
  };
  const texts = (selector) => [...document.querySelectorAll(selector)].filter((e) => main.contains(e) && before(e, tables)).map(said);
  const end = tables ? tables.getBoundingClientRect().top : main.getBoundingClientRect().bottom;
  const picture = document.querySelector("#picture-0");
  return {
    words: counted,
    clipped: [...clipped],
    height: kind === "front" ? root.scrollHeight : Math.round(end + scrollY),
    width: root.scrollWidth,
    picture_end: picture ? Math.round(picture.getBoundingClientRect().bottom + scrollY) : 0,
    is_map: Boolean(picture && picture.querySelector(".tiles")),
    finding: [...document.querySelectorAll("main h1")].map(said)[0] || "",
    sentences: texts("ul.sentences.top > li"),
    titles: texts("figcaption h2, figcaption h3"),
    means: [...document.querySelectorAll("section.part")].map((part) => [...part.querySelectorAll(".mean")].map(said)),
    sections: document.querySelectorAll("section.part").length,
  };
}
