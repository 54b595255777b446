package main

import (
	"encoding/json"
	"fmt"
	"os"
	"regexp"
	"testing"

	"github.com/stretchr/testify/require"

	"hsmplay/core/sim"
)

// contract returns the methods of interface Engine, in their order.
func contract(t *testing.T) []string {
	text, err := os.ReadFile("../web/hsm.d.ts")
	require.NoError(t, err)
	body := regexp.MustCompile(`(?s)export interface Engine \{\n(.*?)\n\}`).FindSubmatch(text)
	require.NotNil(t, body, "web/hsm.d.ts has an interface Engine")
	var names []string
	for _, m := range regexp.MustCompile(`(?m)^  (\w+)\(`).FindAllSubmatch(body[1], -1) {
		names = append(names, string(m[1]))
	}
	return names
}

func TestTheMethodsAreThoseOfTheContract(t *testing.T) {
	var names []string
	for _, m := range methods {
		names = append(names, m.name)
	}
	require.Equal(t, contract(t), names)
}

// ask calls a method by its name and reads the answer.
func ask(t *testing.T, w *sim.World, name, arg string) map[string]any {
	t.Helper()
	for _, m := range methods {
		if m.name == name {
			var answer map[string]any
			require.NoError(t, json.Unmarshal([]byte(call(&desk{world: w}, m, arg)), &answer))
			fill(answer["rows"])
			return answer
		}
	}
	t.Fatalf("no method %s", name)
	return nil
}

func TestASessionInJSON(t *testing.T) {
	var heard int
	w, err := world(`{"seed":1}`, sim.Options{Listen: func(sim.Turn) { heard++ }})
	require.NoError(t, err)
	require.Equal(t, "$ ", ask(t, w, "open", `{"name":"","columns":80}`)["prompt"])
	require.Equal(t, "key_mgmt_util", ask(t, w, "type", `{"terminal":1,"line":"key_mgmt_util"}`)["program"])
	require.Positive(t, heard)
	require.Equal(t, "genSymKey", ask(t, w, "same", `{"tool":"key_mgmt_util","line":"genSymKey -t 31 -s 32 -l a"}`)["same"].(map[string]any)["command"])
	require.Equal(t, map[string]any{"same": nil, "why": "no tool has the command nonsense"}, ask(t, w, "same", `{"tool":"cloudhsm-cli","line":"nonsense"}`))
	require.NotEmpty(t, ask(t, w, "next", `{"terminal":1}`)["lines"])
	require.Len(t, ask(t, w, "cluster", `{"since":0,"calls":0}`)["rows"], 3)
	require.Equal(t, map[string]any{}, ask(t, w, "write", `{"path":"a","base64":"aGkK"}`))
	require.Equal(t, "aGkK", ask(t, w, "read", `{"path":"a"}`)["base64"])

	saved := ask(t, w, "save", `{}`)["rows"]
	options, err := json.Marshal(map[string]any{"rows": saved})
	require.NoError(t, err)
	again, err := world(string(options), sim.Options{})
	require.NoError(t, err)
	terminals := ask(t, again, "terminals", `{}`)["terminals"].([]any)
	require.Equal(t, "key_mgmt_util", terminals[0].(map[string]any)["program"])
}

func TestFaultsAreAnswers(t *testing.T) {
	w, err := world(`{"seed":1}`, sim.Options{})
	require.NoError(t, err)
	for _, c := range []struct{ method, arg, code string }{
		{"type", `{"line":5}`, "request"},
		{"type", `{`, "request"},
		{"read", `{"path":"/nowhere","terminal":2}`, "failed"},
		{"write", `{"path":"a","base64":"?"}`, "failed"},
	} {
		fault := ask(t, w, c.method, c.arg)["error"].(map[string]any)
		require.Equal(t, c.code, fault["code"], "%s(%s)", c.method, c.arg)
		require.NotEmpty(t, fault["message"])
	}
	boom := method{name: "boom", run: func(*sim.World, request) (any, error) { panic("broken") }}
	require.Equal(t, "{\"error\":{\"code\":\"panic\",\"message\":\"broken\",\"terminal\":7}}\n", call(&desk{world: w}, boom, `{"terminal":7}`))
	_, err = world(`{"rows":{}}`, sim.Options{})
	require.ErrorIs(t, err, sim.ErrNoWorld)
}

