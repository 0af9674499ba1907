# Null stays null, unless the variable refuses it.
module "given" {
  source = "./m"
  kept   = null
  forced = null
}
module "left" {
  source = "./m"
}
