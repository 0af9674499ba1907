#pragma once

#include "arm/builtin.h"

// The bodies of the builtins, by the file that they stand in.
namespace restorable::arm {

// functions_array.cc: lists, and what takes lists, texts and objects alike.
Value ArrayOf(Invocation& call);
Value Concat(Invocation& call);
Value Contains(Invocation& call);
Value Empty(Invocation& call);
Value First(Invocation& call);
Value Flatten(Invocation& call);
Value IndexFromEnd(Invocation& call);
Value IndexOf(Invocation& call);
Value Intersection(Invocation& call);
Value Last(Invocation& call);
Value LastIndexOf(Invocation& call);
Value Length(Invocation& call);
Value Max(Invocation& call);
Value Min(Invocation& call);
Value RangeOf(Invocation& call);
Value Skip(Invocation& call);
Value Take(Invocation& call);
Value TryIndexFromEnd(Invocation& call);
Value Union(Invocation& call);

// functions_object.cc
Value Items(Invocation& call);
Value ObjectKeys(Invocation& call);
Value ShallowMerge(Invocation& call);
Value TryGet(Invocation& call);
Value CreateObject(Invocation& call);

// functions_lambda.cc
Value Filter(Invocation& call);
Value GroupBy(Invocation& call);
Value MapOver(Invocation& call);
Value MapValues(Invocation& call);
Value Reduce(Invocation& call);
Value Sort(Invocation& call);
Value ToObject(Invocation& call);

// functions_logic.cc: numbers, logic, conversion, loops.
Value Add(Invocation& call);
Value And(Invocation& call);
Value Any(Invocation& call);
Value BoolOf(Invocation& call);
Value CopyIndex(Invocation& call);
Value Divide(Invocation& call);
Value Equals(Invocation& call);
Value Fail(Invocation& call);
Value FloatOf(Invocation& call);
Value Greater(Invocation& call);
Value GreaterOrEquals(Invocation& call);
Value IntOf(Invocation& call);
Value Less(Invocation& call);
Value LessOrEquals(Invocation& call);
Value Modulo(Invocation& call);
Value Multiply(Invocation& call);
Value Not(Invocation& call);
Value Or(Invocation& call);
Value Parameters(Invocation& call);
Value Subtract(Invocation& call);
Value Variables(Invocation& call);

// functions_string.cc
Value EndsWith(Invocation& call);
Value Format(Invocation& call);
Value Guid(Invocation& call);
Value Join(Invocation& call);
Value PadLeft(Invocation& call);
Value Replace(Invocation& call);
Value Split(Invocation& call);
Value StartsWith(Invocation& call);
Value StringOf(Invocation& call);
Value Substring(Invocation& call);
Value ToLower(Invocation& call);
Value ToUpper(Invocation& call);
Value Trim(Invocation& call);
Value UniqueString(Invocation& call);

// functions_encoding.cc
Value Base64(Invocation& call);
Value Base64ToJson(Invocation& call);
Value Base64ToString(Invocation& call);
Value BuildUri(Invocation& call);
Value DataUri(Invocation& call);
Value DataUriToString(Invocation& call);
Value Json(Invocation& call);
Value ParseUri(Invocation& call);
Value Uri(Invocation& call);
Value UriComponent(Invocation& call);
Value UriComponentToString(Invocation& call);

// functions_date.cc
Value DateTimeAdd(Invocation& call);
Value DateTimeFromEpoch(Invocation& call);
Value DateTimeToEpoch(Invocation& call);

// functions_network.cc
Value CidrHost(Invocation& call);
Value CidrSubnet(Invocation& call);
Value ParseCidr(Invocation& call);

// functions_resource.cc
Value ExtensionResourceId(Invocation& call);
Value ManagementGroupResourceId(Invocation& call);
Value Reference(Invocation& call);
Value References(Invocation& call);
Value ResourceId(Invocation& call);
Value ResourceInfo(Invocation& call);
Value SubscriptionResourceId(Invocation& call);
Value TenantResourceId(Invocation& call);

// functions_scope.cc
Value Deployment(Invocation& call);
Value ManagementGroup(Invocation& call);
Value ResourceGroup(Invocation& call);
Value Subscription(Invocation& call);
Value Tenant(Invocation& call);
// What is known at deployment only, by the reason.
Value OfDeployment(Invocation& call);
Value OfEnvironment(Invocation& call);
Value OfService(Invocation& call);
Value Impure(Invocation& call);
Value Secret(Invocation& call);

}  // namespace restorable::arm
