locals {
  zones = toset(["3", "1", "1"])
}
resource "azurerm_kubernetes_cluster" "c" {
  set      = local.zones
  list     = tolist(local.zones)
  union    = setunion(local.zones, ["2"])
  minus    = setsubtract(["a", "b"], ["b"])
  product  = [for p in setproduct(["a", "b"], [1, 2]) : join("-", p)]
  distinct = distinct(["b", "a", "b"])
  compact  = compact(["a", "", null])
  flat     = flatten([["a"], [["b"], "c"]])
  zipped   = zipmap(["x", "y"], [1, 2])
  turned   = transpose({ a = ["1", "2"], b = ["2"] })
  has      = contains(local.zones, "3")
  strict   = contains([1], "1")
  one      = one([])
  chunks   = chunklist(["a", "b", "c"], 2)
}
