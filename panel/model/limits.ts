// How much of what a page or a file says is believed. A recorder of ours stays far below each of these: whatever reaches one was
// made by hand, and costs a bounded amount of memory and time. Each is named and reasoned here, and nowhere else.

/** Characters of one text, of which a recorder sends two hundred: long text keeps its head. */
export const LONGEST_TEXT = 10_000

/** Characters of an answer of the page. A census of 100,000 contexts has some 20 million. */
export const LONGEST_ANSWER = 64 * 2 ** 20

/** Characters of the settings of a recorder, which has some hundred. */
export const LONGEST_SETTINGS = 10_000

/** Characters of the answer to a question about a live value: a hundred entries of some hundred characters each, or one long text. */
export const LONGEST_LIVE_ANSWER = 1_000_000

/** Properties of a preview at one level; a recorder looks at twelve. */
export const MOST_PROPERTIES = 1_000
/** Levels of a preview; a recorder looks at two. Nothing deeper is read, so that no depth can exhaust the stack. */
export const DEEPEST_PREVIEW = 8

/** Frames of one stack; a recorder sends sixteen. */
export const MOST_FRAMES = 200

/** Variables that one fact names; a recorder names ten. */
export const MOST_NAMED = 100

/** What could not be installed: there are not that many things that are. */
export const MOST_INSTALL_LIMITS = 50

/** Values, in all contexts together, that a census takes away one by one: more than a log has resets. */
export const MOST_UNLISTED = 500_000

/**
 * Bytes of a file, unpacked: what an engine has in one text, nearly (V8: 2 ** 29 characters). Of a file all is kept. So much text, even of
 * nothing but contexts, takes 1.1 GB of the panel when it is shown, and opens where there are 2.
 */
export const LARGEST_FILE = 500 * 2 ** 20

/** Bytes that what lives in one document of a page, its facts and what they leave may occupy here: beyond that the oldest facts are let go. */
export const KEPT_BYTES = 210 * 2 ** 20
/** Refusals and losses from before what is kept: the newest stay, since they are what people look for. */
export const KEPT_LOSSES = 1_000
/** Writes to a context from before what is kept: the newest stay, so that copies made long ago can be told. */
export const KEPT_CHANGES = 1_000

/** What one rule looks at in one judgement, contexts climbed and sets compared: about a second. */
export const MOST_STEPS = 5_000_000
/** Findings of one rule. Nobody reads more, and a page breaks at so many lines only to be a nuisance. */
export const MOST_FINDINGS = 1_000

/** Characters of the name of a document's recording. */
export const LONGEST_EPOCH = 1_000

/** Problems that one person, or one file, has muted. */
export const MOST_MUTES = 500

/** Rules of redaction that a person writes, and their characters. */
export const MOST_RULES = 100
export const LONGEST_RULES = 10_000

/** Workers of one document, and the characters of the name or address of one: as many as a recorder tells of. */
export const MOST_WORKERS = 101
export const LONGEST_NAME = 2_000

/** Characters that a sentence quotes. */
export const LONGEST_QUOTE = 80

/** Of one variable, so many of its newest sets are asked whether code that read it had made one. Those are kept with the read. */
export const SETS_ASKED = 100
