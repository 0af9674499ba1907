package main

import (
	"math/rand"
	"sort"
	"strconv"
	"strings"
)

// generate makes expressions from the grammar below: the same ones for the same seed.
func generate(seed int64, count int) []string {
	g := generator{random: rand.New(rand.NewSource(seed))}
	for kind := range leaves {
		g.kinds = append(g.kinds, kind)
	}
	sort.Strings(g.kinds)
	expressions := make([]string, 0, count)
	seen := map[string]bool{}
	for len(expressions) < count {
		kind := results[g.random.Intn(len(results))]
		expression := g.make(kind, 1+g.random.Intn(4))
		if !seen[expression] {
			seen[expression] = true
			expressions = append(expressions, expression)
		}
	}
	return expressions
}

type generator struct {
	random *rand.Rand
	kinds  []string
}

// make gives an expression of a kind. Every now and then an operand is of another kind, hidden from
// the checker, so that errors are met while evaluating.
func (g *generator) make(kind string, depth int) string {
	if depth <= 0 || (g.random.Intn(4) == 0 && len(leaves[kind]) > 0) {
		return g.leaf(kind)
	}
	options := templates[kind]
	if len(options) == 0 {
		return g.leaf(kind)
	}
	template := options[g.random.Intn(len(options))]
	if isOperation(template) {
		return "(" + g.fill(template, depth-1) + ")"
	}
	return g.fill(template, depth-1)
}

// isOperation tells templates that need parentheses around them: those with an operator outside of
// all brackets.
func isOperation(template string) bool {
	if strings.HasPrefix(template, "-") || strings.HasPrefix(template, "!") {
		return true
	}
	depth := 0
	for _, c := range template {
		switch c {
		case '(', '[', '{':
			depth++
		case ')', ']', '}':
			depth--
		case ' ':
			if depth == 0 {
				return true
			}
		}
	}
	return false
}

func (g *generator) leaf(kind string) string {
	options := leaves[kind]
	if len(options) == 0 {
		// Only functions make such values.
		simple := templates[kind]
		return g.fill(simple[0], 0)
	}
	return options[g.random.Intn(len(options))]
}

// fill replaces each <kind> of a template.
func (g *generator) fill(template string, depth int) string {
	var out strings.Builder
	for template != "" {
		open := strings.IndexByte(template, '<')
		if open < 0 || !isKind(template[open+1:]) {
			if open < 0 {
				open = len(template) - 1
			}
			out.WriteString(template[:open+1])
			template = template[open+1:]
			continue
		}
		end := open + strings.IndexByte(template[open:], '>')
		out.WriteString(template[:open])
		kind := template[open+1 : end]
		if g.random.Intn(80) == 0 {
			out.WriteString("dyn(" + g.leaf(g.kinds[g.random.Intn(len(g.kinds))]) + ")")
		} else {
			out.WriteString(g.make(kind, depth))
		}
		template = template[end+1:]
	}
	return out.String()
}

// isKind tells the name of a kind from an operator.
func isKind(text string) bool {
	end := strings.IndexByte(text, '>')
	if end <= 0 {
		return false
	}
	name := text[:end]
	return leaves[name] != nil || templates[name] != nil
}

// quoteAll makes string literals.
func quoteAll(texts ...string) []string {
	literals := make([]string, len(texts))
	for i, text := range texts {
		literals[i] = "r'" + text + "'"
		if strings.ContainsAny(text, "'\n") {
			literals[i] = strconv.Quote(text)
		}
	}
	return literals
}

// The kinds of whole expressions.
var results = []string{
	"bool", "bool", "bool", "int", "uint", "double", "string", "string", "bytes", "ints", "strings",
	"lists", "map", "timestamp", "duration", "optional", "dyn", "type",
}

