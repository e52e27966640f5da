(function () {
  "use strict";

  function add(parent, tag, text, name) {
    var made = document.createElement(tag);
    if (text) { made.textContent = text; made.dir = "auto"; }
    if (name) { made.className = name; }
    parent.appendChild(made);
    return made;
  }

  {# Equal scores keep the order of the page; what nobody scored comes last. #}
  function inOrder(options) {
    return options.slice().sort(function (a, b) {
      if (a.score === null || b.score === null) { return (a.score === null) - (b.score === null); }
      return b.score - a.score;
    });
  }

  function begin(box, number) {
    var held = JSON.parse(box.dataset.held);
    var asked = add(box, "fieldset");
    add(asked, "legend", held.ask);
    var said = add(box, "p", "", "said");
    said.setAttribute("role", "status");
    var parts = add(box, "div", "", "two");
    var left = add(parts, "div"), right = add(parts, "div");
    add(left, "h4", held.options);
    add(right, "h4", held.changes);
    var options = add(left, "ol"), changes = add(right, "ul");

    function show(future) {
      said.textContent = future.said;
      options.textContent = "";
      inOrder(future.options).forEach(function (option) {
        var line = add(options, "li", "", option.is_good || option.score === null ? "" : "limit");
        add(line, "b", option.name);
        add(line, "span", option.text);
      });
      changes.textContent = "";
      future.changes.forEach(function (change) { add(changes, "li", change); });
      left.hidden = !future.options.length;
      right.hidden = !future.changes.length;
    }

    held.futures.forEach(function (future, place) {
      var label = add(asked, "label");
      var choice = add(label, "input");
      choice.type = "radio";
      choice.name = "future-" + number;
      choice.value = place;
      choice.checked = place === 0;
      choice.addEventListener("change", function () { show(future); });
      add(label, "span", future.name);
    });
    show(held.futures[0]);
    box.hidden = false;
  }

  Array.prototype.forEach.call(document.querySelectorAll(".futures"), begin);
})();
