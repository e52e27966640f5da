"use strict";
/* What a closed round came to, as pictures: everybody's range, the middle, the red line. Never a code. */
const SEEN = { ink: "#16202a", quiet: "#46535e", line: "#dde4e9", range: "#7fb0cb", best: "#0b5c87", far: "#a8430a", red: "#8c1c13" };
const MOST_ROWS = 14;
function scaleOf(q, part) {
  if (q.kind === "scale") return [q.min, q.max];
  if (q.kind === "order") return [0, 100];
  if (q.kind === "influence") return [-3, 3];
  return [0, (q.lists.find(l => l.name === part)?.levels ?? 5) - 1];
}
/* Parts of an answer that have a spread of their own: [id, name, SPREAD]. */
function partsOf(q, spread) {
  if (q.kind === "order") return q.items.map(i => [i.id, i.name, spread.items?.[i.id]]);
  if (q.kind === "lists") return q.lists.map(l => [l.name, t(`ask.${q.table}.${l.name}`), spread.lists?.[l.name]]);
  if (q.kind === "influence") return q.source.states.flatMap(a => q.target.states.map(b => [`${a.id}>${b.id}`, `${a.name} → ${b.name}`, spread.cells?.[`${a.id}>${b.id}`]]));
  return [[null, asked(q), spread]];
}
const enough = one => one && one.lowest !== null && one.lowest !== undefined;
function redText(one) { return one.red_line ? (one.red_line.whose ? t("red", { whose: one.red_line.whose, at: num(one.red_line.at) }) : t("redline", { at: num(one.red_line.at) })) : ""; }
function told(one) {
  if (!enough(one)) return t("few", { n: one?.answered ?? 0 });
  return [t("apart", { a: num(one.lowest), b: num(one.highest) }), t("middle", { n: num(one.middle) }), redText(one)].filter(Boolean).join("; ");
}
function frame(ends, height, top, size) {
  const [a, b] = ends, X = v => 70 + (v - a) / (b - a) * 1620, marks = [], step = b - a > 20 ? 25 : 1;
  for (let v = a; v <= b; v += step) marks.push(s("line", { x1: X(v), x2: X(v), y1: top, y2: height, stroke: SEEN.line, "stroke-width": 2 }), s("text", { x: X(v), y: height + size + 6, "font-size": size, "text-anchor": "middle", fill: SEEN.ink }, num(v)));
  return [X, [...marks, s("line", { x1: X(a), x2: X(b), y1: height, y2: height, stroke: SEEN.quiet, "stroke-width": 4 })]];
}
function lines(one, X, height, size, ends) {
  const out = [], m = X(one.middle), r = one.red_line, isRed = r && r.at >= ends[0] && r.at <= ends[1];
  // Each label on the side of its line with more room, over all lines: it may be long. The one that points
  // at the other line has the upper row, to which that line does not reach.
  const half = x => x > 880, first = isRed && (half(X(r.at)) !== half(m) || (half(m) ? r.at > one.middle : r.at < one.middle));
  const from = upper => upper ? 10 : 10 + size, row = upper => upper ? size : 2 * size + 6;
  const label = (x, y, text, fill) => s("text", { x: half(x) ? x - 16 : x + 16, y, "font-size": size, "font-weight": 700, "text-anchor": half(x) ? "end" : "start", fill, stroke: "#fff", "stroke-width": 12, "stroke-linejoin": "round", "paint-order": "stroke" }, text);
  if (isRed) out.push(s("line", { x1: X(r.at), x2: X(r.at), y1: from(first), y2: height, stroke: SEEN.red, "stroke-width": 6, "stroke-dasharray": "18 12" }));
  out.push(s("line", { x1: m, x2: m, y1: from(!first), y2: height, stroke: SEEN.ink, "stroke-width": 8 }), label(m, row(!first), t("middle", { n: num(one.middle) }), SEEN.ink));
  if (isRed) out.push(label(X(r.at), row(first), redText(one), SEEN.red));
  return out;
}
/* Each answer a row while there are few; a pile of dots where there are many. */
function chart(q, one, { part = null, size = 44, moves = false } = {}) {
  const ends = scaleOf(q, part), rows = one.values || [], many = rows.length > MOST_ROWS;
  const top = one.red_line ? 70 + size : 70, each = Math.min(70, 400 / Math.max(rows.length, 1)), height = top + (many ? 360 : Math.max(each * rows.length, 120));
  const [X, marks] = frame(ends, height, 56, size), out = [...marks];
  const diamond = (x, y, r) => s("path", { d: `M${x} ${y - r}l${r} ${r}-${r} ${r}-${r}-${r}z`, fill: SEEN.far, stroke: "#fff", "stroke-width": 4 });
  if (many) {
    const piles = {};
    for (const [, best] of rows) { const v = Math.round(best * 2) / 2; piles[v] = (piles[v] || 0) + 1; }
    const tallest = Math.max(...Object.values(piles)), d = Math.min(24, 330 / tallest * 3, 60);
    for (const [v, n] of Object.entries(piles)) for (let i = 0; i < n; i++) out.push(s("circle", { cx: X(+v) + (i % 3 - 1) * d, cy: height - 18 - Math.floor(i / 3) * d, r: d / 2 - 2, fill: SEEN.best }));
  } else rows.forEach(([low, best, high], i) => {
    const y = top + each * (i + .5), far = one.highest > one.lowest && (i === 0 || i === rows.length - 1), was = moves ? one.before?.[i] : null;
    if (moves && was !== null && was !== undefined && was !== best) {
      const d = best > was ? 1 : -1;
      out.push(s("circle", { cx: X(was), cy: y, r: 11, fill: "#fff", stroke: SEEN.far, "stroke-width": 5 }), s("line", { x1: X(was) + d * 14, x2: X(best) - d * 26, y1: y, y2: y, stroke: SEEN.far, "stroke-width": 8 }), s("path", { d: `M${X(best)} ${y}l${-d * 30} -15v30z`, fill: SEEN.far }));
    } else {
      if (!moves && low !== high && low !== null) out.push(s("line", { x1: X(low), x2: X(high), y1: y, y2: y, stroke: far ? SEEN.far : SEEN.range, "stroke-width": 14, "stroke-linecap": "round" }));
      out.push(far && !moves ? diamond(X(best), y, Math.min(20, each / 2)) : s("circle", { cx: X(best), cy: y, r: Math.min(16, each / 2.4), fill: SEEN.best, stroke: "#fff", "stroke-width": 3 }));
    }
  });
  out.push(...lines(one, X, height, size, ends));
  return s("svg", { viewBox: `0 0 1760 ${height + size + 16}`, role: "img", "aria-label": told(one) }, out);
}
/* Several parts under each other: lowest to highest, the middle half, the middle. */
function bars(q, parts, { size = 44 } = {}) {
  // Few rows have room to say what their ends mean.
  const hasEnds = q.kind === "lists" && parts.length <= 4, each = hasEnds ? 130 : Math.min(70, 640 / parts.length), wide = 820, out = [];
  const level = (id, n) => { const l = q.lists.find(x => x.name === id); return `${n} ${l.labels?.[n] || t(`label.${q.table}.${id}.${n}`)}`; };
  const lowest = Math.min(...parts.map(([id]) => scaleOf(q, id)[0])), highest = Math.max(...parts.map(([id]) => scaleOf(q, id)[1]));
  const X = v => wide + 40 + (v - lowest) / (highest - lowest) * 840, end = each * parts.length + 6;
  for (const v of [lowest, (lowest + highest) / 2, highest]) out.push(s("line", { x1: X(v), x2: X(v), y1: 0, y2: end, stroke: SEEN.line, "stroke-width": 3 }), s("text", { x: X(v), y: end + size, "font-size": size, "text-anchor": "middle", fill: SEEN.ink }, num(v)));
  parts.forEach(([, name, one], i) => {
    const y = each * (i + .5), cut = name.length > 38 ? name.slice(0, 37) + "…" : name;
    out.push(s("text", { x: wide, y: y + size / 3 - (hasEnds ? size * .6 : 0), "font-size": size, "text-anchor": "end", fill: SEEN.ink }, s("title", {}, name), cut));
    if (hasEnds) out.push(s("text", { x: wide, y: y + size, "font-size": size * .95, "text-anchor": "end", fill: SEEN.quiet }, `${level(parts[i][0], 0)} … ${level(parts[i][0], scaleOf(q, parts[i][0])[1])}`));
    if (!enough(one)) { out.push(s("text", { x: X(lowest), y: y + size / 3, "font-size": size, fill: SEEN.quiet }, "– (" + (one?.answered ?? 0) + ")")); return; }
    out.push(s("line", { x1: X(one.lowest), x2: X(one.highest), y1: y, y2: y, stroke: SEEN.range, "stroke-width": 12, "stroke-linecap": "round" }), s("line", { x1: X(one.quarters[0]), x2: X(one.quarters[1]), y1: y, y2: y, stroke: SEEN.best, "stroke-width": 22 }), s("line", { x1: X(one.middle), x2: X(one.middle), y1: y - each * .4, y2: y + each * .4, stroke: SEEN.ink, "stroke-width": 8 }));
  });
  return s("svg", { viewBox: `0 0 1760 ${end + size + 16}`, role: "img", "aria-label": parts.map(([, name, one]) => `${name}: ${told(one)}`).join(". ") }, out);
}
function picture(q, spread, how = {}) {
  const parts = partsOf(q, spread);
  if (parts.length > 1) return bars(q, parts, how);
  return enough(spread) ? chart(q, spread, how) : h("p", {}, t("few", { n: spread.answered }));
}
