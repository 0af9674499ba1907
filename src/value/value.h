#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>

#include "base/arena.h"
#include "base/range.h"
#include "value/origin.h"

// The one dynamic value of the program: a YAML node, an ARM property, the result of a CEL, HCL or
// Bicep expression. No layer has another, and none converts on the way.
namespace restorable {

enum class Kind : std::uint8_t {
  kNull,
  kBool,
  kInt,
  kUint,
  kDouble,
  kString,
  kBytes,
  kList,
  kMap,
  kTimestamp,
  kDuration,
  kType,
  kOptional,
  kOpaque,
  kError,
  kUnknown,
};

// What is known of a list or map beyond its items, in languages that distinguish it.
enum class Shape : std::uint8_t {
  kFree,     // items of any types: Terraform's tuple and object, and all that YAML and JSON know
  kUniform,  // items of one type: Terraform's list and map
  kSet,      // a list without order or duplicates; it holds its items sorted
  kPartial,  // a list whose unknown items may turn out not to be there
  kOpen,     // likewise, and each of them may stand for several
};

class Value;
struct MapEntry;
struct MapBody;

// Why something is not known. The list is closed; reports and statistics group by it.
enum class UnknownReason : std::uint8_t {
  kNoDefault,         // a variable or parameter that nobody gave a value
  kComputed,          // known only after it is deployed
  kDataSource,        // read from the cloud
  kExistingResource,  // a resource that this code does not create
  kModuleNotOnDisk,
  kImpureFunction,   // time, random numbers
  kEnvironment,      // environment variables, files outside the scanned roots
  kDeploymentScope,  // resource group, subscription
  kFileMissing,
  kProviderFunction,
  kSecret,
  kEvalError,
  kUnsupported,
  kLimit,
  kTemplate,         // filled in by Helm or the like
  kNotInDeployment,  // an object that the deployment refers to and does not contain
  kNotInReview,      // what an admission request or a file does not carry
  kAmbiguous,        // several candidates, none nearer than the others
};

// "no-default", "computed", …: the word that reports print.
[[nodiscard]] std::string_view Name(UnknownReason reason);

struct UnknownCause {
  UnknownReason reason = UnknownReason::kUnsupported;
  std::string_view what;  // names the input that would decide: "var.disk_sku", "StorageClass fast"
  Range range;            // where it was left open
};

// What an unknown value is waiting for: sorted, without duplicates, at most kMostCauses of them.
struct UnknownSet {
  static constexpr std::size_t kMostCauses = 16;

  std::span<const UnknownCause> causes;
  std::uint32_t total = 0;  // as many as there were before the cap
};

struct ErrorBody {
  std::string_view message;
  Range range;            // of the expression that failed
  bool absolute = false;  // a limit was passed: no operator may absorb it
};

// A type whose values only its own functions can read: a Kubernetes quantity, an IP address.
struct OpaqueType {
  std::string_view name;
  bool (*equal)(const void* a, const void* b);
  std::string (*print)(const void* data);
};

struct OpaqueBody {
  const OpaqueType* type = nullptr;
  const void* data = nullptr;
};

// An immutable handle of 32 bytes, copied like an int. What it points to lives in the Arena (or the
// SourceFile) it was made from and dies with it; string literals live for ever.
class Value {
 public:
  constexpr Value() = default;  // null

  [[nodiscard]] static constexpr Value Null() { return Value(); }
  [[nodiscard]] static constexpr Value Bool(bool value);
  [[nodiscard]] static constexpr Value Int(std::int64_t value);
  [[nodiscard]] static constexpr Value Uint(std::uint64_t value);
  [[nodiscard]] static constexpr Value Double(double value);
  // `text` is valid UTF-8 and outlives the value.
  [[nodiscard]] static constexpr Value String(std::string_view text);
  [[nodiscard]] static constexpr Value Bytes(std::string_view octets);
  [[nodiscard]] static constexpr Value List(std::span<const Value> items);
  // Keys are bool, int, uint or string, each once (see FindEntry for when two are the same).
  // `entries` lie in the arena already, or live for ever.
  [[nodiscard]] static Value Map(Arena& arena, std::span<const MapEntry> entries);
  // A map some of whose entries are not known: those that are absent here may exist.
  [[nodiscard]] static Value OpenMap(Arena& arena, std::span<const MapEntry> entries, Value rest);
  // Seconds since 1970-01-01T00:00:00Z and nanoseconds in [0, 1e9).
  [[nodiscard]] static constexpr Value Timestamp(std::int64_t seconds, std::uint32_t nanoseconds);
  [[nodiscard]] static constexpr Value Duration(std::int64_t nanoseconds);
  [[nodiscard]] static constexpr Value Type(std::string_view name);
  [[nodiscard]] static constexpr Value None();  // the optional without a value
  [[nodiscard]] static Value Some(Arena& arena, Value value);
  [[nodiscard]] static Value Opaque(Arena& arena, const OpaqueType& type, const void* data);
  [[nodiscard]] static Value Error(Arena& arena, std::string_view message, Range range = {},
                                   bool absolute = false);
  [[nodiscard]] static Value Unknown(Arena& arena, const UnknownCause& cause);
  // The union of the causes of both, which are unknown.
  [[nodiscard]] static Value Unknown(Arena& arena, Value a, Value b);

