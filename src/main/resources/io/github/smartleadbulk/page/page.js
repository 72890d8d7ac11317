(() => {
  "use strict";
  const root = document.documentElement;
  root.classList.add("js");

  /** The text of an element, lower case, read once. */
  const texts = new WeakMap();
  const text = (element) => {
    let known = texts.get(element);
    if (known === undefined) {
      known = element.textContent.toLowerCase();
      texts.set(element, known);
    }
    return known;
  };

  const counted = (count, noun) =>
    count.toLocaleString("en").replaceAll(",", "\u202f") + " " + noun + (count === 1 ? "" : "s");

  /** A row is shown if it has all words, or if the group around it has. */
  const search = (area) => {
    const words = area.querySelector("input[type=search]").value.toLowerCase().split(/\s+/).filter(Boolean);
    const choices = [...area.querySelectorAll("select[data-filter]")].filter((one) => one.value);
    const fits = (element, among = choices) =>
      among.every((one) => {
        const column = one.dataset.column;
        const value = column ? element.cells[column].textContent.trim() : element.dataset[one.dataset.filter];
        return value === one.value;
      });
    const ofRows = choices.filter((one) => "rows" in one.dataset);
    const ofGroups = choices.filter((one) => !ofRows.includes(one));
    const has = (found) => words.every((word) => found.includes(word));
    let shown = 0;
    for (const group of area.querySelectorAll(".group")) {
      const common = [...group.querySelectorAll(".common")].map(text).join(" ");
      let inGroup = 0;
      for (const row of group.querySelectorAll("tbody tr")) {
        const visible = fits(row, ofRows) && has(common + " " + text(row));
        row.hidden = !visible;
        inGroup += visible ? 1 : 0;
      }
      group.hidden = inGroup === 0 || !fits(group, ofGroups);
      shown += group.hidden ? 0 : inGroup;
    }
    for (const table of area.querySelectorAll("table.searched")) {
      let inTable = 0;
      for (const row of table.tBodies[0].rows) {
        row.hidden = !fits(row) || !has(text(row));
        inTable += row.hidden ? 0 : 1;
      }
      const part = table.closest(".part");
      if (part) {
        part.hidden = inTable === 0;
      }
      shown += inTable;
    }
    area.querySelector(".found").textContent = counted(shown, area.dataset.noun);
  };

  for (const area of document.querySelectorAll(".searchable")) {
    const field = area.querySelector("input[type=search]");
    if (!field) {
      continue; // Nothing to search in.
    }
    let waiting = 0;
    field.addEventListener("input", () => {
      clearTimeout(waiting);
      waiting = setTimeout(() => search(area), 120);
    });
    for (const one of area.querySelectorAll("select[data-filter]")) {
      one.addEventListener("change", () => search(area));
    }
    const rows = area.querySelectorAll(".group tbody tr, table.searched > tbody > tr").length;
    area.querySelector(".found").textContent = counted(rows, area.dataset.noun);
  }

  /** Sorts by a column: numbers by their value, everything else as text. A long table has parts, which are sorted as one. */
  const sort = (header) => {
    const table = header.closest("table");
    const tables = table.closest(".part") ? [...table.closest(".searchable").querySelectorAll(".part > table")] : [table];
    const column = header.cellIndex;
    const up = header.getAttribute("aria-sort") !== "ascending";
    for (const one of tables) {
      for (const other of one.tHead.rows[0].cells) {
        other.removeAttribute("aria-sort");
      }
      one.tHead.rows[0].cells[column].setAttribute("aria-sort", up ? "ascending" : "descending");
    }
    const key = (row) => row.cells[column].dataset.sort ?? row.cells[column].textContent.trim();
    const sizes = tables.map((one) => one.tBodies[0].rows.length);
    const rows = tables.flatMap((one) => [...one.tBodies[0].rows]).map((row) => [key(row), row]);
    const order = new Intl.Collator("en", { numeric: true });
    rows.sort((one, other) => (up ? 1 : -1) * order.compare(one[0], other[0]));
    let next = 0;
    tables.forEach((one, i) => {
      one.tBodies[0].append(...rows.slice(next, next + sizes[i]).map((row) => row[1]));
      next += sizes[i];
      const part = one.closest(".part");
      if (part) {
        part.hidden = [...one.tBodies[0].rows].every((row) => row.hidden);
      }
    });
  };

  for (const header of document.querySelectorAll("table.sorted > thead th")) {
    const button = document.createElement("button");
    button.type = "button";
    button.append(...header.childNodes);
    header.append(button);
    button.addEventListener("click", () => sort(header));
  }

  /**
   * Signatures in frames that can run nothing and load nothing. Hundreds of frames take a gigabyte,
   * so a group gets its own when it is opened, and loses them when it is closed.
   */
  document.addEventListener(
    "toggle",
    (event) => {
      for (const place of event.target.querySelectorAll(":scope > .texts .frame")) {
        const frame = document.createElement("iframe");
        frame.setAttribute("sandbox", "");
        frame.title = place.title;
        frame.srcdoc = place.dataset.srcdoc;
        place.replaceChildren(...(event.target.open ? [frame] : []));
      }
    },
    true
  );

  /** Signatures as they look, or as they are written. */
  for (const button of document.querySelectorAll("[data-show]")) {
    button.addEventListener("click", () => {
      const texts = button.closest(".texts");
      texts.classList.toggle("source", button.dataset.show === "source");
      for (const other of button.parentNode.querySelectorAll("[data-show]")) {
        other.setAttribute("aria-pressed", String(other === button));
      }
    });
  }

  /** A place of a chart or of a heat map tells its figures to a finger and to a pointer. */
  for (const type of ["pointerover", "click"]) {
    document.addEventListener(type, (event) => {
      const spot = event.target.closest?.(".spot");
      const told = spot?.closest("figure")?.querySelector(".told");
      if (told) {
        told.textContent = spot.querySelector("title")?.textContent ?? spot.title;
      }
    });
  }
})();