// What stands for a kind without operands. A kind in small letters with "text" is a string that a
// function reads.
var leaves = map[string][]string{
	"bool": {"true", "false", "b", "!b", "has(labels.app)", "has(object.spec)", "has(object.nope)"},
	"int": {"0", "1", "-1", "2", "3", "7", "10", "64", "n", "big", "ints[1]", "object.spec.replicas",
		"9223372036854775807", "-9223372036854775808", "0x1F", "100000000000"},
	"uint":   {"0u", "1u", "3u", "42u", "w", "18446744073709551615u", "0xFFu"},
	"double": {"0.0", "-0.0", "1.0", "2.5", "-1.5", "d", "0.1", "1e10", "1e-7", "1e300", "9007199254740993.0", "123456.789"},
	"string": {"''", "'a'", "'abc'", "'tacocat'", "s", "t", "'ÄÖü'", "'🐱x🐱'", "' \\t trim\\u00a0'",
		"'A-b_C.d'", "\"it's\"", "words[1]", "labels.app", "'%'", "'12'", "'true'", "object.metadata.name"},
	"bytes":     {"b''", "b'abc'", "raw", "b'\\xff\\x00'", "b'é'"},
	"ints":      {"[]", "[1]", "ints", "[2, 2, 1]", "[-5, 0, 5]", "empty"},
	"uints":     {"[1u]", "[2u, 1u, 2u]", "[18446744073709551615u, 1u]"},
	"doubles":   {"[1.5]", "[2.0, 1.0, 0.5]", "[0.1, 0.2, 0.3]"},
	"strings":   {"[]", "['a']", "words", "['b', 'a', 'b']", "['', 'x']", "empty"},
	"lists":     {"[[1], [2, 3]]", "[]", "[[]]", "[ints, [1]]"},
	"mixed":     {"mixed", "[dyn(1), dyn('a')]", "[dyn(1), dyn(1.0), dyn(1u)]", "empty"},
	"map":       {"{}", "labels", "counts", "{'a': 1}", "{'a': 1, 'b': 2}", "object.metadata"},
	"intmap":    {"{1: 'a'}", "{1: 'a', 2u: 'b'}", "{0: 'x', -1: 'y'}"},
	"timestamp": {"when", "timestamp('1970-01-01T00:00:00Z')", "timestamp('0001-01-01T00:00:00Z')", "timestamp('9999-12-31T23:59:59.999999999Z')", "timestamp('2009-02-13T23:31:30.25+01:00')"},
	"duration":  {"span", "duration('0')", "duration('1h30m')", "duration('-1.5s')", "duration('1ns')", "duration('2562047h')", "duration('-9223372036s')"},
	"type":      {"int", "string", "list", "map", "null_type", "google.protobuf.Timestamp", "optional_type"},
	"null":      {"null", "none"},
	"index":     {"-1", "0", "1", "2", "3", "5", "7", "100"},
	"count":     {"-1", "0", "1", "2", "10"},
	"shift":     {"-1", "0", "1", "3", "63", "64", "200"},

	"numbertext": quoteAll("0", "-0", "+5", "12", "-7", " 1", "1.5", "0x10", "1_0", "9223372036854775808",
		"-9223372036854775808", "1e3", ".5", "5.", "NaN", "Infinity", "-inf", "1e400", "1e-400", "", "abc", "18446744073709551615"),
	"booltext": quoteAll("true", "t", "1", "TRUE", "True", "tRue", "false", "f", "0", "", "yes"),
	"durationtext": quoteAll("1s", "1h30m", "-1.5h", "1us", "1µs", "0", "+0.5s", "1d", "", "1", "s", "1.s", ".s", "1m1m",
		"9223372036s", "9223372037s", "1h 1m", "0.000000001s", "0.0000000001s"),
	"timestamptext": quoteAll("2024-02-29T12:00:00Z", "2023-02-29T12:00:00Z", "2024-01-01T00:00:00+05:30", "2024-01-01T00:00:00",
		"2024-01-01", "0000-01-01T00:00:00Z", "0001-01-01T00:00:00+01:00", "9999-12-31T23:59:59-01:00", "2024-01-01T23:59:60Z",
		"2024-01-01T00:00:00.123456789Z", "2024-01-01T24:00:00Z", "2024-13-01T00:00:00Z", ""),
	"zone": quoteAll("UTC", "Europe/Paris", "America/New_York", "Asia/Kathmandu", "Australia/Sydney", "+05:30", "-02:30", "09:00",
		"-00:00", "Nowhere/City", "../etc/passwd", "Etc/GMT+3"),
	"quantitytext": quoteAll("0", "1", "-1", "500m", "1.5Gi", "1Ki", "1Mi", "2e3", "1E", "1E3", "1Ei", "100Ei", "10k", "10K", "1n",
		"0.1n", "-0.1n", "1u", "1.1e2", "0.5", ".5", "5.", "1.5G", "1000M", "1G", "1T", "1P", "", "abc", "1 k", "1,5", "--1", "+7",
		"12345678901234567890", "9999999999999999999999999999999999999G", "1e-3", "3e-10", "0.000000001"),
	"semvertext": quoteAll("1.2.3", "0.0.1", "1.10.0", "1.2.3-alpha", "1.2.3-alpha.1", "1.2.3-beta", "1.2.3-rc.10", "1.2.3-rc.9",
		"1.2.3+build", "1.2.3-a+b", "v1.2.3", "1.2", "1", "01.2.3", "1.2.3.4", "", "1.2.x", "1.2.3-", "1.2.3-01", "v1", "v01.02"),
	"iptext": quoteAll("10.0.0.1", "127.0.0.1", "0.0.0.0", "255.255.255.255", "224.0.0.5", "224.0.1.1", "169.254.3.4", "192.168.1.1",
		"::", "::1", "2001:db8::68", "2001:DB8::68", "fe80::1", "ff02::1", "ff05::2", "fc00::1", "1:2:3:4:5:6:7:8", "1::8", "64:ff9b::1.2.3.4",
		"10.0.0.256", "10.0.0", "010.0.0.1", "::ffff:1.2.3.4", "fe80::1%eth0", "1::2::3", "", ":::", "12345::"),
	"cidrtext": quoteAll("10.0.0.0/8", "10.1.2.3/16", "192.168.0.0/24", "192.168.0.1/32", "0.0.0.0/0", "::/0", "2001:db8::/32",
		"2001:db8:ffff::1/48", "10.0.0.0/33", "10.0.0.0", "10.0.0.0/08", "::ffff:1.2.3.4/96", "fe80::%a/64", "", "/8"),
	"urltext": quoteAll("https://example.com:443/a/b?x=1&y=2", "http://user:pw@host/p", "/absolute/path", "relative", "https://[::1]:80/x",
		"https://example.com", "https://example.com/with space", "https://example.com/a%2Fb?q=%20&q=b", "mailto:a@b", "http://h:port/", "",
		"HTTPS://Example.COM/P", "https://host/?a&b=&=c&a=2", "https://host/%zz", "//h/p", "https://h/p?a;b", "http://[fe80::1%25en0]:1/", "https://a b/"),
	"format": {"format.dns1123Label()", "format.dns1123Subdomain()", "format.dns1035Label()", "format.qualifiedName()",
		"format.dns1123LabelPrefix()", "format.dns1123SubdomainPrefix()", "format.dns1035LabelPrefix()", "format.labelValue()",
		"format.uri()", "format.uuid()", "format.byte()", "format.date()", "format.datetime()"},
	"formatted": quoteAll("a", "my-label", "-a", "a-", "A", "a.b.c", "example.com/name", "9a", "", "a_b", "2024-02-29", "2023-02-29",
		"2024-02-29T10:00:00Z", "2024-02-29t10:00:00.5+01:00", "123e4567-e89b-12d3-a456-426614174000", "aGVsbG8=", "aGVsbG8", "/path",
		"https://a.b", "a/b/c", "é"),
	"base64text": quoteAll("", "aGVsbG8=", "aGVsbG8", "a", "aGVs", "a-_b", "aGVsbG8==", "=", "/+8="),
	"regex":      quoteAll("a", "[0-9]+", "[a-z]*", "^h", "(a)(b)?", "l+", "o|ö", ".", "", "(", "[", "a{2}", "(?i)A", `\\d+`, `\\pL+`, "b(2+)", "x*", "$", `\\b`),
	"rewrite":    quoteAll("", "x", `\\0`, `<\\1>`, `\\2`, "$1", `\\\\`, "-"),
	"format1":    quoteAll("%s", "%d", "%f", "%.2f", "%e", "%.0f", "%x", "%X", "%o", "%b", "<%s>", "%s%%", "%a", "%.3s", "%.12e", "%", "%.f"),
	"format2":    quoteAll("%s-%s", "%s and %d", "%d%s", "%x %X", "%b%e"),
	"key":        quoteAll("app", "tier", "nope", "a", "x/y"),
}

