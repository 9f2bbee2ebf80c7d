// Passkeys: hands the page's form to allauth's code, and says in the page's own words when the device refuses.
const form = document.querySelector("form[data-passkey]");
if (form && window.PublicKeyCredential) {
  form.hidden = false;
  const ids = { credential: "passkey_credential", data: "passkey_data", passwordless: "id_passwordless" };
  const kind = form.dataset.passkey;
  ids[kind] = "passkey_button";
  window.allauth.webauthn.forms[`${kind}Form`]({ ids });
  document.addEventListener("allauth.error", (event) => {
    event.preventDefault();
    document.getElementById(form.dataset.passkeyError).hidden = false;
  });
}