func TestOffsets(t *testing.T) {
	line := "a😀é\xffz" // 1, 4, 2, 1 and 1 bytes; 1, 2, 1, 1 and 1 units
	for _, c := range []struct{ bytes, units int }{{0, 0}, {1, 1}, {5, 3}, {7, 4}, {8, 5}, {9, 6}} {
		require.Equal(t, c.bytes, bytesOf(line, c.units))
		require.Equal(t, c.units, unitsOf(line, c.bytes))
	}
	require.Equal(t, len(line), bytesOf(line, 99))
	require.Equal(t, 0, bytesOf(line, -1))
	require.Equal(t, 6, unitsOf(line, 99))
}

func TestABatchTypesAndTellsWhatHasChanged(t *testing.T) {
	w, err := world(`{"seed":1}`, sim.Options{})
	require.NoError(t, err)
	ask(t, w, "open", `{"name":"","columns":80}`)
	first := ask(t, w, "batch", `{"ms":10,"view":{"terminal":1,"count":200},"rows":true}`)
	require.Equal(t, 10.0, first["now"])
	require.Len(t, first["users"].(map[string]any)["rows"], 6)
	require.Contains(t, first["rows"], "world")

	version := func(name string) any { return first[name].(map[string]any)["version"] }
	seen := fmt.Sprintf(`{"terminal":1,"count":200,"cluster":%.0f,"keys":%.0f,"users":%.0f,"files":%.0f}`,
		version("cluster"), version("keys"), version("users"), version("files"))
	second := ask(t, w, "batch", `{"ms":0,"type":{"terminal":1,"line":"echo a > f"},"view":`+seen+`,"rows":true}`)
	require.Empty(t, second["cluster"].(map[string]any)["rows"])
	require.NotContains(t, second, "keys")
	require.NotContains(t, second, "users")
	require.Len(t, second["files"].(map[string]any)["rows"], 1)
	require.Contains(t, second["rows"], "file/home/ec2-user/f")

	third := ask(t, w, "batch", `{"ms":5,"type":{"terminal":1,"line":"true"}}`)
	require.Equal(t, map[string]any{"seq": second["seq"].(float64) + 1, "now": 15.0, "due": 0.0}, third)

	for _, line := range []string{"key_mgmt_util", "loginHSM -u CU -s example_user -p aws", "genECCKeyPair -i 14 -l a"} {
		ask(t, w, "type", fmt.Sprintf(`{"terminal":1,"line":%q}`, line))
	}
	first = ask(t, w, "batch", `{"ms":0,"view":{"terminal":1,"count":2}}`)
	require.Len(t, first["keys"].(map[string]any)["rows"], 2)
	ask(t, w, "type", `{"terminal":1,"line":"genECCKeyPair -i 14 -l b"}`)
	fourth := ask(t, w, "batch", fmt.Sprintf(`{"ms":0,"view":{"terminal":1,"count":2,"keys":%.0f,"total":2}}`, version("keys")))
	require.Equal(t, map[string]any{"version": version("keys"), "rows": []any{}, "total": 4.0}, fourth["keys"])
}

func TestListsAreNeverNull(t *testing.T) {
	w, err := world(`{"seed":1}`, sim.Options{})
	require.NoError(t, err)
	for _, c := range []struct{ method, list string }{{"explain", "slots"}, {"complete", "choices"}, {"next", "lines"}, {"type", "notes"},
		{"interrupt", "notes"}, {"end", "notes"}, {"terminals", "terminals"}, {"terminals", "notes"}, {"keys", "rows"}, {"files", "rows"}, {"audit", "rows"}} {
		require.NotNil(t, ask(t, w, c.method, `{"terminal":9,"line":"x","cursor":1}`)[c.list], "%s of a terminal that is not there: %s", c.method, c.list)
	}
}
