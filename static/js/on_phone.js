// "Keep it on this phone": makes the copy here, under a PIN that never leaves this page.
(() => {
  "use strict";
  const box = document.getElementById("on-phone"), copy = window.planCopy;
  if (!box || !copy) return;
  const form = box.querySelector("form[data-makes]"), said = form.querySelector("[data-said]"), doing = form.querySelector("[data-doing]");
  const first = form.querySelector("[data-secret=first]"), second = form.querySelector("[data-secret=again]");
  const IPHONE = /iPhone|iPad|iPod/.test(navigator.userAgent) || (/Mac/.test(navigator.userAgent) && navigator.maxTouchPoints > 1);
  const AT_HOME = navigator.standalone === true || window.matchMedia("(display-mode: standalone)").matches;

  const show = (...names) => box.querySelectorAll("[data-says]").forEach((one) => {
    one.hidden = !one.dataset.says.split(" ").some((name) => names.includes(name));
  });
  const say = (wrong, done) => {
    said.textContent = wrong ? box.dataset[wrong] : "";
    doing.textContent = done ? box.dataset[done] : "";
  };

  // Six digits at least, or ten letters; and nothing that a finder would try first.
  function fault(words) {
    const typed = words.trim(), digits = typed.replace(/[\s-]/g, "");
    if (!/^\d+$/.test(digits)) return typed.length < 10 ? "short" : "";
    if (digits.length < 6) return "few";
    const steps = new Set([...digits].slice(1).map((one, place) => (+one - +digits[place] + 10) % 10));
    const halves = /^(\d{1,4})\1+$/.test(digits);
    return (steps.size === 1 && /[019]/.test([...steps][0])) || halves ? "easy" : "";
  }

  async function made(event) {
    event.preventDefault();
    form.removeAttribute("data-sent");
    const wrong = fault(first.value) || (first.value.trim() === second.value.trim() ? "" : "differ");
    [first, second].forEach((one) => one.setAttribute("aria-invalid", String(Boolean(wrong))));
    if (wrong) {
      say(wrong);
      return (wrong === "differ" ? second : first).focus();
    }
    const button = form.querySelector("button[type=submit]");
    button.disabled = true;
    say("", "making");
    try {
      await copy.make(first.value, form.elements.exit.value);
      first.value = second.value = "";
      form.submit();
    } catch (fault) {
      say("", "failed");
      button.disabled = false;
    }
  }

  async function begin() {
    if (!copy.can) return show(IPHONE ? "iphone" : "cannot");
    const kept = await copy.kept();
    if (!kept) return show("ask", IPHONE && !AT_HOME ? "iphone" : "");
    const mine = box.dataset.of.split(" ").includes(kept.of);
    show(mine ? (kept.gone ? "gone" : "here") : "other");
    box.querySelectorAll("input[name=exit]").forEach((one) => { one.checked = one.value === kept.exit; });
  }

  form.addEventListener("submit", made);
  form.querySelector("[data-seen]").addEventListener("change", (event) => {
    [first, second].forEach((one) => { one.type = event.target.checked ? "text" : "password"; });
  });
  box.querySelectorAll("[data-anew]").forEach((one) => one.addEventListener("click", () => {
    show("ask");
    first.focus();
  }));
  box.querySelectorAll("[data-off]").forEach((one) => one.addEventListener("submit", async (event) => {
    event.preventDefault();
    await copy.takeOff();
    event.target.submit();
  }));
  begin();
})();
