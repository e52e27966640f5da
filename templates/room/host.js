"use strict";
/* The facilitator: agenda, who is silent (by code), open and close, walk-ins, paper, the wall, minutes.
   No answer reaches this page before its round is closed. */
const main = $("main"), dialog = $("dialog");
let token = null, S = null, tick = -1, questions = { key: "", list: [] }, items = [], asked0 = "";
let trouble = "", missing = null, ticked = null, end = null, chosen = null;
try { token = sessionStorage.getItem("room.host"); } catch { /* stays in memory */ }
speak(ROOM.language);

/* ---- commands: those that change the room carry its version ---- */
let line = Promise.resolve();
function command(name, more = {}, isVersioned = false) {
  // One after the other: a second press waits for what the first one did.
  const done = line.then(async () => {
    trouble = ""; missing = null;
    try {
      const told = await ask("/api/host/do", { token, body: { command: name, ...(isVersioned ? { version: S.version } : {}), ...more }, wait: 15000 });
      if (told.version !== undefined) S.version = told.version;
      return told;
    } catch (e) {
      if (!(e instanceof Refusal)) throw e;
      if (e.code === "missing") missing = e.args; else trouble = e.words;
      return null;
    } finally { draw(); }
  });
  line = done.catch(() => {});
  return done;
}
const step = (name, more) => command(name, more, true);

/* ---- agenda and clock: this page's own ---- */
const agendaKey = () => "agenda." + (S?.block?.chapter || S?.blocks?.[0]?.chapter || "02");
async function readAgenda() {
  const key = agendaKey();
  if (asked0 === key) return;
  asked0 = key;
  const kept = JSON.parse(store.get(key) || "null");
  try { items = kept || (await ask("/api/host/agenda?chapter=" + key.split(".")[1], { token })).items; } catch { items = kept || []; }
  drawAgenda(); drawHead();
}
const stepTitle = x => x.titles[lang] || x.titles.en;
function begin(n) { items = items.map((x, i) => ({ ...x, begun: i < n ? x.begun || Date.now() : i === n ? Date.now() : null })); saveAgenda(); }
function saveAgenda() { store.set(agendaKey(), JSON.stringify(items)); drawAgenda(); drawHead(); }
const nowItem = () => items.reduce((at, x, n) => x.begun ? n : at, -1);
function drawAgenda() {
  const at = nowItem();
  let time = at >= 0 ? items[at].begun - items.slice(0, at).reduce((a, x) => a + x.minutes * 6e4, 0) : Date.now();
  const listed = items.map((x, n) => {
    const w = x.begun && n <= at ? new Date(x.begun) : new Date(time), label = w.toTimeString().slice(0, 5);
    time = (n === at ? x.begun : time) + x.minutes * 6e4;
    return h("li", {}, h("button", { type: "button", class: n < at ? "done" : "", "aria-current": n === at ? "step" : null, onclick: () => begin(n) }, h("time", {}, label), h("span", {}, `${stepTitle(x)} (${x.minutes})`)));
  });
  const had = $("left").contains(document.activeElement) ? [...$("left").querySelectorAll("button")].indexOf(document.activeElement) : -1;
  put($("left"), h("h2", { id: "agenda" }, t("h.agenda")), h("ol", { class: "ag" }, listed),
    h("div", { class: "row" }, at >= 0 ? btn(t("h.more5"), () => { items[at].minutes += 5; saveAgenda(); }, "btn s") : null, at < items.length - 1 ? btn(t(at < 0 ? "h.begin" : "on"), () => begin(at + 1), "btn s") : null),
    h("label", { class: "tick" }, h("input", { type: "checkbox", id: "keys", checked: hasKeys, onchange: e => { hasKeys = e.target.checked; store.set("keys", hasKeys ? null : "off"); draw(); } }), h("span", { class: "small" }, t("h.keys"))),
    h("p", { class: "small" }, t("h.mirror")));
  if (had >= 0) $("left").querySelectorAll("button")[had]?.focus();
}
function drawHead() {
  const at = nowItem(), x = items[at], left = x ? x.minutes * 60 - (Date.now() - x.begun) / 1000 : 0;
  const parts = [h("b", { class: "big" }, new Date().toTimeString().slice(0, 5)), x ? h("span", {}, stepTitle(x), " · ", left >= 0 ? t("h.left", { n: clock(left), m: x.minutes }) : t("h.over", { n: clock(-left) })) : null, h("span", { class: "sp" })];
  if (S) parts.push(h("span", {}, t("h.phones", { n: S.people.filter(p => p.paired).length, m: S.people.length })), h("span", {}, t("h.savedin", { n: Math.round(S.saved_ms) })), h("span", {}, S.network));
  put($("head"), parts);
}