  [[nodiscard]] constexpr Kind kind() const { return kind_; }
  [[nodiscard]] constexpr bool Is(Kind kind) const { return kind_ == kind; }
  [[nodiscard]] constexpr bool IsNull() const { return kind_ == Kind::kNull; }
  [[nodiscard]] constexpr bool IsString() const { return kind_ == Kind::kString; }
  [[nodiscard]] constexpr bool IsList() const { return kind_ == Kind::kList; }
  [[nodiscard]] constexpr bool IsMap() const { return kind_ == Kind::kMap; }
  [[nodiscard]] constexpr bool IsError() const { return kind_ == Kind::kError; }
  [[nodiscard]] constexpr bool IsUnknown() const { return kind_ == Kind::kUnknown; }
  [[nodiscard]] constexpr bool IsTrue() const { return kind_ == Kind::kBool && payload_.boolean; }
  [[nodiscard]] constexpr bool IsFalse() const { return kind_ == Kind::kBool && !payload_.boolean; }

  // Each of these asks for the kind it names.
  [[nodiscard]] constexpr bool AsBool() const { return payload_.boolean; }
  [[nodiscard]] constexpr std::int64_t AsInt() const { return payload_.integer; }
  [[nodiscard]] constexpr std::uint64_t AsUint() const { return payload_.natural; }
  [[nodiscard]] constexpr double AsDouble() const { return payload_.real; }
  [[nodiscard]] constexpr std::string_view AsString() const { return {payload_.text, size_}; }
  [[nodiscard]] constexpr std::string_view AsBytes() const { return {payload_.text, size_}; }
  [[nodiscard]] constexpr std::span<const Value> AsList() const;
  [[nodiscard]] std::span<const MapEntry> AsMap() const;
  [[nodiscard]] constexpr std::int64_t Seconds() const { return payload_.integer; }
  [[nodiscard]] constexpr std::uint32_t Nanoseconds() const { return size_; }  // of a timestamp
  [[nodiscard]] constexpr std::int64_t AsDuration() const { return payload_.integer; }
  [[nodiscard]] constexpr std::string_view AsType() const { return {payload_.text, size_}; }
  [[nodiscard]] constexpr const Value* AsOptional() const { return payload_.items; }  // or nullptr
  [[nodiscard]] constexpr const OpaqueBody& AsOpaque() const { return *payload_.opaque; }
  [[nodiscard]] constexpr const ErrorBody& AsError() const { return *payload_.error; }
  [[nodiscard]] constexpr const UnknownSet& AsUnknown() const { return *payload_.unknown; }

  // The items of a list, entries of a map or bytes of a string.
  [[nodiscard]] constexpr std::uint32_t size() const { return size_; }

  // The value under a string key of a map; nullptr when there is none, and on every other kind.
  [[nodiscard]] const Value* Find(std::string_view key) const;
  [[nodiscard]] const MapEntry* FindEntry(std::string_view key) const;
  // Numbers of different kinds that are equal are the same key.
  [[nodiscard]] const MapEntry* FindEntry(Value key) const;
  // The unknown that stands for the absent entries of an open map; nullptr for a closed one.
  [[nodiscard]] const Value* OpenRest() const;

  // Where the content of a string, list or map lies.
  [[nodiscard]] constexpr const void* Address() const { return payload_.text; }
  // Whether this is `other` itself: the same content in the same place, not an equal one.
  [[nodiscard]] bool IsItself(const Value& other) const {
    return std::memcmp(this, &other, sizeof(Value)) == 0;
  }

