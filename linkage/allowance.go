package linkage

import "palermo/fault"

// Allowance is how much a State may ask, by the signed list of States. An
// operator counts elements, a responder questions. It bounds how many guesses
// somebody can try who has got hold of tokens: each needs two operators, so no
// more than one and a half times an operator's allowance, or twice where the
// State runs an operator itself.
type Allowance struct {
	QuestionsADay   int // to one register, or through one operator
	RegisterAnEpoch int // elements for the register's preparation: persons by their texts
}

// Spent is what a State used of its allowance; whoever counts keeps it together
// with the journal entry of what was asked.
type Spent struct {
	Day       string // civil, of the questions
	Questions int
	Elements  int    // of questions on that day
	Epoch     uint32 // of the register
	Register  int    // elements
}

// elementsOfQuestion: its tokens and the one to be proved; twice, since a
// question is put again where another operator failed.
const elementsOfQuestion = 2 * (QuestionSize + 1)

// Evaluate counts a request to an operator, or refuses it and counts nothing.
func (a Allowance) Evaluate(s Spent, r Request, day string) (Spent, error) {
	now := s.on(day)
	if r.Purpose == ForRegister {
		if now.Epoch != r.Epoch {
			now.Epoch, now.Register = r.Epoch, 0
		}
		now.Register += len(r.Elements)
		if now.Register > a.RegisterAnEpoch {
			return s, fault.Unavailable(nil, "More was asked for the register of this State than was agreed. Call the operator.")
		}
		return now, nil
	}
	now.Elements += len(r.Elements)
	if now.Elements > a.QuestionsADay*elementsOfQuestion {
		return s, usedUp()
	}
	return now, nil
}

// Question counts a question to a register, or refuses it and counts nothing.
func (a Allowance) Question(s Spent, day string) (Spent, error) {
	now := s.on(day)
	now.Questions++
	if now.Questions > a.QuestionsADay {
		return s, usedUp()
	}
	return now, nil
}

func usedUp() error {
	return fault.Unavailable(nil, "The questions that this State may ask today are used up. Ask again tomorrow, or call the focal point.")
}

// on begins a new day at nothing.
func (s Spent) on(day string) Spent {
	if s.Day != day {
		s.Day, s.Questions, s.Elements = day, 0, 0
	}
	return s
}
