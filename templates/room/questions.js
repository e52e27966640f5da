"use strict";
/* One question as a form of native controls. `form(q, given, more)` has `node`; `value()`: the answer, or
   undefined while it is incomplete; `missing`: what is missing, in words; `step()`: true while a step of its
   own comes next. null is "I cannot say". */
const asked = q => q.ask || (has("ask." + q.table) ? t("ask." + q.table, q) : q.about);
const aboutOf = q => [q.ask || q.kind !== "lists" ? q.about : "", q.stage ? t("stage." + q.stage) : "", q.scenario].filter(Boolean).join(" · ");
function titleOf(q) {
  if (q.kind === "order") return [t("ask.swing_weights"), ""];
  if (q.kind === "lists") return [q.about, [t("ask." + q.table), q.stage && t("stage." + q.stage)].filter(Boolean).join(" · ")];
  return [asked(q), q.about];
}
const anchorOf = (q, n) => q.anchors?.[n] || (has(`anchor.${q.table}.${n}`) ? t(`anchor.${q.table}.${n}`) : "");
let serial = 0;

function radios(name, options, chosen, onchange, cls = "seg") {
  const box = h("div", { class: cls });
  for (const o of options) {
    const input = h("input", { type: "radio", name, value: o.value, checked: o.value === chosen, "aria-label": o.label, onchange: () => { paint(o.value); onchange(o.value); } });
    box.append(h("label", { class: o.cls || "" }, input, o.show));
  }
  function paint(v) { for (const l of box.children) l.classList.toggle("on", l.querySelector("input").value === String(v)); }
  paint(chosen);
  box.paint = v => { for (const i of box.querySelectorAll("input")) i.checked = i.value === String(v); paint(v); };
  return box;
}

function scaleForm(q, given, more) {
  const id = "q" + ++serial, ends = [q.min, q.max], inside = v => Math.max(q.min, Math.min(q.max, v));
  let best = given?.best ?? null, low = given?.low ?? null, high = given?.high ?? null, width = null, own = false;
  if (best !== null) {
    const w = q.widths.findIndex(x => inside(best - x) === low && inside(best + x) === high);
    if (w >= 0) width = w; else if (low !== null) own = true;
  }
  const numbers = [];
  for (let n = ends[1]; n >= ends[0]; n--) numbers.push(n);
  const marks = numbers.map(n => ({ value: String(n), label: [n, anchorOf(q, n)].filter(x => x !== "").join(": "), cls: [anchorOf(q, n) ? "anchor" : "", more.was?.best === n ? "was" : ""].join(" "), show: [h("span", { class: "n", "aria-hidden": "true" }, String(n)), h("span", { class: "w", "aria-hidden": "true" }, anchorOf(q, n))] }));
  const list = radios(id, marks, best === null ? null : String(best), v => { best = +v; if (own) { low = Math.min(low, best); high = Math.max(high, best); } set(); }, "scale");
  const sure = radios(id + "s", q.widths.map((w, n) => ({ value: String(n), label: `${t("sure." + n)}, ± ${w}`, show: [h("span", { "aria-hidden": "true" }, t("sure." + n)), h("small", { "aria-hidden": "true" }, "± " + w)] })), width === null ? null : String(width), v => { width = +v; own = false; steps.hidden = true; set(); });
  const told = h("p", { class: "said", "aria-live": "polite" });
  const steps = h("div", { hidden: !own });
  const mine = btn(t("own"), () => { own = true; width = null; sure.paint(null); if (low === null) { low = best; high = best; } steps.hidden = false; set(); steps.querySelector("button").focus(); }, "btn link");
  function stepper(key) {
    const out = h("output", {}), move = d => {
      if (key === "best") { best = inside(best + d); low = Math.min(low, best); high = Math.max(high, best); list.paint(Number.isInteger(best) ? best : null); }
      else if (key === "low") low = Math.max(q.min, Math.min(best, low + d));
      else high = Math.min(q.max, Math.max(best, high + d));
      set();
    };
    const one = (text, d, word) => h("button", { type: "button", "aria-label": `${t(key)}: ${t(word)}`, onclick: () => move(d) }, text);
    return { row: h("div", { class: "pts" }, h("span", { class: "t" }, t(key)), one("−", -q.step, "less"), out, one("+", q.step, "more")), show: v => { out.value = num(v); } };
  }
  const three = { low: stepper("low"), best: stepper("best"), high: stepper("high") };
  put(steps, three.low.row, three.best.row, three.high.row);
  function set() {
    if (!own && best !== null && width !== null) { low = inside(best - q.widths[width]); high = inside(best + q.widths[width]); }
    const full = best !== null && (own || width !== null);
    for (const l of list.children) { const n = +l.querySelector("input").value; l.classList.toggle("in", full && n >= low && n <= high); }
    told.textContent = full ? t("said", { best: num(best), a: num(low), b: num(high) }) : t("pick");
    mine.hidden = own || best === null;
    if (own) { three.low.show(low); three.best.show(best); three.high.show(high); }
    more.onchange?.();
  }
  const node = h("div", {}, h("fieldset", {}, h("legend", { class: "vh" }, asked(q)), list), h("fieldset", {}, h("legend", {}, t("sure")), sure), told, mine, steps);
  set();
  return { node, get missing() { return t("pick"); }, value: () => best !== null && (own || width !== null) ? { low, best, high } : undefined, step: () => false };
}

