/* The weekly review: each row, and each conclusion on a remedy, saves by itself as one types. What could not be sent is
   kept in this browser until it can. Without this script every row has its button. */
(function () {
  "use strict";

  var words = document.querySelector("[data-review-words]");
  if (!words || !window.fetch || !window.URLSearchParams) { return; }
  var count = document.querySelector("[data-review-count]");
  var WAIT = 1500;
  var AGAIN = 15000;

  function say(name, time) {
    return (words.getAttribute("data-" + name) || "").replace("%s", time || "");
  }

  function now() {
    var at = new Date();
    return at.getHours() + ":" + ("0" + at.getMinutes()).slice(-2);
  }

  function values(form) {
    return new URLSearchParams(new FormData(form));
  }

  /* What was typed, without what every page carries anew. */
  function typed(form) {
    var found = values(form);
    found.delete("csrfmiddlewaretoken");
    found.delete("version");
    return found.toString();
  }

  function keep(key, value) {
    try {
      if (value === null) { localStorage.removeItem(key); } else { localStorage.setItem(key, value); }
    } catch (error) { /* private windows keep nothing */ }
  }

  function kept(key) {
    try { return JSON.parse(localStorage.getItem(key) || "null"); } catch (error) { return null; }
  }

  function Draft(form) {
    this.form = form;
    this.judges = form.hasAttribute("data-judge");
    this.status = form.querySelector("[data-status]");
    this.key = this.judges ? "" : "hatnhan:review:" + form.getAttribute("data-review");
    this.saved = typed(form);
    this.timer = 0;
    this.sending = false;
    var self = this;
    this.note = form.querySelector("[data-note]");
    form.classList.add("review-auto");
    this.ask();
    form.addEventListener("input", function (event) { self.changed(event.target.tagName === "SELECT"); });
    form.addEventListener("change", function () { self.changed(true); });
    form.addEventListener("submit", function (event) {
      event.preventDefault();
      self.changed(true);
    });
    this.restore();
  }

  /* A note is asked for only where something is left to say. */
  Draft.prototype.ask = function () {
    if (!this.note) { return; }
    var said = this.form.elements.verdict.value;
    this.note.hidden = (said === "" || said === "done") && !this.form.elements.note.value;
  };

  Draft.prototype.tell = function (text, style) {
    this.status.textContent = text;
    this.status.className = "hn-save" + (style ? " review-" + style : "");
  };

  Draft.prototype.restore = function () {
    var found = this.key ? kept(this.key) : null;
    if (!found || found.typed === this.saved) { return; }
    var form = this.form;
    new URLSearchParams(found.typed).forEach(function (value, name) {
      if (form.elements[name]) { form.elements[name].value = value; }
    });
    form.elements.version.value = found.version;
    this.saved = found.base || "";
    this.open();
    this.changed(true);
  };

  Draft.prototype.open = function () {
    var rest = this.form.closest("details");
    if (rest) { rest.open = true; }
  };

  Draft.prototype.changed = function (soon) {
    window.clearTimeout(this.timer);
    this.ask();
    if (this.conflict) { return; }
    if (typed(this.form) === this.saved) { return; }
    if (this.key) {
      keep(this.key, JSON.stringify({
        typed: typed(this.form), base: this.saved, version: this.form.elements.version.value
      }));
    }
    if (this.judges && this.form.elements.verdict.value === "dropped" && !this.form.elements.note.value.trim()) {
      this.tell(say("reason"), "wrong");
      return;
    }
    if (!this.sending) { this.tell(say("typing"), "typing"); }
    var self = this;
    this.timer = window.setTimeout(function () { self.send(); }, soon ? 0 : WAIT);
  };

  Draft.prototype.send = function () {
    if (this.sending) { return; }
    var self = this;
    var sent = typed(this.form);
    this.sending = true;
    this.tell(say("saving"), "typing");
    fetch(this.form.action, {
      method: "POST",
      body: values(this.form),
      headers: { Accept: "application/json" },
      credentials: "same-origin"
    }).then(function (answer) {
      var type = answer.headers.get("Content-Type") || "";
      if (answer.redirected || type.indexOf("application/json") !== 0) {
        var out = answer.redirected || answer.status === 403;
        return { status: answer.status, told: { message: say(out ? "out" : "refused") } };
      }
      return answer.json().then(function (told) { return { status: answer.status, told: told }; });
    }).then(function (got) {
      self.sending = false;
      if (got.status === 200 && got.told.saved) { self.done(sent, got.told); }
      else if (got.status === 409) { self.quarrel(got.told); }
      else { self.wrong(got.told); }
    }, function () {
      self.sending = false;
      self.tell(say("lost", now()), "wrong");
      self.timer = window.setTimeout(function () { self.changed(true); }, AGAIN);
    });
  };

  Draft.prototype.done = function (sent, told) {
    this.saved = sent;
    this.mark({});
    if (this.form.elements.version && told.version !== undefined) {
      this.form.elements.version.value = told.version;
    }
    if (typed(this.form) !== sent) { this.changed(false); return; }
    if (this.key) { keep(this.key, null); }
    this.tell(told.saved, "");
    if (count && told.count) { count.textContent = told.count; }
    this.settled(told);
  };

  /* An empty row that has been written leaves the words "Còn trống" and the button beside it. */
  Draft.prototype.settled = function (told) {
    var rest = this.form.closest("details");
    if (!rest || told.written === undefined) { return; }
    var state = rest.querySelector("[data-rest-state]");
    if (state) { state.hidden = told.written; }
    var nothing = rest.parentNode.querySelector("[data-nothing]");
    if (nothing) {
      nothing.hidden = told.written;
      nothing.elements.version.value = told.version;
    }
  };

  Draft.prototype.wrong = function (told) {
    var beside = this.mark(told.errors || {});
    this.tell(beside ? say("refused") : told.message || say("refused"), "wrong");
  };

  /* Put errors beside their boxes; return whether there were any. */
  Draft.prototype.mark = function (errors) {
    var form = this.form;
    var found = false;
    Array.prototype.forEach.call(form.querySelectorAll("[data-said-wrong]"), function (one) { one.remove(); });
    Array.prototype.forEach.call(form.elements, function (box) {
      if (!box.name || box.type === "hidden") { return; }
      var error = errors[box.name];
      box.removeAttribute("aria-invalid");
      if (!error) { return; }
      found = true;
      box.setAttribute("aria-invalid", "true");
      var line = document.createElement("p");
      line.className = "hn-err";
      line.setAttribute("data-said-wrong", "");
      line.textContent = error;
      box.parentNode.insertBefore(line, box);
    });
    return found;
  };

  function plain(text) {
    return (text || "").replace(/\r\n/g, "\n").trim();
  }

  /* Take over what somebody else wrote into boxes that one has not touched; return whether all could be joined so. */
  Draft.prototype.join = function (theirs) {
    var base = new URLSearchParams(this.saved);
    var form = this.form;
    var joined = true;
    Object.keys(theirs).forEach(function (name) {
      var box = form.elements[name];
      if (!box || plain(box.value) === plain(theirs[name])) { return; }
      if (plain(box.value) === plain(base.get(name))) { box.value = theirs[name]; return; }
      if (plain(base.get(name)) !== plain(theirs[name])) { joined = false; }
    });
    return joined;
  };

  /* Somebody else saved meanwhile. What does not touch is joined; else both texts are shown, and the person chooses. */
  Draft.prototype.quarrel = function (told) {
    var self = this;
    if (this.join(told.values || {})) {
      this.form.elements.version.value = told.version;
      this.saved = "";
      this.changed(true);
      return;
    }
    var box = document.createElement("div");
    this.conflict = true;
    this.open();
    this.tell(say("refused"), "wrong");
    box.className = "hn-note hn-note-late review-quarrel";
    box.setAttribute("role", "alert");
    this.line(box, "p", this.form.querySelector("h3").textContent + ". " + told.message);
    this.line(box, "p", say("theirs"));
    var list = document.createElement("dl");
    (told.texts || []).forEach(function (text) {
      self.line(list, "dt", text[1]);
      self.line(list, "dd", text[2] || say("empty"));
    });
    box.appendChild(list);
    this.line(box, "p", say("mine"));
    box.appendChild(this.button("keep", function () {
      self.form.elements.version.value = told.version;
      self.settle(box);
      self.changed(true);
    }));
    box.appendChild(this.button("drop", function () {
      if (self.key) { keep(self.key, null); }
      window.location.reload();
    }));
    this.form.insertBefore(box, this.form.firstChild);
  };

  Draft.prototype.settle = function (box) {
    box.remove();
    this.conflict = false;
    this.saved = "";
  };

  Draft.prototype.line = function (parent, tag, text) {
    var one = document.createElement(tag);
    one.textContent = text;
    parent.appendChild(one);
  };

  Draft.prototype.button = function (name, act) {
    var one = document.createElement("button");
    one.type = "button";
    one.className = "btn btn-plain";
    one.textContent = say(name);
    one.addEventListener("click", act);
    return one;
  };

  /* On a phone rows already written are one line each; the place one comes back to stays open. */
  if (window.matchMedia && window.matchMedia("(max-width: 47.99rem)").matches) {
    Array.prototype.forEach.call(document.querySelectorAll("[data-kept]"), function (one) {
      one.open = Boolean(one.querySelector(window.location.hash.replace(/[^#\w-]/g, "") || "#none"));
    });
  }

  var drafts = Array.prototype.map.call(
    document.querySelectorAll("form[data-review], form[data-judge]"),
    function (form) { return new Draft(form); }
  );
  window.addEventListener("online", function () {
    drafts.forEach(function (one) { one.changed(true); });
  });
  /* A row opened from the list: begin to write at once. */
  document.addEventListener("toggle", function (event) {
    var rest = event.target;
    if (!rest.hasAttribute || !rest.hasAttribute("data-rest") || !rest.open) { return; }
    var box = rest.querySelector("textarea");
    if (box && document.activeElement && rest.contains(document.activeElement)) { box.focus(); }
  }, true);
})();
