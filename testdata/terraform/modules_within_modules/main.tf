module "outer" {
  source = "./outer"
  sku    = "UltraSSD_LRS"
}
