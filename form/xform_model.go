package form

import (
	"strings"
)

// xformTypes is the data type of each question that can be written.
var xformTypes = map[Type]string{
	TypeText: "string", TypeInteger: "int", TypeDecimal: "decimal", TypeRange: "int", TypeDate: "date", TypeTime: "time",
	TypeDateTime: "dateTime", TypeOne: "string", TypeMultiple: "string", TypeRank: "odk:rank", TypeTick: "string", TypeNote: "string",
	TypeCalculate: "string", TypeHidden: "string", "geopoint": "geopoint", "geotrace": "geotrace", "geoshape": "geoshape", "barcode": "barcode",
	"image": "binary", "audio": "binary", "video": "binary", "file": "binary",
	"start": "dateTime", "end": "dateTime", "today": "date", "deviceid": "string", "username": "string", "email": "string",
	"subscriberid": "string", "simserial": "string", "phonenumber": "string",
}

func (x *xform) submission() {
	s := x.def.Settings
	url, key, send, drop := s["submission_url"], s["public_key"], s["auto_send"], s["auto_delete"]
	if url+key+send+drop == "" {
		return
	}
	method := ""
	if url != "" {
		method = "post"
	}
	x.leaf("submission", "", "action", url, "base64RsaPublicKey", key, "method", method, "orx:auto-send", send, "orx:auto-delete", drop)
}

// instance writes the empty answers; a repeat has its pattern first, and then its first instance.
func (x *xform) instance(items []*Item, pattern bool) {
	for _, item := range items {
		if count := item.countNode(); count != "" {
			x.leaf(count, "")
		}
		if item.Kind == KindRepeat && !pattern {
			x.out.WriteString("<" + item.Name + ` jr:template="">`)
			x.instance(item.Children, true)
			x.end(item.Name)
		}
		x.open(item.Name)
		if item.Default != nil && !item.dynamic() {
			x.text(item.Default.Source)
		}
		x.instance(item.Children, pattern)
		x.end(item.Name)
	}
}

// dynamic reports whether the default is worked out when the form is opened.
func (i *Item) dynamic() bool {
	if i.Default == nil {
		return false
	}
	_, plain := i.Default.root.(stringLit)
	return !plain
}

// countNode names the calculation that holds how often a repeat is asked; ""
// where a question holds it, or nothing does.
func (i *Item) countNode() string {
	if i.Count == nil || isReference(i.Count.Source) {
		return ""
	}
	return i.Name + "_count"
}

func isReference(source string) bool {
	s := strings.TrimSpace(source)
	return strings.HasPrefix(s, "${") && strings.IndexByte(s, '}') == len(s)-1
}

func (x *xform) meta() {
	x.open("meta")
	x.leaf("instanceID", "")
	if x.def.InstanceName != nil {
		x.leaf("instanceName", "")
	}
	x.end("meta")
}

func (x *xform) binds() {
	for item := range x.def.All() {
		x.bind(item)
		if item.dynamic() && !item.inRepeat() {
			x.setDefault(item, "odk-instance-first-load")
		}
	}
	x.leaf("bind", "", "jr:preload", "uid", "nodeset", "/data/meta/instanceID", "readonly", "true()", "type", "string")
	if f := x.def.InstanceName; f != nil {
		x.leaf("bind", "", "nodeset", "/data/meta/instanceName", "type", "string", "calculate", x.formula(f, nil))
	}
}

func (i *Item) inRepeat() bool {
	for at := i.Parent; at != nil; at = at.Parent {
		if at.Kind == KindRepeat {
			return true
		}
	}
	return false
}

func (x *xform) setDefault(item *Item, events string) {
	x.leaf("setvalue", "", "event", events, "ref", "/data/"+item.Path, "value", x.formula(item.Default, item))
}

func (x *xform) bind(item *Item) {
	if count := item.countNode(); count != "" {
		x.leaf("bind", "", "nodeset", "/data/"+strings.TrimSuffix(item.Path, item.Name)+count, "type", "string",
			"readonly", "true()", "calculate", x.formula(item.Count, item))
	}
	if item.Kind != KindQuestion && item.Relevant == nil && item.ReadOnly == nil {
		return
	}
	kind, calculation, readonly := xformTypes[item.Type], x.formula(item.Calculation, item), x.formula(item.ReadOnly, item)
	switch {
	case item.Type == TypeRange && strings.Contains(item.Parameters["start"]+item.Parameters["end"]+item.Parameters["step"], "."):
		kind = "decimal"
	case item.Type == TypeNote:
		readonly = "true()"
	}
	if item.Trigger != "" {
		calculation = "" // set when the trigger changes, and only then
	}
	pairs := []string{"nodeset", "/data/" + item.Path, "type", kind, "relevant", x.formula(item.Relevant, item),
		"constraint", x.formula(item.Constraint, item), "required", x.formula(item.Required, item),
		"readonly", readonly, "calculate", calculation,
		"jr:constraintMsg", x.message(item, "constraintMsg", item.ConstraintMessage),
		"jr:requiredMsg", x.message(item, "requiredMsg", item.RequiredMessage)}
	x.leaf("bind", "", append(pairs, recordedBy(item)...)...)
}

// recordedBy is what the device is to do by itself.
func recordedBy(item *Item) []string {
	switch item.Type {
	case "start", "end":
		return []string{"jr:preload", "timestamp", "jr:preloadParams", string(item.Type)}
	case "today":
		return []string{"jr:preload", "date", "jr:preloadParams", "today"}
	case "deviceid", "username", "email", "subscriberid", "simserial", "phonenumber":
		return []string{"jr:preload", "property", "jr:preloadParams", string(item.Type)}
	case "image":
		return []string{"orx:max-pixels", item.Parameters["max-pixels"]}
	case "audio":
		return []string{"odk:quality", item.Parameters["quality"]}
	case "geopoint", "geotrace", "geoshape":
		return []string{"odk:allow-mock-accuracy", item.Parameters["allow-mock-accuracy"]}
	}
	return nil
}
