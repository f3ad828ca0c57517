package linkage

import (
	"io"

	"palermo/fault"
)

// padded gives the inputs of a question, filled up to QuestionSize with noise,
// so that neither the operators nor the responder see how much is known of the
// person; and the question's id.
func padded(c Client, register string, texts []Text) (inputs [][]byte, id []byte, err error) {
	if len(texts) == 0 {
		return nil, nil, fault.Conflict("Too little is known of the person to ask another State.")
	}
	for _, t := range texts {
		inputs = append(inputs, t.Input(register))
	}
	for len(inputs) < QuestionSize {
		noise := make([]byte, 32)
		if _, err := io.ReadFull(c.Random, noise); err != nil {
			return nil, nil, fault.Internal(err)
		}
		inputs = append(inputs, noise)
	}
	id = make([]byte, idSize)
	if _, err := io.ReadFull(c.Random, id); err != nil {
		return nil, nil, fault.Internal(err)
	}
	return inputs, id, nil
}
