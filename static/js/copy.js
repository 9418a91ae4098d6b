// The copy of one's plan on one's own phone (ADR 0034): made, opened, kept new, taken off.
// It is sealed for a key whose other half only the PIN opens. So it can be made new without the PIN, and read only with it.
(() => {
  "use strict";
  if (window.planCopy) return;
  const STORE = "at-hand", PAGE = "/at-hand/", KEPT = PAGE + "kept", TRIES = PAGE + "tries", WORDS = "/my-plan/on-this-phone/words/";
  const FEWEST = 600000, MOST = 6000000, SECONDS = 1.5, PIECE = 8192;
  // Seconds to wait after so many wrong tries; it grows no further, and nothing is ever taken off for them.
  const WAITS = [0, 0, 0, 10, 30, 60, 120, 300];
  const box = window.crypto && crypto.subtle;
  const CURVE = { name: "ECDH", namedCurve: "P-256" };

  const random = (many) => crypto.getRandomValues(new Uint8Array(many));
  const bytes = (words) => new TextEncoder().encode(words);
  const toText = (buffer) => {
    let text = "";
    new Uint8Array(buffer).forEach((one) => { text += String.fromCharCode(one); });
    return btoa(text);
  };
  const fromText = (text) => Uint8Array.from(atob(text), (sign) => sign.charCodeAt(0));

  // What lies in this browser: one place, so that one step takes all of it away.
  const read = async (path) => {
    const found = await caches.match(path);
    return found ? found.json() : null;
  };
  // Somebody who is just leaving in a hurry leaves nothing: what is still on its way here is dropped.
  const store = () => {
    if (document.querySelector("html.covered")) throw new Error("left");
    return caches.open(STORE);
  };
  const write = async (path, value) => (await store()).put(path, new Response(JSON.stringify(value)));
  // Beside it, one word that a page can ask for at once: that there is a copy, and what leaving in a hurry does with it.
  const flag = (exit) => {
    try {
      if (exit) localStorage.setItem("plan", exit);
      else ["plan", "plan asked"].forEach((name) => localStorage.removeItem(name));
    } catch (fault) { /* then the worker alone sees to it */ }
  };

  // A phone's keyboard puts capitals and spaces of its own.
  const same = (secret) => secret.normalize("NFKC").trim().replace(/[\s-]+/g, " ").toLowerCase();

  const keyOf = async (secret, salt, rounds) => {
    const typed = await box.importKey("raw", bytes(same(secret)), "PBKDF2", false, ["deriveKey"]);
    const way = { name: "PBKDF2", hash: "SHA-256", salt, iterations: rounds };
    return box.deriveKey(way, typed, { name: "AES-GCM", length: 256 }, false, ["encrypt", "decrypt"]);
  };
  // As many rounds as this phone does in about that time, never fewer than the least.
  const roundsHere = async () => {
    const began = performance.now(), tried = 150000;
    await keyOf("how fast is this phone", random(16), tried);
    const here = tried * SECONDS * 1000 / Math.max(performance.now() - began, 1);
    return Math.round(Math.min(Math.max(here, FEWEST), MOST));
  };

  const shut = async (key, words, about) => {
    const iv = random(12), way = { name: "AES-GCM", iv, additionalData: bytes(about) };
    return { iv: toText(iv), data: toText(await box.encrypt(way, key, bytes(words))) };
  };
  const unshut = async (key, shutWords, about) => {
    const way = { name: "AES-GCM", iv: fromText(shutWords.iv), additionalData: bytes(about) };
    return new TextDecoder().decode(await box.decrypt(way, key, fromText(shutWords.data)));
  };

  // One key for each sealing: made from a pair used once and the phone's own pair.
  const shared = async (own, other, once) => {
    const bits = new Uint8Array(await box.deriveBits({ name: "ECDH", public: other }, own, 256));
    const all = new Uint8Array([...bits, ...bytes(once.x + "." + once.y)]);
    return box.importKey("raw", await box.digest("SHA-256", all), "AES-GCM", false, ["encrypt", "decrypt"]);
  };
  const publicKey = (jwk) => box.importKey("jwk", jwk, CURVE, false, []);
  const half = ({ kty, crv, x, y }) => ({ kty, crv, x, y });

  const about = (kept) => ["plan", kept.form, kept.salt, kept.of, kept.edition].join(" ");
  const seal = async (kept, plan) => {
    const pair = await box.generateKey(CURVE, true, ["deriveBits"]);
    const once = half(await box.exportKey("jwk", pair.publicKey));
    const key = await shared(pair.privateKey, await publicKey(kept.public), once);
    const words = JSON.stringify(plan), length = bytes(words).length;
    // Filled up with blanks, so that its size tells little.
    const whole = words + " ".repeat(PIECE - length % PIECE);
    return Object.assign({ once }, await shut(key, whole, about(kept)));
  };
  const unseal = async (kept, own) => JSON.parse(
    await unshut(await shared(own, await publicKey(kept.sealed.once), kept.sealed.once), kept.sealed, about(kept)));
  const ownKey = async (kept, key) => box.importKey(
    "jwk", JSON.parse(await unshut(key, kept.locked, "key " + kept.salt)), CURVE, false, ["deriveBits"]);

  // The page that shows it, as it is now, with its style and script.
  const keepPage = async () => {
    const answer = await fetch(PAGE, { cache: "no-store", credentials: "same-origin" });
    if (!answer.ok || answer.redirected) throw new Error("no page");
    const copy = answer.clone(), page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const files = [...page.querySelectorAll("link[href][rel~=stylesheet], link[href][rel~=icon], script[src]")]
      .map((one) => new URL(one.getAttribute("src") || one.getAttribute("href"), location.origin).href);
    const place = await store(), needed = new Set(files);
    await place.addAll([...needed]);
    await place.put(PAGE, copy);
    const old = (await place.keys()).filter((one) => !new URL(one.url).pathname.startsWith(PAGE) && !needed.has(one.url));
    await Promise.all(old.map((one) => place.delete(one)));
  };

  const ask = async (has) => {
    const answer = await fetch(WORDS + "?has=" + encodeURIComponent(has), {
      headers: { Accept: "application/json" }, credentials: "same-origin", redirect: "manual", cache: "no-store"
    });
    return answer.ok ? answer.json() : null;
  };

  const copy = {
    can: Boolean(box && window.caches && navigator.serviceWorker && window.TextEncoder),

    // What may be known without the PIN: whether there is one, whose by a mark, from when.
    kept: () => copy.can ? read(KEPT).catch(() => null) : Promise.resolve(null),

    // Makes it from what the site says now. Throws where this browser or the line does not let it.
    async make(secret, exit) {
      const said = await ask("");
      if (!said || said.state !== "words") throw new Error("no words");
      await navigator.serviceWorker.register("/sw.js");
      await navigator.serviceWorker.ready;
      const salt = random(16), rounds = await roundsHere(), key = await keyOf(secret, salt, rounds);
      const pair = await box.generateKey(CURVE, true, ["deriveBits"]);
      const kept = {
        form: 1, of: said.of[0], edition: said.edition, at: Date.now(), exit, rounds, salt: toText(salt),
        digits: /^\d+$/.test(same(secret)), public: half(await box.exportKey("jwk", pair.publicKey))
      };
      kept.locked = await shut(key, JSON.stringify(await box.exportKey("jwk", pair.privateKey)), "key " + kept.salt);
      kept.sealed = await seal(kept, said.plan);
      // What was here stays whole until the new one lies in its place: a line that drops meanwhile costs nothing.
      await keepPage();
      const before = await read(KEPT);
      await write(KEPT, kept);
      try {
        // It is there when it has been read from there.
        await unseal(await read(KEPT), await ownKey(kept, key));
      } catch (fault) {
        if (before) await write(KEPT, before);
        throw fault;
      }
      await (await store()).delete(TRIES);
      flag(exit);
      return navigator.storage && navigator.storage.persist ? navigator.storage.persist() : false;
    },

    // Seconds until the next try. A clock that was put back gains nothing.
    async wait() {
      const tries = await read(TRIES);
      if (!tries) return 0;
      const wait = WAITS[Math.min(tries.wrong, WAITS.length - 1)];
      return Math.ceil(Math.max(0, Math.min(wait, wait - (Date.now() - tries.at) / 1000)));
    },

    // The plan, or null where that was not it. Counted before it is tried, so that closing the page gains nothing.
    async open(secret) {
      const kept = await read(KEPT), tries = await read(TRIES) || { wrong: 0 };
      await write(TRIES, { wrong: tries.wrong + 1, at: Date.now() });
      let own;
      try {
        own = await ownKey(kept, await keyOf(secret, fromText(kept.salt), kept.rounds));
      } catch (fault) { return null; }
      await write(TRIES, { wrong: 0, at: 0 });
      return unseal(kept, own);
    },

    // Asks the site whether there is something newer; needs no PIN. A plan that is gone there stays here until its owner says so.
    async renew() {
      const kept = await copy.kept();
      if (!kept) return flag("");
      flag(kept.exit);
      const said = await ask(kept.edition);
      if (!said || !said.of || !said.of.includes(kept.of)) return;
      const next = Object.assign({}, kept, { at: Date.now(), gone: said.state === "none" });
      if (said.state === "words") {
        Object.assign(next, { edition: said.edition, of: said.of[0] });
        next.sealed = await seal(next, said.plan);
      } else if (said.state === "same" && Date.now() - kept.at < 43200000) return;
      await keepPage();
      const now = await read(KEPT);
      // Made anew or taken off meanwhile: that counts.
      if (!now) await caches.delete(STORE);
      else if (now.salt === kept.salt) await write(KEPT, Object.assign(next, { exit: now.exit }));
    },

    async takeOff() {
      flag("");
      await caches.delete(STORE);
    }
  };
  window.planCopy = copy;
})();
