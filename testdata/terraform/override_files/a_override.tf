resource "azurerm_kubernetes_cluster" "c" {
  version = "1.30"
  dynamic "tag" {
    for_each = ["c"]
    content { key = tag.value }
  }
}