/* ---- the middle ---- */
const pill = () => h("span", { class: "pill " + S.state }, { draft: t("h.isdraft"), open: t("h.isopen", { n: roundNo() }), closing: t("h.isclosing", { n: Math.ceil(S.closes_in ?? 0) }), closed: t("h.isclosed", { n: roundNo() }) }[S.state]);
const roundNo = () => S.block?.round || 1;
// Whoever speaks to the computer turns single keys off.
let hasKeys = store.get("keys") !== "off";
const big = (text, run, cls = "", key = "") => { const b = btn(text, run, "btn big " + cls); if (key) { b.append(h("kbd", { "aria-hidden": "true", hidden: !hasKeys }, key)); b.setAttribute("aria-keyshortcuts", key); } return b; };
const inList = () => S.questions.filter(q => q.in);
const label = q => q.label || q.short || q.id;
function alerts() {
  const out = [];
  if (trouble) out.push(h("p", { class: "note", role: "alert" }, trouble));
  if (S.unsaved) out.push(h("p", { class: "note", role: "alert" }, t("h.unsaved", { why: S.unsaved })));
  if (S.on_battery) out.push(h("p", { class: "note" }, t("h.battery")));
  if (S.pairing === "stopped") out.push(h("div", { class: "note", role: "alert" }, h("p", {}, t("h.stopped")), btn(t("h.allow"), () => command("allow_pairing"))));
  if (S.is_loopback) out.push(h("p", { class: "small" }, t("h.loopback"))); else if (S.private?.open_wifi) out.push(h("p", { class: "small" }, t("h.open.wifi")));
  return out;
}
function draftPage() {
  const blocks = S.blocks, now = chosen || S.block?.id || blocks[0]?.id, minutes = h("input", { id: "minutes", class: "t narrow", type: "number", min: 1, max: 240, inputMode: "numeric" });
  const one = blocks.find(b => b.id === now);
  const pick = h("fieldset", {}, h("legend", {}, t("h.which")), blocks.map(b => h("label", { class: "tick" }, h("input", { type: "radio", name: "block", value: b.id, checked: b.id === now, onchange: () => { chosen = b.id; draw(); } }), h("span", {}, t("h.block", { title: b.title, n: b.questions, m: Math.ceil(b.seconds / 60) }), b.state === "closed" ? " · " + t("h.isclosed", { n: Math.max(...Object.values(b.rounds), 1) }) : ""))));
  const isChosen = S.block && S.block.id === now;
  const ask15 = h("input", { id: "most", class: "t narrow", type: "number", min: 1, max: one?.questions || 1, value: String(Math.min(15, one?.questions || 1)), inputMode: "numeric" });
  const parts = [h("h1", {}, t("h.which")), pill(), ...alerts(), pick, h("div", { class: "acts" }, h("span", {}, h("label", { class: "f", for: "most" }, t("h.questions")), ask15), h("span", {}, h("label", { class: "f", for: "minutes" }, t("h.minutes")), minutes)),
    h("div", { class: "acts" }, big(t("h.choose"), () => { const ids = one.ids?.slice(0, +ask15.value || one.questions); const more = { block: now }; if (ids && ids.length < one.questions) more.questions = ids; if (+minutes.value) more.minutes = +minutes.value; chosen = null; step("choose", more); }, isChosen ? "" : "main"), isChosen ? big(t("h.open", { n: roundNo() }), () => step("open"), "main") : null)];
  if (isChosen) parts.push(h("h2", {}, S.block.title), questionTicks());
  parts.push(awake());
  return parts;
}
let isUnfolded = false;
function awake() {
  return h("details", { open: isUnfolded, ontoggle: e => { isUnfolded = e.target.open; } }, h("summary", {}, t("h.awake")), ["win", "mac", "linux", "lid"].map(k => h("p", {}, t("h.awake." + k))));
}
function questionTicks() {
  return h("div", { class: "more", tabIndex: 0, role: "group", "aria-label": t("h.questions") }, S.questions.filter(q => q.in).map((q, n) => h("div", {}, `${n + 1}. ${label(q)}`)));
}
function openPage() {
  const list = inList(), at = Math.min(S.pointer, list.length - 1), q = list[at];
  const parts = [h("p", { class: "small" }, t("q", { n: at + 1, m: list.length })), h("h1", {}, q ? label(q) : S.block.title), pill(), ...alerts(),
    h("ol", { class: "qs", "aria-label": t("h.questions") }, list.map((x, n) => h("li", {}, h("button", { type: "button", class: x.answered >= presentPeople() && presentPeople() ? "full" : "", "aria-current": n === at ? "true" : null, "aria-label": `${t("q", { n: n + 1, m: list.length })}: ${label(x)}. ${x.answered}/${presentPeople()}`, onclick: () => command("point", { pointer: n }) }, h("b", {}, String(n + 1)), `${x.answered}/${presentPeople()}`))))];
  if (S.state === "closing") parts.push(h("div", { class: "card", role: "alert" }, h("span", { class: "cd" }, String(Math.ceil(S.closes_in ?? 0))), h("p", {}, t("h.flush"))), h("div", { class: "acts" }, big(t("h.keep"), () => step("keep_open"), "main", "U")));
  else if (missing) parts.push(h("div", { class: "note", role: "alert" }, t("h.missing", { n: missing.questions, people: missing.people.join(", "), tables: missing.tables.join(", ") })), h("div", { class: "acts" }, big(t("h.stayopen"), () => { missing = null; draw(); }, "main"), big(t("h.anyway"), () => step("close", { sure: true }), "warn")));
  else parts.push(h("div", { class: "acts" }, big(t("h.nextq"), () => command("point", { pointer: Math.min(at + 1, list.length - 1) }), "main", "N"), big(t("h.close", { n: roundNo() }), () => step("close"), "", "C"), big(t("h.backq"), () => command("point", { pointer: Math.max(at - 1, 0) }), "", "B")));
  parts.push(...people(true));
  return parts;
}
const presentPeople = () => S.people.filter(p => p.paired || p.answered).length;
function people(isAsked) {
  const here = S.people.filter(p => p.paired || p.answered || p.card || !isAsked), n = here.filter(p => p.now).length;
  return [h("h2", {}, isAsked ? t("h.who", { n, m: here.length }) : t("h.phones", { n: here.filter(p => p.paired).length, m: here.length })),
    h("ul", { class: "people" }, here.map(p => {
      const silent = p.paired && p.seen !== null && p.seen > 40, [cls, word] = p.locked ? ["off", t("h.p.locked")] : isAsked && p.now ? ["ok", p.paper ? t("h.p.paper") : t("h.p.now")] : silent ? ["off", t("h.p.silent", { n: clock(p.seen) })] : !p.paired ? ["no", p.paper ? t("h.p.paper") : t("h.p.nophone")] : isAsked ? ["no", t("h.p.not")] : ["ok", "✓"];
      return h("li", {}, h("button", { type: "button", class: cls, onclick: () => person(p.code) }, p.code, h("small", {}, word)));
    })), isAsked ? h("p", { class: "small" }, t("h.bycode")) : null];
}
function closedPage() {
  const list = inList(), at = Math.min(S.pointer, list.length - 1), q = list[at], full = questions.list.find(x => x.id === q?.id), spread = q && S.spread[q.id];
  if (!ticked || ticked.key !== S.block.key + roundNo()) ticked = { key: S.block.key + roundNo(), ids: new Set(), seen: new Set() };
  // What is contested is computed after the closing; what the facilitator took out stays out.
  for (const c of S.contested) if (c.in && !ticked.seen.has(c.question)) { ticked.seen.add(c.question); ticked.ids.add(c.question); }
  const labels = Object.fromEntries(S.questions.map(x => [x.id, label(x)]));
  const parts = [h("p", { class: "small" }, t("q", { n: at + 1, m: list.length })), h("h1", {}, q ? label(q) : S.block.title), pill(), ...alerts()];
  if (S.late) parts.push(h("p", { class: "small" }, t("h.late", { n: S.late })));
  if (S.receipts) parts.push(h("p", { class: "small" }, t("h.receipts", { n: S.receipts.count, hash: S.receipts.hash })));
  if (full && spread) parts.push(h("div", { class: "pic" }, picture(full, spread, { moves: roundNo() === 2 && Boolean(spread.before), size: 46 })));
  const to = d => command("point", { pointer: Math.max(0, Math.min(list.length - 1, at + d)) });
  parts.push(h("div", { class: "acts" }, big(t("h.nextq"), () => to(1), "main", "N"), big(t("h.backq"), () => to(-1), "", "B"), roundNo() === 1 ? big(t("h.second", { n: ticked.ids.size }), () => step("second", { questions: [...ticked.ids] }), "", "2") : null, big(t("h.another"), () => step("next_block")), btn(t("h.reopen", { n: roundNo() }), () => step("reopen"))));
  if (S.apart.length) parts.push(h("h2", {}, t("h.apart")), ends());
  if (roundNo() === 1) parts.push(h("h2", {}, t("h.contested")), h("div", { class: "more", tabIndex: 0, role: "group", "aria-label": t("h.contested") }, [...S.contested].sort((a, b) => b.why.length - a.why.length).map(c => h("label", { class: "tick" }, h("input", { type: "checkbox", checked: ticked.ids.has(c.question), onchange: e => { e.target.checked ? ticked.ids.add(c.question) : ticked.ids.delete(c.question); draw(); } }), h("span", {}, labels[c.question] || c.question, c.why.length ? h("small", { class: "small" }, " · " + c.why.map(w => t("h.why." + w)).join(", ")) : "")))));
  parts.push(...people(false));
  return parts;
}
function ends() {
  const about = S.apart[Math.min(end?.n ?? 0, S.apart.length - 1)];
  end = { n: S.apart.indexOf(about), side: end?.side || "low" };
  const word = (side, value) => { const e = about[side]; return `${t(side === "low" ? "h.lowend" : "h.highend", { n: num(value) })}: ${e.choice === "aloud" ? t("h.end.aloud", { code: e.code }) : e.choice === "write" ? t("h.end.write") : t("h.end.none")}`; };
  const text = h("textarea", { id: "reason", maxLength: 600 });
  return h("div", { class: "card" }, h("label", { class: "f", for: "about" }, t("h.about")), h("select", { id: "about", onchange: e => { end.n = e.target.selectedIndex; draw(); } }, S.apart.map((a, n) => h("option", { selected: n === end.n }, `${a.label}: ${num(a.lowest)}–${num(a.highest)}`))),
    h("div", { class: "row" }, ["low", "high"].map(side => h("button", { type: "button", class: "btn s", "aria-pressed": String(end.side === side), onclick: () => { end.side = side; draw(); } }, "◆ " + word(side, side === "low" ? about.lowest : about.highest)))),
    h("label", { class: "f", for: "reason" }, t("h.reason")), text, h("div", { class: "row" }, btn(t("h.record"), () => { if (text.value.trim()) command("reason", { question: about.question, part: about.part, end: end.side, text: text.value.trim() }).then(x => { if (x) $("reason").value = ""; }); else text.focus(); }, "btn main")));
}

