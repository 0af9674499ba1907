// The programs of the differential test of CEL:
//
//	differential generate SEED COUNT          writes expressions, one a line
//	differential evaluate BINDINGS            evaluates lines with the reference, writes JSON lines
//	differential compare EXPRESSIONS OURS THEIRS KNOWN
package main

import (
	"bufio"
	"fmt"
	"os"
	"strconv"
)

func main() {
	if err := run(os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, "differential:", err)
		os.Exit(2)
	}
}

func run(args []string) error {
	out := bufio.NewWriter(os.Stdout)
	defer out.Flush()
	switch {
	case len(args) == 3 && args[0] == "generate":
		seed, err := strconv.ParseInt(args[1], 10, 64)
		if err != nil {
			return err
		}
		count, err := strconv.Atoi(args[2])
		if err != nil {
			return err
		}
		for _, expression := range generate(seed, count) {
			fmt.Fprintln(out, expression)
		}
		return nil
	case len(args) == 2 && args[0] == "evaluate":
		return evaluateLines(args[1], os.Stdin, out)
	case len(args) == 5 && args[0] == "compare":
		failed, err := compareFiles(args[1], args[2], args[3], args[4], out)
		if err == nil && failed > 0 {
			out.Flush()
			os.Exit(1)
		}
		return err
	}
	return fmt.Errorf("unknown arguments %q", args)
}
