(function () {
  "use strict";
  function all(selector) { return Array.prototype.slice.call(document.querySelectorAll(selector)); }

  {# Selecting and copying works in a page opened from a folder, where the clipboard interface may not. #}
  function copy(table, button) {
    var range = document.createRange(), selection = window.getSelection();
    range.selectNode(table);
    selection.removeAllRanges();
    selection.addRange(range);
    var done = document.execCommand("copy");
    selection.removeAllRanges();
    button.textContent = done ? "Copied" : "Select the table and copy it";
  }

  all("div.table").forEach(function (box) {
    var button = document.createElement("button");
    button.type = "button";
    button.className = "copy";
    button.textContent = "Copy table";
    button.addEventListener("click", function () { copy(box.querySelector("table"), button); });
    var last = box.nextElementSibling;
    if (!last || !last.classList.contains("note")) { last = box; }
    last.parentNode.insertBefore(button, last.nextSibling);
  });

  var opened = [];
  window.addEventListener("beforeprint", function () {
    opened = all("details[data-print]:not([open])");
    opened.forEach(function (details) { details.open = true; });
  });
  window.addEventListener("afterprint", function () {
    opened.forEach(function (details) { details.open = false; });
  });
})();
