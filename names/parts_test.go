package names

import (
	"slices"
	"testing"

	"pgregory.net/rapid"
)

// meets reports whether each part of the shorter name sounds like one of the longer.
func meets(one, other string) bool {
	a, b := Parts(one), Parts(other)
	if len(a) > len(b) {
		a, b = b, a
	}
	return len(a) > 0 && !slices.ContainsFunc(a, func(p Part) bool {
		return !slices.ContainsFunc(b, func(q Part) bool { return meet(p.Sounds, q.Sounds) })
	})
}

func TestPartsOfOneNameMeetAcrossOffices(t *testing.T) {
	for _, pair := range [][2]string{
		{"محمد أحمد عثمان", "OSMAN Mohamed Ahmed"}, {"عبد الرحمن بن خالد", "Khalid Abdul-Rahman"}, {"欧阳小明", "Xiaoming Ouyang"},
		{"李小明", "Li Xiao Ming"}, {"Олександр Ковальський", "Aleksandr Kovalsky"},
		{"Иван Петрович Сидоров", "Ivan Sidorov"}, {"Osayuwamen Blessing", "Blessing Osayuamen Efe"}, {"María de la Cruz", "Maria Cruz"},
		{"جويرية", "Juwayriya"},
	} {
		if !meets(pair[0], pair[1]) {
			t.Errorf("%s, %s: %v %v", pair[0], pair[1], Parts(pair[0]), Parts(pair[1]))
		}
	}
	for _, pair := range [][2]string{{"Hassan", "Hussein"}, {"Ahmed Ali", "Ahmed Omar"}, {"Kovalska", "Kovalchuk"}, {"王芳", "Li Fang"}} {
		if meets(pair[0], pair[1]) {
			t.Errorf("%s, %s meet: %v %v", pair[0], pair[1], Parts(pair[0]), Parts(pair[1]))
		}
	}
}

func TestEveryPartHasAFewSounds(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		name := rapid.String().Draw(t, "name")
		for _, p := range Parts(name) {
			if p.Text == "" || len(p.Sounds) == 0 || len(p.Sounds) > maxSounds || slices.Contains(p.Sounds, "") {
				t.Fatalf("%+v", p)
			}
		}
	})
}
