{# Weighs anew: values and weights that the page holds, a slider a weight, who leads then. #}
(() => {
  "use strict";

  const TIE = 1e-10;
  const fill = (words, given) => words.replace(/\{(\w+)\}/g, (_, name) => given[name]);
  const add = (total, part) => total + part;

  /* Everything that is computed, apart from the page: `boxes[0].whatIf` in a test. */
  function weighing(data) {
    const places = data.weights.map((_, place) => place);

    /* Weights of which the criteria of one slider get `points` of 100, all others the rest. */
    function moved(weights, criteria, points) {
      const isMoved = places.map((place) => criteria.includes(place));
      const known = [false, true].map((is) =>
        weights.filter((_, place) => isMoved[place] === is).reduce(add, 0));
      const count = [places.length - criteria.length, criteria.length];
      return weights.map((weight, place) => {
        const part = Number(isMoved[place]);
        const total = part ? points : 100 - points;
        return total * (known[part] > TIE ? weight / known[part] : 1 / count[part]);
      });
    }

    /* Overall value of each option, 0 to 100. */
    const values = (weights) =>
      data.values.map((row) => row.reduce((sum, value, place) => sum + value * weights[place], 0) / 100);

    /* Who leads as a slider goes from 0 to 100: each overall value is a line. */
    function leadsAlong(weights, criteria) {
      const start = values(moved(weights, criteria, 0));
      const rise = values(moved(weights, criteria, 100)).map((end, option) => end - start[option]);
      const top = Math.max(...start);
      let leader = -1;
      start.forEach((value, option) => {
        if (value >= top - TIE && (leader < 0 || rise[option] > rise[leader] + TIE)) leader = option;
      });
      const found = [[0, leader]];
      for (;;) {
        let next = -1, at = Infinity;
        rise.forEach((slope, option) => {
          if (slope <= rise[leader] + TIE) return;
          const share = (start[leader] - start[option]) / (slope - rise[leader]);
          if (share < at - TIE || (share < at + TIE && slope > rise[next])) { next = option; at = share; }
        });
        at = Math.max(at, found[found.length - 1][0] / 100);
        if (next < 0 || at >= 1 - TIE) return found;
        leader = next;
        found.push([100 * at, leader]);
      }
    }

    const order = (totals) =>
      totals.map((_, option) => option).sort((a, b) => totals[b] - totals[a] || a - b);
    return { moved, values, leadsAlong, order };
  }

  function begin(box) {
    const data = JSON.parse(box.querySelector("script").textContent);
    const model = weighing(data);
    const words = data.words;
    const told = box.querySelector(".told");
    const list = box.querySelector("ol");
    const sliders = [...box.querySelectorAll(".slider")].map((part, number) => ({
      criteria: data.sliders[number],
      input: part.querySelector("input"),
      output: part.querySelector("output"),
      lane: part.querySelector(".lane"),
    }));
    const base = data.weights.slice();
    const before = model.values(base);
    const points = (weights, criteria) => criteria.map((place) => weights[place]).reduce(add, 0);
    let weights = base.slice();

    const ends = (() => {
      const all = data.sliders.concat([[]]).flatMap((criteria) => {
        const at = (share) => model.values(model.moved(base, criteria, share));
        return criteria.length ? [...at(0), ...at(data.high)] : before;
      });
      const low = Math.floor(Math.min(...all) / 10) * 10, high = Math.ceil(Math.max(...all) / 10) * 10;
      return [low, Math.max(high, low + 10)];
    })();
    const at = (value) => `${Math.min(Math.max((value - ends[0]) / (ends[1] - ends[0]), 0), 1) * 100}%`;

    const rows = data.options.slice(0, data.shown).map(() => {
      const row = document.createElement("li");
      row.innerHTML = '<b class="rank"></b><span class="who" dir="auto"></span>'
        + '<span class="axis" aria-hidden="true"><i></i><b></b></span><span class="value"></span>';
      list.append(row);
      return row;
    });
    box.querySelector(".order .note").textContent = words.rest;
    box.querySelector(".order .sub").textContent = fill(words.then_sub, { low: ends[0], high: ends[1] });

    function sentence(totals, ranked) {
      const [first, second] = ranked;
      const level = ranked.filter((option) => totals[first] - totals[option] < 0.05);
      if (level.length > 1) {
        return fill(words.level, {
          count: level.length, all: ranked.length, option: data.options[first], second: data.options[second],
        });
      }
      const was = model.order(before)[0];
      return fill(was === first ? words.leads : words.now, {
        option: data.options[first], second: data.options[second], before: data.options[was],
        points: (totals[first] - totals[second]).toFixed(1),
      });
    }

    function drawLane(slider, leader) {
      const leads = model.leadsAlong(weights, slider.criteria).filter(([from]) => from < data.high);
      slider.lane.replaceChildren(...leads.map(([from, option], number) => {
        const end = number + 1 < leads.length ? leads[number + 1][0] : data.high;
        const share = (end - from) / data.high;
        const part = document.createElement("span");
        const fits = (text) => text.length * 6.6 + 10 < slider.width * share;
        const names = [data.options[option], data.letters[option]];
        part.textContent = names.find(fits) || "";
        part.className = option === leader ? "on" : "";
        part.style.left = `${from / data.high * 100}%`;
        part.style.width = `${share * 100}%`;
        return part;
      }));
    }

    function draw() {
      const totals = model.values(weights);
      const ranked = model.order(totals);
      rows.forEach((row, rank) => {
        const option = ranked[rank];
        const [number, who, axis, value] = row.children;
        row.className = rank === 0 ? "on" : "";
        number.textContent = rank + 1;
        who.textContent = data.options[option];
        who.dataset.letter = data.letters[option];
        value.textContent = totals[option].toFixed(1);
        axis.children[0].style.left = at(before[option]);
        axis.children[1].style.left = at(totals[option]);
      });
      told.textContent = sentence(totals, ranked);
      sliders.forEach((slider) => {
        const now = points(weights, slider.criteria).toFixed(1);
        if (Math.abs(Number(slider.input.value) - now) > 0.05) slider.input.value = now;
        slider.output.textContent = now;
        slider.input.setAttribute(
          "aria-valuetext", fill(words.set, { points: now, option: data.options[ranked[0]] }));
        drawLane(slider, ranked[0]);
      });
    }

    function set(next) { weights = next; draw(); }
    function step(slider, by) {
      const now = points(weights, slider.criteria) + by;
      set(model.moved(weights, slider.criteria, Math.min(Math.max(now, 0), data.high)));
    }

    sliders.forEach((slider) => {
      slider.input.addEventListener("input", () =>
        set(model.moved(weights, slider.criteria, Number(slider.input.value))));
      slider.input.addEventListener("keydown", (event) => {
        const by = { ArrowRight: 1, ArrowUp: 1, ArrowLeft: -1, ArrowDown: -1, PageUp: 5, PageDown: -5 }[event.key];
        if (!by) return;
        event.preventDefault();
        step(slider, by);
      });
    });
    box.addEventListener("click", (event) => {
      const button = event.target.closest("button");
      if (!button) return;
      if (button.dataset.step) step(sliders[button.dataset.slider], Number(button.dataset.step));
      else if (button.dataset.turn === "reset") set(base.slice());
      else set(base.map(() => 100 / base.length));
    });
    /* Read once for all, so that drawing makes the browser lay the page out once. */
    function measure() {
      sliders.forEach((slider) => { slider.width = slider.lane.clientWidth; });
      draw();
    }
    addEventListener("resize", measure);
    box.querySelector(".live").hidden = false;
    box.classList.add("moves");
    box.whatIf = { ...model, data, set, weights: () => weights.slice() };
    measure();
  }

  document.querySelectorAll(".what-if").forEach(begin);
})();