  // Where the value was written, and the steps by which it came to be used elsewhere.
  [[nodiscard]] constexpr Range range() const { return range_; }
  [[nodiscard]] constexpr OriginId via() const { return via_; }
  [[nodiscard]] constexpr Value At(Range range) const;
  [[nodiscard]] constexpr Value Via(OriginId origin) const;

  [[nodiscard]] constexpr Shape shape() const { return shape_; }
  [[nodiscard]] constexpr Value Shaped(Shape shape) const;
  // A list of which it is not known how many items it has.
  [[nodiscard]] constexpr bool IsOpenList() const { return IsList() && shape_ >= Shape::kPartial; }

  // An unknown that is the very thing its one cause names, not something made of it: another one of
  // that name is the same value.
  [[nodiscard]] constexpr bool IsNamed() const { return named_; }
  [[nodiscard]] constexpr Value Named(bool named) const;

  // A secret: no report prints it.
  [[nodiscard]] constexpr bool IsSensitive() const { return sensitive_; }
  [[nodiscard]] constexpr Value Sensitive() const;

 private:
  union Payload {
    std::uint64_t natural = 0;
    bool boolean;
    std::int64_t integer;
    double real;
    const char* text;
    const Value* items;
    const MapBody* map;
    const OpaqueBody* opaque;
    const ErrorBody* error;
    const UnknownSet* unknown;
  };

  constexpr explicit Value(Kind kind) : kind_(kind) {}

  Kind kind_ = Kind::kNull;
  bool sensitive_ = false;
  bool named_ = false;
  Shape shape_ = Shape::kFree;
  std::uint32_t size_ = 0;
  Payload payload_;
  Range range_;
  OriginId via_ = OriginId::kNone;
};

static_assert(sizeof(Value) == 32 && std::is_trivially_copyable_v<Value>);

struct MapEntry {
  Value key;
  Value value;
};

// The word CEL has for the kind: "int", "map", "null_type".
[[nodiscard]] std::string_view TypeName(Value value);

constexpr Value Value::Bool(bool value) {
  Value v(Kind::kBool);
  v.payload_.boolean = value;
  return v;
}
constexpr Value Value::Int(std::int64_t value) {
  Value v(Kind::kInt);
  v.payload_.integer = value;
  return v;
}
constexpr Value Value::Uint(std::uint64_t value) {
  Value v(Kind::kUint);
  v.payload_.natural = value;
  return v;
}
constexpr Value Value::Double(double value) {
  Value v(Kind::kDouble);
  v.payload_.real = value;
  return v;
}
constexpr Value Value::String(std::string_view text) {
  Value v(Kind::kString);
  v.payload_.text = text.data();
  v.size_ = static_cast<std::uint32_t>(text.size());
  return v;
}
constexpr Value Value::Bytes(std::string_view octets) {
  Value v(Kind::kBytes);
  v.payload_.text = octets.data();
  v.size_ = static_cast<std::uint32_t>(octets.size());
  return v;
}
constexpr Value Value::List(std::span<const Value> items) {
  Value v(Kind::kList);
  v.payload_.items = items.data();
  v.size_ = static_cast<std::uint32_t>(items.size());
  return v;
}
constexpr Value Value::Timestamp(std::int64_t seconds, std::uint32_t nanoseconds) {
  Value v(Kind::kTimestamp);
  v.payload_.integer = seconds;
  v.size_ = nanoseconds;
  return v;
}
constexpr Value Value::Duration(std::int64_t nanoseconds) {
  Value v(Kind::kDuration);
  v.payload_.integer = nanoseconds;
  return v;
}
constexpr Value Value::Type(std::string_view name) {
  Value v(Kind::kType);
  v.payload_.text = name.data();
  v.size_ = static_cast<std::uint32_t>(name.size());
  return v;
}
constexpr Value Value::None() {
  Value v(Kind::kOptional);
  v.payload_.items = nullptr;
  return v;
}
constexpr std::span<const Value> Value::AsList() const { return {payload_.items, size_}; }
constexpr Value Value::At(Range range) const {
  Value v = *this;
  v.range_ = range;
  return v;
}
constexpr Value Value::Via(OriginId origin) const {
  Value v = *this;
  v.via_ = origin;
  return v;
}
constexpr Value Value::Shaped(Shape shape) const {
  Value v = *this;
  v.shape_ = shape;
  return v;
}
constexpr Value Value::Named(bool named) const {
  Value v = *this;
  v.named_ = named;
  return v;
}
constexpr Value Value::Sensitive() const {
  Value v = *this;
  v.sensitive_ = true;
  return v;
}

}  // namespace restorable