/* ---- the right side ---- */
function drawRight() {
  const views = ["join", "question", "spread", "movement", "futures", "receipts", "blank"], parts = [h("h2", { id: "wall" }, t("h.wall")),
    h("div", { class: "row", role: "group", "aria-labelledby": "wall" }, views.map(v => h("button", { type: "button", class: "btn s", "aria-pressed": String(S.screen.view === v), onclick: () => command("wall", { view: v }) }, t("h.v." + v)))),
    h("div", { class: "row" }, btn(t("h.walkin"), walkIn, "btn s"), btn(t("h.paper"), () => paper(), "btn s"), btn(t("h.link"), async () => { const x = await command("link", { page: "screen" }); if (x) show(t("h.link"), [h("p", { class: "code" }, x.url)]); }, "btn s"))];
  if (S.pace && S.state === "open") parts.push(h("h2", {}, t("h.pace")), h("div", { class: "card" }, h("p", {}, t("h.pace.say", { s: S.pace.seconds, n: S.pace.left, a: clock(S.pace.needs) }), " ", S.pace.has !== null ? t("h.pace.has", { a: clock(S.pace.has) }) : ""),
    S.pace.leave_out.length ? [h("p", {}, t("h.pace.out", { n: S.pace.leave_out.length })), btn(t("h.leave"), () => step("leave_out", { questions: S.pace.leave_out }), "btn s")] : null));
  if (S.reasons.length) parts.push(h("h2", {}, t("h.reasons")), S.reasons.map(r => h("div", { class: "card" }, h("p", {}, `“${r.text}”`), btn(t(r.on_wall ? "h.offwall" : "h.onwall"), () => command("on_wall", { id: r.id, on: !r.on_wall }), "btn s"))));
  parts.push(h("h2", {}, t("h.log")), h("table", { class: "log" }, h("tbody", {}, S.minutes.slice(0, 12).map(m => h("tr", {}, h("th", { scope: "row" }, m.time), h("td", {}, t(m.word, m.args)))))),
    h("div", { class: "row" }, S.undo ? btn(t("h.undo", { what: S.undo }), () => step("undo"), "btn s") : null, btn(t("h.end"), () => show(t("h.end"), [h("p", {}, t("h.end.sure")), h("div", { class: "row" }, btn(t("h.end"), async () => { const x = await command("end"); if (x) { token = null; try { sessionStorage.removeItem("room.host"); } catch { /* */ } dialog.close(); put(main, h("h1", {}, t("h.ended"))); put($("right")); } }, "btn warn"), btn(t("h.cancel"), () => dialog.close()))]), "btn s")));
  put($("right"), parts);
}

