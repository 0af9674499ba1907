package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"reflect"
	"regexp"
	"sort"
	"strings"
)

// known is a difference that has a reason. The pattern is looked for in "EXPRESSION | OURS | THEIRS".
type known struct {
	reason  string
	pattern *regexp.Regexp
	count   int
}

// compareFiles prints what differs without a known reason, the known reasons with their counts,
// and the totals.
func compareFiles(expressions, ours, theirs, knownPath string, out io.Writer) (int, error) {
	texts, err := readLines(expressions)
	if err != nil {
		return 0, err
	}
	ourResults, err := readLines(ours)
	if err != nil {
		return 0, err
	}
	theirResults, err := readLines(theirs)
	if err != nil {
		return 0, err
	}
	if len(ourResults) != len(texts) || len(theirResults) != len(texts) {
		return 0, fmt.Errorf("%d expressions have %d and %d results", len(texts), len(ourResults),
			len(theirResults))
	}
	reasons, err := readKnown(knownPath)
	if err != nil {
		return 0, err
	}
	passed, failed, explained := 0, 0, 0
	for i, text := range texts {
		a, b := parse(ourResults[i]), parse(theirResults[i])
		if same(a, b) {
			passed++
		} else if k := find(reasons, text+" | "+ourResults[i]+" | "+theirResults[i]); k != nil {
			k.count++
			explained++
		} else {
			failed++
			fmt.Fprintf(out, "FAIL %s\n  ours:   %s\n  theirs: %s\n", text, ourResults[i],
				theirResults[i])
		}
	}
	for _, k := range reasons {
		fmt.Fprintf(out, "known: %d of %s\n", k.count, k.reason)
	}
	fmt.Fprintf(out, "%d of %d results are the same, %d differ for known reasons\n", passed,
		len(texts), explained)
	fmt.Fprintf(out, "%d passed, %d failed\n", passed+explained, failed)
	return failed, nil
}

func readLines(path string) ([]string, error) {
	file, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	lines := []string{}
	scanner := bufio.NewScanner(file)
	scanner.Buffer(nil, 1<<26)
	for scanner.Scan() {
		lines = append(lines, scanner.Text())
	}
	return lines, scanner.Err()
}

// readKnown reads reasons, lines that start with "#", each followed by regular expressions.
func readKnown(path string) ([]*known, error) {
	lines, err := readLines(path)
	if err != nil {
		return nil, err
	}
	reasons := []*known{}
	reason := ""
	for _, line := range lines {
		switch {
		case strings.HasPrefix(line, "# "):
			reason = line[2:]
		case line != "":
			pattern, err := regexp.Compile(line)
			if err != nil {
				return nil, err
			}
			reasons = append(reasons, &known{reason: reason, pattern: pattern})
		}
	}
	return reasons, nil
}

func find(reasons []*known, text string) *known {
	for _, k := range reasons {
		if k.pattern.MatchString(text) {
			return k
		}
	}
	return nil
}

func parse(line string) map[string]any {
	var object map[string]any
	if err := json.Unmarshal([]byte(line), &object); err != nil {
		return map[string]any{"error": "no result: " + line}
	}
	return object
}

// same takes any two errors for the same.
func same(a, b map[string]any) bool {
	_, aFailed := a["error"]
	_, bFailed := b["error"]
	if aFailed || bFailed {
		return aFailed && bFailed
	}
	return reflect.DeepEqual(canonical(a["value"]), canonical(b["value"]))
}

// canonical puts the entries of maps in order.
func canonical(value any) any {
	switch v := value.(type) {
	case []any:
		for i := range v {
			v[i] = canonical(v[i])
		}
	case map[string]any:
		for key := range v {
			v[key] = canonical(v[key])
		}
		if entries, ok := v["map"].([]any); ok {
			sort.Slice(entries, func(i, j int) bool {
				return fmt.Sprint(entries[i]) < fmt.Sprint(entries[j])
			})
		}
	}
	return value
}
