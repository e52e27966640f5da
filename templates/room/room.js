"use strict";
/* What the three pages share: words, elements, requests, receipts. Text is set as text, never as HTML. */
const data = id => { try { return JSON.parse(document.getElementById(id).textContent || "{}"); } catch { return {}; } };
const ROOM = data("room"), WORDS = Object.fromEntries(Object.entries(data("words")).filter(([c]) => c !== "keys").map(([c, said]) => [c, Object.fromEntries(data("words").keys.map((k, n) => [k, said[n]]))]));
const store = {
  get(k) { try { return localStorage.getItem("room." + k); } catch { return null; } },
  set(k, v) { try { v === null ? localStorage.removeItem("room." + k) : localStorage.setItem("room." + k, v); } catch { /* full or forbidden: it stays in memory */ } },
};
let lang = "en";
function speak(code) { lang = WORDS[code] ? code : "en"; document.documentElement.lang = lang; }
const has = key => key in (WORDS[lang] || {}) || key in (WORDS.en || {});
/* What is filled in may be a sentence of its own: { word, args }. */
const t = (key, args = {}) => String(WORDS[lang]?.[key] ?? WORDS.en?.[key] ?? key).replace(/\{(\w+)\}/g, (_, n) => args[n]?.word ? t(args[n].word, args[n].args) : args[n] ?? "");
const num = v => v === null || v === undefined ? "–" : String(Math.round(v * 100) / 100).replace("-", "−");
const clock = s => { s = Math.max(0, Math.round(s)); return Math.floor(s / 60) + ":" + String(s % 60).padStart(2, "0"); };

const NS = "http://www.w3.org/2000/svg";
function fill(e, props, kids) {
  for (const [k, v] of Object.entries(props || {})) {
    if (v === null || v === undefined || v === false) continue;
    if (k.startsWith("on")) e.addEventListener(k.slice(2), v);
    else if (k in e && !["class", "list", "for"].includes(k) && !(e instanceof SVGElement)) e[k] = v;
    else e.setAttribute(k, v === true ? "" : v);
  }
  e.append(...kids.flat(9).filter(x => x !== null && x !== undefined && x !== false));
  return e;
}
const h = (tag, props, ...kids) => fill(document.createElement(tag), props, kids);
const s = (tag, props, ...kids) => fill(document.createElementNS(NS, tag), props, kids);
const $ = id => document.getElementById(id);
const btn = (text, onclick, cls = "btn") => h("button", { type: "button", class: cls, onclick }, text);
function put(place, ...kids) { place.replaceChildren(...kids.flat(9).filter(Boolean)); }
function heading() { const one = document.querySelector("main h1"); if (one) { one.tabIndex = -1; one.focus({ preventScroll: true }); } }

class Refusal extends Error {
  constructor(status, code, args) { super(code); Object.assign(this, { status, code, args: args || {} }); }
  get words() { return t("error." + this.code, this.args); }
}
/* A refusal has a status; where nobody answers the status is 0. What came too soon is asked again by
   itself: the server has done nothing with it. */