/* ---- dialogs ---- */
let opener = "";
const nameOfButton = b => (b?.firstChild || b)?.textContent;
// What opened it may have been drawn anew meanwhile: the focus goes back to whatever has its name.
dialog.addEventListener("close", () => [...document.querySelectorAll("main button, aside button")].find(b => nameOfButton(b) === opener)?.focus({ preventScroll: true }));
function show(title, parts, close = t("h.done")) {
  if (!dialog.open) opener = nameOfButton(document.activeElement);
  put(dialog, h("h2", { id: "dtitle" }, title), parts, h("div", { class: "row" }, btn(close, () => dialog.close())));
  if (!dialog.open) dialog.showModal();
}
const showCard = c => show(t("h.card", { code: c.code }), [h("img", { src: c.qr, alt: "QR" }), h("p", { class: "code" }, c.signs), h("p", {}, t("h.card.help"))]);
function person(code) {
  show(code, [h("div", { class: "acts" }, btn(t("h.pair"), async () => { const x = await command("pair_again", { code }); if (x?.card) showCard(x.card); else wrong(); }), btn(t("h.lock"), async () => { if (await command("lock", { code })) dialog.close(); else wrong(); }), btn(t("h.paper"), () => paper(code)))], t("h.cancel"));
}
const wrong = () => { if (dialog.open && trouble) dialog.append(h("p", { class: "note", role: "alert" }, trouble)); };
async function walkIn() {
  const x = await command("units"), pick = h("select", { id: "unit" }, h("option", { value: "" }, t("h.nooffice")), (x?.units || []).map(u => h("option", { value: u.id }, u.name)));
  show(t("h.walkin"), [h("label", { class: "f", for: "unit" }, t("h.office")), pick, h("div", { class: "row" }, btn(t("h.walkin"), async () => { const y = await command("walk_in", pick.value ? { unit: pick.value } : {}); if (y?.card) showCard(y.card); else wrong(); }, "btn main"))], t("h.cancel"));
}
function paper(code = "") {
  const list = questions.list.filter(q => S.questions.some(x => x.id === q.id && x.in));
  if (!list.length || !(S.state === "open")) { show(t("h.paper"), [h("p", {}, t("error.not_open"))]); return; }
  let live = null, at = Math.min(S.pointer, list.length - 1);
  const who = h("select", { id: "pwho" }, S.people.map(p => h("option", { selected: p.code === code }, p.code))), place = h("div", {}), told = h("p", { class: "said", role: "alert" });
  const pick = h("select", { id: "pq", onchange: () => { at = pick.selectedIndex; fresh(); } }, list.map((q, n) => h("option", { selected: n === at }, `${n + 1}. ${S.questions.find(x => x.id === q.id)?.label || q.about}`)));
  const fresh = () => { live = form(list[at], null, { onchange: () => { told.textContent = ""; } }); put(place, h("p", {}, h("b", {}, titleOf(list[at]).filter(Boolean).join(" · "))), live.node); };
  const save = async value => {
    if (value === undefined) { if (!live.step()) told.textContent = live.missing; return; }
    const x = await command("paper", { code: who.value, question: list[at].id, value });
    if (!x) { told.textContent = trouble; return; }
    if (at < list.length - 1) { at += 1; pick.selectedIndex = at; fresh(); told.textContent = "✓"; } else dialog.close();
  };
  fresh();
  show(t("h.paper"), [h("label", { class: "f", for: "pwho" }, t("h.for")), who, h("label", { class: "f", for: "pq" }, t("h.questions")), pick, place, told, h("div", { class: "row" }, btn(t("cannot"), () => save(null)), btn(t("h.save"), () => save(live.value()), "btn main"))], t("h.done"));
}

