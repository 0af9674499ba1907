# Blocks that create nothing.
terraform {
  required_version = ">= 1.9"
  required_providers {
    azurerm = { source = "hashicorp/azurerm", version = "~> 4.0" }
  }
  backend "azurerm" {}
}
provider "azurerm" {
  alias    = "by_region"
  for_each = toset(["westeurope"])
  features {}
}
moved {
  from = azurerm_managed_disk.old
  to   = azurerm_managed_disk.new
}
import {
  for_each = { a = "/id/a" }
  to       = azurerm_managed_disk.new
  id       = each.value
}
removed {
  from = azurerm_managed_disk.gone
  lifecycle { destroy = false }
}
check "health" {
  data "http" "probe" { url = "https://example.com" }
  assert {
    condition     = data.http.probe.status_code == 200
    error_message = "not healthy"
  }
}
ephemeral "azurerm_key_vault_secret" "s" { name = "password" }
variable "token" {
  ephemeral = true
  default   = "t"
  validation {
    condition     = length(var.token) > 0
    error_message = "empty"
  }
}
resource "terraform_data" "copy" { input = { a = [1, "x"] } }
resource "azurerm_managed_disk" "new" {
  name     = "new"
  copied   = terraform_data.copy.output.a[1]
  password = ephemeral.azurerm_key_vault_secret.s.value
  vault    = ephemeral.azurerm_key_vault_secret.s.name
}