async function ask(path, given = {}) {
  for (let left = 10; ; left--) {
    try { return await askOnce(path, given); }
    catch (e) { if (e.code !== "too_fast" || !left || given.stop?.aborted) throw e; await rest(e.args.wait * 1000); }
  }
}
async function askOnce(path, { token, body, wait = 35000, stop } = {}) {
  const end = new AbortController(), timer = setTimeout(() => end.abort(), wait);
  stop?.addEventListener("abort", () => end.abort());
  const headers = {};
  if (token) headers.Authorization = "Bearer " + token;
  if (body) headers["Content-Type"] = "application/json";
  let reply;
  try {
    reply = await fetch(path, { method: body ? "POST" : "GET", headers, body: body && JSON.stringify(body), signal: end.signal, cache: "no-store", credentials: "omit" });
    const told = await reply.json();
    if (!reply.ok) throw new Refusal(reply.status, told.error, told.args);
    return told;
  } catch (e) {
    if (e instanceof Refusal) throw e;
    throw new Refusal(reply && !reply.ok ? reply.status : 0, "offline");
  } finally { clearTimeout(timer); }
}
const rest = ms => new Promise(done => setTimeout(done, ms));
/* Ask again and again; `path` gives the next request, `take` its reply, `lost` what went wrong. */
function follow(path, token, take, lost) {
  let stop = new AbortController(), wait = 0, isOver = false;
  (async () => {
    while (!isOver) {
      try { const told = await ask(path(), { token: token(), stop: stop.signal }); wait = 0; if (!isOver) await take(told); }
      catch (e) {
        if (isOver) return;
        if (!(e instanceof Refusal)) throw e;
        wait = Math.min(8000, wait ? wait * 2 : 500);
        if (lost(e) === false) return;
        await Promise.race([rest(e.args.wait ? e.args.wait * 1000 : wait), new Promise(r => stop.signal.addEventListener("abort", r))]);
      }
      if (stop.signal.aborted) stop = new AbortController();
    }
  })();
  const again = () => { if (document.visibilityState === "visible") { wait = 0; stop.abort(); } };
  document.addEventListener("visibilitychange", again);
  addEventListener("online", again);
  return () => { isOver = true; stop.abort(); };
}

/* SHA-256 in plain script: on http://192.168… a browser has no crypto.subtle. */
function sha256(text) {
  const b = new TextEncoder().encode(text), K = [], H = [], frac = x => (x - Math.floor(x)) * 4294967296 | 0;
  for (let p = 2; K.length < 64; p++) {
    let prime = true;
    for (let i = 2; i * i <= p; i++) if (p % i === 0) { prime = false; break; }
    if (prime) { if (H.length < 8) H.push(frac(Math.sqrt(p))); K.push(frac(Math.cbrt(p))); }
  }
  const n = b.length, L = (n + 9 + 63) >> 6 << 6, d = new Uint8Array(L), w = new Int32Array(64), r = (x, k) => x >>> k | x << 32 - k;
  d.set(b); d[n] = 128;
  const view = new DataView(d.buffer);
  view.setUint32(L - 8, Math.floor(n / 536870912)); view.setUint32(L - 4, n * 8);
  for (let o = 0; o < L; o += 64) {
    for (let i = 0; i < 16; i++) w[i] = view.getInt32(o + 4 * i);
    for (let i = 16; i < 64; i++) { const x = w[i - 15], y = w[i - 2]; w[i] = w[i - 16] + (r(x, 7) ^ r(x, 18) ^ x >>> 3) + w[i - 7] + (r(y, 17) ^ r(y, 19) ^ y >>> 10) | 0; }
    let [a, c, e, f, g, x, j, k] = H;
    for (let i = 0; i < 64; i++) {
      const one = k + (r(g, 6) ^ r(g, 11) ^ r(g, 25)) + (g & x ^ ~g & j) + K[i] + w[i] | 0, two = (r(a, 2) ^ r(a, 13) ^ r(a, 22)) + (a & c ^ a & e ^ c & e) | 0;
      k = j; j = x; x = g; g = f + one | 0; f = e; e = c; c = a; a = one + two | 0;
    }
    [a, c, e, f, g, x, j, k].forEach((v, i) => { H[i] = H[i] + v | 0; });
  }
  return H.flatMap(v => [v >>> 24 & 255, v >>> 16 & 255, v >>> 8 & 255, v & 255]);
}
const SIGNS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
function short(bytes, n = 12) {
  let v = 0, k = 0, out = "";
  for (const x of bytes) { v = v << 8 | x; k += 8; while (k >= 5 && out.length < n) { out += SIGNS[v >>> k - 5 & 31]; k -= 5; } v &= (1 << k) - 1; }
  return out.match(/.{4}/g).join("-");
}
const random = n => [...crypto.getRandomValues(new Uint8Array(n))].map(x => x.toString(16).padStart(2, "0")).join("");