/* ---- drawing: what is typed, focused or unfolded stays ---- */
function draw() {
  if (!S) return;
  const focus = document.activeElement, typed = Object.fromEntries(["reason", "minutes", "most"].map(id => [id, $(id)?.value]));
  const where = [main, $("right")].find(x => x.contains(focus)), n = where ? [...where.querySelectorAll("button,input,select,textarea")].indexOf(focus) : -1, words = focus?.textContent, scroll = [...document.querySelectorAll(".more")].map(x => x.scrollTop);
  put(main, S.state === "draft" || !S.block ? draftPage() : S.state === "closed" ? closedPage() : openPage());
  drawRight(); drawHead();
  for (const [id, v] of Object.entries(typed)) if (v !== undefined && $(id)) $(id).value = v;
  document.querySelectorAll(".more").forEach((x, i) => { x.scrollTop = scroll[i] || 0; });
  if (n >= 0 && !dialog.open) { const all = [...where.querySelectorAll("button,input,select,textarea")]; (focus.id ? $(focus.id) : all[n]?.textContent === words ? all[n] : all.find(x => x.textContent === words && words) || all[n])?.focus({ preventScroll: true }); }
  document.title = `${t("h.title")}: ${main.querySelector("h1")?.textContent || ""}`;
  readAgenda();
}
async function readQuestions() {
  const key = S.block?.key;
  if (!key || key === questions.key || S.state === "draft") return;
  try { questions = { key, list: (await ask("/api/host/questions?key=" + encodeURIComponent(key), { token })).questions }; draw(); } catch { /* told by the next reply */ }
}
function start() {
  follow(() => "/api/host/state?tick=" + tick, () => token, told => { tick = told.tick; if (told.state !== "open") missing = null; S = told; draw(); readQuestions(); }, e => {
    if (e.status === 401) { token = null; alone(t("gone.key")); return false; }
    trouble = t("h.lost"); draw(); return true;
  });
}
const alone = words => { put(main, h("h1", {}, words)); };
addEventListener("keydown", e => {
  if (!hasKeys || !S || dialog.open || /TEXTAREA|INPUT|SELECT/.test(e.target.tagName) || e.ctrlKey || e.metaKey || e.altKey) return;
  const b = [...main.querySelectorAll("kbd")].find(k => k.textContent === e.key.toUpperCase());
  if (b) { e.preventDefault(); b.closest("button").click(); }
});
setInterval(() => {
  if (!S) return;
  drawHead();
  if (S.state === "closing" && S.closes_in > 0) { S.closes_in = Math.max(0, S.closes_in - 1); draw(); }
}, 1000);
(async () => {
  const key = /^#key=(.*)$/.exec(location.hash);
  if (location.hash) history.replaceState(null, "", location.pathname);
  if (key) {
    try { token = (await ask("/api/enter", { body: { key: key[1] } })).token; sessionStorage.setItem("room.host", token); }
    catch (e) { if (!token) { alone(e.status === 0 ? e.words : t("gone.key")); return; } }
  }
  if (token) start(); else alone(t("gone.key"));
})();
