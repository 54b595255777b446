// The contract between the page and the engine. wasm/ exports these methods; a Go test compares the method
// names below with the bridge's table. Every method takes one value and answers with a promise of one value
// (JSON on the wire). A method that fails answers {error: Fault}.

/** Fault is what a method answers instead of its result when the engine could not do it. */
export interface Fault { code: string; message: string; terminal?: number }

/** Part is a run of a note; code parts are words to type or that a tool printed. */
export interface Part { text: string; code?: boolean }

/** Note is one remark of the playground. error notes stay when notes are set to "errors only". */
export interface Note { id: string; parts: Part[]; error?: boolean }

export type State = "ready" | "asks" | "waits" | "runs" | "closed";

/** Wait is what a waiting command waits for. Times are simulated milliseconds; until 0 means no end. */
export interface Wait { about: Part[]; have: number; of: number; since: number; until: number }

/** Turn is what happened in a terminal. The page draws from these alone. text is the tool's own, with control
 *  characters already made visible; it is appended to the terminal's open block. */
export interface Turn {
  terminal: number;
  line: string | null;      // a typed line that now begins a block ("" for Enter alone); null: goes on in the open block
  echo: boolean;            // false: the line was an answer to a hidden question and is not shown (line is then "")
  at: string;               // the prompt at which the line was typed
  text: string;
  notes: Note[];
  state: State;             // runs: more will come by itself
  prompt: string;           // stands before the next line, when ready or asks
  hidden: boolean;          // asks: the answer is not to be echoed
  wait: Wait | null;
  status: number;           // exit status of the line in bash
  code: number | null;      // the tool's return code of the line, once it has ended; -1: refused, and no number is public
  command: string;          // the first word of the line, for labels: "genECCKeyPair"
  program: string;          // bash, key_mgmt_util …
  user: string;             // who is logged in, "" for nobody
  said: string;             // one sentence for the spoken log, "" for none
  clear: boolean;           // the transcript is to be cleared first
  calls?: number[];         // the numbers of the first and the last call to an HSM that the line has made so far; none without one
}

export interface Choice { word: string; means: string; space: boolean }
export interface Completion { from: number; to: number; choices: Choice[] }     // offsets in UTF-16 units
export interface Slot { word: string; value: string; filled: boolean; optional: boolean }
/** Explanation ties the line to its meaning. real is how much of the command is documented, page the reference's page about it; both may be "". */
export interface Explanation { summary: string; slots: Slot[]; current: number; means: string; fault: string; real: string; page: string }

/** Section is a part of the read model. Rows have stable ids; equal rows have the same version, whoever reads them, and no version is 0. */
export interface Section<Row> { version: number; rows: Row[]; total: number }

export interface NodeRow {
  id: string; node: number; ip: string;
  cluster: string; kin: "" | "clone" | "original" | "unrelated";   // its id; what it is to the daemon's cluster, "" for the same
  state: "up" | "down" | "cut"; sync: boolean; differs: boolean;   // cut: isolated; sync: copies are on their way to it
  keys: number; missing: number; users: number; delay: number; tampered: boolean;
}
export interface KeyRow {
  id: string; handle: number; class: string; type: string; label: string; keyId: string;
  owner: number; ownerName: string; shared: number[]; extractable: boolean; session: boolean;
  kcv: string; nodes: number[]; missing: number[]; mValue: number;
  curve: string;         // secp384r1; "" for none
  flags: string[];       // the attributes that are set: OBJ_ATTR_SIGN
  origin: "generated" | "imported" | "unwrapped";
  visible: boolean;      // to the user of the front terminal
}
export interface UserRow { id: string; user: number; name: string; type: string; password: string; nodes: number[] }   // password: only of seeded users, else ""
/** FileRow is a file under the home directory or /tmp. changed: ms since 1970; text: begins like text. */
export interface FileRow { id: string; path: string; size: number; directory: boolean; changed: number; text: boolean }
/** Files also tell what still fits: bytes of one file, bytes of all further files, further files. */
export interface Files extends Section<FileRow> { room: { file: number; bytes: number; files: number } }

