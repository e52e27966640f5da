"use strict";
/* The wall: what is asked, how many have answered, and after the round the spread. No code ever reaches it. */
const main = $("main");
let token = null, S = null, shown = "", version = -1;
try { token = sessionStorage.getItem("room.screen"); } catch { /* stays in memory */ }
speak(ROOM.language);
const MOST_FUTURES = 4, MOST_FACTORS = 5;

const strip = (a, b) => h("div", { class: "strip" }, h("span", {}, a), h("span", {}, b || ""));
const round = () => t("round", { n: S.round });
function field(key, word) {
  const id = "wifi-" + key;
  return [h("label", { for: id }, t(word)), h("input", { id, class: "t", autocomplete: "off", spellcheck: false, value: store.get(id) || "", oninput: e => store.set(id, e.target.value) })];
}
const countIn = () => S.people ? t("s.in", { n: S.in, m: S.people }) : "";
const V = {
  join: () => [
    h("div", {}, h("p", { class: "k" }, S.organisation), h("h1", {}, t("s.take"))),
    h("div", { class: "join" },
      h("div", { class: "step" }, h("h2", {}, h("span", { class: "num" }, "1"), t("s.wifi")), h("div", { class: "wifi" }, field("name", "s.wifi.name"), field("pass", "s.wifi.pass")), h("p", {}, t("s.wifi.none"))),
      h("div", { class: "step" }, h("h2", {}, h("span", { class: "num" }, "2"), t("s.page")), h("img", { src: S.join.qr, alt: "QR: http://" + S.join.address }), h("p", { class: "addr" }, S.join.address)),
      h("div", { class: "step" }, h("h2", {}, h("span", { class: "num" }, "3"), t("s.type")), h("div", { class: "codecard" }, h("span", {}, t("s.yours")), h("b", {}, "XXXX-XXXX")))),
    strip(h("b", {}, countIn())),
  ],
  question: () => {
    if (!S.question) return V.blank();
    const q = S.question, [title, about] = titleOf(q);
    const numbers = q.kind === "scale" ? [...Array(q.max - q.min + 1).keys()].map(n => q.max - n).filter(n => anchorOf(q, n)) : [];
    const side = numbers.length ? h("dl", { class: "anch" }, numbers.map(n => [h("dt", {}, String(n)), h("dd", {}, anchorOf(q, n))]))
      : q.kind === "influence" ? h("div", {}, h("p", {}, h("b", {}, q.source.name), ": ", q.source.states.map(x => x.name).join("; ")), h("p", {}, "↓"), h("p", {}, h("b", {}, q.target.name), ": ", q.target.states.map(x => x.name).join("; ")))
        : q.kind === "lists" ? h("div", {}, q.in_place && h("p", {}, t("inplace", { text: q.in_place })), q.lists.map(l => h("p", {}, t(`ask.${q.table}.${l.name}`)))) : null;
    return [h("p", { class: "k" }, t("s.alone", { n: S.round })), h("div", { class: "ask" }, h("div", {}, about && h("h2", { class: "about" }, about), h("h1", {}, title)), side || h("span", {})),
      strip([t("q", { n: S.number, m: S.of }), S.state === "closing" ? h("b", {}, " · " + t("s.closing", { n: Math.ceil(S.closes_in ?? 0) })) : ""], h("b", {}, t("s.answered", { n: S.answered, m: S.people })))];
  },
  spread: moves => {
    const q = S.question, one = S.spread;
    if (!q || !one) return sealed();
    const [title, about] = titleOf(q), parts = partsOf(q, one), isOne = parts.length === 1 && enough(one);
    let head = isOne ? (one.lowest === one.highest ? t("s.same", { a: num(one.lowest) }) : t("apart", { a: num(one.lowest), b: num(one.highest) })) : title;
    if (moves && isOne && one.moved !== null) head = t(one.moved ? "s.moved" : "s.unmoved", { n: one.moved, m: one.answered, a: num(one.lowest), b: num(one.highest) });
    const ends = q.kind === "scale" ? [q.min, (q.min + q.max) / 2, q.max].filter(n => anchorOf(q, n)) : [];
    const reasons = (S.reasons || []).slice(-2).map(x => h("blockquote", {}, "“" + x + "”"));
    return [h("div", {}, h("p", { class: "k" }, [about, isOne ? title : "", round()].filter(Boolean).join(" · ")), h("h1", {}, head)),
      h("div", { class: "chart pop" }, picture(q, one, { moves }), reasons.length ? h("div", { class: "two" }, reasons) : ends.length === 3 ? h("div", { class: "anchors" }, ends.map(n => h("p", {}, h("b", {}, String(n)), " ", anchorOf(q, n)))) : null),
      strip(moves ? [h("span", { class: "dia" }, "○▶"), ` ${t("s.was")} → ${t("s.now")}. `, t("s.agree")] : isOne && one.lowest !== one.highest && (one.values || []).length <= MOST_ROWS ? [h("span", { class: "dia" }, "◆ "), t("s.ends")] : "", h("b", {}, t("s.count", { n: one.answered, m: one.cannot })))];
  },
  movement: () => V.spread(true),
  futures: () => {
    const f = S.futures;
    if (!f) return sealed();
    const { come, go } = f;
    // What came and went first; and only that in which those differ: the rest could not be read from the back.
    const order = { new: 0, gone: 1, stays: 2 }, rows = [...f.rows].sort((a, b) => order[a.is] - order[b.is]).slice(0, MOST_FUTURES);
    const differ = f.factors.map((name, n) => [name, n]).filter(([, n]) => new Set(rows.map(r => r.states[n])).size > 1 || rows.length === 1).slice(0, MOST_FACTORS);
    return [h("div", {}, h("p", { class: "k" }, t("s.futures")), h("h1", {}, f.first ? t("s.futures.now", { n: f.now }) : come || go ? t("s.futures.head", { n: come, m: go }) : t("s.futures.same"))),
      h("div", { class: "scroll" }, h("table", { class: "pop" }, h("thead", {}, h("tr", {}, h("th", { scope: "col" }, t("s.factor")), rows.map((r, n) => h("th", { scope: "col", class: r.is }, r.is === "stays" ? "" : [h("span", { class: "tag " + r.is }, (r.is === "new" ? "＋ " : "− ") + t("s." + r.is)), " "], r.is === "gone" ? h("s", {}, r.name || t("s.future", { n: n + 1 })) : r.name || t("s.future", { n: n + 1 }))))),
        h("tbody", {}, differ.map(([name, n]) => h("tr", {}, h("th", { scope: "row" }, name), rows.map(r => h("td", { class: r.is }, r.states[n]))))))),
      strip(S.block ? `${S.block.title} · ${round()}` : "", t("s.futures.shown", { n: rows.length, m: f.now + go, a: differ.length, b: f.factors.length }))];
  },
  receipts: () => {
    const r = S.receipts;
    if (!r) return sealed();
    return [h("div", {}, h("p", { class: "k" }, S.block ? `${S.block.title} · ${round()}` : ""), h("h1", {}, t("s.receipts", { n: r.count }))),
      h("div", { class: "chart" }, h("p", { class: "big" }, r.hash), h("p", {}, t("s.receipts.write")), h("ul", { class: "list" + (r.list.length > 24 ? " many" : "") }, r.list.slice(0, 60).map(x => h("li", {}, x)))), strip("", "")];
  },
  blank: () => [h("p", { class: "k" }, S.organisation), h("h1", {}, t("s.blank")), strip("", "")],
};
const sealed = () => [h("p", { class: "k" }, S.block ? S.block.title : S.organisation), h("h1", {}, t(S.state === "closed" ? "s.blank" : "s.sealed")), strip("", S.people ? t("s.answered", { n: S.answered, m: S.people }) : "")];
function draw() {
  // What is typed about the Wi-Fi stays while people come in.
  const name = JSON.stringify([S.view, S.number, S.round, S.state, S.spread, S.reasons, S.receipts?.hash, S.view === "join" ? null : S.closes_in]);
  if (S.view === "join" && name === shown) { const b = main.querySelector(".strip b"); if (b) b.textContent = countIn(); return; }
  shown = name;
  put(main, (V[S.view] || V.blank)());
  main.dataset.view = S.view;
  document.title = `${t("s.title")}: ${main.querySelector("h1")?.textContent || ""}`;
}
function start() {
  follow(() => "/api/screen/state?version=" + version, () => token, told => { S = told; version = told.version; draw(); }, e => {
    if (e.status === 401) { token = null; alone(t("gone.key")); return false; }
    return true;
  });
}
const alone = words => { put(main, h("p", { class: "k" }, ROOM.organisation), h("h1", {}, words)); };
setInterval(() => { if (S?.state === "closing" && S.closes_in > 0) { S.closes_in = Math.max(0, S.closes_in - 1); draw(); } }, 1000);
(async () => {
  const key = /^#key=(.*)$/.exec(location.hash);
  if (location.hash) history.replaceState(null, "", location.pathname);
  if (key) {
    try { token = (await ask("/api/enter", { body: { key: key[1] } })).token; sessionStorage.setItem("room.screen", token); }
    catch (e) { if (!token) { alone(e.status === 0 ? e.words : t("gone.key")); return; } }
  }
  if (token) start(); else alone(t("gone.key"));
})();
