"use strict";
/* A participant's phone. An answer is on this phone first, then in the room; nothing is lost in between. */
const main = $("main"), foot = $("foot");
let S = null, list = { key: "", questions: [] }, at = null, shown = "", live = null, unfollow = null, sending = false, problem = "", isLost = false, hasEnded = false;
let token = store.get("token"), who = store.get("who") || "", nonce = store.get("nonce");
if (!nonce) { nonce = random(16); store.set("nonce", nonce); }
let queue = JSON.parse(store.get("outbox") || "[]"), given = JSON.parse(store.get("given") || "{}");
const keep = () => { store.set("outbox", queue.length ? JSON.stringify(queue) : null); store.set("given", JSON.stringify(given)); };
speak(store.get("lang") || ROOM.language || "en");

/* ---- sending ---- */
function send(path, body, place, value) {
  queue = queue.filter(x => !(place && x.place === place));
  queue.push({ path, body: { id: random(11), ...body }, place, value });
  keep(); head(); flush();
}
const LOST = new Set([0, 401, 421, 429, 403]);
async function flush() {
  if (sending || !token) return;
  sending = true;
  let wait = 500;
  while (queue.length && token) {
    const one = queue[0];
    try {
      await ask(one.path, { token, body: one.body, wait: 12000 });
      if (one.place) given[one.place] = one.value;
      problem = "";
      queue = queue.filter(x => x !== one); wait = 500; isLost = false;
    } catch (e) {
      if (e.status >= 500 || LOST.has(e.status)) {
        isLost = e.status === 0;
        if (e.code === "not_saved") problem = e.words;
        head(); note();
        if (e.status === 401) { gone(e); break; }
        await rest(e.args?.wait ? e.args.wait * 1000 : wait);
        wait = Math.min(8000, wait * 2);
        continue;
      }
      queue = queue.filter(x => x !== one);
      problem = e.words;
      if (one.place && e.code !== "late" && S?.answers) delete S.answers[one.body.question];
    }
    keep(); head(); note();
  }
  sending = false;
  head();
}
addEventListener("online", flush);
document.addEventListener("visibilitychange", flush);

/* ---- what the room says ---- */
function start() {
  unfollow?.();
  let version = -1;
  unfollow = follow(() => "/api/state?version=" + version, () => token, async told => {
    isLost = false;
    if (told.block && told.state !== "draft" && told.block.key !== list.key) {
      list = await ask("/api/questions?key=" + encodeURIComponent(told.block.key), { token });
      at = null;
    }
    const before = S;
    version = told.version; S = told; who = told.who; hasEnded = told.ended;
    if (before && before.block?.key !== S.block?.key) problem = "";
    draw(); flush();
  }, e => { if (e.status === 401) { gone(e); return false; } isLost = e.status === 0; head(); note(); });
}
function gone(e) {
  unfollow?.(); token = null; store.set("token", null); S = null; shown = "";
  join(e.words);
}

/* ---- the frame ---- */
const waiting = () => queue.length;
function valueOf(q) {
  const place = `${list.key.split(".")[0]}|${S.round}|${q.id}`, one = queue.find(x => x.place === place);
  if (one) return { is: one.value !== undefined, value: one.value };
  const own = S.answers?.[q.id];
  return own ? { is: true, value: own.value } : { is: false };
}
function head(words) {
  if (!token || !S) { $("head").hidden = true; return; }
  $("head").hidden = false;
  const open = S.state === "open" || S.state === "closing", n = at === null ? list.questions.length : at + 1, m = list.questions.length;
  $("count").textContent = open && m && at !== null ? `${t("q", { n, m })}${S.round === 2 ? " · " + t("round", { n: 2 }) : ""}` : who + (S.block ? " · " + t("round", { n: S.round || 1 }) : "");
  $("bar").hidden = !(open && m);
  $("bar").max = m || 1; $("bar").value = open ? list.questions.filter(q => valueOf(q).is).length : 0;
  $("bar").setAttribute("aria-label", $("count").textContent);
  const bad = waiting() || isLost, text = bad ? t("p.queue", { n: waiting() }) : t("p.saved"), cls = bad ? "net wait" : "net";
  if ($("net").className !== cls) $("net").className = cls;
  if ($("net").textContent !== text) $("net").textContent = text;
}
function note() {
  const place = $("note");
  if (!place) return;
  const closing = S?.state === "closing" ? t("p.closing", { n: Math.ceil(S.closes_in ?? 5) }) : "";
  const words = [closing, isLost && hasEnded ? t("p.ended") : isLost ? t(waiting() ? "p.offline" : "p.offline.none", { n: waiting() }) : "", problem].filter(Boolean).join(" ");
  if (place.textContent !== words) place.textContent = words;
  place.hidden = !words;
}
function page(name, title, parts, acts = []) {
  const isNew = name !== shown;
  shown = name;
  document.title = title;
  put(main, h("p", { id: "note", class: "note", role: "alert", hidden: true }), parts);
  put(foot, acts.length ? h("div", { class: "acts" }, acts) : null);
  foot.hidden = !acts.length;
  head(); note();
  if (isNew) { heading(); scrollTo(0, 0); }
}

