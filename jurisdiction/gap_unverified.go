package jurisdiction

import (
	"fmt"
	"reflect"
	"slices"
	"strings"
)

// unverified visits every basis that nobody has checked.
func (g *gaps) unverified(v reflect.Value, path string) {
	switch v.Kind() {
	case reflect.Struct:
		if basis := v.FieldByName("Basis"); basis.IsValid() {
			b := basis.Interface().(Basis)
			if b.Status == Unverified {
				g.add(NotChecked, path, "Shown but not checked against its source: %s (%s).", subject(v, path), b.Citation())
			}
			return
		}
		for i := range v.NumField() {
			f := v.Type().Field(i)
			name, _, _ := strings.Cut(f.Tag.Get("yaml"), ",")
			if f.IsExported() && name != "" && name != "-" {
				g.unverified(v.Field(i), join(path, name))
			}
		}
	case reflect.Slice:
		for i := range v.Len() {
			if v.Index(i).Kind() != reflect.Struct {
				return
			}
			name := fmt.Sprint(i)
			if key := v.Index(i).FieldByName("Key"); key.IsValid() {
				name = key.String()
			}
			g.unverified(v.Index(i), path+"["+name+"]")
		}
	case reflect.Map:
		keys := v.MapKeys()
		slices.SortFunc(keys, func(a, b reflect.Value) int { return strings.Compare(a.String(), b.String()) })
		for _, key := range keys {
			g.unverified(v.MapIndex(key), join(path, key.String()))
		}
	}
}

// subject names an unchecked item in its own words where it has any, and by
// its place in the file where it has none.
func subject(v reflect.Value, path string) string {
	where := strings.NewReplacer("_", " ", ".", ", ", "[", ", ", "]", "").Replace(path)
	for _, name := range []string{"Text", "Subject", "Title", "Name", "Condition", "Value"} {
		// Its own fields only: those of the embedded Basis are about the source.
		f, ok := v.Type().FieldByName(name)
		if !ok || len(f.Index) > 1 || f.Type.Kind() != reflect.String {
			continue
		}
		if text := v.FieldByIndex(f.Index).String(); text != "" {
			return where + ": “" + strings.TrimSuffix(text, ".") + "”"
		}
	}
	return where
}
