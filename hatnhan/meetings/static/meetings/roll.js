// The roll by thumb: each tap is saved at once; what cannot be sent is kept in this browser and sent later.
(() => {
  const form = document.querySelector("[data-roll]");
  if (!form || !window.fetch) return;
  const status = document.querySelector("[data-status]");
  const store = `hatnhan:${form.dataset.key}`;
  const token = form.querySelector("[name=csrfmiddlewaretoken]").value;
  const people = new Map([...form.querySelectorAll("[data-person]")].map((one) => [one.dataset.person, one]));
  let sending = false;
  let refused = "";

  const read = () => {
    try {
      return JSON.parse(localStorage.getItem(store)) || {};
    } catch {
      return {};
    }
  };
  const write = (waiting) => {
    try {
      if (Object.keys(waiting).length) localStorage.setItem(store, JSON.stringify(waiting));
      else localStorage.removeItem(store);
    } catch {
      // A full or forbidden store: the marks still stand in the page, and the button saves them.
    }
  };
  let waiting = read();
  const clock = (at) =>
    at.toLocaleTimeString("vi-VN", { timeZone: "Asia/Ho_Chi_Minh", hour: "numeric", minute: "2-digit" });
  const say = (words, look) => {
    status.textContent = words;
    status.className = `live-save ${look ? `hn-st hn-st-${look} hn-st-wrap` : "hn-save"}`;
  };

  const markOf = (key) => {
    const chosen = people.get(key).querySelector(`input[name="mark-${key}"]:checked`);
    return [chosen ? chosen.value : "", people.get(key).querySelector(`input[name="reason-${key}"]`).value.trim()];
  };
  const show = (key, mark, reason) => {
    const row = people.get(key);
    if (!row) return;
    for (const input of row.querySelectorAll(`input[name="mark-${key}"]`)) input.checked = input.value === mark;
    const field = row.querySelector(`input[name="reason-${key}"]`);
    if (field !== document.activeElement) field.value = reason;
    fold(key);
  };
  const fold = (key) => {
    const [mark] = markOf(key);
    const why = people.get(key).querySelector("[data-why]");
    why.hidden = mark !== "excused";
    why.open = mark === "excused";
  };
  const stands = (key, mark, reason) => {
    people.get(key).querySelector(`input[name="was-${key}"]`).value = `${mark}:${reason}`;
  };

  const draw = (told) => {
    for (const name of ["head", "rest", "note"]) {
      const place = document.querySelector(`[data-${name}]`);
      if (place && told[name] !== undefined) place.textContent = told[name];
    }
    const note = document.querySelector("[data-note]");
    if (note) note.parentElement.classList.toggle("hn-note-gold", told.reached);
    for (const [key, [mark, reason]] of Object.entries(told.marks || {})) {
      if (!waiting[key] && people.has(key)) {
        show(key, mark, reason);
        stands(key, mark, reason);
      }
    }
  };

  const complete = () => Object.entries(waiting).filter(([, [mark, reason]]) => mark !== "excused" || reason);

  const send = async () => {
    const ready = complete();
    if (sending || !ready.length || JSON.stringify(ready) === refused) return;
    sending = true;
    let more = false;
    const body = new URLSearchParams({ csrfmiddlewaretoken: token, channel: form.elements.channel.value });
    for (const [key, [mark, reason]] of ready) {
      body.set(`mark-${key}`, mark);
      body.set(`reason-${key}`, reason);
    }
    say(form.dataset.saving);
    try {
      const answer = await fetch(location.pathname, {
        method: "POST", body, headers: { Accept: "application/json" }, redirect: "manual", credentials: "same-origin",
      });
      if (answer.type === "opaqueredirect" || answer.status === 403) return say(form.dataset.out, "soon");
      if (answer.status === 422) {
        refused = JSON.stringify(ready); // not sent again until it is changed
        return say((await answer.json()).message, "late");
      }
      if (!answer.ok) throw new Error(String(answer.status));
      const told = await answer.json();
      for (const [key, [mark, reason]] of ready) {
        const now = waiting[key];
        if (now && now[0] === mark && now[1] === reason) delete waiting[key];
        stands(key, mark, reason);
      }
      write(waiting);
      draw(told);
      more = complete().length > 0; // marked while these were under way
      const left = Object.keys(waiting).length;
      if (!more) say(left ? form.dataset.why : `${told.saved} · ${told.head}`, left ? "soon" : "");
    } catch {
      say(form.dataset.lost.replace("%s", clock(new Date())), "soon");
    } finally {
      sending = false;
    }
    return more ? send() : undefined;
  };

  const noted = (key) => {
    const [mark, reason] = markOf(key);
    if (!mark) return;
    waiting[key] = [mark, mark === "excused" ? reason : ""];
    write(waiting);
    if (mark === "excused" && !reason) say(form.dataset.why, "soon");
  };
  let later;
  form.addEventListener("change", (event) => {
    const row = event.target.closest("[data-person]");
    if (!row) return;
    const key = row.dataset.person;
    fold(key);
    noted(key);
    send();
    if (event.target.value === "excused") row.querySelector(`input[name="reason-${key}"]`).focus();
  });
  form.addEventListener("input", (event) => {
    const row = event.target.closest("[data-person]");
    if (!row || !event.target.name.startsWith("reason-")) return;
    noted(row.dataset.person);
    clearTimeout(later);
    later = setTimeout(send, 900);
  });
  form.addEventListener("submit", (event) => {
    // "The rest" is known to the page: those without a mark.
    if (!event.submitter || event.submitter.name !== "rest") return;
    event.preventDefault();
    for (const key of people.keys()) {
      if (!markOf(key)[0]) {
        show(key, "present", "");
        noted(key);
      }
    }
    event.submitter.closest("[data-rest-button]").hidden = true;
    send();
  });
  window.addEventListener("online", send);
  setInterval(send, 10000);

  // Others check in by their phones meanwhile.
  const refresh = async () => {
    if (document.hidden || sending || !document.querySelector("[data-since]")) return;
    try {
      const answer = await fetch(location.pathname, {
        headers: { Accept: "application/json" }, redirect: "manual", credentials: "same-origin",
      });
      if (answer.ok) draw(await answer.json());
    } catch {
      // No network: the next tap says so.
    }
  };
  setInterval(refresh, 20000);

  // A search by name without marks, among those in the page.
  const find = document.querySelector("[data-find]");
  const plain = (text) => text.normalize("NFD").replace(/[\u0300-\u036f]/g, "").replace(/[đĐ]/g, "d").toLowerCase();
  const nobody = document.querySelector("[data-nobody]");
  find.hidden = false;
  const search = find.querySelector("input");
  search.addEventListener("input", () => {
    const words = plain(search.value).split(/\s+/).filter(Boolean);
    let found = 0;
    for (const row of people.values()) {
      const fits = words.every((word) => row.dataset.name.includes(word));
      row.hidden = !fits;
      found += fits ? 1 : 0;
    }
    nobody.hidden = found > 0;
    nobody.textContent = found ? "" : form.dataset.none;
  });
  search.addEventListener("keydown", (event) => {
    if (event.key === "Enter") event.preventDefault();
  });

  document.querySelector("[data-save]").hidden = true;
  for (const key of people.keys()) fold(key);
  waiting = Object.fromEntries(Object.entries(waiting).filter(([key]) => people.has(key)));
  for (const [key, [mark, reason]] of Object.entries(waiting)) show(key, mark, reason);
  if (Object.keys(waiting).length) {
    say(form.dataset.kept, "soon");
    send();
  }
})();