/** AttributeRow is an attribute in a file of getAttribute. on: the server, as cloudhsm_mgmt_util writes it; reads: the value in words, "" where it speaks for itself. */
export interface AttributeRow { id: string; on: string; number: number; name: string; value: string; reads: string; means: string }
/** BlockRow is a block of a PEM file. handle: that a fake names, or of the key of the cluster that it is; there: the cluster holds that key. */
export interface BlockRow {
  id: string; label: string; size: number; type: string; handle: string; there: boolean; subject: string; issuer: string;
  kind: "public" | "private" | "fake" | "encrypted" | "certificate" | "request" | "other" | "broken";
}
/** KnownAnswer is one that others have published (source says where) and what came of it here: input, expected and got are hex, or words
 *  where a signature is looked at. altered is what came of the same with one bit turned over, noticed that it was refused or came out
 *  otherwise. */
export interface KnownAnswer {
  name: string; source: string; input: string; expected: string; got: string; right: boolean; altered: string; noticed: boolean;
}

/** Inspection is what the playground recognises in a file. class, type and label are of the key that it is about, "" where unknown;
 *  handle is of the one key of the cluster that it is about, 0 for none; here: this cluster can open the masked object. */
export interface Inspection {
  kind: "empty" | "attributes" | "pem" | "wrapped" | "masked" | "text" | "binary";
  text: boolean; class: string; type: string; label: string; handle: number; here: boolean;
  attributes: AttributeRow[]; blocks: BlockRow[];
}
/** AuditRow is one entry of an HSM's audit log; text is as `hsm audit` shows it. code -1 has no public number. means: what was done, or was not; user: that it is about, or
 *  who was logged in then; keys: handles. */
export interface AuditRow { id: string; node: number; seq: number; opcode: string; code: number; text: string; time: number; means: string; user: string; type: string; keys: number[] }
/** SessionRow is a session of a tool with HSMs; user is "" before a login; way: through the daemon, by own connections, to the whole cluster, "" where its tool is gone. */
export interface SessionRow { id: string; user: string; type: string; way: "daemon" | "own" | "whole" | ""; nodes: number[] }
/** TokenRow is a token for approvals. service: 3 and 4 are an officer's, 5 uses and 6 manages the key with the handle. */
export interface TokenRow { id: string; number: number; service: number; user: string; handle: number; nodes: number[]; approvers: string[]; needed: number }
/** Access is who is at work, by which way, and what waits for approvals. quorum: approvals that HSMs ask of officers, 1 for none; keyed: users who can approve. */
export interface Access {
  daemon: { running: boolean; ip: string; node: number; reaches: number[]; minServers: number };   // node -1: none has its address
  sessions: SessionRow[]; tokens: TokenRow[]; quorum: { node: number; users: number; other: number }[]; keyed: string[];
}
/** AttributeLine is an attribute of a key under its three names. set: who may change it, "" for nobody; way: to what, "" for any. */
export interface AttributeLine { number: number; name: string; pkcs11: string; cli: string; value: string; reads: string; means: string; set: "" | "owner" | "officer"; way: "" | "on" | "off" }
/** DeedRow is something that may be done with a key. not: why somebody may not, "" where he may; attribute: that keeps him from it. */
export interface DeedRow { name: string; means: string; approvals: number; attribute: string; by: { who: "owner" | "sharer" | "user" | "officer"; not: string }[] }
/** KeySight is what is known of a key beside its row, which is null for one that is gone. pair: the handle of the other half, 0 for none; begins: the logs go back to their first entry. */
export interface KeySight {
  key: KeyRow | null; pair: number; attributes: AttributeLine[]; deeds: DeedRow[]; uses: AuditRow[]; begins: boolean; backups: string[];
  copies: { node: number; ip: string; state: NodeRow["state"]; held: boolean; differs: string[] }[];
}
/** RanRow is a line that has ended, without secrets, and what came of it. path: the command by its words, none where it is no command; code: a tool's, as Turn's; calls: the numbers of the first and
 *  the last call that it made, or none; rows: the ids of what it has made, changed or deleted, and how many more there are. */
export interface RanRow {
  id: string; seq: number; terminal: number; time: number; line: string; tool: string; path: string[];
  status: number; code: number | null; refusal: string; calls: number[]; rows: string[]; more: number; user?: string;
  exits?: { program: string; status: number }[];   // of the programs of a line of bash, where status does not tell
}
/** CallRow is one call of a client to an HSM, or a copy between two; the drawing moves by these and by nothing else. */
export interface CallRow { id: string; seq: number; command: number; time: number; from: number; node: number; op: string; detail: string; code: number }   // from -1: the client; code -1: no number is public
/** CallArg is an argument of a call. A secret is told by its length alone, "" where that is not known any more. */
export interface CallArg { name: string; value: string; secret?: boolean }
/** LoggedCall is a call with what it was made with beside its detail. */
export interface LoggedCall extends CallRow { args?: CallArg[] }
export interface Cluster extends Section<NodeRow> { now: number; due: number; calls: CallRow[]; profile: string; fips: boolean; model: string; daemon: boolean; lines: number; state: "UNINITIALIZED" | "INITIALIZED" | "ACTIVE" }   // lines: typed so far