/* ---- pages ---- */
function join(words = "", filled = "") {
  $("head").hidden = true;
  const told = h("p", { id: "note", class: "note", role: "alert", hidden: !words }, words);
  const code = h("input", { id: "code", class: "t code", autocomplete: "off", autocapitalize: "characters", spellcheck: false, maxLength: 12, value: filled, "aria-describedby": "help" });
  const pick = h("select", { id: "lang", onchange: e => { speak(e.target.value); store.set("lang", lang); join("", code.value); $("lang").focus(); } },
    Object.keys(WORDS).map(c => h("option", { value: c, lang: c, selected: c === lang }, WORDS[c]["p.language"])));
  const say = text => { told.textContent = text; told.hidden = !text; };
  const enter = async e => {
    e?.preventDefault();
    const signs = code.value.toUpperCase().replace(/[^0-9A-Z]/g, "").replace(/O/g, "0").replace(/[IL]/g, "1");
    go.disabled = true;
    try {
      const got = await ask("/api/pair", { body: { code: signs, nonce }, wait: 12000 });
      token = got.token; who = got.who;
      store.set("token", token); store.set("who", who);
      start();
    } catch (x) { say(x.words); go.disabled = false; code.focus(); }
  };
  const go = h("button", { type: "submit", class: "btn main" }, t("p.go"));
  document.title = t("p.join"); shown = "join";
  put(main, h("p", { class: "about" }, ROOM.organisation || ""), h("h1", {}, t("p.join")), told,
    h("form", { onsubmit: enter }, h("label", { class: "f", for: "lang" }, "Language · Langue · Idioma · 语言"), pick,
      h("label", { class: "f", for: "code" }, t("p.code")), code, h("p", { id: "help", class: "small" }, t("p.code.help")), h("div", { class: "col" }, go)),
    h("p", { class: "small" }, t("p.sealed"), " ", t("p.private")));
  put(foot); foot.hidden = true;
  if (filled.replace(/\W/g, "").length === 8 && !words) enter();
}