function orderForm(q, given, more) {
  const node = h("div", {}), names = Object.fromEntries(q.items.map(i => [i.id, i.name]));
  const known = Object.entries(given?.points || {}).filter(([, p]) => p !== null && p > 0).sort((a, b) => b[1] - a[1]);
  let order = known.map(([i]) => i).slice(0, q.most), points = Object.fromEntries(known), stage = 1;
  let others = given ? (Object.values(given.points).some(p => p === 0) ? "zero" : "none") : "";
  function first() {
    const list = h("ul", { class: "pick" });
    const draw = focus => {
      put(list, q.items.map(i => {
        const r = order.indexOf(i.id), on = r >= 0;
        const b = h("button", { type: "button", "aria-pressed": String(on), onclick: () => { if (on) order.splice(r, 1); else if (order.length < q.most) order.push(i.id); draw(i.id); } },
          h("span", { class: "r", "aria-hidden": "true" }, on ? String(r + 1) : ""), h("span", {}, i.name, on && h("span", { class: "vh" }, ", " + t("place", { n: r + 1 })), i.worst && i.best && h("small", {}, `${i.worst} → ${i.best}`)));
        if (i.id === focus) setTimeout(() => b.focus({ preventScroll: true }));
        return h("li", {}, b);
      }));
    };
    draw();
    put(node, h("p", { class: "small" }, t("first", { n: q.most })), list);
  }
  function second() {
    const rows = order.map((i, n) => {
      points[i] = n ? Math.min(points[i] ?? Math.max(10, 100 - 20 * n), 100) : 100;
      const out = h("output", {}, String(points[i])), one = (text, d, word) => h("button", { type: "button", "aria-label": `${t("pts", { name: names[i] })}: ${t(word)}`, onclick: () => { points[i] = Math.max(0, Math.min(100, points[i] + d)); out.value = String(points[i]); } }, text);
      return h("div", { class: "pts" }, h("span", { class: "t" }, `${n + 1}. ${names[i]}`), n ? [one("−", -5, "less"), out, one("+", 5, "more")] : out);
    });
    const left = q.items.length - order.length;
    put(node, h("p", {}, t("points")), rows, left ? h("fieldset", {}, h("legend", {}, t("rest", { n: left })), radios("rest" + ++serial, ["zero", "none"].map(v => ({ value: v, label: t("rest." + v), show: h("span", { "aria-hidden": "true" }, t("rest." + v)) })), others, v => { others = v; more.onchange?.(); })) : null);
  }
  first();
  return {
    node, get missing() { return stage === 1 ? t("pickone") : t("sayrest"); },
    value: () => {
      if (stage === 1 || (order.length < q.items.length && !others)) return undefined;
      return { points: Object.fromEntries(q.items.map(i => [i.id, order.includes(i.id) ? points[i.id] : others === "zero" ? 0 : null])) };
    },
    step: () => { if (stage === 1 && order.length) { stage = 2; second(); return true; } return false; },
    back: () => { if (stage === 2) { stage = 1; first(); return true; } return false; },
  };
}

