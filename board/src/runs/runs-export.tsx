import { csvLine } from "../csv.js";
import { copyText } from "../parts/copy.js";
import { say } from "../parts/dialog.js";
import { Menu } from "../parts/menu.js";
import { saveFile } from "../save-file.js";
import { chosen, shownColumns, shownRows } from "../selection.js";
import { fetchSavedPage, saved } from "../server.js";
import { NAME } from "../table-model.js";

/** What is on show, to keep or to hand on. */
export function RunsExport() {
  return (
    <Menu label="Export">
      <div class="choices">
        <button type="button" onClick={saveTable}>
          Table on show (CSV)
        </button>
        {saved === null && (
          <button type="button" onClick={savePage}>
            Chosen runs as a page (HTML)
          </button>
        )}
        <button
          type="button"
          onClick={async () => {
            await copyText(location.href);
            say("The address of this view is copied.");
          }}
        >
          Copy address of this view
        </button>
      </div>
    </Menu>
  );
}

function saveTable(): void {
  const columns = [NAME, ...shownColumns.value];
  const lines = [
    csvLine(columns.map(({ id }) => id)),
    ...shownRows.value.map((row) => csvLine(columns.map((column) => column.value(row)))),
  ];
  saveFile("runs.csv", new Blob([`${lines.join("\n")}\n`], { type: "text/csv" }));
}

async function savePage(): Promise<void> {
  try {
    saveFile("pawl-board.html", await fetchSavedPage(chosen.value));
  } catch (error) {
    say((error as Error).message);
  }
}