export interface TerminalInfo { terminal: number; program: string; user: string; prompt: string; state: State; history: string[]; named: string }

/** Seen is what the reader of a batch knows already: versions, how many keys there are, the last call. It sees the first count keys that match filter, as the
 *  user of a terminal. */
export interface Seen { terminal: number; cluster: number; calls: number; keys: number; total: number; count: number; filter: string; users: number; files: number }

/** News answers a batch. seq counts them in the order in which they have read the world, from 1 for each engine; answers may overtake each other.
 *  Sections that have not changed are left out. cluster has no rows then, and keys has none where only their number is another. */
export interface News {
  seq: number; now: number; due: number; cluster?: Cluster; keys?: Section<KeyRow>; users?: Section<UserRow>; files?: Files;
  rows?: Record<string, string | null>;
}

/** PointRow is the world after a command. depth: how many commands come before it; line: without secrets, "" for what was done beside the terminals;
 *  says: what it has done, in one sentence; ahead: how many other branches go on from it. */
export interface PointRow { id: number; depth: number; time: number; terminal: number; line: string; tool: string; failed: boolean; says: string; ahead: number }
/** TimelineNews is what has changed of a timeline, for the store: rows; the worlds of new points, each as all rows or as those that differ from the point's
 *  before it in the store; points that are no more, whose rows the next one's are to be put over; passwords that *** is to stand for in all rows of what ran. */
export interface TimelineNews {
  rows: Record<string, string | null>; worlds: { id: number; whole: boolean; rows: Record<string, string | null> }[]; gone: number[]; hidden: string[]; more: boolean;
}
/** TimelineView is the points of the branch that the world is on, the newest first, and the other branches: from is the point where they part from it,
 *  more how many points come after that. away: points whose worlds are to be recalled first; then nothing was done. */
export interface TimelineView { at: number; total: number; points: PointRow[]; branches: { id: number; from: number; more: number; last: PointRow }[]; away: number[] }
/** Outline is what differs between two points: rows, lines of audit logs, and the commands that lead from the one to the other. */
export interface Outline {
  rows: { id: string; kind: "hsm" | "user" | "key" | "file"; how: "made" | "gone" | "changed"; name: string; says: string }[]; more: number;
  audit: { node: number; lines: number; texts: string[] }[]; undone: PointRow[]; done: PointRow[];
  away: number[];
}
/** TermRow is a word of the field, an attribute or a return code. also: other words for it. */
export interface TermRow { term: string; also: string[]; means: string; source: string }
/** SameLine is one line, and the program at whose prompt it is typed; "" is a call. */
export interface SameLine { at: string; text: string }
/** Same is a line of a tool in other words: the same work in each other place, or why there is nothing like it. differs: why the CLI's line and the older tools' cannot come to the same, "" where they do. */
export interface Same { tool: string; command: string; others: { name: string; lines: SameLine[]; why: string }[]; differs: string; notes: string[] }
/** LessonRow is a lesson of the course. ticked and fresh are of its steps: done, and new since the lesson was played; last: ms since 1970, 0 for never. */
export interface LessonRow { name: string; title: string; theme: "start" | "keys" | "cluster" | "people" | "automation"; minutes: number; after: string[]; ticked: boolean[]; fresh: boolean[]; last: number }
/** Differs is a field in which the nearest row is not as it was asked for. */
export interface Differs { field: string; found: string; want: string }
/** Prediction is a question about a line; until it is answered, right is -1. why is shown then. line may be "". */
export interface Prediction extends TypedLine { asks: Part[]; choices: string[]; chosen: number; right: number; is: string; why: Part[] }
/** TypedLine is a line and the tab that it is typed in, as the lesson counts them: 1 is the front one. */
export interface TypedLine { tab: number; line: string }
/** LessonState is all that the card shows. Texts are paragraphs of parts. */
export interface LessonState {
  name: string; title: string; intro: Part[][];
  step: number; titles: string[]; last: boolean;      // from 0; of all steps; it is the last one
  left: number;                                       // minutes, about
  tabs: number[];                                     // terminals, as the lesson counts them: it begins in the first; one may be closed
  prose: Part[][]; shows: string[][];                 // quoted lines of the tools
  goals: { says: Part[]; met: boolean; stays: boolean; fact: string }[];   // stays: it was so before, and ticks with the step; fact: what made it true, "key 7 on HSMs 0 1 2"
  missing: { goal: number; says: Part[]; differs: Differs[] | null }[];   // of unmet goals, once a line was typed
  wrong: { id: string; says: Part[][] } | null;       // the lesson's note under the last line
  failed: Part[];                                     // why the step cannot be reached any more: offer to go back; empty while it can
  predict: Prediction[];                              // answered in their order
  hints: Part[][]; hintsOf: number;                   // those given
  order: TypedLine[]; blank: TypedLine[];                   // lines to be put in order; lines with ___ for words left out; empty for no such game
  quiet: boolean;                                     // a prediction is open: no dry run, no suggestion
  held: boolean;                                      // and nothing was typed yet: goals and quotations would give its answer away
  repairs: boolean;                                   // repairs may be offered
  ended: boolean; done: Part[][]; yours: TypedLine[]; ours: TypedLine[];   // the step has ticked: what is said then, the lines that were run, the solution
}
/** LessonView is how the course stands. While a lesson is played, the other methods are about its world, also save and changes: keep its rows and
 *  played in a place of their own, and the own world's rows as they are. */
