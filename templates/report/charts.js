(function () {
  "use strict";
  var config = { displayModeBar: false, responsive: true, scrollZoom: false, doubleClick: false };
  var drawings = Array.prototype.slice.call(document.querySelectorAll(".drawing"));

  function draw(drawing) {
    var spec = JSON.parse(document.getElementById(drawing.id + "-data").textContent);
    {# Where the page is paper from the start, it is drawn once, and so that it fits. #}
    if (window.matchMedia("print").matches) { Object.assign(spec.layout, size(drawing, 640, 0.86)); }
    Plotly.newPlot(drawing, spec.data, spec.layout, config);
  }

  function size(drawing, width, scale) {
    var height = Math.round(parseFloat(drawing.dataset.height) * scale);
    drawing.style.height = height + "px";
    return { autosize: !width, width: width, height: height };
  }

  {# Where figures are drawn for paper, each is asked for by name. #}
  window.drawChart = draw;

  {# One at a time, so that the page can be read and scrolled meanwhile. #}
  function drawFrom(index) {
    if (index === drawings.length) { document.documentElement.dataset.charts = "drawn"; return; }
    draw(drawings[index]);
    setTimeout(drawFrom, 0, index + 1);
  }

  {# A drawing has the width of the window; paper is narrower, and no event says so in time. #}
  function fit(width, scale) {
    drawings.forEach(function (drawing) {
      if (!drawing.layout) { return; }
      Plotly.relayout(drawing, size(drawing, width, scale));
    });
  }
  window.addEventListener("beforeprint", function () { fit(640, 0.86); });
  window.addEventListener("afterprint", function () { fit(null, 1); });

  drawFrom(0);
})();
