resource "azurerm_managed_disk" "d" {
  sum      = 0.1 + 0.2
  third    = 1 / 4
  rest     = -7 % 3
  decimals = 14.8 % 7
  text     = "${1e3} ${1.50} ${5 / 2}"
  numeric  = "10" + 5
  big      = 9223372036854775807
  zero     = 1 / 0
  rounded  = [ceil(1.2), floor(-1.2), max(1, 2.5), parseint("ff", 16), pow(2, 10), log(8, 2)]
}
