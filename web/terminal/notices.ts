// The buttons of the page's own notices.

import type { ActionName } from "../page/actions.ts";
import type { NoticeId } from "../words/words.ts";

/** noticeButtons is what a visitor can do about a notice. */
export const noticeButtons: Partial<Record<NoticeId, { says: string; does: ActionName }[]>> = {
  notLoaded: [{ says: "try again", does: "tryAgain" }],
  late: [{ says: "load the page again", does: "reload" }],
  stopped: [{ says: "copy report", does: "copyReport" }],
  silent: [{ says: "stop it", does: "stopIt" }],
  memory: [{ says: "download", does: "download" }, { says: "load a world…", does: "world" }],
  found: [{ says: "open the earlier world", does: "takeOver" }, { says: "keep this one instead", does: "keepThis" }, { says: "download", does: "download" }],
  kept: [{ says: "bring it back", does: "bringBack" }, { says: "worlds", does: "world" }],
  elsewhere: [{ says: "take over", does: "takeOver" }],
  linked: [{ says: "take over", does: "takeOver" }],
  update: [{ says: "load it now", does: "reload" }],
};
