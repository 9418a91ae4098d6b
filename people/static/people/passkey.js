// Passkeys: hands the browser what the page asks for, and sends back what the browser says.
// A form with `data-passkey` shows its button only where the browser knows passkeys; every page has another way.
(function () {
  "use strict";
  if (!window.PublicKeyCredential || !navigator.credentials) return;

  function toBytes(text) {
    var plain = atob(text.replace(/-/g, "+").replace(/_/g, "/"));
    return Uint8Array.from(plain, function (letter) { return letter.charCodeAt(0); });
  }

  function toText(bytes) {
    var plain = String.fromCharCode.apply(null, new Uint8Array(bytes));
    return btoa(plain).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
  }

  function withBytes(list) {
    return (list || []).map(function (key) { return Object.assign({}, key, { id: toBytes(key.id) }); });
  }

  function readable(credential) {
    var answer = {};
    ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"].forEach(function (part) {
      if (credential.response[part]) answer[part] = toText(credential.response[part]);
    });
    return {
      id: credential.id,
      rawId: toText(credential.rawId),
      type: credential.type,
      response: answer,
      clientExtensionResults: credential.getClientExtensionResults()
    };
  }

  function create(options, alone) {
    var asked = Object.assign({}, options.creation_options.publicKey);
    asked.challenge = toBytes(asked.challenge);
    asked.user = Object.assign({}, asked.user, { id: toBytes(asked.user.id) });
    asked.excludeCredentials = withBytes(asked.excludeCredentials);
    if (alone) {
      asked.authenticatorSelection = Object.assign({}, asked.authenticatorSelection, {
        residentKey: "required", requireResidentKey: true, userVerification: "required"
      });
    }
    return navigator.credentials.create({ publicKey: asked });
  }

  function get(options) {
    var asked = Object.assign({}, options.request_options.publicKey);
    asked.challenge = toBytes(asked.challenge);
    asked.allowCredentials = withBytes(asked.allowCredentials);
    return navigator.credentials.get({ publicKey: asked });
  }

  // A page for somebody already known carries its question; the sign-in page asks for one when it is wanted.
  function question(form) {
    var there = form.querySelector("script[type='application/json']");
    if (there) return Promise.resolve(JSON.parse(there.textContent));
    return fetch(form.action, { headers: { Accept: "application/json" } }).then(function (answer) {
      return answer.json();
    });
  }

  document.querySelectorAll("form[data-passkey]").forEach(function (form) {
    var failed = form.querySelector("[data-passkey-failed]");
    var ready = form.querySelector("[data-passkey-ready]");
    ready.hidden = false;
    ready.querySelector("button").addEventListener("click", function () {
      failed.hidden = true;
      question(form).then(function (options) {
        var alone = form.elements.passwordless && form.elements.passwordless.checked;
        return form.dataset.passkey === "create" ? create(options, alone) : get(options);
      }).then(function (credential) {
        form.elements.credential.value = JSON.stringify(readable(credential));
        form.submit();
      }).catch(function () { failed.hidden = false; });
    });
  });
})();
