resource "azurerm_kubernetes_cluster" "c" {
  version = "1.31"
}
locals { changed = "b_override" }
