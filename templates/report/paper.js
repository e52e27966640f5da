{# What becomes of a page before it is printed. #}
(function () {
  "use strict";

  {# Links between pages lead nowhere on paper, and would carry an address of this machine's making. #}
  for (const link of document.querySelectorAll("a[href]")) {
    if (link.href.startsWith(location.origin) && !link.getAttribute("href").startsWith("#")) {
      link.removeAttribute("href");
    }
  }

  {# A table that is too wide gets smaller type before its words are broken, and broken heads first. #}
  const isLong = cell => cell.textContent.split(/\s+/).some(word => word.length > 22);
  for (const table of document.querySelectorAll(".table > table")) {
    const room = table.parentElement.clientWidth;
    if (!room) { continue; }
    table.classList.add("words");
    table.querySelectorAll("th, td").forEach(c => c.classList.toggle("anywhere", isLong(c)));
    for (const points of [null, 6.5, 6, 5.5]) {
      if (points) { table.style.fontSize = points + "pt"; }
      if (table.offsetWidth <= room) { break; }
    }
    if (table.offsetWidth > room) { table.classList.add("heads"); }
    if (table.offsetWidth > room) { table.classList.remove("words", "heads"); }
  }
})();