// Expressions with places for operands.
var templates = map[string][]string{
	"bool": {
		"<int> == <int>", "<int> < <int>", "<double> <= <double>", "<string> < <string>", "<string> == <string>",
		"<bool> && <bool>", "<bool> || <bool>", "!(<bool>)", "<bool> ? <bool> : <bool>", "<int> in <ints>", "<string> in <map>",
		"dyn(<int>) == <double>", "dyn(<uint>) == <int>", "dyn(<double>) < <uint>", "<dyn> == <dyn>", "<bytes> < <bytes>",
		"<timestamp> < <timestamp>", "<duration> >= <duration>", "<timestamp> == <timestamp>", "<lists> == <lists>", "<map> == <map>",
		"<type> == <type>", "type(<dyn>) == <type>", "<optional> == <optional>", "<null> == <dyn>",
		"<string>.contains(<string>)", "<string>.startsWith(<string>)", "<string>.endsWith(<string>)", "<string>.matches(<regex>)",
		"bool(<booltext>)", "<ints>.all(x, x > <int>)", "<ints>.exists(x, x / <int> == 1)", "<strings>.exists_one(x, x == <string>)",
		"<mixed>.all(x, x == <dyn>)", "<mixed>.exists(x, x > 1)", "<map>.all(k, k.size() > <index>)", "<map>.exists(k, v, v == <dyn>)",
		"<ints>.all(i, v, i < v)", "<ints>.existsOne(i, v, i == v)",
		"<ints>.isSorted()", "<strings>.isSorted()", "dyn(<mixed>).includes(<dyn>)", "<ints>.includes(<int>)",
		"sets.contains(<ints>, <ints>)", "sets.equivalent(<strings>, <strings>)", "sets.intersects(<ints>, <ints>)",
		"<optional>.hasValue()", "isQuantity(<quantitytext>)", "<quantity>.isInteger()", "<quantity>.isLessThan(<quantity>)",
		"<quantity>.isGreaterThan(<quantity>)", "<quantity> == <quantity>", "isSemver(<semvertext>)", "isSemver(<semvertext>, <bool>)",
		"<semver>.isLessThan(<semver>)", "<semver>.isGreaterThan(<semver>)", "<semver> == <semver>",
		"isIP(<iptext>)", "ip.isCanonical(<iptext>)", "<ip>.isLoopback()", "<ip>.isUnspecified()", "<ip>.isGlobalUnicast()",
		"<ip>.isLinkLocalUnicast()", "<ip>.isLinkLocalMulticast()", "<ip> == <ip>", "isCIDR(<cidrtext>)", "<cidr>.containsIP(<ip>)",
		"<cidr>.containsIP(<iptext>)", "<cidr>.containsCIDR(<cidr>)", "<cidr>.containsCIDR(<cidrtext>)", "<cidr> == <cidr>",
		"isURL(<urltext>)", "<url> == <url>", "<format>.validate(<formatted>).hasValue()", "math.isNaN(<double>)",
		"math.isInf(<double>)", "math.isFinite(<double>)", "cel.bind(x, <int>, x == x)",
	},
	"int": {
		"<int> + <int>", "<int> - <int>", "<int> * <int>", "<int> / <int>", "<int> % <int>", "-(<int>)", "<bool> ? <int> : <int>",
		"size(<string>)", "<ints>.size()", "size(<map>)", "size(<bytes>)", "int(<double>)", "int(<uint>)", "int(<numbertext>)", "int(<timestamp>)",
		"<ints>[<index>]", "<string>.indexOf(<string>)", "<string>.indexOf(<string>, <index>)", "<string>.lastIndexOf(<string>)",
		"<string>.lastIndexOf(<string>, <index>)", "<ints>.sum()", "<ints>.min()", "<ints>.max()", "<ints>.indexOf(<int>)", "<ints>.lastIndexOf(<int>)",
		"<mixed>.indexOf(<dyn>)", "<quantity>.asInteger()", "sign(<quantity>)", "<quantity>.compareTo(<quantity>)", "<semver>.major()",
		"<semver>.minor()", "<semver>.patch()", "<semver>.compareTo(<semver>)", "<ip>.family()", "<cidr>.prefixLength()",
		"math.abs(<int>)", "math.sign(<int>)", "math.greatest(<int>, <int>)", "math.least(<ints>)", "math.bitAnd(<int>, <int>)",
		"math.bitOr(<int>, <int>)", "math.bitXor(<int>, <int>)", "math.bitNot(<int>)", "math.bitShiftLeft(<int>, <shift>)", "math.bitShiftRight(<int>, <shift>)",
		"<timestamp>.getFullYear()", "<timestamp>.getMonth()", "<timestamp>.getDate()", "<timestamp>.getDayOfMonth()", "<timestamp>.getDayOfYear()",
		"<timestamp>.getDayOfWeek()", "<timestamp>.getHours()", "<timestamp>.getMinutes()", "<timestamp>.getSeconds()", "<timestamp>.getMilliseconds()",
		"<timestamp>.getHours(<zone>)", "<timestamp>.getDate(<zone>)", "<timestamp>.getMinutes(<zone>)", "<timestamp>.getFullYear(<zone>)", "<timestamp>.getDayOfYear(<zone>)",
		"<duration>.getHours()", "<duration>.getMinutes()", "<duration>.getSeconds()", "<duration>.getMilliseconds()",
	},
	"uint": {
		"<uint> + <uint>", "<uint> - <uint>", "<uint> * <uint>", "<uint> / <uint>", "<uint> % <uint>", "uint(<int>)", "uint(<double>)",
		"uint(<numbertext>)", "<uints>.sum()", "<uints>.max()", "math.abs(<uint>)", "math.bitNot(<uint>)", "math.bitShiftLeft(<uint>, <shift>)",
		"math.bitShiftRight(<uint>, <shift>)", "math.bitXor(<uint>, <uint>)",
	},
	"double": {
		"<double> + <double>", "<double> - <double>", "<double> * <double>", "<double> / <double>", "-(<double>)", "double(<int>)", "double(<uint>)",
		"double(<numbertext>)", "<doubles>.sum()", "<doubles>.min()", "<quantity>.asApproximateFloat()", "math.ceil(<double>)", "math.floor(<double>)",
		"math.round(<double>)", "math.trunc(<double>)", "math.abs(<double>)", "math.sign(<double>)", "math.sqrt(<double>)", "math.sqrt(<int>)",
		"math.greatest(<double>, <double>)", "math.least(<doubles>)",
	},
	"string": {
		"<string> + <string>", "<bool> ? <string> : <string>", "string(<int>)", "string(<uint>)", "string(<double>)", "string(<bool>)",
		"string(<bytes>)", "string(<timestamp>)", "string(<duration>)", "string(<ip>)", "string(<cidr>)",
		"<string>.charAt(<index>)", "<string>.lowerAscii()", "<string>.upperAscii()", "<string>.replace(<string>, <string>)",
		"<string>.replace(<string>, <string>, <count>)", "<strings>.join()", "<strings>.join(<string>)", "<string>.substring(<index>)",
		"<string>.substring(<index>, <index>)", "<string>.trim()", "<string>.reverse()", "strings.quote(<string>)",
		"<format1>.format([<dyn>])", "<format1>.format([<int>])", "<format1>.format([<double>])", "<format2>.format([<dyn>, <int>])", "'%s%%'.format([])", "'%s'.format([<lists>])",
		"'%s'.format([<map>])", "'%s'.format([<double>])", "'%s'.format([<timestamp>])", "'%s'.format([<duration>])", "'%s'.format([<bytes>])",
		"<string>.find(<regex>)", "regex.replace(<string>, <regex>, <rewrite>)", "regex.replace(<string>, <regex>, <rewrite>, <count>)",
		"<url>.getScheme()", "<url>.getHost()", "<url>.getHostname()", "<url>.getPort()", "<url>.getEscapedPath()",
		"base64.encode(<bytes>)", "<strings>.min()", "<strings>.max()", "<optional>.orValue(<string>)", "labels[<key>]", "<map>.?<dynfield>.orValue('no')",
	},
	"dynfield": {"app", "name", "nope"},
	"bytes":    {"<bytes> + <bytes>", "bytes(<string>)", "base64.decode(<base64text>)"},
	"ints": {
		"<ints> + <ints>", "[<int>, <int>]", "<ints>.map(x, x + <int>)", "<ints>.filter(x, x % <int> == 0)", "<ints>.map(x, x > <int>, x * 2)",
		"<ints>.transformList(i, v, i + v)", "<ints>.distinct()", "<ints>.sort()", "<ints>.reverse()", "<ints>.slice(<index>, <index>)",
		"<lists>.flatten()", "lists.range(<index>)", "<ints>.sortBy(x, -x)", "[<int>].map(x, size(<string>))",
	},
	"strings": {
		"<strings> + <strings>", "<string>.split(<string>)", "<string>.split(<string>, <count>)", "<strings>.map(x, x + <string>)",
		"<strings>.filter(x, x != <string>)", "<string>.findAll(<regex>)", "<string>.findAll(<regex>, <count>)", "<strings>.sort()",
		"<strings>.distinct()", "regex.extractAll(<string>, <regex>)", "<map>.map(k, k).sort()", "<strings>.sortBy(x, x.size())", "<strings>.reverse()",
	},
	"lists":    {"[<ints>, <ints>]", "<lists> + <lists>", "<ints>.map(x, [x, <int>])"},
	"quantity": {"quantity(<quantitytext>)", "<quantity>.add(<quantity>)", "<quantity>.sub(<quantity>)", "<quantity>.add(<int>)", "<quantity>.sub(<int>)"},
	"semver":   {"semver(<semvertext>)", "semver(<semvertext>, <bool>)"},
	"ip":       {"ip(<iptext>)", "<cidr>.ip()"},
	"cidr":     {"cidr(<cidrtext>)", "<cidr>.masked()"},
	"url":      {"url(<urltext>)"},
	"map": {
		"{<string>: <int>}", "{'a': <dyn>, 'b': <int>}", "<map>.transformMap(k, v, v)", "{?'k': <optional>}", "<ints>.transformMapEntry(i, v, {i: v})",
		"<url>.getQuery()", "<intmap>.transformMap(k, v, k > <int>, v)",
	},
	"timestamp": {"timestamp(<timestamptext>)", "<timestamp> + <duration>", "<timestamp> - <duration>", "<duration> + <timestamp>", "timestamp(<int>)"},
	"duration":  {"duration(<durationtext>)", "<duration> + <duration>", "<duration> - <duration>", "<timestamp> - <timestamp>"},
	"optional": {
		"optional.of(<string>)", "optional.none()", "optional.ofNonZeroValue(<string>)", "labels[?<key>]", "labels.?app", "<words>[?<index>]",
		"regex.extract(<string>, <regex>)", "<optional>.or(<optional>)", "<optional>.optMap(x, x + <string>)", "<strings>.first()", "<strings>.last()",
		"optional.ofNonZeroValue(<dyn>)", "object.?spec.?nope", "object.metadata.?name",
	},
	"words": {"words", "<strings>"},
	"dyn": {
		"dyn(<int>)", "dyn(<uint>)", "dyn(<double>)", "dyn(<string>)", "dyn(<bool>)", "dyn(<ints>)", "dyn(<map>)", "dyn(<null>)", "<mixed>[<index>]",
		"labels[<key>]", "object.spec.items[0].size", "object[<key>]", "<intmap>[<int>]", "<intmap>[dyn(<double>)]", "<ints>[dyn(<uint>)]", "<optional>.value()",
		"math.greatest(<int>, <double>, <uint>)", "math.least(dyn(<int>), dyn(<double>))", "<mixed>.distinct()", "dyn(<mixed>).flatten(<count>)",
	},
	"type": {"type(<int>)", "type(<dyn>)", "type(<lists>)", "type(<optional>)", "type(<timestamp>)", "type(type(<bool>))"},
}
