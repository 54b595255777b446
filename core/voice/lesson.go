package voice

// The notes of core/lesson: what is missing of a goal, and what was found instead.
const (
	LessonNear     ID = "lesson.near"
	LessonNotYet   ID = "lesson.not-yet"
	LessonNotCode  ID = "lesson.not-code"
	LessonStill    ID = "lesson.still"
	LessonCount    ID = "lesson.count"
	LessonIs       ID = "lesson.is"
	LessonNotSo    ID = "lesson.not-so"
	LessonLacks    ID = "lesson.lacks"
	LessonVerifies ID = "lesson.verifies"
	LessonRecord   ID = "lesson.record"

	LessonAskRefused ID = "lesson.ask-refused"
	LessonAskCode    ID = "lesson.ask-code"
	LessonAskStatus  ID = "lesson.ask-status"
	LessonAskNodes   ID = "lesson.ask-nodes"
	LessonAskHandles ID = "lesson.ask-handles"
	LessonAskText    ID = "lesson.ask-text"
	LessonAskMet     ID = "lesson.ask-met"
	LessonAskField   ID = "lesson.ask-field"
)

// LessonNotes are the notes of core/lesson, which speaks other languages too.
func LessonNotes() []Row { return lessonNotes }

var lessonNotes = []Row{
	{LessonNear, "{row}, but {differs}.", false},
	{LessonNotYet, "Not yet: {goal}.", false},
	{LessonNotCode, "No line {wanted} yet; {answered}.", false},
	{LessonStill, "{row} is still there.", false},
	{LessonCount, "Not yet: {goal}; {found}.", false},
	{LessonIs, "{differs}.", false},
	{LessonNotSo, "Not yet: {goal}; {is}.", false},
	{LessonLacks, "{row} does not hold “{want}”.", false},
	{LessonVerifies, "{row} is no signature by {want} of what is to be signed.", false},
	{LessonRecord, "This record says which steps were done and how. It does not say who did them.", false},
	{LessonAskRefused, "Will it be refused?", false},
	{LessonAskCode, "What will it answer?", false},
	{LessonAskStatus, "Which exit status will it have?", false},
	{LessonAskNodes, "On which HSMs will it change something?", false},
	{LessonAskHandles, "Which handles will it make, change or remove?", false},
	{LessonAskText, "What will it print?", false},
	{LessonAskMet, "Will there be such a {what}?", false},
	{LessonAskField, "What will the {field} of the {what} be?", false},
}
