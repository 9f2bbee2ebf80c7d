// A part of the self-review saves as one types. What could not be sent is kept in this browser, bound to the person and
// the part, until it is; nothing is ever written over what somebody else saved: then both texts are shown.
(() => {
  const form = document.querySelector("form[data-review-form]");
  if (!form || !window.fetch) return;
  const words = form.querySelector("[data-words]").dataset;
  const status = document.querySelector("[data-status]");
  const store = `hatnhan:self-review:${form.dataset.reviewForm}`;
  const slug = form.elements.phan.value;
  const WAIT = 1200;
  const AGAIN = 15000;
  let timer;
  let leave = ""; // the page to go to once all is saved
  let sending = false;
  let stopped = false; // while two texts stand side by side, only a choice goes on
  let refused = ""; // what the server would not take: not sent again until it is changed

  const now = () => new Date().toLocaleTimeString("vi-VN", { timeZone: "Asia/Ho_Chi_Minh", hour: "numeric", minute: "2-digit" });
  const say = (text, look) => {
    if (status.textContent !== text) status.textContent = text;
    status.className = `hn-save rv-save${look ? ` rv-${look}` : ""}`;
  };
  const plain = (text) => (text || "").normalize("NFC").replace(/\r\n/g, "\n").trim();

  // --- what stands in the page -----------------------------------------------------------------------------------------
  const hidden = (name) => name === "csrfmiddlewaretoken" || name === "phan" || name === "seen" || name.startsWith("seen-");
  const fields = () => [...new FormData(form)].filter(([name]) => !hidden(name));
  const print = () => JSON.stringify(fields());
  const marks = () => Object.fromEntries([...form.querySelectorAll("[data-seen]")].map((one) => [one.dataset.seen, one.value]));
  const setMarks = (seen) => form.querySelectorAll("[data-seen]").forEach((one) => { one.value = seen[one.dataset.seen] || one.value; });
  let saved = print();

  // --- what is kept in this browser ------------------------------------------------------------------------------------
  const kept = () => {
    try { return JSON.parse(localStorage.getItem(store)); } catch { return null; }
  };
  const keep = () => {
    try {
      localStorage.setItem(store, JSON.stringify({ fields: fields(), base: saved, marks: marks(), at: now() }));
    } catch { /* private windows keep nothing */ }
  };
  const forget = () => {
    try { localStorage.removeItem(store); } catch { /* nothing was kept */ }
  };

  // --- rows ------------------------------------------------------------------------------------------------------------
  const rows = form.querySelector("[data-rows]");
  const blank = rows && rows.lastElementChild.cloneNode(true);
  const highest = () => Math.max(0, ...[...form.elements].map((one) => Number((/-(\d+)$/.exec(one.name || "") || [0, 0])[1])));
  const dropper = (row) => {
    if (row.querySelector("[data-drop-row]") || row.querySelector("input[type=hidden][name^=task-], input[type=hidden][name^=text-]")) return;
    const button = document.createElement("button");
    Object.assign(button, { type: "button", className: "btn btn-plain rv-drop", textContent: words.dropRow });
    button.dataset.dropRow = "";
    button.addEventListener("click", () => {
      row.remove();
      if (!rows.children.length) addRow();
      changed(0);
    });
    row.append(button);
  };
  const addRow = () => {
    const row = blank.cloneNode(true);
    const at = highest() + 1;
    for (const one of row.querySelectorAll("[name], [for], [id]")) {
      for (const name of ["name", "id"]) if (one[name]) one[name] = one[name].replace(/-\d+$/, `-${at}`);
      if (one.htmlFor) one.htmlFor = one.htmlFor.replace(/-\d+$/, `-${at}`);
    }
    rows.append(row);
    dropper(row);
    return row;
  };
  if (rows) {
    // The empty row is for who has no script; here a button adds one.
    if (rows.children.length > 1) rows.lastElementChild.remove();
    [...rows.children].forEach((row) => { if (rows.children.length > 1) dropper(row); });
    const add = form.querySelector("[data-add]");
    add.type = "button";
    add.addEventListener("click", () => {
      const row = addRow();
      row.querySelector("textarea, input:not([type=hidden])").focus();
    });
  }

  // --- drawing ---------------------------------------------------------------------------------------------------------
  const grow = (box) => {
    while (box.scrollHeight > box.clientHeight + 2 && box.rows < 40) box.rows += 1;
  };
  const lacks = (told) => {
    const line = form.querySelector("[data-lacks]");
    line.hidden = !told.lacks.length;
    form.querySelector("[data-lacks-words]").textContent = told.lacks.join("; ");
    const state = document.querySelector(`[data-step="${slug}"] [data-step-state]`);
    if (state) state.textContent = told.count ? words.some.replace("%n", told.count) : words.done;
    const left = document.querySelector("[data-left]");
    if (left) left.textContent = told.left ? words.left.replace("%n", told.left) : words.none;
    const sums = form.querySelector("[data-sums]");
    if (sums && told.sums) sums.textContent = told.sums;
  };
  const wrong = (field, message) => {
    form.querySelectorAll("[data-said-wrong]").forEach((one) => one.remove());
    form.querySelectorAll("[aria-invalid]").forEach((one) => one.removeAttribute("aria-invalid"));
    const box = field && (form.elements[field] || form.elements[`text-${field}`] || form.elements[`p-${field}`]);
    if (!box || !box.parentNode) return;
    box.setAttribute("aria-invalid", "true");
    const line = document.createElement("p");
    Object.assign(line, { className: "hn-err", textContent: message });
    line.dataset.saidWrong = "";
    const before = box.closest(".rv-point") || box;
    before.parentNode.insertBefore(line, before);
  };

  // --- sending ---------------------------------------------------------------------------------------------------------
  const changed = (wait = WAIT) => {
    clearTimeout(timer);
    if (stopped || print() === saved) return;
    keep();
    if (!sending) say(words.typing, "typing");
    timer = setTimeout(send, wait);
  };

  const send = async () => {
    clearTimeout(timer);
    if (sending || stopped || print() === saved || print() === refused) return;
    sending = true;
    const going = print();
    keep();
    say(words.saving, "typing");
    try {
      const answer = await fetch(form.action, {
        method: "POST",
        body: new URLSearchParams(new FormData(form)),
        headers: { Accept: "application/json" },
        redirect: "manual",
        credentials: "same-origin",
      });
      if (answer.type === "opaqueredirect" || answer.status === 403) say(words.out, "wrong");
      else if (answer.status === 409) differ(await answer.json());
      else if (answer.status === 422) {
        const told = await answer.json();
        refused = going;
        wrong(told.field, told.message);
        say(`${told.message} ${words.refused}`, "wrong");
      } else if (!answer.ok) throw new Error(String(answer.status));
      else arrived(await answer.json(), going);
    } catch {
      say(words.lost.replace("%s", now()), "wrong");
      timer = setTimeout(send, AGAIN);
    } finally {
      sending = false;
    }
    // Who pressed on while this was under way goes on once the rest is saved too.
    const more = !stopped && print() !== going;
    if (more) timer = setTimeout(send, leave ? 0 : WAIT);
    if (leave && print() === saved) location.assign(leave);
    if (!more) leave = "";
  };

  const arrived = (told, going) => {
    setMarks(told.seen);
    saved = going;
    refused = "";
    wrong("", "");
    if (print() === saved) forget();
    else keep();
    lacks(told);
    say(told.saved);
  };

  // --- two texts -------------------------------------------------------------------------------------------------------
  /** Take over what somebody else wrote into boxes that one has not touched; return whether all could be joined so. */
  const join = (theirs) => {
    const base = new Map(JSON.parse(saved));
    const names = Object.keys(theirs);
    if (!names.length) return false;
    let joined = true;
    for (const name of names) {
      const box = form.elements[name];
      if (!box || plain(box.value) === plain(theirs[name])) continue;
      if (plain(box.value) === plain(base.get(name))) box.value = theirs[name];
      else if (plain(base.get(name)) !== plain(theirs[name])) joined = false;
    }
    return joined;
  };
  const piece = (parent, tag, text) => {
    const one = document.createElement(tag);
    one.textContent = text;
    parent.append(one);
    return one;
  };
  const choice = (parent, text, act) => {
    const button = piece(parent, "button", text);
    Object.assign(button, { type: "button", className: "btn btn-plain me-2 mb-2" });
    button.addEventListener("click", act);
  };
  const differ = (told) => {
    if (join(told.values)) {
      setMarks(told.seen);
      saved = "[]";
      timer = setTimeout(send, 0);
      return;
    }
    stopped = true;
    const box = document.createElement("div");
    box.className = "hn-note hn-note-late";
    box.setAttribute("role", "alert");
    box.tabIndex = -1;
    piece(box, "p", told.message);
    piece(box, "p", words.theirs);
    const list = piece(box, "dl", "");
    list.className = "rv-theirs";
    for (const [label, text] of told.texts) {
      piece(list, "dt", label);
      piece(list, "dd", text || words.empty);
    }
    piece(box, "p", words.mine);
    choice(box, words.keep, () => {
      setMarks(told.seen);
      box.remove();
      stopped = false;
      saved = "[]";
      changed(0);
    });
    choice(box, words.drop, () => {
      forget();
      stopped = false;
      saved = print();
      location.reload();
    });
    form.prepend(box);
    box.focus();
    say(words.refused, "wrong");
  };

  // --- what was left in this browser -----------------------------------------------------------------------------------
  const restore = (pairs) => {
    const wanted = new Map(pairs);
    if (rows) {
      const most = Math.max(0, ...pairs.map(([name]) => Number((/-(\d+)$/.exec(name) || [0, 0])[1])));
      while (highest() < most) addRow();
    }
    for (const one of form.elements) {
      if (!one.name || hidden(one.name)) continue;
      if (one.type === "radio") one.checked = wanted.get(one.name) === one.value;
      else if (wanted.has(one.name)) one.value = wanted.get(one.name);
    }
  };
  const draft = kept();
  if (draft && JSON.stringify(draft.fields) !== saved && Array.isArray(draft.fields)) {
    const stood = marks();
    restore(draft.fields);
    // Sent on the marks on which it was typed: what another saved since is then shown beside it.
    if (JSON.stringify(stood) !== JSON.stringify(draft.marks)) {
      saved = draft.base || "[]";
      setMarks(draft.marks);
    }
    say(words.found.replace("%s", draft.at), "typing");
    timer = setTimeout(send, 300);
  } else if (draft) forget();

  // --- listening -------------------------------------------------------------------------------------------------------
  form.classList.add("rv-auto");
  document.querySelectorAll("[data-save]").forEach((one) => { one.hidden = true; });
  form.addEventListener("input", (event) => {
    if (event.target.tagName === "TEXTAREA") grow(event.target);
    changed();
  });
  form.addEventListener("change", () => changed(0));
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const go = event.submitter && event.submitter.dataset.go;
    if (print() === saved && go) {
      location.assign(go);
      return;
    }
    leave = go || "";
    refused = "";
    send();
  });
  window.addEventListener("online", () => changed(0));
  window.addEventListener("beforeunload", (event) => {
    if (print() !== saved) {
      keep();
      event.preventDefault();
    }
  });
  form.querySelectorAll("textarea").forEach(grow);
})();
