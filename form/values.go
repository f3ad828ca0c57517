package form

import (
	"maps"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"palermo/fault"
)

// countSuffix marks the hidden field that says how many instances a repeat
// has: "household[]" = "2". Without it a repeat with no instance could not be
// told from one that was never shown.
const countSuffix = "[]"

// FromValues reads what a page posted. Field names are paths with the number
// of the repeat instance from 1: "household[2]/name"; several values of one
// name are several choices. A page with boxes to tick should hold a hidden
// field of the same name and no value, so that none ticked is not mistaken
// for never asked. Names that are no question of the form are passed over:
// buttons and tokens travel in the same post.
func FromValues(d *Definition, posted url.Values) (Answers, error) {
	a := Answers{}
	var errs []error
	for _, name := range slices.Sorted(maps.Keys(posted)) {
		if repeat, ok := strings.CutSuffix(name, countSuffix); ok {
			if n, err := strconv.Atoi(posted.Get(name)); err == nil && d.at(repeat, KindRepeat) != nil {
				errs = append(errs, a.resize(d, repeat, n))
			}
			continue
		}
		if item := d.at(name, KindQuestion); item != nil {
			errs = append(errs, a.Set(d, name, posted[name]...))
		}
	}
	return a, fault.All(errs...)
}

// at finds the item of a path with indices if it is of this kind.
func (d *Definition) at(path string, kind Kind) *Item {
	steps, err := parsePath(path)
	if err != nil {
		return nil
	}
	names := make([]string, len(steps))
	for i, s := range steps {
		names[i] = s.name
	}
	if item := d.byPath[strings.Join(names, "/")]; item != nil && item.Kind == kind {
		return item
	}
	return nil
}

type pathStep struct {
	name  string
	index int // from 1; 0 where none was given
}

// parsePath reads "household[2]/name".
func parsePath(path string) ([]pathStep, error) {
	var steps []pathStep
	for p := range strings.SplitSeq(path, "/") {
		s := pathStep{name: p}
		if open := strings.IndexByte(p, '['); open >= 0 {
			n, err := strconv.Atoi(strings.TrimSuffix(p[open+1:], "]"))
			if err != nil || n < 1 || n > maxInstances || !strings.HasSuffix(p, "]") {
				return nil, noSuchPlace(path)
			}
			s.name, s.index = p[:open], n
		}
		if steps = append(steps, s); s.name == "" || len(steps) > maxNesting+1 {
			return nil, noSuchPlace(path)
		}
	}
	return steps, nil
}

func noSuchPlace(path string) error {
	return fault.Invalid(path, "The form has no such place.")
}

// Set stores the answer at a path such as "household[2]/name"; instances up to
// that one are made. Several values are several choices. Refused (invalid): a
// path the form does not have, or an answer that is too long.
func (a Answers) Set(d *Definition, path string, values ...string) error {
	item := d.at(path, KindQuestion)
	if item == nil {
		return noSuchPlace(path)
	}
	into, err := a.descend(d, path)
	if err != nil {
		return err
	}
	answer := joinValues(item, values)
	if len(answer) > maxAnswer {
		return fault.Invalid(path, "This answer is too long. Shorten it, or attach a document instead.")
	}
	into[item.Name] = answer
	return nil
}

func joinValues(item *Item, values []string) string {
	kept := slices.DeleteFunc(slices.Clone(values), func(s string) bool { return strings.TrimSpace(s) == "" })
	if len(kept) == 0 {
		return ""
	}
	if item.Type == TypeMultiple || item.Type == TypeRank {
		return strings.Join(kept, " ")
	}
	answer := strings.ReplaceAll(kept[len(kept)-1], "\r\n", "\n") // as browsers send text areas
	if item.Type == TypeText {
		return answer
	}
	return strings.TrimSpace(answer)
}

// descend finds the Answers that hold the last name of a path, making what is on the way.
func (a Answers) descend(d *Definition, path string) (Answers, error) {
	steps, err := parsePath(path)
	if err != nil {
		return nil, err
	}
	at, names := a, ""
	for _, s := range steps[:len(steps)-1] {
		names = strings.TrimPrefix(names+"/"+s.name, "/")
		item := d.byPath[names]
		switch {
		case item == nil || item.Kind == KindQuestion || (item.Kind == KindGroup && s.index > 1):
			return nil, noSuchPlace(path)
		case item.Kind == KindGroup:
			inner, ok := at[s.name].(Answers)
			if !ok {
				inner = Answers{}
				at[s.name] = inner
			}
			at = inner
		default:
			list, _ := at[s.name].([]Answers)
			for len(list) < max(s.index, 1) {
				list = append(list, Answers{})
			}
			at[s.name] = list
			at = list[max(s.index, 1)-1]
		}
	}
	return at, nil
}

// Get returns the answer stored at a path, and whether there is one.
func (a Answers) Get(path string) (string, bool) {
	steps, err := parsePath(path)
	if err != nil {
		return "", false
	}
	at := a
	for _, s := range steps[:len(steps)-1] {
		switch inner := at[s.name].(type) {
		case Answers:
			at = inner
		case []Answers:
			if max(s.index, 1) > len(inner) {
				return "", false
			}
			at = inner[max(s.index, 1)-1]
		default:
			return "", false
		}
	}
	v, ok := at[steps[len(steps)-1].name].(string)
	return v, ok
}

// AddInstance adds an empty instance to the repeat at path ("household" or
// "household[1]/member"). shown is how many the page showed, which is more
// than the answers hold when nothing was entered yet.
func (a Answers) AddInstance(d *Definition, path string, shown int) error {
	return a.resize(d, path, max(shown, len(a.instances(d, path)))+1)
}

// RemoveInstance removes instance number index (from 1) of the repeat at path.
func (a Answers) RemoveInstance(d *Definition, path string, index int) error {
	list := a.instances(d, path)
	if index < 1 || d.at(path, KindRepeat) == nil {
		return noSuchPlace(path)
	}
	if index <= len(list) {
		list = slices.Delete(slices.Clone(list), index-1, index)
	}
	into, err := a.descend(d, path)
	if err != nil {
		return err
	}
	into[lastName(path)] = list
	return nil
}

func (a Answers) instances(d *Definition, path string) []Answers {
	if d.at(path, KindRepeat) == nil {
		return nil
	}
	into, err := a.descend(d, path)
	if err != nil {
		return nil
	}
	list, _ := into[lastName(path)].([]Answers)
	return list
}

func lastName(path string) string { return path[strings.LastIndexByte(path, '/')+1:] }

// resize makes the repeat at path hold at least n instances, and says that it was shown.
func (a Answers) resize(d *Definition, path string, n int) error {
	if d.at(path, KindRepeat) == nil {
		return noSuchPlace(path)
	}
	if n > maxInstances {
		return fault.Invalid(path, "No more than %d can be entered here.", maxInstances)
	}
	into, err := a.descend(d, path)
	if err != nil {
		return err
	}
	list, _ := into[lastName(path)].([]Answers)
	if list == nil {
		list = []Answers{}
	}
	for len(list) < n {
		list = append(list, Answers{})
	}
	into[lastName(path)] = list
	return nil
}
