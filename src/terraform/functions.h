#pragma once

#include "terraform/builtin.h"

// The bodies of the builtins, by the file that they stand in.
namespace restorable::terraform {

// functions_collection.cc
Value AllTrue(Call& call);
Value AnyTrue(Call& call);
Value ChunkList(Call& call);
Value Coalesce(Call& call);
Value CoalesceList(Call& call);
Value Compact(Call& call);
Value Concat(Call& call);
Value Contains(Call& call);
Value Distinct(Call& call);
Value Element(Call& call);
Value Flatten(Call& call);
Value IndexOf(Call& call);
Value Keys(Call& call);
Value Length(Call& call);
Value ListOf(Call& call);
Value Lookup(Call& call);
Value MapOf(Call& call);
Value MatchKeys(Call& call);
Value Merge(Call& call);
Value One(Call& call);
Value RangeOf(Call& call);
Value Reverse(Call& call);
Value SetIntersection(Call& call);
Value SetProduct(Call& call);
Value SetSubtract(Call& call);
Value SetUnion(Call& call);
Value Slice(Call& call);
Value Sort(Call& call);
Value Sum(Call& call);
Value Transpose(Call& call);
Value Values(Call& call);
Value ZipMap(Call& call);

// functions_type.cc
Value Can(Call& call);
Value IsSensitive(Call& call);
Value Keep(Call& call);
Value NonSensitive(Call& call);
Value Sensitive(Call& call);
Value ToBool(Call& call);
Value ToList(Call& call);
Value ToMap(Call& call);
Value ToNumber(Call& call);
Value ToSet(Call& call);
Value ToString(Call& call);
Value Try(Call& call);

// functions_number.cc
Value Abs(Call& call);
Value Ceil(Call& call);
Value Floor(Call& call);
Value Log(Call& call);
Value Max(Call& call);
Value Min(Call& call);
Value ParseInt(Call& call);
Value Pow(Call& call);
Value Signum(Call& call);

// functions_string.cc
Value BaseName(Call& call);
Value Chomp(Call& call);
Value DirName(Call& call);
Value EndsWith(Call& call);
Value Indent(Call& call);
Value Join(Call& call);
Value Lower(Call& call);
Value Split(Call& call);
Value StartsWith(Call& call);
Value StrContains(Call& call);
Value StrRev(Call& call);
Value Substr(Call& call);
Value Title(Call& call);
Value Trim(Call& call);
Value TrimPrefix(Call& call);
Value TrimSpace(Call& call);
Value TrimSuffix(Call& call);
Value Upper(Call& call);

// functions_regex.cc
Value Regex(Call& call);
Value RegexAll(Call& call);
Value Replace(Call& call);

// functions_format.cc
Value Format(Call& call);
Value FormatList(Call& call);

// functions_encoding.cc
Value Base64Decode(Call& call);
Value Base64Encode(Call& call);
Value Base64Sha256(Call& call);
Value Base64Sha512(Call& call);
Value CsvDecode(Call& call);
Value JsonDecode(Call& call);
Value JsonEncode(Call& call);
Value Md5(Call& call);
Value Sha1(Call& call);
Value Sha256(Call& call);
Value Sha512(Call& call);
Value UrlDecode(Call& call);
Value UrlEncode(Call& call);
Value UuidV5(Call& call);

// functions_charset.cc
Value TextDecodeBase64(Call& call);
Value TextEncodeBase64(Call& call);

// functions_yaml.cc
Value YamlDecode(Call& call);
Value YamlEncode(Call& call);

// functions_network.cc
Value CidrContains(Call& call);
Value CidrHost(Call& call);
Value CidrNetmask(Call& call);
Value CidrSubnet(Call& call);
Value CidrSubnets(Call& call);

// functions_time.cc
Value FormatDate(Call& call);
Value TimeAdd(Call& call);
Value TimeCmp(Call& call);

// functions_file.cc
Value File(Call& call);
Value FileBase64(Call& call);
Value FileBase64Sha256(Call& call);
Value FileBase64Sha512(Call& call);
Value FileExists(Call& call);
Value FileMd5(Call& call);
Value FileSet(Call& call);
Value FileSha1(Call& call);
Value FileSha256(Call& call);
Value FileSha512(Call& call);
Value TemplateFile(Call& call);
Value TemplateString(Call& call);

// functions_unknown.cc: what is not computed here, with the reason.
Value Impure(Call& call);
Value OfEnvironment(Call& call);
Value Unsupported(Call& call);

}  // namespace restorable::terraform