const SIGN = { "-3": "▼▼▼", "-2": "▼▼", "-1": "▼", 0: "○", 1: "▲", 2: "▲▲", 3: "▲▲▲" };
function influenceForm(q, given, more) {
  const cells = { ...(given?.cells || {}) };
  let any = given ? (given.any === false || (given.cells && Object.values(given.cells).every(v => v === 0)) ? "no" : "yes") : "";
  const inner = h("div", { hidden: any !== "yes" });
  for (const a of q.source.states) {
    inner.append(h("fieldset", { class: "if" }, h("legend", {}, t("if", { name: q.source.name, state: a.name })), a.definition && h("p", { class: "small" }, a.definition), h("p", { class: "small" }, t("then", { name: q.target.name })),
      q.target.states.map(b => {
        const key = `${a.id}>${b.id}`, id = "c" + ++serial;
        const pick = h("select", { id, onchange: e => { cells[key] = e.target.value === "" ? null : +e.target.value; } }, h("option", { value: "" }, t("cannot")), [3, 2, 1, 0, -1, -2, -3].map(v => h("option", { value: String(v) }, `${SIGN[v]} ${t("impact." + v)}`)));
        pick.value = cells[key] === null || cells[key] === undefined ? "" : String(cells[key]);
        return h("div", { class: "cell" }, h("label", { for: id }, b.name), pick);
      })));
  }
  inner.append(h("p", { class: "small" }, t("leave")));
  const node = h("div", {}, h("p", { class: "if" }, h("b", {}, q.source.name), h("span", { class: "small" }, q.source.states.map(x => x.name).join("; "))), h("p", { class: "if" }, h("b", {}, q.target.name), h("span", { class: "small" }, q.target.states.map(x => x.name).join("; "))),
    h("fieldset", {}, h("legend", { class: "vh" }, asked(q)), radios("i" + ++serial, ["no", "yes"].map(v => ({ value: v, label: t("any." + v), show: h("span", { "aria-hidden": "true" }, t("any." + v)) })), any, v => { any = v; inner.hidden = v !== "yes"; more.onchange?.(); })), inner);
  return {
    node, get missing() { return t("chooseone"); }, step: () => false,
    value: () => any === "no" ? { any: false } : any === "yes" ? { cells: Object.fromEntries(q.source.states.flatMap(a => q.target.states.map(b => [`${a.id}>${b.id}`, cells[`${a.id}>${b.id}`] ?? null]))) } : undefined,
  };
}

function listsForm(q, given, more) {
  const values = { ...(given || {}) }, set = new Set(Object.keys(values));
  const word = (l, n) => l.labels?.[n] || t(`label.${q.table}.${l.name}.${n}`);
  const node = h("div", {}, q.in_place && h("p", { class: "small" }, t("inplace", { text: q.in_place })), q.lists.map(l => {
    const told = h("p", { class: "said", "aria-live": "polite" });
    const say = v => { told.textContent = v === "x" ? t("cannot") : v === null ? `0 ${word(l, 0)} … ${l.levels - 1} ${word(l, l.levels - 1)}` : `${v} ${word(l, v)}`; };
    const now = set.has(l.name) ? values[l.name] === null ? "x" : String(values[l.name]) : null;
    say(now);
    const options = [...Array(l.levels).keys()].map(n => ({ value: String(n), label: `${n}, ${word(l, n)}`, show: h("span", { "aria-hidden": "true" }, String(n)) }));
    options.push({ value: "x", label: t("cannot"), show: h("span", { "aria-hidden": "true" }, "?") });
    return h("fieldset", {}, h("legend", {}, t(`ask.${q.table}.${l.name}`)), radios("l" + ++serial, options, now, v => { values[l.name] = v === "x" ? null : +v; set.add(l.name); say(v); more.onchange?.(); }), told);
  }), q.table === "harm_ratings" && h("p", { class: "small" }, t("unknown")));
  return { node, get missing() { return t("chooseone"); }, step: () => false, value: () => set.size ? Object.fromEntries(q.lists.map(l => [l.name, values[l.name] ?? null])) : undefined };
}
const FORMS = { scale: scaleForm, order: orderForm, influence: influenceForm, lists: listsForm };
const form = (q, given, more = {}) => FORMS[q.kind](q, given, more);
/* An answer in a few words. */
function inWords(q, v) {
  if (v === null) return t("cannot");
  if (q.kind === "scale") return v.low === v.high || v.low === null ? num(v.best) : `${num(v.best)} (${num(v.low)}–${num(v.high)})`;
  if (q.kind === "lists") return q.lists.map(l => num(v[l.name])).join(" · ");
  if (q.kind === "influence" && v.any === false) return t("any.no");
  return t("given");
}
