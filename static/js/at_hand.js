// The page of the copy: asks for the PIN, shows the plan one step at a time, and forgets it when it is put away.
(() => {
  "use strict";
  const box = document.getElementById("copy"), copy = window.planCopy;
  if (!box || !copy) return;
  const part = (name) => box.querySelector("[data-part=" + name + "]");
  const form = part("locked"), secret = part("secret"), said = part("said"), plan = part("plan");
  const LEFT_ALONE = 15 * 60 * 1000;
  let alone, steps = [], at = 0;

  const show = (...names) => box.querySelectorAll("[data-says]").forEach((one) => {
    one.hidden = !one.dataset.says.split(" ").some((name) => names.includes(name));
  });
  const say = (name, number) => { said.textContent = name ? box.dataset[name].replace("%n", number) : ""; };
  const make = (kind, words, to) => {
    const one = document.createElement(kind);
    if (words) one.textContent = words;
    if (to) to.append(one);
    return one;
  };

  // Words and numbers only: whatever somebody wrote is shown as they wrote it, and never run.
  const line = (pieces, to) => {
    const one = make("p", "", to);
    pieces.forEach((piece) => {
      if (!piece.tel) return one.append(piece.text);
      const call = make("a", piece.text, one);
      call.href = "tel:" + piece.tel;
    });
  };
  const step = (number) => {
    at = Math.min(Math.max(number, 0), steps.length - 1);
    plan.textContent = "";
    if (!steps.length) return;
    make("p", box.dataset.step.replace("%n", at + 1).replace("%m", steps.length), plan).className = "quiet";
    const title = make("h3", steps[at].title, plan);
    title.tabIndex = -1;
    const words = make("div", "", plan);
    words.className = "aloud";
    steps[at].lines.forEach((pieces) => line(pieces, words));
    part("end").hidden = at < steps.length - 1;
    part("back").disabled = at === 0;
    part("on").disabled = at === steps.length - 1;
    return title;
  };
  const turn = (by) => {
    const title = step(at + by);
    if (title) title.focus();
  };

  const open = (found, kept) => {
    steps = found.steps;
    step(0);
    found.whole.forEach((one) => {
      make("h3", one.title, part("whole"));
      one.lines.forEach((pieces) => line(pieces, part("whole")));
    });
    part("whole").parentElement.open = !steps.length;
    part("turning").hidden = steps.length < 2;
    part("from").textContent = new Date(kept.at).toLocaleString(document.documentElement.lang, { dateStyle: "long", timeStyle: "short" });
    part("gone").hidden = !kept.gone;
    show("open");
    part("heading").focus();
    rest();
  };
  // Put away, left alone or gone from: nothing of it stays on the page, and the PIN is asked for again.
  const lock = () => {
    clearTimeout(alone);
    steps = [];
    secret.value = "";
    plan.textContent = part("whole").textContent = "";
    begin();
  };
  const rest = () => {
    clearTimeout(alone);
    if (!part("open").hidden) alone = setTimeout(lock, LEFT_ALONE);
  };

  const wait = async () => {
    const seconds = await copy.wait();
    part("button").disabled = seconds > 0;
    part("wait").textContent = seconds ? box.dataset.wait.replace("%n", seconds) : "";
    if (seconds) setTimeout(wait, 1000);
  };
  const tried = async (event) => {
    event.preventDefault();
    const typed = secret.value;
    if (!typed.trim() || part("button").disabled || await copy.wait()) return;
    part("button").disabled = true;
    say("opening");
    const kept = await copy.kept();
    try {
      const found = await copy.open(typed);
      secret.value = "";
      if (found) {
        say("");
        open(found, kept);
      } else {
        say("wrong");
        secret.focus();
      }
    } catch (fault) { say("spoilt"); }
    part("button").disabled = false;
    wait();
  };

  async function begin() {
    const kept = await copy.kept();
    if (!kept) return show(copy.can ? "none" : "cannot");
    secret.inputMode = kept.digits ? "numeric" : "text";
    show("locked");
    wait();
  }

  form.addEventListener("submit", tried);
  part("seen").addEventListener("change", (event) => { secret.type = event.target.checked ? "text" : "password"; });
  part("back").addEventListener("click", () => turn(-1));
  part("on").addEventListener("click", () => turn(1));
  part("lock").addEventListener("click", lock);
  part("off").addEventListener("click", async () => {
    await copy.takeOff();
    lock();
  });
  ["click", "keydown", "scroll", "touchstart"].forEach((name) => document.addEventListener(name, rest, { passive: true }));
  // What the browser may keep whole for its Back button holds nothing of the plan.
  window.addEventListener("pagehide", lock);
  // Taken off in another tab: it goes from this one, too.
  window.addEventListener("storage", (event) => {
    if (event.key !== "plan" || event.newValue) return;
    lock();
    setTimeout(begin, 1000);
  });
  begin();
})();
