import { useCell } from "../state/cell.ts";
import { type Settings, choices, settings } from "../state/settings.ts";
import { close, show } from "./dialog.ts";

/** switches are the settings with their words. */
const switches: { setting: keyof Settings; title: string; says: Record<string, string>; means?: string }[] = [
  { setting: "notes", title: "Notes of the playground", says: { full: "all", errors: "errors only", off: "none" }, means: "None leaves a bare terminal." },
  { setting: "theme", title: "Theme", says: { system: "as the system", light: "light", dark: "dark" } },
  { setting: "speech", title: "Screen reader", says: { short: "one sentence for each answer", full: "the full text of each answer" } },
];

function SettingsBody() {
  const now = useCell(settings);
  return (
    <>
      <h2>Settings</h2>
      {switches.map(({ setting, title, says, means }) => (
        <fieldset key={setting} class="switch">
          <legend>{title}</legend>
          <div class="options">
            {(choices[setting] as readonly string[]).map((value) => (
              <label key={value}>
                <input type="radio" name={setting} value={value} checked={now[setting] === value}
                  onChange={() => (settings.value = { ...settings.value, [setting]: value } as Settings)} /> {says[value]}
              </label>
            ))}
          </div>
          {means && <p class="remark">{means}</p>}
        </fieldset>
      ))}
      <p class="remark">Remembered in this browser.</p>
      <div class="row"><button type="button" class="main" autoFocus onClick={close}>Close</button></div>
    </>
  );
}

/** changeSettings opens the switches. */
export function changeSettings(): void {
  show("Settings", <SettingsBody />);
}
