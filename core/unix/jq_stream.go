package unix

import "slices"

// streamed tells a value as jq's --stream does: each leaf with its path, and the path of the last
// one where an array or an object ends.
func (j *jq) streamed(v any, path []any, tell func(event ...any)) {
	j.Step()
	var last any
	var all []any
	switch v.(type) {
	case map[string]any, []any:
		all, _ = j.keysUnsorted(v, nil).([]any)
	}
	for _, last = range all {
		j.streamed(child(v, last), append(slices.Clip(path), last), tell)
	}
	if len(all) == 0 {
		tell(slices.Clone(path), v)
		return
	}
	tell(append(slices.Clip(path), last))
}

// child is what a key leads to in an object or an array.
func child(v, key any) any {
	if at, ok := key.(int); ok {
		return v.([]any)[at]
	}
	return v.(map[string]any)[key.(string)]
}
