(function () {
  "use strict";
  function plain(text) {
    return text.normalize("NFKC").toLowerCase().normalize("NFD").replace(/[\u0300-\u036f]/g, "");
  }
  var box = document.getElementById("find"), told = document.getElementById("found");
  var entries = Array.prototype.slice.call(document.querySelectorAll("details.decision"));
  var texts = entries.map(function (entry) {
    return plain(entry.textContent + " " + entry.getAttribute("data-also"));
  });
  function filter() {
    var words = plain(box.value).split(/\s+/).filter(Boolean), shown = 0;
    entries.forEach(function (entry, place) {
      var fits = words.every(function (word) { return texts[place].indexOf(word) >= 0; });
      entry.hidden = !fits;
      shown += fits ? 1 : 0;
    });
    told.textContent = shown + " of " + entries.length + " shown";
  }
  document.getElementById("search").hidden = false;
  box.addEventListener("input", filter);
  filter();
  document.addEventListener("click", function (event) {
    var link = event.target.closest("a[href^='#decision-']");
    if (link) { box.value = ""; filter(); }
  });
})();
