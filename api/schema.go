package api

import (
	"reflect"
	"strings"
	"time"

	"palermo/input"
)

type object map[string]any

// schemaOf describes what is answered: a type of this package.
func schemaOf(t reflect.Type) object {
	switch {
	case t == reflect.TypeFor[time.Time]():
		return object{"type": "string", "format": "date-time"}
	case t.Kind() == reflect.Pointer:
		return schemaOf(t.Elem())
	case t.Kind() == reflect.Slice:
		return object{"type": "array", "items": refTo(t.Elem())}
	case t.Kind() == reflect.Struct:
		return structSchema(t)
	case t.Kind() == reflect.Bool:
		return object{"type": "boolean"}
	case t.Kind() == reflect.Int64 || t.Kind() == reflect.Int:
		return object{"type": "integer"}
	}
	return object{"type": "string"}
}

// refTo names the schema of a struct, and describes anything else in place.
func refTo(t reflect.Type) object {
	for t.Kind() == reflect.Pointer {
		t = t.Elem()
	}
	if t.Kind() == reflect.Struct && t != reflect.TypeFor[time.Time]() {
		return object{"$ref": "#/components/schemas/" + t.Name()}
	}
	return schemaOf(t)
}

func structSchema(t reflect.Type) object {
	properties, required := object{}, []string{}
	for i := range t.NumField() {
		f := t.Field(i)
		if f.Anonymous {
			inner := structSchema(f.Type)
			for name, p := range inner["properties"].(object) {
				properties[name] = p
			}
			required = append(required, inner["required"].([]string)...)
			continue
		}
		name, options, _ := strings.Cut(f.Tag.Get("json"), ",")
		properties[name] = refTo(f.Type)
		if options != "omitempty" {
			required = append(required, name)
		}
	}
	return object{"type": "object", "properties": properties, "required": required}
}

// schemaAsked describes what is sent: the fields of a form. Nothing else is taken.
func schemaAsked(fields []input.Field) object {
	properties, required := object{}, []string{}
	for _, f := range fields {
		p := schemaField(f)
		p["title"] = f.Label
		if f.Hint != "" {
			p["description"] = f.Hint
		}
		properties[f.Name] = p
		if f.Required {
			required = append(required, f.Name)
		}
	}
	return object{"type": "object", "properties": properties, "required": required, "additionalProperties": false}
}

func schemaField(f input.Field) object {
	one := object{"type": "string"}
	switch f.Kind {
	case "yes":
		one["type"] = "boolean"
	case "number":
		one["type"], one["minimum"] = "integer", 0
	case "date":
		one["format"] = "date"
	case "datetime":
		one["format"] = "date-time"
	case "file":
		return object{"$ref": "#/components/schemas/File"}
	case "team":
		one["format"] = "uuid"
	case "choice", "choices":
		var values []string
		for _, o := range f.Options {
			values = append(values, o.Value)
		}
		if len(values) > 0 {
			one["enum"] = values
		}
	}
	if f.Several() {
		return object{"type": "array", "items": one}
	}
	return one
}