function draw() {
  if (!S) return;
  if (S.state === "draft" || !S.block) return waitPage();
  if (S.state === "closed") return closedPage();
  const questions = list.questions, isHere = at !== null && questions[at];
  if (at === null) { const n = questions.findIndex(q => !valueOf(q).is); if (n >= 0) at = n; else return donePage(); }
  else if (!isHere) { at = null; return draw(); }
  const name = ["q", list.key, S.round, questions[at].id, S.state === "closed"].join("|");
  if (name === shown) { head(); note(); return; }
  questionPage(questions[at], name);
}
function waitPage() {
  page("wait", t("p.wait", { who }), [h("h1", {}, t("p.wait", { who })), h("p", {}, t("p.wait.help")), h("p", { class: "small" }, t("p.sealed"), " ", t("p.private"))], [btn(t("p.leave"), leave)]);
}
function goto(n) { at = n; shown = ""; draw(); }
function onward() {
  const open = list.questions.map((q, n) => n).filter(n => !valueOf(list.questions[n]).is), later = open.find(n => n > at);
  at = later ?? open[0] ?? null;
  shown = ""; draw();
}
function give(q, value, reason) {
  const key = list.key, place = `${key.split(".")[0]}|${S.round}|${q.id}`;
  S.answers = { ...S.answers, [q.id]: { value, by: "phone" } };
  send("/api/answer", { key, question: q.id, round: S.round, value, ...(reason ? { reason } : {}) }, place, value);
  onward();
}
function questionPage(q, name) {
  const now = valueOf(q), was = S.round === 2 ? S.was?.[q.id] : undefined, spread = S.round === 2 ? S.room?.[q.id] : null;
  const [title, about] = titleOf(q), told = h("p", { class: "said", role: "alert" });
  live = form(q, now.is ? now.value : null, { was: was || null, onchange: () => { told.textContent = ""; } });
  const why = h("textarea", { id: "why", maxLength: 600, "aria-describedby": "whyhelp" });
  const save = btn(t(q.kind === "order" ? "on" : "next"), () => {
    if (live.step()) { save.textContent = t("next"); scrollTo(0, 0); return; }
    const value = live.value();
    if (value === undefined) { told.textContent = live.missing; return; }
    give(q, value, why.value.trim());
  }, "btn main");
  const before = was === undefined ? null : h("div", { class: "card" }, h("p", { class: "small" }, spread?.values ? t("p.room1", { a: num(spread.lowest), b: num(spread.highest), m: num(spread.middle), mine: inWords(q, was) }) : `${t("round", { n: 1 })}: ${inWords(q, was)}`),
    h("div", { class: "col" }, btn(was && q.kind === "scale" ? t("p.keep", { n: inWords(q, was) }) : t("p.keep.same"), () => give(q, was))));
  const reason = q.table === "readiness" ? null : h("details", {}, h("summary", {}, t("why")), h("label", { class: "vh", for: "why" }, t("why")), why, h("p", { id: "whyhelp", class: "small" }, t("why.help")));
  const more = [at > 0 && btn(t("back"), () => { if (live.back?.()) { save.textContent = t("on"); return; } goto(at - 1); }, "btn link"),
    now.is && btn(t("p.mine"), () => { at = null; shown = ""; donePage(); }, "btn link"),
    now.is && btn(t("p.takeback"), () => {
      const place = `${list.key.split(".")[0]}|${S.round}|${q.id}`;
      delete S.answers[q.id]; shown = "";
      send("/api/withdraw", { key: list.key, question: q.id, round: S.round }, place, undefined); draw();
    }, "btn link")];
  page(name, title, [about && h("p", { class: "about" }, about), h("h1", {}, title), q.scenario && q.story ? h("p", { class: "small" }, q.story) : null, before, live.node, told, reason, h("div", { class: "hrow" }, more)],
    [btn(t("cannot"), () => give(q, null, why.value.trim())), save]);
}
function donePage() {
  const questions = list.questions, left = questions.filter(q => !valueOf(q).is).length;
  const open = h("p", {}, t("p.open", { n: S.finished, m: S.people }));
  if (shown === "done|" + list.key + S.round && !left) { $("open").replaceWith(open); open.id = "open"; head(); note(); return; }
  open.id = "open";
  page("done|" + list.key + S.round, t("p.look"), [left ? h("h1", {}, t("p.mine")) : [h("p", { class: "about" }, t("p.done", { m: questions.length })), h("h1", {}, t("p.look"))], open, h("h2", {}, t("p.mine")), answersList(true)], left ? [btn(t("on"), () => { at = null; shown = ""; draw(); }, "btn main")] : []);
}
function answersList(mayChange) {
  return h("ul", { class: "mine" }, list.questions.map((q, n) => {
    const v = valueOf(q), name = q.kind === "order" ? t("ask.swing_weights") : [q.about, q.short || q.scenario || (q.stage && t("stage." + q.stage))].filter(Boolean).join(" · ");
    return h("li", {}, h("span", {}, name, ": ", h("b", {}, v.is ? inWords(q, v.value) : t("p.none"))), mayChange && h("button", { type: "button", class: "btn link", "aria-label": `${t("p.change")}: ${name}`, onclick: () => goto(n) }, t("p.change")));
  }));
}
const nameOf = id => { const q = list.questions.find(x => x.id === id); return q ? [q.about, q.short].filter(Boolean).join(" · ") || titleOf(q)[0] : id; };

