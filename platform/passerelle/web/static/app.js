// Everything works without this file; it only makes it smoother.
"use strict";
(() => {
  const $ = (one, root = document) => root.querySelector(one);
  const $$ = (all, root = document) => [...root.querySelectorAll(all)];

  // Errors are read first.
  $("#errors")?.focus();

  // Count characters.
  for (const line of $$("[data-limit]")) {
    const box = document.getElementById(line.dataset.for);
    const { limit, words } = line.dataset;
    const count = () => {
      const used = [...box.value].length;
      line.textContent = words.replace("{used}", used).replace("{limit}", limit);
      line.classList.toggle("over", used > limit);
    };
    box?.addEventListener("input", count);
    if (box) count();
  }

  // Copy an address.
  for (const link of $$("a[data-copy]")) {
    link.addEventListener("click", (event) => {
      if (!navigator.clipboard) return;
      event.preventDefault();
      const told = document.createElement("span");
      told.setAttribute("role", "status");
      link.after(told);
      navigator.clipboard.writeText(link.href).then(() => (told.textContent = link.dataset.done));
    });
  }

  // Offer words while one types.
  const box = $("[role=search] [name=q]"), list = document.createElement("datalist");
  let typing;
  const offer = async () => {
    const answer = await fetch(new URL(`suggest?q=${encodeURIComponent(box.value)}`, box.form.action));
    list.replaceChildren(...(await answer.json()).suggestions.map((words) => new Option("", words)));
  };
  box?.setAttribute("list", (list.id = "offers"));
  box?.after(list);
  box?.addEventListener("input", () => {
    clearTimeout(typing);
    typing = setTimeout(() => offer().catch(() => {}), 150);
  });

  // Repeatable lines: components/fields.html.
  const renumber = (row, from, to) => {
    const place = new RegExp(`-${from}(?=-|$)`);
    for (const part of [row, ...$$("*", row)])
      for (const kind of ["id", "for", "name", "value", "aria-describedby"]) {
        if (kind === "value" && part.tagName !== "BUTTON") continue;
        const now = part.getAttribute(kind);
        if (now) part.setAttribute(kind, now.replace(place, `-${to}`));
      }
  };
  const empty = (row) => {
    for (const part of $$("input, select, textarea", row)) {
      if (part.tagName === "SELECT") part.selectedIndex = 0;
      else part.value = "";
      part.classList.remove("is-invalid");
      part.removeAttribute("aria-invalid");
    }
    $$(".invalid-feedback, button .visually-hidden", row).forEach((old) => old.remove());
  };
  const enter = (row) => $("input, select, textarea", row)?.focus();
  document.addEventListener("click", (event) => {
    const button = event.target.closest("button[name=do]");
    const adds = button?.dataset.add;
    const set = adds ? $(`[data-rows="${adds}"]`) : button?.closest("[data-rows]");
    const rows = set ? $$(":scope > .rowline", set) : [];
    if (!rows.length || !(adds || button.value.startsWith("del-"))) return;
    if (adds && rows.length >= set.dataset.most) return; // the server says why
    event.preventDefault();
    const from = Number(set.dataset.from);
    const row = adds ? rows.at(-1).cloneNode(true) : button.closest(".rowline");
    const at = rows.indexOf(row);
    if (adds) {
      renumber(row, from + rows.length - 1, from + rows.length);
      rows.at(-1).after(row);
    }
    if (adds || rows.length === 1) {
      empty(row);
      enter(row);
    } else {
      row.remove();
      rows.slice(at + 1).forEach((next, i) => renumber(next, from + at + i + 1, from + at + i));
      enter(rows[at + 1] || rows[at - 1]);
    }
    set.dispatchEvent(new Event("input", { bubbles: true }));
  });

  // <form data-keep> warns before leaving; data-autosave saves meanwhile, by do=autosave.
  for (const form of $$("form[data-keep]")) {
    const line = $("#saved");
    const saves = "autosave" in form.dataset;
    let changed = false, busy = false, leaving = false, held, timer, wait = 4000;
    const say = (what, time) => {
      const text = line && $("span", line);
      if (!text) return;
      line.classList.toggle("bad", what !== "saved");
      text.textContent = line.dataset[what].replace("{time}", time);
    };
    const later = () => {
      clearTimeout(timer);
      if (saves && !leaving) timer = setTimeout(save, wait);
    };
    const post = async () => {
      const body = new FormData(form);
      for (const [name, value] of [...body]) if (value instanceof File) body.delete(name);
      body.set("do", "autosave");
      const headers = { Accept: "application/json" };
      const answer = await fetch(form.action, { method: "POST", body, headers, redirect: "manual" });
      if (answer.type === "opaqueredirect" || answer.status === 401) return "signedOut";
      if (answer.status === 409) return "conflict";
      if (answer.status === 422) return "unready";
      if (!answer.ok) return "failed";
      const { version, saved_at } = await answer.json();
      if (form.elements.version) form.elements.version.value = version;
      say("saved", saved_at);
      return "saved";
    };
    const save = async () => {
      if (busy || !changed || leaving) return;
      busy = true;
      changed = false;
      const what = await post().catch(() => "failed");
      busy = false;
      const more = changed;
      changed ||= what !== "saved";
      wait = what === "failed" || what === "signedOut" ? Math.min(wait * 2, 60000) : 4000;
      if (what !== "saved" && what !== "unready") say(what);
      if (held) form.requestSubmit(held);
      else if (more || wait > 4000) later();
    };
    form.addEventListener("input", () => {
      changed = true;
      later();
    });
    form.addEventListener("submit", (event) => {
      if (busy) { // its answer brings the version this form must carry
        event.preventDefault();
        held = event.submitter;
        return;
      }
      leaving = true;
    });
    addEventListener("pageshow", () => (leaving = false));
    addEventListener("beforeunload", (event) => {
      if (!leaving && (changed || busy)) event.preventDefault();
    });
  }
})();
