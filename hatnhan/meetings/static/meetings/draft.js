// Minutes save as one types. What could not be sent is kept in this browser, bound to the person and the item, until
// it is; nothing is ever written over what somebody else saved: then both texts are shown.
(() => {
  // Where nothing can be written any more, words that never arrived are at least shown.
  const over = document.querySelector("[data-draft-over]");
  if (over) {
    const store = `hatnhan:draft:${over.dataset.draftOver}`;
    let left = null;
    try {
      left = JSON.parse(localStorage.getItem(store));
    } catch {
      // None can be kept here.
    }
    const lost = left && left.fields.filter(([name, text]) => ["said", "conclusion", "remarks"].includes(name) && text.trim());
    if (lost && lost.length) {
      over.querySelector("[data-text]").textContent = lost.map(([, text]) => text.trim()).join("\n\n");
      over.hidden = false;
      over.querySelector("[data-drop]").addEventListener("click", () => {
        localStorage.removeItem(store);
        over.hidden = true;
      });
    }
  }

  const form = document.querySelector("form[data-draft]");
  if (!form || !window.fetch) return;
  const words = form.querySelector("[data-draft-words]").dataset;
  const status = document.querySelector("[data-draft-status]");
  const store = `hatnhan:draft:${form.dataset.draft}`;
  const said = form.querySelector("[data-said-list]");
  const fresh = form.querySelector("[data-said-new]");
  const version = form.elements.version;
  const WAIT = 1200;
  let timer;
  let leave = ""; // the page to go to once all is saved
  let sending = false;
  let stopped = false; // while two texts stand side by side, only a choice goes on
  let refused = ""; // what the server would not take: not sent again until it is changed
  let sent = []; // what was sent and perhaps arrived although no answer did

  const clock = (at) =>
    at.toLocaleTimeString("vi-VN", { timeZone: "Asia/Ho_Chi_Minh", hour: "numeric", minute: "2-digit" });
  const say = (text, look) => {
    if (status.textContent !== text) status.textContent = text;
    status.className = `live-save ${look ? `hn-st hn-st-${look} hn-st-wrap` : "hn-save"}`;
  };

  // --- what stands in the page ---------------------------------------------------------------------------------------
  const fields = () => [...new FormData(form)].filter(([name]) => !["csrfmiddlewaretoken", "version"].includes(name));
  const texts = () =>
    [...form.querySelectorAll("textarea")].map((one) => one.value.normalize("NFC").replace(/\r\n/g, "\n").trim()).filter(Boolean).join("\u0000");
  const print = () => JSON.stringify(fields());
  let saved = print();

  // --- what is kept in this browser ----------------------------------------------------------------------------------
  const kept = () => {
    try {
      return JSON.parse(localStorage.getItem(store));
    } catch {
      return null;
    }
  };
  const keep = () => {
    try {
      const draft = { version: version.value, fields: fields(), at: Date.now(), sent };
      localStorage.setItem(store, JSON.stringify(draft));
      return true;
    } catch {
      return false;
    }
  };
  const forget = () => {
    try {
      localStorage.removeItem(store);
    } catch {
      // Nothing was kept.
    }
  };

  // --- drawing -------------------------------------------------------------------------------------------------------
  const grow = (box) => {
    box.rows = Math.max(Number(box.dataset.rows || (box.dataset.rows = box.rows)), box.value.split("\n").length);
    while (box.scrollHeight > box.clientHeight + 2 && box.rows < 30) box.rows += 1;
  };
  let counted = 1000;
  const line = (who, name, text) => {
    counted += 1;
    const row = document.createElement("li");
    const what = document.createElement("span");
    what.className = "hn-what";
    const title = document.createElement("b");
    title.textContent = name;
    const hidden = document.createElement("input");
    Object.assign(hidden, { type: "hidden", name: "speaker", value: who });
    const label = document.createElement("label");
    Object.assign(label, { className: "visually-hidden", htmlFor: `loi-${counted}`, textContent: words.said.replace("%s", name) });
    const box = document.createElement("textarea");
    Object.assign(box, { className: "form-control live-text", id: `loi-${counted}`, name: "said", rows: 2, value: text });
    what.append(title, hidden, label, box);
    row.append(what);
    said.append(row);
    grow(box);
  };
  const nameOf = (who) => {
    const option = fresh && [...fresh.querySelectorAll("option")].find((one) => one.value === who);
    return option ? option.textContent : "";
  };

  /** Put kept fields back into the page. */
  const restore = (pairs) => {
    const speeches = [];
    for (let at = 0; at < pairs.length; at += 1) {
      const [name, value] = pairs[at];
      if (name === "speaker") speeches.push([value, pairs[at + 1] ? pairs[at + 1][1] : ""]);
      else if (name === "state") for (const one of form.querySelectorAll("[name=state]")) one.checked = one.value === value;
      else if (name === "conclusion" || name === "remarks") form.elements[name].value = value;
    }
    if (!said) return;
    const [who, text] = speeches.pop() || ["", ""]; // the last pair is the one being typed
    said.textContent = "";
    for (const [one, what] of speeches) line(one, nameOf(one), what);
    fresh.querySelector("select").value = who;
    fresh.querySelector("textarea").value = text;
  };

  // --- sending -------------------------------------------------------------------------------------------------------
  const send = async () => {
    clearTimeout(timer);
    if (sending || stopped || print() === saved || print() === refused) return;
    sending = true;
    const going = print();
    if (!sent.includes(texts())) sent = [...sent.slice(-4), texts()];
    keep();
    say(words.saving);
    try {
      const answer = await fetch(location.pathname, {
        method: "POST",
        body: new URLSearchParams(new FormData(form)),
        headers: { Accept: "application/json" },
        redirect: "manual",
        credentials: "same-origin",
      });
      if (answer.type === "opaqueredirect" || answer.status === 403) say(words.out, "soon");
      else if (answer.status === 409) differ(await answer.json());
      else if (answer.status === 422) {
        refused = going;
        say(`${(await answer.json()).message} ${words.refused}`, "late");
      }
      else if (!answer.ok) throw new Error(String(answer.status));
      else arrived(await answer.json(), going);
    } catch {
      say(words.lost.replace("%s", clock(new Date())), "soon");
    } finally {
      sending = false;
    }
    if (!stopped && print() !== going) timer = setTimeout(send, WAIT);
    if (leave && print() === saved) location.assign(leave);
    leave = "";
  };

  const arrived = (told, going) => {
    version.value = told.version;
    saved = going;
    sent = [];
    if (print() === saved) forget();
    else keep();
    say(told.saved);
  };

  const differ = (told) => {
    const theirs = (told.texts || []).map(([, text]) => text.trim()).filter(Boolean).join("\u0000");
    if (sent.includes(theirs) && told.version !== Number(version.value)) {
      // Our own words arrived, only the answer was lost.
      version.value = told.version;
      timer = setTimeout(send, 0);
      return;
    }
    both(told.version, told.texts || [], new Date());
  };

  // --- two texts -----------------------------------------------------------------------------------------------------
  const element = (tag, look, text) => Object.assign(document.createElement(tag), { className: look, textContent: text || "" });
  const both = (latest, theirs, at) => {
    stopped = true;
    document.querySelectorAll("[data-both]").forEach((one) => one.remove());
    const box = element("div", "hn-errors");
    box.dataset.both = "";
    box.tabIndex = -1;
    box.setAttribute("role", "alert");
    const list = element("dl", "live-theirs");
    for (const [label, text] of theirs) list.append(element("dt", "", label), element("dd", "", text));
    if (!theirs.length) list.append(element("dd", "", words.empty));
    const buttons = element("div", "hn-actions");
    const mine = element("button", "btn btn-primary", words.keep);
    const other = element("button", "btn btn-plain", words.drop);
    for (const one of [mine, other]) one.type = "button";
    buttons.append(mine, other);
    box.append(
      element("h2", "", words.title), element("p", "", words.mine.replace("%s", clock(at))),
      element("p", "mb-1 hn-strong", words.theirs), list, buttons,
    );
    form.before(box);
    box.focus();
    say(words.title, "late");
    mine.addEventListener("click", () => {
      stopped = false;
      version.value = latest;
      sent = [];
      saved = ""; // so that it is sent even if it equals what the page began with
      box.remove();
      send();
    });
    other.addEventListener("click", () => {
      forget();
      saved = print();
      location.reload();
    });
  };

  // --- typing --------------------------------------------------------------------------------------------------------
  const touched = () => {
    if (print() === saved) return;
    keep();
    if (stopped) return;
    say(words.typing);
    clearTimeout(timer);
    timer = setTimeout(send, WAIT);
  };
  form.addEventListener("input", (event) => {
    if (event.target.tagName === "TEXTAREA") grow(event.target);
    touched();
  });
  form.addEventListener("change", touched);
  const go = (url) => {
    const done = form.querySelector("[name=state][value=done]");
    const open = form.querySelector("[name=state][value=waiting]");
    if (done && open.checked) done.checked = true;
    if (print() === saved) {
      location.assign(url);
      return;
    }
    keep();
    leave = url;
    send();
  };
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const button = event.submitter;
    refused = "";
    if (stopped) {
      document.querySelector("[data-both]").focus();
    } else if (button && button.dataset.next) {
      go(button.dataset.next);
    } else if (button && button.hasAttribute("data-said-add")) {
      const choice = fresh.querySelector("select");
      const text = fresh.querySelector("textarea");
      if (choice.value && text.value.trim()) {
        line(choice.value, nameOf(choice.value), text.value.trim());
        choice.value = "";
        text.value = "";
        touched();
        send();
      }
      choice.focus();
    } else {
      send();
    }
  });
  window.addEventListener("online", send);
  setInterval(send, 8000);
  document.addEventListener("visibilitychange", () => document.hidden && send());

  // --- what an earlier page left -------------------------------------------------------------------------------------
  const draft = kept();
  const boxes = () => form.querySelectorAll("textarea");
  if (draft && Array.isArray(draft.fields)) {
    const before = print();
    const stood = [...boxes()].map((one) => one.value.trim()).filter(Boolean);
    const standing = form.querySelector("[name=state]:checked");
    restore(draft.fields);
    const at = new Date(draft.at);
    const same = !standing || standing.checked;
    if (same && texts() === stood.join("\u0000").normalize("NFC")) {
      forget(); // it had arrived after all
      saved = print();
    } else if (String(draft.version) === version.value || (draft.sent || []).includes(stood.join("\u0000"))) {
      saved = before;
      say(words.found.replace("%s", clock(at)), "soon");
      timer = setTimeout(send, 300);
    } else {
      both(version.value, stood.map((text) => ["", text]), at);
    }
  }
  boxes().forEach(grow);
  // Whatever is typed saves itself.
  document.querySelectorAll("[data-draft-save]").forEach((one) => { one.hidden = true; });
})();
