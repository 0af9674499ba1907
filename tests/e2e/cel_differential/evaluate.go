package main

import (
	"bufio"
	"encoding/json"
	"io"
	"os"

	"github.com/google/cel-go/cel"
	"github.com/google/cel-go/ext"
	"k8s.io/apiserver/pkg/cel/library"
)

type result struct {
	Value any    `json:"value,omitempty"`
	Error string `json:"error,omitempty"`
}

// evaluateLines reads an expression a line and writes its result as JSON, a line each.
func evaluateLines(bindingsPath string, in io.Reader, out io.Writer) error {
	bindings, err := readBindings(bindingsPath)
	if err != nil {
		return err
	}
	env, err := newEnvironment(bindings)
	if err != nil {
		return err
	}
	encoder := json.NewEncoder(out)
	encoder.SetEscapeHTML(false)
	lines := bufio.NewScanner(in)
	for lines.Scan() {
		value, err := evaluate(env, lines.Text(), bindings)
		line := result{Value: value}
		if err != nil {
			line = result{Error: err.Error()}
		}
		if err := encoder.Encode(line); err != nil {
			return err
		}
	}
	return lines.Err()
}

func readBindings(path string) (map[string]any, error) {
	text, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	var raw map[string]json.RawMessage
	if err := json.Unmarshal(text, &raw); err != nil {
		return nil, err
	}
	bindings := map[string]any{}
	for name, body := range raw {
		if bindings[name], err = decode(body); err != nil {
			return nil, err
		}
	}
	return bindings, nil
}

// newEnvironment has every function of the language, of its extensions and of Kubernetes.
func newEnvironment(bindings map[string]any) (*cel.Env, error) {
	options := []cel.EnvOption{
		cel.CrossTypeNumericComparisons(true),
		cel.DefaultUTCTimeZone(true),
		cel.OptionalTypes(),
		ext.Bindings(), ext.Encoders(), ext.Lists(), ext.Math(), ext.Regex(), ext.Sets(),
		ext.Strings(), ext.TwoVarComprehensions(),
		library.CIDR(), library.Format(), library.IP(), library.Lists(library.ListsVersion(1)),
		library.Quantity(), library.Regex(), library.SemverLib(library.SemverVersion(1)), library.URLs(),
	}
	for name := range bindings {
		options = append(options, cel.Variable(name, cel.DynType))
	}
	return cel.NewEnv(options...)
}

func evaluate(env *cel.Env, expression string, bindings map[string]any) (any, error) {
	ast, issues := env.Compile(expression)
	if issues.Err() != nil {
		return nil, issues.Err()
	}
	program, err := env.Program(ast)
	if err != nil {
		return nil, err
	}
	value, _, err := program.Eval(bindings)
	if err != nil {
		return nil, err
	}
	return encode(value)
}
