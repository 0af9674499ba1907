package main

import (
	"encoding/base64"
	"encoding/json"
	"fmt"
	"math"
	"strconv"
	"time"

	"github.com/google/cel-go/common/types"
	"github.com/google/cel-go/common/types/ref"
	"github.com/google/cel-go/common/types/traits"
)

// Values are written as objects of one key, the form of the conformance vectors: {"int": "5"}.
type encoded = map[string]any

func encode(value ref.Val) (any, error) {
	switch v := value.(type) {
	case types.Null:
		return encoded{"null": nil}, nil
	case types.Bool:
		return encoded{"bool": bool(v)}, nil
	case types.Int:
		return encoded{"int": strconv.FormatInt(int64(v), 10)}, nil
	case types.Uint:
		return encoded{"uint": strconv.FormatUint(uint64(v), 10)}, nil
	case types.Double:
		return encoded{"double": encodeDouble(float64(v))}, nil
	case types.String:
		return encoded{"string": string(v)}, nil
	case types.Bytes:
		return encoded{"bytes": base64.StdEncoding.EncodeToString(v)}, nil
	case types.Timestamp:
		return encoded{"timestamp": v.Time.UTC().Format(time.RFC3339Nano)}, nil
	case types.Duration:
		return encoded{"duration": strconv.FormatInt(v.Duration.Nanoseconds(), 10)}, nil
	case *types.Optional:
		if !v.HasValue() {
			return encoded{"optional": nil}, nil
		}
		inner, err := encode(v.GetValue())
		return encoded{"optional": inner}, err
	case ref.Type:
		return encoded{"type": v.TypeName()}, nil
	case traits.Mapper:
		return encodeMap(v)
	case traits.Lister:
		return encodeList(v)
	}
	// Of a type that only functions can read, the name has to do.
	return encoded{"opaque": value.Type().TypeName()}, nil
}

func encodeDouble(value float64) string {
	switch {
	case math.IsNaN(value):
		return "NaN"
	case math.IsInf(value, 1):
		return "Infinity"
	case math.IsInf(value, -1):
		return "-Infinity"
	case value == 0:
		return "0"
	}
	return strconv.FormatFloat(value, 'e', -1, 64)
}

func encodeList(list traits.Lister) (any, error) {
	items := []any{}
	for it := list.Iterator(); it.HasNext() == types.True; {
		item, err := encode(it.Next())
		if err != nil {
			return nil, err
		}
		items = append(items, item)
	}
	return encoded{"list": items}, nil
}

func encodeMap(m traits.Mapper) (any, error) {
	entries := []any{}
	for it := m.Iterator(); it.HasNext() == types.True; {
		key := it.Next()
		encodedKey, err := encode(key)
		if err != nil {
			return nil, err
		}
		value, err := encode(m.Get(key))
		if err != nil {
			return nil, err
		}
		entries = append(entries, []any{encodedKey, value})
	}
	return encoded{"map": entries}, nil
}

// decode gives the value of a binding.
func decode(raw json.RawMessage) (any, error) {
	var object map[string]json.RawMessage
	if err := json.Unmarshal(raw, &object); err != nil {
		return nil, err
	}
	for kind, body := range object {
		return decodeKind(kind, body)
	}
	return nil, fmt.Errorf("empty value")
}

func decodeKind(kind string, body json.RawMessage) (any, error) {
	var text string
	switch kind {
	case "null":
		return nil, nil
	case "bool":
		var b bool
		err := json.Unmarshal(body, &b)
		return b, err
	case "list":
		return decodeList(body)
	case "map":
		return decodeMap(body)
	}
	if err := json.Unmarshal(body, &text); err != nil {
		return nil, err
	}
	switch kind {
	case "int":
		return strconv.ParseInt(text, 10, 64)
	case "uint":
		return strconv.ParseUint(text, 10, 64)
	case "double":
		return strconv.ParseFloat(text, 64)
	case "string":
		return text, nil
	case "bytes":
		return base64.StdEncoding.DecodeString(text)
	case "timestamp":
		return time.Parse(time.RFC3339, text)
	case "duration":
		return time.ParseDuration(text)
	}
	return nil, fmt.Errorf("no value of kind %q", kind)
}

func decodeList(body json.RawMessage) (any, error) {
	var raw []json.RawMessage
	if err := json.Unmarshal(body, &raw); err != nil {
		return nil, err
	}
	items := []any{}
	for _, item := range raw {
		value, err := decode(item)
		if err != nil {
			return nil, err
		}
		items = append(items, value)
	}
	return items, nil
}

func decodeMap(body json.RawMessage) (any, error) {
	var raw [][2]json.RawMessage
	if err := json.Unmarshal(body, &raw); err != nil {
		return nil, err
	}
	result := map[any]any{}
	for _, entry := range raw {
		key, err := decode(entry[0])
		if err != nil {
			return nil, err
		}
		value, err := decode(entry[1])
		if err != nil {
			return nil, err
		}
		result[key] = value
	}
	return result, nil
}