/* ---- after the round ---- */
function receiptOf(c) {
  const rows = c.rows.map(r => JSON.stringify(r)).sort();
  return short(sha256(`["room-receipt-1",${JSON.stringify(ROOM.cycle)},${JSON.stringify(c.block)},${JSON.stringify([...c.rounds].sort())},[${rows.join(",")}],${JSON.stringify(nonce)}]`));
}
/* Answers that this phone gave and that do not stand in the rows that count as they were given. */
function dropped(c) {
  const bad = [];
  for (const [place, value] of Object.entries(given)) {
    const [block, round, id] = place.split("|");
    if (block !== c.block || +round !== c.round || value === undefined || value === null) continue;
    const [table, ...keys] = id.split("/"), same = (r, k, values) => r[0] === table && k.every((x, n) => String(r[n + 1]) === x) && values.every((v, n) => r[r.length - values.length + n] === v);
    const there = (k, values) => c.rows.some(r => same(r, k, values));
    let ok = true;
    if (table === "swing_weights") ok = Object.entries(value.points).every(([k, v]) => there([k], [v]));
    else if (value.cells) ok = Object.entries(value.cells).every(([k, v]) => there(k.split(">"), [v]));
    else if (value.best !== undefined) ok = there(keys, [value.low, value.best, value.high]);
    else if (value.any === undefined) ok = there(keys, Object.values(value));
    if (!ok) bad.push(id);
  }
  return bad;
}
function closedPage() {
  const c = S.closed, asks = (S.invited || []).filter(x => !x.choice);
  const name = "closed|" + JSON.stringify([c, S.invited, S.late, lang]);
  if (name === shown) { head(); note(); return; }
  const parts = [];
  if (asks.length) parts.push(invitation(asks[0]));
  else {
    const mine = c?.receipt ? receiptOf(c) : null, bad = c?.receipt ? dropped(c) : [];
    const isBad = mine && (mine !== c.receipt || bad.length);
    parts.push(h("p", { class: "about" }, c ? t("p.closed", { n: c.round, at: c.at }) : ""), h("h1", {}, mine ? t("p.receipt") : t("p.look")));
    for (const i of S.invited || []) if (i.choice === "aloud") parts.push(h("p", { class: "card" }, t("p.thanks.aloud")));
    for (const l of S.late || []) parts.push(h("p", { class: "note" }, t("p.late", { name: nameOf(l.question) })));
    if (isBad) parts.push(h("p", { class: "note", role: "alert" }, t("p.receipt.bad"), " ", bad.map(id => t("p.receipt.dropped", { name: nameOf(id) })).join(" ")));
    if (mine) parts.push(h("div", { class: "card" }, h("p", { class: "code" }, mine), h("p", { class: "small" }, t("p.receipt.from", { n: c.rows.length }), c.list ? ". " + t("p.receipt.list", { n: c.list.count, hash: c.list.hash }) : "")), h("p", {}, t("p.receipt.how")), h("p", { class: "small" }, t("p.receipt.keep")));
    else parts.push(h("p", {}, c ? t("p.none.given") : ""));
    if (list.questions.length) parts.push(h("h2", {}, t("p.mine")), answersList(false));
  }
  page(name, main.querySelector("h1")?.textContent || "", parts, asks.length ? [] : [btn(t("p.leave"), leave)]);
  document.title = main.querySelector("h1").textContent;
}
function invitation(i) {
  const end = (choice, more = {}) => { i.choice = choice; send("/api/end", { question: i.question, part: i.part ?? null, choice, ...more }); closedPage(); };
  const box = h("div", { class: "col" }), text = h("textarea", { id: "words1", maxLength: 600 }), may = h("input", { type: "checkbox", id: "may" });
  put(box, btn(t("p.aloud"), () => end("aloud")), i.question.startsWith("readiness/") ? null : btn(t("p.write"), () => {
    put(box, h("label", { class: "f", for: "words1" }, t("p.words")), text, h("label", {}, may, " ", t("p.release")), btn(t("p.send"), () => { if (text.value.trim()) end("write", { text: text.value.trim(), release: may.checked }); else text.focus(); }, "btn main"));
    text.focus();
  }), btn(t("p.no"), () => end("no")));
  return [h("p", { class: "about" }, nameOf(i.question)), h("h1", {}, t("p.invited")), h("p", {}, t("p.invited.say", { mine: num(i.mine), other: num(i.other) })), h("p", {}, h("b", {}, t("p.invited.ask"))), box, h("p", { class: "small" }, t("p.no.help"))];
}
async function leave() {
  if (waiting()) { await flush(); if (waiting()) return; }
  try { await ask("/api/leave", { token, body: {}, wait: 8000 }); } catch (e) { if (e.status === 0) { problem = e.words; note(); return; } }
  unfollow?.(); token = null; S = null;
  for (const k of ["token", "who", "nonce", "outbox", "given"]) store.set(k, null);
  $("head").hidden = true; put(foot); foot.hidden = true;
  put(main, h("h1", {}, t("p.thanks")), h("p", {}, t("p.left"))); heading();
}
setInterval(() => { if (S?.state === "closing" && S.closes_in > 0) { S.closes_in = Math.max(0, S.closes_in - 1); note(); } }, 1000);

const card = /^#code=(.*)$/.exec(location.hash);
if (location.hash) history.replaceState(null, "", location.pathname);
if (card) { token = null; store.set("token", null); }
if (token) { start(); flush(); } else join("", card ? decodeURIComponent(card[1]) : "");