export interface LessonView {
  lessons: LessonRow[]; faults: string[];             // in the order of their files; of lessons that cannot be read: file:line: what
  state: LessonState | null;                          // null: no lesson is played
  show: { tab: number; line: string; at: number; of: number } | null;   // after show: a line for the prompt of a tab (1 is front)
  played: string;                                     // with the world's rows it resumes the lesson; "" for none
  progress: string;                                   // to be kept, and exported as it is
  due: number; review: { lesson: string; step: number; id: string }[];   // when a review is due: ms since 1970, 0 now, -1 not yet; its steps
}
/** LessonAct is one thing that is done in the course. at: ms since 1970. */
export type LessonAct =
  | { act: "course"; files: Record<string, string>; says?: Record<string, string>; progress?: string }   // texts by file name, their translations; adds to those that are there
  | { act: "list" | "next" | "hint" | "show" | "free" | "leave" }         // free: the card goes, the world stays; leave: the own world comes back
  | { act: "open"; name: string; at: number }                             // the own world is kept aside; read terminals anew
  | { act: "resume"; name: string; rows: Record<string, string>; played: string; at: number }
  | { act: "seen"; terminal: number; at: number }                         // after each line that has ended
  | { act: "guess"; prediction: number; choice: number }
  | { act: "back"; step: number }                                         // 0 is the whole lesson; read terminals anew
  | { act: "review"; at: number }                                         // one was done
  | { act: "merge"; progress: string };                                   // an import

/** Would is what a line would come to, by a dry run: sentences, none where nothing is known; what of it cannot be undone; whether an HSM will refuse it. */
export interface Would { says: Note[]; final: Note[]; refused: boolean }

/** Repair is a line that helps, tried in a copy of the world; then is what follows it, with the line at fault at the end where it is to be typed again.
 *  newTab: typed in a new tab, which is the same for all of a repair. */
export interface Repair { line: string; then: { line: string; newTab: boolean }[]; says: Note }
/** Why is why a line fails: its code (null: no HSM has refused it, -1: no number is public) and what that says, the rule and where it stands, the facts that break it,
 *  up to three repairs, the best first. works: it would work now. name is "" where nothing is known. */
export interface Why { code: number | null; name: string; rule: string; source: string; facts: Note[]; repairs: Repair[]; works: boolean }

