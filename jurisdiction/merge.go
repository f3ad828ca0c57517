package jurisdiction

import (
	"cmp"
	"maps"
	"reflect"
	"slices"
)

// merged lays own over base: a stated fact or gap replaces the base's, items
// with a key replace the item of that key, tables merge row by row. The basis
// of each fact still names the file it came from.
func merged(base, own *Profile) *Profile {
	if base == nil {
		return own
	}
	out := merge(reflect.ValueOf(*base), reflect.ValueOf(*own)).Interface().(Profile)
	// What a file is, it does not inherit.
	out.Code, out.Kind, out.Extends, out.Name = own.Code, own.Kind, own.Extends, own.Name
	return &out
}

func merge(base, own reflect.Value) reflect.Value {
	if fact, ok := own.Interface().(factual); ok {
		if fact.stated() {
			return own
		}
		return base
	}
	switch own.Kind() {
	case reflect.Struct:
		return mergeStruct(base, own)
	case reflect.Map:
		return mergeMap(base, own)
	case reflect.Slice:
		return mergeList(base, own)
	}
	if own.IsZero() {
		return base
	}
	return own
}

func mergeStruct(base, own reflect.Value) reflect.Value {
	out := reflect.New(own.Type()).Elem()
	for i := range own.NumField() {
		if own.Type().Field(i).IsExported() {
			out.Field(i).Set(merge(base.Field(i), own.Field(i)))
		}
	}
	return out
}

func mergeMap(base, own reflect.Value) reflect.Value {
	if base.Len() == 0 {
		return own
	}
	out := reflect.MakeMap(own.Type())
	for _, side := range []reflect.Value{base, own} {
		for rows := side.MapRange(); rows.Next(); {
			value := rows.Value()
			if there := out.MapIndex(rows.Key()); there.IsValid() && value.Kind() == reflect.Map {
				value = mergeMap(there, value)
			}
			out.SetMapIndex(rows.Key(), value)
		}
	}
	return out
}

func mergeList(base, own reflect.Value) reflect.Value {
	element := own.Type().Elem()
	if element.Kind() != reflect.Struct {
		if own.Len() > 0 {
			return own
		}
		return base
	}
	if _, keyed := element.FieldByName("Key"); !keyed {
		if own.Len() > 0 {
			return own
		}
		return base
	}
	out := reflect.MakeSlice(own.Type(), 0, base.Len()+own.Len())
	at := map[string]int{}
	for _, side := range []reflect.Value{base, own} {
		for i := range side.Len() {
			item := side.Index(i)
			key := item.FieldByName("Key").String()
			if there, ok := at[key]; ok {
				out.Index(there).Set(item)
				continue
			}
			at[key] = out.Len()
			out = reflect.Append(out, item)
		}
	}
	if out.Len() == 0 {
		return own
	}
	return out
}

func sortedKeys[K cmp.Ordered, V any](m map[K]V) []K { return slices.Sorted(maps.Keys(m)) }

func texts[S ~string](list []S) []string {
	out := make([]string, len(list))
	for i, s := range list {
		out[i] = string(s)
	}
	return out
}