export interface Engine {
  /** open makes a new terminal and answers with its first turn. name: "" or what it is for ("cluster"). */
  open(a: { name: string; columns: number }): Promise<Turn>;
  close(a: { terminal: number }): Promise<object>;
  terminals(a: object): Promise<{ terminals: TerminalInfo[]; notes: Note[] }>;   // notes: what restoring the world has changed, told once
  /** type hands a line to a terminal; settles when it is ready, asks or waits, with everything since the line. */
  type(a: { terminal: number; line: string }): Promise<Turn>;
  /** interrupt is Ctrl-C. */
  interrupt(a: { terminal: number }): Promise<Turn>;
  /** end is Ctrl-D on an empty line. */
  end(a: { terminal: number }): Promise<Turn>;
  resize(a: { terminal: number; columns: number }): Promise<object>;
  complete(a: { terminal: number; line: string; cursor: number }): Promise<Completion>;
  explain(a: { terminal: number; line: string; cursor: number }): Promise<Explanation>;
  /** would tells what a line would do that is being typed; it changes nothing. */
  would(a: { terminal: number; line: string }): Promise<Would>;
  /** why tells why a line fails that is typed at a terminal's prompt, and what would help; it changes nothing. */
  why(a: { terminal: number; line: string }): Promise<Why>;
  next(a: { terminal: number }): Promise<{ lines: string[] }>;
  /** advance lets simulated milliseconds pass; due is when something happens next, 0 for nothing. */
  advance(a: { ms: number }): Promise<{ now: number; due: number }>;
  cluster(a: { since: number; calls: number }): Promise<Cluster>;           // calls: last seq seen
  keys(a: { since: number; terminal: number; from: number; count: number; filter: string }): Promise<Section<KeyRow>>;
  users(a: { since: number }): Promise<Section<UserRow>>;
  /** audit answers with the logs, HSM by HSM; with a count or a handle, with the newest entries of all, or of one key, the newest first. */
  audit(a: { handle?: number; count?: number }): Promise<{ rows: AuditRow[] }>;
  /** sight looks at the key with a row's id. */
  sight(a: { name: string; terminal: number }): Promise<KeySight>;
  access(a: object): Promise<Access>;
  /** ran answers with what ran after a number, the oldest first: in one terminal, or in all for -1. */
  ran(a: { terminal: number; since: number }): Promise<{ rows: RanRow[] }>;
  /** calls answers with the calls that a line of a terminal has made, by the numbers of its turns, the oldest first. The engine remembers the newest. */
  calls(a: { terminal: number; from: number; to: number }): Promise<{ rows: LoggedCall[] }>;
  files(a: { since: number }): Promise<Files>;
  /** inspect looks at a file, or at bytes. */
  inspect(a: { path: string } | { base64: string }): Promise<Inspection>;
  /** selftest computes known answers of others in this engine. */
  selftest(a: object): Promise<{ answers: KnownAnswer[] }>;
  read(a: { path: string }): Promise<{ base64: string }>;
  write(a: { path: string; base64: string }): Promise<object>;
  /** batch is all that an Enter needs in one call: it lets time pass, types a line if there is one, and tells what has changed
   *  since the reader's versions. rows: also the rows to save, as changes does. */
  batch(a: { ms: number; type?: { terminal: number; line: string }; view?: Seen; rows?: boolean }): Promise<News>;
  /** changes answers with the rows of the world that changed since the last call, for the store; null deletes. */
  changes(a: object): Promise<{ rows: Record<string, string | null> }>;
  /** save answers with all rows. */
  save(a: object): Promise<{ rows: Record<string, string> }>;
  /** lesson does one thing in the course and answers with how it stands then. */
  lesson(a: { lesson: LessonAct }): Promise<LessonView>;
  /** timeline answers with count points of the branch that the own world is on, from an index on. A lesson has none. */
  timeline(a: { from: number; count: number }): Promise<TimelineView>;
  /** travel puts the world of a point in place of the one that is there: read everything anew. It fails while a line runs, asks or waits. */
  travel(a: { to: number; count: number }): Promise<TimelineView>;
  differs(a: { from: number; to: number }): Promise<Outline>;
  /** points answers with what has changed of the timeline since the last call, the worlds of count points at most. */
  points(a: { count: number }): Promise<TimelineNews>;
  /** join puts a stored timeline before the one that has begun; it fails for rows that are none, and changes nothing then. */
  join(a: { stored: Record<string, string> }): Promise<object>;
  /** recall brings the world of a point back from its rows. */
  recall(a: { to: number; stored: Record<string, string> }): Promise<object>;
  /** terms answers with the words that have a sentence: those of the field by alphabet, attributes, return codes. */
  terms(a: object): Promise<{ rows: TermRow[] }>;
  /** same says a line in the words of the other tools; tool is the program at whose prompt it was typed. same is null for a line that no tool reads, why says so. */
  same(a: { tool: string; line: string }): Promise<{ same: Same | null; why: string }>;
}

/** Options start an engine. rows: a saved world; without them a fresh one. */
export interface Options { rows?: Record<string, string>; seed?: number }

/** A started engine also tells, unasked, about every turn (also those that answer type). */
export type Listener = (turn: Turn) => void;
